"""What the page of teaching asks for: a lesson's examples, and what was taught, ready-made or from a visitor's file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from demos.errors import BadInput
from demos.inputs import Input

if TYPE_CHECKING:
    import numpy as np

    from demos.teach_it.taught import Taught

SETS = ("smiles", "grounds", "digits", "brains")  # ready-made lessons: samples/<key>.jpg and samples/<key>.safetensors
SAMPLES = Path(__file__).with_name("samples")
LARGEST_SQUARE = 400_000  # bytes of one example, which is kept as a small JPEG


@dataclass(frozen=True, eq=False)
class Examples:
    """A lesson: k names, n pictures `(256, 256, 3)` uint8, and the place of each one's name."""

    names: tuple[str, ...]
    pictures: tuple[np.ndarray, ...]
    labels: tuple[int, ...]


@dataclass(frozen=True)
class ExamplesInput(Input):
    """A lesson as pairs of a name and its pictures, JPEGs of 256 pixels a side as `take` gives them."""

    name: str = "examples"
    label: str = "Examples"
    kind: ClassVar[str] = "examples"
    gives: ClassVar[tuple[str, ...]] = ("demos.teach_it.examples.Examples",)

    def read(self, raw: Any) -> Examples:
        from demos.media import decode_picture
        from demos.teach_it.measures import SIDE
        from demos.teach_it.taught import check_counts, read_names

        if not isinstance(raw, (tuple, list)):
            raise BadInput("Please give pairs of a name and its pictures.")
        names = read_names([name for name, _ in raw])
        check_counts(names, [len(pictures) for _, pictures in raw])
        pictures, labels = [], []
        for label, (_, files) in enumerate(raw):
            for data in files:
                picture = decode_picture(data) if len(data) <= LARGEST_SQUARE else None
                if picture is None or picture.shape != (SIDE, SIDE, 3):
                    raise BadInput(f"An example is not a small square. Please give {names[label]} again.")
                pictures.append(picture)
                labels.append(label)
        return Examples(names, tuple(pictures), tuple(labels))


@dataclass(frozen=True)
class TaughtInput(Input):
    """What was taught: the name of a ready-made lesson, or the bytes of a file that was saved on the page."""

    name: str = "taught"
    label: str = "What was taught"
    help: str = f"One of {', '.join(SETS)}, or a file that was saved on the page."
    default: str = SETS[0]
    kind: ClassVar[str] = "taught"
    may_be_file: ClassVar[bool] = True
    gives: ClassVar[tuple[str, ...]] = ("demos.teach_it.taught.Taught", "demos.teach_it.heads.Head")

    def read(self, raw: Any) -> Taught:
        from demos.teach_it.taught import unpack

        if isinstance(raw, (bytes, bytearray)):
            return unpack(bytes(raw))
        if raw not in SETS:
            raise BadInput(f"There is no ready-made lesson of this name. Please give one of {', '.join(SETS)}, "
                           "or a file that was saved on the page.")
        return ready_made(raw)


@lru_cache(maxsize=len(SETS))
def ready_made(key: str) -> Taught:
    """A lesson that comes with the project, already taught."""
    from demos.teach_it.taught import unpack

    return unpack((SAMPLES / f"{key}.safetensors").read_bytes())
