"""One visitor's things stay theirs: a thousand crossed requests, the pace of one visitor, headers and names of the server."""

from __future__ import annotations

import gc
import hashlib
import sys
import threading
import time
import weakref
from collections import deque
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

import app
from conftest import ROOT
from demos import list_demos
from demos.document_files import Document
from demos.engine import InlineEngine, set_engine
from demos.search.classical import ByWords
from demos.search.cutting import passages_of
from demos.settings import settings
from pages.ui import words
from pages.ui.asks import Given
from pages.ui.leaving import let_go
from pages.ui.pace import MOST_BYTES, MOST_JOBS


def test_a_thousand_crossed_requests_and_none_is_mixed_up(fake_demos: None) -> None:
    from demos.engine import LocalEngine

    engine, mixed, count = LocalEngine(), [], 0
    lock = threading.Lock()

    def visitor(number: int) -> None:
        nonlocal count
        for turn in range(40):
            if turn % 4 == 3:
                mine = f"well {number}-{turn}".encode()
                said = engine.submit("breaking", "two", {"file": mine}).result(120).result.text
                right = said.startswith(str(list(mine)))
            else:
                mine = f"{number} and {turn}"
                right = engine.submit("misbehaving", "one", {"text": f"echo {mine}"}).result(120).result.text == mine
            with lock:
                count += 1
                mixed.extend([mine] * (not right))

    threads = [threading.Thread(target=visitor, args=(number,)) for number in range(25)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    engine.close()
    assert count == 1000 and not mixed


def _asking(given) -> None:
    """A page that asks once, and says what came."""
    import streamlit as st

    from demos import list_demos
    from pages.ui.asks import ask

    demo = list_demos()[0]
    job = ask(demo.name, demo.methods[0].key, given, "look")
    st.write(str(job.error or "answered"))


@pytest.mark.parametrize("asked, own, says", [
    ((0, 0), b"x", None), ((MOST_JOBS - 1, 0), b"x", None), ((MOST_JOBS, 0), b"x", "seconds and press again"), ((1, MOST_BYTES - 2), b"xxx", "seconds and press again")])
def test_one_visitor_may_ask_much_but_not_everything(asked: tuple[int, int], own: bytes, says: str | None) -> None:
    set_engine(InlineEngine(device="cpu"))
    page = AppTest.from_function(_asking, kwargs={"given": Given({list_demos()[0].inputs[0].name: own}, "own", "")}, default_timeout=60)
    page.session_state["_pace"] = deque([(time.monotonic() - 1000, 10**6, 10**12), (time.monotonic(), *asked)])
    page.run()
    set_engine(None)
    said = page.markdown[0].value
    assert not page.exception and ((says in said and words.TOO_FAST[:30] in said) if says else words.TOO_FAST[:30] not in said)


@pytest.mark.parametrize("host, there", [
    ("127.0.0.1:8501", True), ("localhost", True), ("[::1]:8501", True), ("192.168.1.5", True), ("hall:80", True), ("laptop.local", True),
    ("evil.example", False), ("evil.example:8501", False), ("127.0.0.1.evil.example", False), ("a@evil.example", False),
    ("localhost.evil.example", False), ("talk.example.org", True), ("TALK.example.org:443", True), ("", True)])
def test_names_that_the_whole_world_knows_are_answered_to_only_when_allowed(host: str, there: bool, monkeypatch) -> None:
    monkeypatch.setenv("LIVE_HOSTS", "talk.example.org")
    settings.cache_clear()
    try:
        assert app.answers_to(host) is there
    finally:
        monkeypatch.undo()
        settings.cache_clear()


def test_every_answer_has_the_headers_and_a_foreign_name_gets_none_of_it() -> None:
    async def inner(scope: Any, receive: Any, send: Any) -> None:
        from starlette.responses import PlainTextResponse
        await PlainTextResponse("inside")(scope, receive, send)

    client = TestClient(app.Guard(inner), base_url="http://127.0.0.1:8501")
    answer = client.get("/")
    assert answer.text == "inside"
    wanted = {"content-security-policy": "default-src 'self'", "x-frame-options": "SAMEORIGIN", "x-content-type-options": "nosniff",
              "referrer-policy": "no-referrer", "permissions-policy": "camera=(self), microphone=(self)"}
    assert all(value in answer.headers[name] for name, value in wanted.items())
    refused = client.get("/", headers={"host": "evil.example"})
    assert refused.status_code == 421 and "inside" not in refused.text and "content-security-policy" in refused.headers
    with pytest.raises(Exception):
        with client.websocket_connect("/", headers={"host": "evil.example"}):
            pass


def test_a_closed_page_is_let_go_with_all_that_it_held(fake_demos: None) -> None:
    """With Streamlit's own manager and storage, as its server puts them together; the whole way is a browser test."""
    from streamlit.runtime.memory_session_storage import MemorySessionStorage
    from streamlit.runtime.session_manager import SessionInfo
    from streamlit.runtime.state import SessionState
    from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

    class Session:
        def __init__(self, number: int) -> None:
            self.id, self.session_state, self.ended = f"{number}", SessionState(), False

        def shutdown(self) -> None:
            self.ended = True

    class Bytes(bytes):
        """Bytes that can be watched."""

    engine = InlineEngine(device="cpu")
    set_engine(engine)
    storage = MemorySessionStorage(ttl_seconds=0.2)
    server = SimpleNamespace(_session_mgr=WebsocketSessionManager(storage, None, None, None))
    gone, stays, given = Session(1), Session(2), Bytes(b"well given")
    gone.session_state["image_recognition_given"] = Given({"file": given}, "own", "")
    gone.session_state["_jobs"] = {("breaking", "one", "own", "answer"): engine.submit("breaking", "one", {"file": given})}
    gone.session_state["_digests"] = {"own": [hashlib.sha256(given).hexdigest()]}
    assert engine.status()["decoded"] == 1
    storage.save(SessionInfo(client=None, session=gone))
    held = weakref.ref(gone), weakref.ref(gone.session_state["image_recognition_given"])
    assert let_go(server) == 0 and not gone.ended
    time.sleep(0.25)
    active = server._session_mgr._active_session_info_by_id
    active["2"] = SimpleNamespace(client=None, session=stays)
    assert let_go(server) == 1 and gone.ended and not stays.ended
    assert engine.status()["decoded"] == 0
    del gone
    gc.collect()
    assert [one() for one in held] == [None, None]
    set_engine(None)


def test_uploads_are_held_in_memory_by_the_server_too() -> None:
    from starlette.formparsers import MultiPartParser

    assert MultiPartParser.spool_max_size > 25 * 2**20
    assert "maxUploadSize = 25" in (ROOT / ".streamlit" / "config.toml").read_text()


def test_no_word_of_a_question_stays_in_a_memory_of_the_program() -> None:
    """Every function that remembers what it was asked, in all modules of the project: asking adds nothing to any."""
    def remembered() -> dict[str, int]:
        found = {f"{name}.{key}": thing for name, module in list(sys.modules.items()) if name.startswith("demos.")
                 for key, thing in vars(module).items() if hasattr(thing, "cache_info")}
        return {key: thing.cache_info().currsize for key, thing in found.items()}

    passages = ByWords(passages_of(Document(("One qwertish word. " * 9,)))[0])
    passages.find("the first")
    before = remembered()
    passages.find("Where is the zyxwvish Qwertzium?")
    assert before and remembered() == before


def test_a_worker_holds_on_to_nothing_that_it_was_asked(fake_demos: None) -> None:
    """Neither after an answer nor after Stop, once the next second has passed."""
    from multiprocessing import Pipe

    from demos.jobs import Request
    from demos.worker import serve

    mine = ("echo a secret of mine", "slow 612")
    (asked, asking), (answers, answered) = Pipe(duplex=False), Pipe(duplex=False)
    thread = threading.Thread(target=_until_closed, args=(serve, asked, answered), daemon=True)
    thread.start()

    def until(kind: str, number: int) -> None:
        while answers.recv()[:2] != (kind, number):
            pass

    def held() -> list[str]:
        return [one.inputs["text"] for one in gc.get_objects() if isinstance(one, Request) and one.inputs.get("text") in mine]

    asking.send(("job", 1, Request("misbehaving", "one", {"text": mine[0]})))
    until("done", 1)
    asking.send(("job", 2, Request("misbehaving", "one", {"text": mine[1]})))
    until("started", 2)
    asking.send(("stop", 2))
    until("failed", 2)
    end = time.monotonic() + 5
    while held() and time.monotonic() < end:
        time.sleep(0.2)
    assert not held()
    asking.close()
    thread.join(5)
    assert not thread.is_alive()


def _until_closed(serve: Any, *pipes: Any) -> None:
    with suppress(EOFError):
        serve(*pipes)
