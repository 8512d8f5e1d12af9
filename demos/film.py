"""What comes out when a demo looks at a film, picture by picture."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from demos.results import Boxes, Result, _plain, _require


@dataclass(frozen=True, eq=False)
class Film(Result):
    """Pictures one after the other, what was found in each, and how long that took.

    `frames` are JPEGs of one `size` (width, height in px); `found` one answer for each; `seconds` what each took;
    `frame_s` the time from one to the next. `errors` are the lane errors in px where the truth is known, one for
    each picture, or None where no line was found; `lines` how many true lines were found in all, of how many.
    """

    frames: tuple[bytes, ...]
    size: tuple[int, int]
    found: tuple[Boxes, ...]
    seconds: tuple[float, ...]
    frame_s: float = 0.2
    errors: tuple[float | None, ...] = ()
    lines: tuple[int, int] = (0, 0)

    def __post_init__(self) -> None:
        _require(len(self.frames) == len(self.found) == len(self.seconds), "one answer for each picture")
        _require(not self.errors or len(self.errors) == len(self.frames), "one error for each picture")
        _require(self.frame_s > 0 and len(self.frames) > 0, "a film has pictures and a pace")

    @property
    def per_second(self) -> float:
        """How many pictures a second the method can look at."""
        return len(self.seconds) / max(sum(self.seconds), 1e-6)

    @property
    def error_px(self) -> float | None:
        """The mean lane error over the pictures that have one."""
        known = [error for error in self.errors if error is not None]
        return sum(known) / len(known) if known else None

    def as_json(self) -> dict[str, Any]:
        """As `Result.as_json`, with the number of pictures instead of their bytes."""
        plain = {one.name: _plain(getattr(self, one.name)) for one in fields(self) if one.name != "frames"}
        return {"type": "Film", "frames": len(self.frames), **plain}
