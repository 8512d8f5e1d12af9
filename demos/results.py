"""What a model answers: one frozen class for each kind of answer.

Each class checks itself when made, so that a page may draw it without asking again, and
`as_json` turns any of them into plain lists for the command line.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np


def _require(holds: bool, message: str) -> None:
    if not holds:
        raise ValueError(message)


def _scores(values: Any, count: int) -> np.ndarray:
    """`(count,)` float32 without NaN, or a ValueError."""
    array = np.asarray(values, dtype=np.float32)
    _require(array.shape == (count,), f"expected {count} scores, got the shape {array.shape}")
    _require(bool(np.isfinite(array).all()), "scores hold NaN or infinity")
    return array


class Result:
    """The family of answers."""

    def as_json(self) -> dict[str, Any]:
        """The fields as plain values, with the class's name as `type`."""
        plain = {one.name: _plain(getattr(self, one.name)) for one in fields(self)}  # type: ignore[arg-type]
        return {"type": type(self).__name__, **plain}


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        # six digits: float32 holds no more, and the line stays readable
        return np.round(value.astype(float), 6).tolist() if value.dtype.kind == "f" else value.tolist()
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, Result):
        return value.as_json()
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    return value


@dataclass(frozen=True, eq=False)
class Labels(Result):
    """Names with certainties: k names; `(k,)` float32, falling; the data set's class numbers.

    `note` is what to tell beside it.
    """

    names: tuple[str, ...]
    scores: np.ndarray
    ids: tuple[int, ...] = ()
    note: str = field(default="", kw_only=True)

    def __post_init__(self) -> None:
        _require(len(self.names) > 0, "no names")
        object.__setattr__(self, "scores", _scores(self.scores, len(self.names)))
        _require(bool((np.diff(self.scores) <= 1e-6).all()), "scores must fall")
        _require(not self.ids or len(self.ids) == len(self.names), "one id for each name")


@dataclass(frozen=True, eq=False)
class Boxes(Result):
    """Things found: `(n, 4)` float32 x0 y0 x1 y1 in pixels of the picture given; names; `(n,)`.

    None means that nothing was found. `note` is what to tell beside it.
    """

    xyxy: np.ndarray
    names: tuple[str, ...]
    scores: np.ndarray
    note: str = field(default="", kw_only=True)

    def __post_init__(self) -> None:
        boxes = np.asarray(self.xyxy, dtype=np.float32).reshape(-1, 4)
        object.__setattr__(self, "xyxy", boxes)
        _require(len(boxes) == len(self.names), "one name for each box")
        object.__setattr__(self, "scores", _scores(self.scores, len(self.names)))
        _require(bool((boxes[:, 2:] >= boxes[:, :2]).all()), "a box ends before it begins")


NO_BOXES = Boxes(np.zeros((0, 4)), (), np.zeros(0))


@dataclass(frozen=True, eq=False)
class Match(Labels):
    """Whether two pictures show the same: labels, and what they rest on.

    `distance` between the two, the `threshold` below which they count as the same, and what was
    compared in each picture, in its own pixels.
    """

    distance: float = field(kw_only=True)
    threshold: float = field(kw_only=True)
    first: Boxes = field(default=NO_BOXES, kw_only=True)
    second: Boxes = field(default=NO_BOXES, kw_only=True)

    def __post_init__(self) -> None:
        super().__post_init__()
        _require(0 <= self.distance < np.inf and self.threshold > 0, "a distance is finite and not negative")


@dataclass(frozen=True, eq=False)
class Scene(Boxes):
    """Things found in a street, and its lanes: lines of `(k, 2)` float32 x y pixels, the left one first."""

    lanes: tuple[np.ndarray, ...] = field(default=(), kw_only=True)

    def __post_init__(self) -> None:
        super().__post_init__()
        lanes = tuple(np.asarray(lane, dtype=np.float32) for lane in self.lanes)
        _require(all(lane.ndim == 2 and lane.shape[1] == 2 for lane in lanes), "a lane is (k, 2)")
        object.__setattr__(self, "lanes", lanes)


@dataclass(frozen=True, eq=False)
class Mask(Result):
    """A class for every pixel: `(H, W)` int64, and the classes' names by number."""

    classes: np.ndarray
    names: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "classes", np.asarray(self.classes, dtype=np.int64))
        _require(self.classes.ndim == 2, "a mask has two dimensions")
        inside = self.classes.size == 0 or 0 <= self.classes.min() <= self.classes.max() < len(self.names)
        _require(bool(inside), "a class without a name")


