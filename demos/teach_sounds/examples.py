"""What the page of teaching sounds asks for: recordings, a lesson's seconds, and what was taught."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from demos.results import Result
from demos.teach_it.examples import ExamplesInput, TaughtInput, stored
from demos.teach_sounds.seconds import RATE

if TYPE_CHECKING:
    import numpy as np

    from demos.teach_it.taught import Taught

SETS = ("noises", "words", "whistles")  # ready-made lessons: samples/<key>.safetensors
SAMPLES = Path(__file__).with_name("samples")


@dataclass(frozen=True, eq=False)
class Cuts(Result):
    """The n seconds that were cut out of a recording: `sounds` `(n, 16000)` uint8 as kept, `thumbs` `(n, 48, 48, 3)` uint8."""

    sounds: np.ndarray
    thumbs: np.ndarray

    def __post_init__(self) -> None:
        if not len(self.sounds) == len(self.thumbs) > 0 or self.sounds.shape[1] != RATE:
            raise ValueError("one small picture for each second")


@dataclass(frozen=True)
class SecondsInput(ExamplesInput):
    """A lesson as pairs of a name and its sounds, each 16,000 bytes (one a sample) as `take` gives them."""

    of: ClassVar[str] = "sounds"
    wanted: ClassVar[str] = "a second of sound"

    def read_one(self, data: bytes) -> np.ndarray | None:
        import numpy as np

        return np.frombuffer(data, np.uint8) if len(data) == RATE else None


@dataclass(frozen=True)
class TaughtSoundsInput(TaughtInput):
    """What was taught: the name of a ready-made lesson of sounds, or the bytes of a file that was saved on the page."""

    help: str = f"One of {', '.join(SETS)}, or a file that was saved on the page."
    default: str = SETS[0]
    of: ClassVar[str] = "sounds"
    sets: ClassVar[tuple[str, ...]] = SETS
    folder: ClassVar[Path] = SAMPLES


def ready_made(key: str) -> Taught:
    """A lesson that comes with the project, already taught."""
    return stored(SAMPLES / f"{key}.safetensors", "sounds")
