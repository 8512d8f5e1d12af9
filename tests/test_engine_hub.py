"""A larger model through the engine and the page: offered, fetched with progress, stopped, refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hub_server import TOTAL, Hub, cache, hub  # noqa: F401
from streamlit.testing.v1 import AppTest

from demos.engine import LocalEngine, set_engine
from demos.errors import Stopped, WeightsMissing
from pages.ui import words


@pytest.fixture
def engine(fake_demos: None, hub: Hub, cache: Path,  # noqa: F811
           monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalEngine]:
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)  # the small hub is on loopback
    one = LocalEngine()  # its worker is started with the small hub's address
    set_engine(one)
    yield one
    set_engine(None)


def ask(engine: LocalEngine, method: str) -> str:
    return engine.submit("fetching", method, {"text": "hello"}).result(20).result.text


def test_a_larger_model_is_fetched_and_used(engine: LocalEngine) -> None:
    with pytest.raises(WeightsMissing, match="not downloaded"):
        ask(engine, "far")
    job = engine.submit("fetching", "far", want="fetch")
    assert job.result(30) is None and job.partial == (TOTAL, TOTAL)
    assert ask(engine, "far") == "hello from config.json and model.safetensors"


def test_while_it_is_fetched_other_models_answer_and_it_can_be_stopped(engine: LocalEngine, hub: Hub) -> None:  # noqa: F811
    hub.cut_at, hub.cuts, hub.stalls = 0.5, 1000, True
    job = engine.submit("fetching", "far", want="fetch")
    assert ask(engine, "small") == "hello from nothing", "the download waits for the network, not the worker"
    assert not job.done
    job.cancel()
    with pytest.raises(Stopped):
        job.result(1)
    assert ask(engine, "near") == "hello from nothing"


def test_a_hub_that_is_down_gets_a_sentence_and_the_other_tier_works(engine: LocalEngine, hub: Hub) -> None:  # noqa: F811
    hub.status = 503
    with pytest.raises(WeightsMissing, match="later|again"):
        engine.submit("fetching", "far", want="fetch").result(60)
    assert ask(engine, "small") == "hello from nothing"


def page() -> None:
    import streamlit as st

    from demos import get_demo
    from pages.ui.methods import choose_deep

    method, _ = choose_deep(get_demo("fetching"))
    st.write(f"chosen: {method.key if method else 'none'}")


def chosen(at: AppTest) -> str:
    return at.markdown[-1].value


def test_the_page_offers_a_larger_model_and_gets_it(engine: LocalEngine) -> None:
    at = AppTest.from_function(page, default_timeout=30).run()
    assert chosen(at) == "chosen: small"
    at.radio[0].set_value(at.radio[0].options[1]).run()
    assert chosen(at) == "chosen: none" and words.NOT_HERE.format(title="Far") in at.info[0].value
    at.button[0].click().run()
    assert not at.exception and not at.error
    assert chosen(at) == "chosen: far"


def test_the_page_says_why_it_could_not_be_fetched(engine: LocalEngine, hub: Hub) -> None:  # noqa: F811
    hub.status = 503
    at = AppTest.from_function(page, default_timeout=90).run()
    at.radio[0].set_value(at.radio[0].options[1]).run()
    at.button[0].click().run()
    assert not at.exception and len(at.error[0].value) < 250
    assert chosen(at) == "chosen: none"
