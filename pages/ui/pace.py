"""How much one visitor may ask in a minute, so that no page, by mistake or on purpose, takes the machine from all others."""

from __future__ import annotations

import time
from collections import deque

import streamlit as st

from demos.errors import Busy
from pages.ui import words

MOST_JOBS = 600  # in a minute; the liveliest page asks four when a slider moves
MOST_BYTES = 500 * 2**20  # in a minute; twenty of the largest uploads
WINDOW_S = 60.0


def pace(jobs: int = 1, data: int = 0) -> None:
    """Count what this visitor asks now. Raises Busy, with how long to wait, when it is too much for a minute."""
    asked: deque[tuple[float, int, int]] = st.session_state.setdefault("_pace", deque())
    now = time.monotonic()
    while asked and asked[0][0] < now - WINDOW_S:
        asked.popleft()
    if sum(one[1] for one in asked) + jobs > MOST_JOBS or sum(one[2] for one in asked) + data > MOST_BYTES:
        raise Busy(words.TOO_FAST.format(seconds=max(1, round(asked[0][0] + WINDOW_S - now)) if asked else WINDOW_S))
    asked.append((now, jobs, data))
