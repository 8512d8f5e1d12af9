"""What was taught, as one file that a visitor can keep: safetensors with JSON in it, checked number by number on reading.

It holds the names, a small picture of each example (and a sound itself), both families' measures of it, and both methods'
last steps. A file from anybody is read here: sizes, shapes, kinds of numbers, lengths of names and versions must be right.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from demos.errors import BadInput
from demos.teach_it.heads import FAMILIES, Head
from demos.teach_it.kinds import KINDS, PICTURES, Kind

VERSION = 1
FEWEST_NAMES, MOST_NAMES = 2, 5
FEWEST, MOST = 3, 50  # examples of a name
LONGEST_NAME = 40  # characters
LARGEST_FILE = 8 * 2**20  # bytes; 250 pictures take 4.0 MB, 250 sounds 6.4 MB
LARGEST_ABOUT = 4096  # bytes of JSON
LARGEST_NUMBER = 1e4
NONE = "none of these"
NOT_OURS = "This is not a file that was saved on this page. Please give one, or teach it anew."
OTHER = "This file holds a lesson of {kind}, which has a page of its own. Please open it there, or give a lesson of {own}."
NEWER = "This file was saved by another version of this page and is not read here. Please teach it anew."


@dataclass(frozen=True, eq=False)
class Taught:
    """n examples of k names.

    `labels` `(n,)` uint8, 0 to k - 1; `kept` the kind's arrays `(n, ...)` uint8; by family `rows` `(n, d)` float16, of length one, and `heads`.
    """

    names: tuple[str, ...]
    labels: np.ndarray
    kept: Mapping[str, np.ndarray]
    rows: Mapping[str, np.ndarray]
    heads: Mapping[str, Head]
    kind: str = PICTURES.key

    @property
    def thumbs(self) -> np.ndarray:
        """`(n, 48, 48, 3)` uint8: a small picture of each example."""
        return self.kept["thumbs"]

    @property
    def counts(self) -> tuple[int, ...]:
        """Examples of each name."""
        return tuple(np.bincount(self.labels, minlength=len(self.names)).tolist())


def read_names(names: Sequence[Any]) -> tuple[str, ...]:
    """Two to five names, each short and another one. Raises BadInput."""
    if not FEWEST_NAMES <= len(names) <= MOST_NAMES:
        raise BadInput(f"Please give {FEWEST_NAMES} to {MOST_NAMES} things to tell apart.")
    if not all(isinstance(name, str) for name in names):
        raise BadInput(NOT_OURS)
    plain = tuple(" ".join("".join(c if c.isprintable() else " " for c in name).split()) for name in names)
    if not all(any(c.isalnum() for c in name) for name in plain):
        raise BadInput("Each thing needs a name with a letter or a digit in it.")
    if max(map(len, plain)) > LONGEST_NAME:
        raise BadInput(f"A name has at most {LONGEST_NAME} characters. Please shorten it.")
    if len({*(name.casefold() for name in plain), NONE}) <= len(plain):
        raise BadInput(f"Two things have the same name, or one is named “{NONE}”. Please give each a name of its own.")
    return plain


def check_counts(names: Sequence[str], counts: Sequence[int], kind: Kind) -> None:
    """Raise BadInput unless every name has enough examples and none too many."""
    for name, count in zip(names, counts):
        if not FEWEST <= count <= MOST:
            raise BadInput(f"“{name}” has {count} {kind.one if count == 1 else kind.key}. "
                           f"Please give {FEWEST} to {MOST} of each thing.")


def pack(taught: Taught) -> bytes:
    """The file's bytes; the same for the same lesson."""
    from safetensors.numpy import save

    about = json.dumps({"version": VERSION, "kind": taught.kind, "names": taught.names}, ensure_ascii=True)
    arrays = {"about": np.frombuffer(about.encode(), np.uint8), "labels": taught.labels, **taught.kept}
    for family in FAMILIES:
        head = taught.heads[family]
        arrays |= {f"{family}_rows": taught.rows[family], f"{family}_weights": head.weights, f"{family}_bias": head.bias}
    return save({name: np.ascontiguousarray(one) for name, one in arrays.items()})


def unpack(data: bytes, kind: Kind = PICTURES) -> Taught:
    """What a file of this kind holds, from anybody. Raises BadInput."""
    if len(data) > LARGEST_FILE:
        raise BadInput(f"This file is larger than {LARGEST_FILE // 2**20} MB, so it was not saved on this page. "
                       "Please give one that was.")
    stored = _arrays(data)
    names, count = _about(stored["about"], kind), len(stored["labels"])
    shapes = {"about": (stored["about"].shape, "uint8"), "labels": ((count,), "uint8")}
    shapes |= {name: ((count, *shape), "uint8") for name, shape in kind.kept.items()}
    for family, width in kind.widths.items():
        shapes |= {f"{family}_rows": ((count, width), "float16"), f"{family}_weights": ((width, len(names)), "float32"),
                   f"{family}_bias": ((len(names),), "float32")}
    if set(stored) != set(shapes):
        raise BadInput(NOT_OURS)
    for name, (shape, number) in shapes.items():
        if stored[name].shape != shape or stored[name].dtype != number or not _sound(stored[name]):
            raise BadInput(NOT_OURS)
    if stored["labels"].max(initial=0) >= len(names):
        raise BadInput(NOT_OURS)
    taught = Taught(names, stored["labels"], {one: stored[one] for one in kind.kept}, {one: stored[f"{one}_rows"] for one in FAMILIES},
                    {one: Head(stored[f"{one}_weights"], stored[f"{one}_bias"]) for one in FAMILIES}, kind.key)
    check_counts(names, taught.counts, kind)
    return taught


def _arrays(data: bytes) -> dict[str, np.ndarray]:
    """The tensors, when what every such file begins with is among them."""
    from safetensors.numpy import load
    try:
        stored = load(data)
    except Exception:  # the reader raises errors of its own and of numpy on files that were made to break it
        raise BadInput(NOT_OURS) from None
    if not {"about", "labels"} <= set(stored) or stored["labels"].ndim != 1:
        raise BadInput(NOT_OURS)
    return stored


def _about(raw: np.ndarray, kind: Kind) -> tuple[str, ...]:
    """The names in the JSON part, which is of this version and kind."""
    if raw.ndim != 1 or raw.dtype != np.uint8 or raw.size > LARGEST_ABOUT:
        raise BadInput(NOT_OURS)
    try:
        about = json.loads(raw.tobytes().decode())
    except (ValueError, RecursionError):
        raise BadInput(NOT_OURS) from None
    if not isinstance(about, dict) or set(about) != {"version", "kind", "names"} or not isinstance(about["names"], list):
        raise BadInput(NOT_OURS)
    if about["version"] != VERSION or about["kind"] not in list(KINDS):
        raise BadInput(NEWER)
    if about["kind"] != kind.key:
        raise BadInput(OTHER.format(kind=about["kind"], own=kind.key))
    return read_names(about["names"])


def _sound(values: np.ndarray) -> bool:
    """Whether all numbers are finite and none is absurd."""
    return values.dtype == np.uint8 or bool((np.abs(values.astype(np.float32)) <= LARGEST_NUMBER).all())  # not for NaN