@dataclass(frozen=True, eq=False)
class Heatmap(Result):
    """How much each place mattered: `(H, W)` float32 in [0, 1]; smoothed when it is drawn over a larger picture."""

    values: np.ndarray

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", np.asarray(self.values, dtype=np.float32))
        _require(self.values.ndim == 2, "a heat map has two dimensions")
        _require(bool((self.values >= 0).all() and (self.values <= 1).all()), "heat outside [0, 1]")


@dataclass(frozen=True, eq=False)
class Picture(Result):
    """A picture: `(H, W, 3)` uint8 RGB."""

    image: np.ndarray

    def __post_init__(self) -> None:
        _require(self.image.dtype == np.uint8, "a picture is uint8")
        _require(self.image.ndim == 3 and self.image.shape[2] == 3, "a picture is (H, W, 3)")


@dataclass(frozen=True, eq=False)
class Maps(Result):
    """Several small maps side by side, such as a layer's channels: `(n, H, W)` uint8."""

    maps: np.ndarray
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _require(self.maps.dtype == np.uint8 and self.maps.ndim == 3, "maps are (n, H, W) uint8")
        _require(not self.names or len(self.names) == len(self.maps), "one name for each map")


@dataclass(frozen=True)
class Segment:
    """A stretch of speech: seconds from the start, the words, how sure the model was in [0, 1]."""

    start_s: float
    end_s: float
    text: str
    probability: float | None = None

    def __post_init__(self) -> None:
        _require(0 <= self.start_s <= self.end_s, "a segment ends before it begins")


@dataclass(frozen=True)
class Transcript(Result):
    """What was said. Empty text means that no speech was heard, and `note` says so in words.

    `languages` are the likeliest ones as (English name, certainty), the likeliest first.
    """

    text: str
    segments: tuple[Segment, ...] = ()
    words: tuple[Segment, ...] = ()
    languages: tuple[tuple[str, float], ...] = ()
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        """As `Result.as_json`; segments and words become [start_s, end_s, text, probability]."""

        def row(part: Segment) -> list[Any]:
            sure = None if part.probability is None else round(part.probability, 4)
            return [round(part.start_s, 3), round(part.end_s, 3), part.text, sure]

        languages = [[name, round(float(sure), 4)] for name, sure in self.languages]
        return {"type": "Transcript", "text": self.text, "segments": [row(s) for s in self.segments],
                "words": [row(w) for w in self.words], "languages": languages, "note": self.note}


@dataclass(frozen=True)
class Text(Result):
    """A piece of text."""

    text: str


@dataclass(frozen=True, eq=False)
class Ranking(Result):
    """Things in order, the best first, with `(n,)` float32 scores."""

    items: tuple[str, ...]
    scores: np.ndarray

    def __post_init__(self) -> None:
        object.__setattr__(self, "scores", _scores(self.scores, len(self.items)))


@dataclass(frozen=True, eq=False)
class Series(Result):
    """A curve: `(n,)` x and `(n,)` y, with what they measure and their unit as labels."""

    x: np.ndarray
    y: np.ndarray
    x_label: str
    y_label: str

    def __post_init__(self) -> None:
        _require(np.shape(self.x) == np.shape(self.y), "x and y differ in length")


@dataclass(frozen=True, eq=False)
class Spectrogram(Result):
    """Loudness by time and pitch: `(bands, frames)` float32 in [0, 1], low pitch first, over `seconds`."""

    values: np.ndarray
    seconds: float
    words: tuple[Segment, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", np.asarray(self.values, dtype=np.float32))
        _require(self.values.ndim == 2, "a spectrogram has two dimensions")


@dataclass(frozen=True, eq=False)
class Sound(Result):
    """A sound: `(n,)` float32 mono in [-1, 1] at `rate` samples a second."""

    samples: np.ndarray
    rate: int

    def __post_init__(self) -> None:
        _require(self.samples.ndim == 1 and self.rate > 0, "a sound is mono with a rate")


@dataclass(frozen=True, eq=False)
class Volume(Result):
    """A body in three dimensions: `(x, y, z)` uint8 with right, front and top last; a voxel's sides in mm."""

    values: np.ndarray
    sizes: tuple[float, float, float]

    def __post_init__(self) -> None:
        _require(self.values.dtype == np.uint8 and self.values.ndim == 3, "a volume is (x, y, z) uint8")

    @property
    def nbytes(self) -> int:
        """Bytes it takes."""
        return self.values.nbytes


@dataclass(frozen=True, eq=False)
class View:
    """One thing to see about an answer: a name, one plain sentence on what to see, and the drawing.

    `over`, when given, is the picture a heat map lies on: `(H, W, 3)` uint8.
    """

    key: str
    title: str
    sentence: str
    result: Result
    over: np.ndarray | None = None
