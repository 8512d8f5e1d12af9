"""The card at the end of a page and the small pictures of the samples: all that they hold is drawn, in few pieces."""

from __future__ import annotations

import asyncio
import io
from html import unescape

import pytest
from PIL import Image
from starlette.requests import Request
from starlette.responses import Response
from streamlit.testing.v1 import AppTest

from app_pages import html
from demos import get_demo, list_demos
from demos.base import Demo
from pages.ui import words
from pages.ui.card import told_first
from pages.ui.prose import inline_html, prose_html
from pages.ui.thumbnails import HEIGHT, WIDTH, thumbnail_address, thumbnails

PICTURED = [demo for demo in list_demos() if demo.inputs[0].kind == "picture"]


def plain(text: str) -> str:
    """A card's words as they are in HTML whose signs are read."""
    return unescape(inline_html(text))


def card(name: str) -> None:
    """What a test page draws."""
    from demos import get_demo
    from pages.ui.card import draw_card

    draw_card(get_demo(name))


@pytest.mark.parametrize("demo", list_demos(), ids=lambda demo: demo.name)
def test_a_card_tells_all_it_knows_in_few_pieces(demo: Demo) -> None:
    at = AppTest.from_function(card, args=(demo.name,), default_timeout=30).run()
    drawn = html(at)
    assert not at.exception and at.header[0].value == words.CARD
    for part in (words.HOW_GOOD, words.LEARNT, words.LICENCE, words.WEAK, words.NEVER):
        assert drawn.count(f'<h3 class="dl-part">{part}</h3>') == 1, part
    told = [*demo.card.weak_at, *demo.card.learnt_from.split("\n\n"), demo.card.never_for, *(s.fails for s in demo.samples if s.fails)]
    assert [line for line in told if plain(line.strip()) not in drawn] == []
    figures = [one for some in told_first(demo) for one in some]
    assert figures and all(plain(figure.sentence()) in drawn and figure.command in drawn for figure in figures)
    assert len(at.button) == sum(bool(sample.fails) for sample in demo.samples)
    assert len(at.get("html")) <= 5 + len(at.button), "each piece costs every visitor time on each drawing"


def test_running_text_is_paragraphs_bold_and_code_and_never_markup() -> None:
    assert prose_html("One <i>.\n\n**Two & `x * y`** three") == "<p>One &lt;i&gt;.</p><p><b>Two &amp; `x * y`</b> three</p>"
    assert inline_html("with `python -m a_b_c **x**` and **so**") == "with <code>python -m a_b_c **x**</code> and <b>so</b>"


def asked(demo: str, sample: str) -> Response:
    """What the route answers."""
    return asyncio.run(thumbnails(Request({"type": "http", "path_params": {"demo": demo, "sample": sample}})))


@pytest.mark.parametrize("demo", PICTURED, ids=lambda demo: demo.name)
def test_each_sample_has_a_small_picture_that_a_browser_may_keep(demo: Demo) -> None:
    for sample in demo.samples:
        answer = asked(demo.name, sample.key)
        assert answer.status_code == 200 and "immutable" in answer.headers["cache-control"]
        assert Image.open(io.BytesIO(bytes(answer.body))).size == (WIDTH, HEIGHT)
    addresses = {thumbnail_address(demo.name, sample.key) for sample in demo.samples}
    assert len(addresses) == len(demo.samples) and all(one.startswith(f"thumb/{demo.name}/") for one in addresses)


@pytest.mark.parametrize(("demo", "sample"), [("nothing", "cat"), ("image_recognition", "nothing"), ("image_recognition", "../../app"),
                                              ("spam", get_demo("spam").samples[0].key)])
def test_any_other_name_has_none(demo: str, sample: str) -> None:
    assert asked(demo, sample).status_code == 404
