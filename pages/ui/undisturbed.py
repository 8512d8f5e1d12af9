"""What a visitor gave is taken up also when they press the next thing at once.

Whoever writes words and then presses a button sends two requests, some twenty milliseconds apart. Streamlit 1.67 begins a thread for
each. The second stops the first, which may be in the middle of the callback that takes the words up; and as each thread has a lock of
its own, both may change the session's widgets at once. On a busy machine both were seen within two milliseconds of each other: the
callback was never called, the words stood in the box and nobody answered them. `install` gives all threads of a session one lock, and
lets callbacks end before they are stopped.
"""

from __future__ import annotations

import threading
import weakref
from typing import Any

from streamlit.runtime.state.safe_session_state import SafeSessionState

# the lock of all threads of a session, by the number of its state, which has no room for it; it lives as long as one of them
LOCKS: weakref.WeakValueDictionary[int, Any] = weakref.WeakValueDictionary()


def install() -> None:
    """Change Streamlit's SafeSessionState, once in a process."""
    first, will_rerun = SafeSessionState.__init__, SafeSessionState.on_script_will_rerun
    if hasattr(will_rerun, "before"):
        return

    def begin(self: Any, state: Any, yield_callback: Any) -> None:
        first(self, state, yield_callback)
        object.__setattr__(self, "_lock", LOCKS.setdefault(id(state), threading.RLock()))

    def take_up(self: Any, *given: Any, **named: Any) -> None:
        self._yield_callback()  # one that was stopped before it began leaves all to the next
        runner = getattr(self._yield_callback, "__self__", None)
        with self._lock:
            if not hasattr(runner, "_execing"):  # another Streamlit, or its test harness
                return will_rerun(self, *given, **named)
            runner._execing = False  # it then looks at no request to stop
            try:
                will_rerun(self, *given, **named)
            finally:
                runner._execing = True

    take_up.before = first, will_rerun  # type: ignore[attr-defined]
    SafeSessionState.__init__, SafeSessionState.on_script_will_rerun = begin, take_up  # type: ignore[method-assign]
