"""The receipt: what is counted when something leaves, and that nothing does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from conftest import ROOT
from demos import counted, get_demo
from demos.counted import Count, aside
from demos.engine import InlineEngine, LocalEngine, set_engine
from demos.samples import sample_inputs
from pages.ui import words


@pytest.fixture
def engine() -> Iterator[LocalEngine]:
    one = LocalEngine()
    yield one
    one.close()


WAYS = [  # code, and what it adds
    ("pass", Count()), ("open(os.devnull, 'w').write('x')", Count()), ("open('README.md').read()", Count()),
    ("open(tmp + '/a', 'w').close(); open(tmp + '/a', 'ab').close()", Count(files=2)),
    ("os.close(os.open(tmp + '/b', os.O_RDWR | os.O_CREAT))", Count(files=1)), ("tempfile.mkstemp(dir=tmp)", Count(files=1)),
    ("pathlib.Path(tmp, 'c').write_text('x')", Count(files=1)), ("subprocess.run(['true'])", Count()),
    ("with socket.socket() as s, contextlib.suppress(OSError): s.settimeout(.01); s.connect(('203.0.113.1', 9))", Count(requests=1)),
    ("with socket.socket() as s, contextlib.suppress(OSError): s.connect(('127.0.0.1', 9))", Count()),
    ("with contextlib.suppress(OSError): socket.getaddrinfo('name.invalid', 80)", Count(requests=1)),
    ("socket.getaddrinfo('localhost', 80); socket.socketpair()", Count()),
    ("with counted.aside(): open(tmp + '/d', 'w').close()", Count())]


def test_what_leaves_is_counted(tmp_path) -> None:
    code = ("import contextlib, os, pathlib, socket, subprocess, sys, tempfile\nfrom demos import counted\ntmp = sys.argv[1]\n"
            "open(tmp + '/before', 'w').close()\ncounted.begin(); counted.begin()\nfor way in sys.argv[2:]:\n"
            "    before = counted.so_far(); exec(way); print(counted.so_far().since(before))")
    run = subprocess.run([sys.executable, "-c", code, str(tmp_path), *(way for way, _ in WAYS)], cwd=ROOT, capture_output=True,
                         text=True, timeout=60, check=True)
    assert run.stdout.splitlines() == [str(count) for _, count in WAYS]


def test_nothing_is_counted_before_it_began_and_a_difference_is_what_came_after() -> None:
    assert counted.so_far().since(counted.so_far()) == Count() and Count(5, 3).since(Count(2, 3)) == Count(3, 0)
    with aside(), aside():
        pass


def test_a_model_that_writes_and_calls_is_found_out(fake_demos: None, engine: LocalEngine, tmp_path) -> None:
    tell = engine.submit("misbehaving", "one", {"text": f"leak {tmp_path / 'kept'}"}).result(30)
    assert tell.left == Count(requests=1, files=1) and os.path.exists(tmp_path / "kept")
    assert engine.submit("misbehaving", "one", {"text": "echo well"}).result(30).left == Count()


@pytest.mark.parametrize("name", ["image_recognition", "sentiment", "spam", "search"])
def test_nothing_leaves_while_a_sample_is_answered(kept_engine: LocalEngine, name: str) -> None:
    demo = get_demo(name)
    for method in (demo.method("classical"), demo.method("deep")):
        given = sample_inputs(demo, demo.samples[0])
        assert kept_engine.submit(name, method.key, given, fresh=True).result(120).left == Count()
        assert kept_engine.submit(name, method.key, given, "explain", fresh=True).result(120).left == Count()


@pytest.fixture
def page() -> Iterator[AppTest]:
    """The page on spam, with both answers."""
    set_engine(InlineEngine(device="cpu"))
    at = AppTest.from_file(str(ROOT / "pages" / "menu.py"), default_timeout=500).run()
    yield at.switch_page("spam.py").run()
    set_engine(None)


def test_the_receipt_stands_beside_the_answers_and_forget_me_leaves_nothing(page: AppTest) -> None:
    assert not page.exception
    page.text_area[0].set_value("my own secret words").run()
    (receipt,) = [html.proto.body for html in page.get("html") if "dl-receipt" in html.proto.body]
    assert 'data-requests="0" data-files="0"' in receipt and words.RECEIPT_WHERE in receipt
    assert all(method.title in receipt for method in (get_demo("spam").method("classical"), get_demo("spam").method("deep")))
    assert "secret" in str(page.session_state["spam_given"])
    page.button(key="forget_me").click().run()
    assert not page.exception and [info.value for info in page.info] == [words.FORGOTTEN]
    assert "spam_given" not in page.session_state and "_jobs" not in page.session_state and not page.text_area
    page.run()
    assert not page.exception and "secret" not in page.text_area[0].value and "spam_given" in page.session_state
