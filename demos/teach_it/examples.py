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
    """A lesson: k names, n pictures `(256, 256, 3)` uint8 or sounds `(16000,)` uint8, and the place of each one's name."""

    names: tuple[str, ...]
    each: tuple[np.ndarray, ...]
    labels: tuple[int, ...]


@dataclass(frozen=True)
class ExamplesInput(Input):
    """A lesson as pairs of a name and its pictures, JPEGs of 256 pixels a side as `take` gives them."""

    name: str = "examples"
    label: str = "Examples"
    kind: ClassVar[str] = "examples"
    gives: ClassVar[tuple[str, ...]] = ("demos.teach_it.examples.Examples",)
    of: ClassVar[str] = "pictures"
    wanted: ClassVar[str] = "a small square"

    def read(self, raw: Any) -> Examples:
        from demos.teach_it.kinds import KINDS
        from demos.teach_it.taught import check_counts, read_names

        if not isinstance(raw, (tuple, list)):
            raise BadInput(f"Please give pairs of a name and its {self.of}.")
        names = read_names([name for name, _ in raw])
        check_counts(names, [len(given) for _, given in raw], KINDS[self.of])
        each, labels = [], []
        for label, (_, given) in enumerate(raw):
            for data in given:
                one = self.read_one(data)
                if one is None:
                    raise BadInput(f"An example is not {self.wanted}. Please give {names[label]} again.")
                each.append(one)
                labels.append(label)
        return Examples(names, tuple(each), tuple(labels))

    def read_one(self, data: bytes) -> np.ndarray | None:
        """One example, or None when it is not what `take` gives."""
        from demos.media import decode_picture
        from demos.teach_it.measures import SIDE

        picture = decode_picture(data) if len(data) <= LARGEST_SQUARE else None
        return picture if picture is not None and picture.shape == (SIDE, SIDE, 3) else None


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
    of: ClassVar[str] = "pictures"
    sets: ClassVar[tuple[str, ...]] = SETS
    folder: ClassVar[Path] = SAMPLES

    def read(self, raw: Any) -> Taught:
        from demos.teach_it.kinds import KINDS
        from demos.teach_it.taught import unpack

        if isinstance(raw, (bytes, bytearray)):
            return unpack(bytes(raw), KINDS[self.of])
        if raw not in self.sets:
            raise BadInput(f"There is no ready-made lesson of this name. Please give one of {', '.join(self.sets)}, "
                           "or a file that was saved on the page.")
        return stored(self.folder / f"{raw}.safetensors", self.of)


def ready_made(key: str) -> Taught:
    """A lesson that comes with the project, already taught."""
    return stored(SAMPLES / f"{key}.safetensors", "pictures")


@lru_cache(maxsize=2 * len(SETS))
def stored(path: Path, of: str) -> Taught:
    """A lesson of this kind from a file of the project's own."""
    from demos.teach_it.kinds import KINDS
    from demos.teach_it.taught import unpack

    return unpack(path.read_bytes(), KINDS[of])
