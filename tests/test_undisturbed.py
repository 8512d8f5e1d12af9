"""Words that are written and a button that is pressed at once: with two threads of one session nothing is lost."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from streamlit.runtime.scriptrunner_utils.exceptions import StopException
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.runtime.state.session_state import SessionState

from pages.ui.undisturbed import LOCKS, install


class State:
    """A session's state with one box of words, whose callback takes them up; it notes how many threads are in it at once."""

    def __init__(self) -> None:
        self.words, self.taken, self.inside, self.most = "a sample", list[str](), 0, 0
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.callback: Any = None

    def on_script_will_rerun(self, words: str, **_: Any) -> None:
        self.inside += 1
        self.most = max(self.most, self.inside)
        changed, self.words = words != self.words, words
        try:
            if changed:
                self.callback()
        finally:
            self.inside -= 1

    def __getitem__(self, key: str) -> str:
        return self.words


class Runner:
    """What Streamlit runs a script in: told to stop, it does so wherever the script looks something up."""

    _execing = True

    def __init__(self, state: State) -> None:
        self.stopped, self.safe = False, SafeSessionState(state, self.look)  # type: ignore[arg-type]

    def look(self) -> None:
        if self._execing and self.stopped:
            raise StopException

    def run(self, words: str) -> None:
        try:
            self.safe.on_script_will_rerun(words)  # type: ignore[arg-type]
            self.look()
        except StopException:
            self.stopped = True


def two_at_once() -> State:
    """The words come; while they are being taken up, the next request comes and stops the first."""
    state = State()
    first, second = Runner(state), Runner(state)

    def take() -> None:
        state.begun.set()
        state.go_on.wait(10)
        state.taken.append(first.safe["words"])

    state.callback = take
    threads = [threading.Thread(target=one.run, args=("my own words",)) for one in (first, second)]
    threads[0].start()
    assert state.begun.wait(10)
    first.stopped = True
    threads[1].start()
    threads[1].join(0.3)
    state.go_on.set()
    for one in threads:
        one.join(10)
    assert first._execing and first.stopped and second._execing and not second.stopped
    return state


@pytest.fixture
def as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    now = SafeSessionState.__init__, SafeSessionState.on_script_will_rerun
    for name, own in zip(("__init__", "on_script_will_rerun"), getattr(now[1], "before", now)):
        monkeypatch.setattr(SafeSessionState, name, own)


def test_what_is_being_taken_up_is_not_stopped_by_the_next_request(as_it_was: None) -> None:
    lost = two_at_once()
    assert lost.taken == [] and lost.most == 2, "Streamlit itself ends well now: pages/ui/undisturbed.py can go"
    install(), install()
    state = two_at_once()
    assert state.taken == ["my own words"] and state.most == 1


def test_a_request_that_was_stopped_before_it_began_leaves_all_to_the_next(as_it_was: None) -> None:
    install()
    state = State()
    state.callback = lambda: state.taken.append(state.words)
    first, second = Runner(state), Runner(state)
    first.stopped = True
    first.run("my own words")
    assert not state.taken and state.words == "a sample"
    second.run("my own words")
    assert state.taken == ["my own words"]


def test_a_callback_that_fails_leaves_the_runner_as_it_was(as_it_was: None) -> None:
    install()
    state = State()
    state.callback = lambda: 1 / 0
    runner = Runner(state)
    with pytest.raises(ZeroDivisionError):
        runner.run("my own words")
    assert runner._execing


def test_streamlits_own_state_has_one_lock_as_long_as_somebody_runs(as_it_was: None) -> None:
    install()
    mine, another = SessionState(), SessionState()
    first, second, other = (SafeSessionState(state, lambda: None) for state in (mine, mine, another))
    assert first._lock is second._lock is not other._lock
    first.on_script_will_rerun(None)  # its yields belong to no runner here
    before = len(LOCKS)
    del first, second, other
    assert len(LOCKS) == before - 2
