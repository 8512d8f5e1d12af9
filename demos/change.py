"""One way to make an input harder: what an entry of "Break it" holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Change:
    """One way to make an input harder.

    `kind` is that of the demo's first input. `strengths` run from "unchanged" (the first) to "hopeless"; `says`
    finishes "the same picture ..." with `{strength:g}`; `apply(value, strength)` gives a new value of the same type
    and range. `input` names the input that is changed where it is not the first; a method without it is left alone. A number stays within its input's bounds.
    """

    key: str
    title: str
    kind: Literal["picture", "sound", "text", "choice", "number", "engine", "films"]
    strengths: tuple[float, ...]
    unit: str
    says: str
    apply: Callable[[Any, float], Any]
    input: str = ""
