"""What was taught, as one file that a visitor can keep: safetensors with JSON in it, checked number by number on reading.

It holds the names, a small picture and both families' measures of each example, and both methods' last steps. A file
from anybody is read here: sizes, shapes, kinds of numbers, lengths of names and versions must be exactly right.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from demos.errors import BadInput
from demos.teach_it.heads import FAMILIES, Head
from demos.teach_it.measures import CLASSICAL, DEEP, THUMB

VERSION = 1
FEWEST_NAMES, MOST_NAMES = 2, 5
FEWEST, MOST = 3, 50  # examples of a name
LONGEST_NAME = 40  # characters
LARGEST_FILE = 8 * 2**20  # bytes; 250 examples take 4.0 MB
LARGEST_ABOUT = 4096  # bytes of JSON
LARGEST_NUMBER = 1e4
NONE = "none of these"
WIDTHS = {"classical": CLASSICAL, "deep": DEEP}
NOT_OURS = "This is not a file that was saved on this page. Please give one, or teach it anew."
NEWER = "This file was saved by another version of this page and is not read here. Please teach it anew."


@dataclass(frozen=True, eq=False)
class Taught:
    """n examples of k names.

    `labels` `(n,)` uint8, 0 to k - 1; `thumbs` `(n, 48, 48, 3)` uint8; by family `rows` `(n, d)` float16, each of
    length one, and `heads`.
    """

    names: tuple[str, ...]
    labels: np.ndarray
    thumbs: np.ndarray
    rows: Mapping[str, np.ndarray]
    heads: Mapping[str, Head]

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


def check_counts(names: Sequence[str], counts: Sequence[int]) -> None:
    """Raise BadInput unless every name has enough examples and none too many."""
    for name, count in zip(names, counts):
        if not FEWEST <= count <= MOST:
            raise BadInput(f"“{name}” has {count} {'picture' if count == 1 else 'pictures'}. "
                           f"Please give {FEWEST} to {MOST} of each thing.")


def pack(taught: Taught) -> bytes:
    """The file's bytes; the same for the same lesson."""
    from safetensors.numpy import save

    about = json.dumps({"version": VERSION, "kind": "pictures", "names": taught.names}, ensure_ascii=True)
    arrays = {"about": np.frombuffer(about.encode(), np.uint8), "labels": taught.labels, "thumbs": taught.thumbs}
    for family in FAMILIES:
        head = taught.heads[family]
        arrays |= {f"{family}_rows": taught.rows[family], f"{family}_weights": head.weights, f"{family}_bias": head.bias}
    return save({name: np.ascontiguousarray(one) for name, one in arrays.items()})


def unpack(data: bytes) -> Taught:
    """What a file holds, from anybody. Raises BadInput."""
    if len(data) > LARGEST_FILE:
        raise BadInput(f"This file is larger than {LARGEST_FILE // 2**20} MB, so it was not saved on this page. "
                       "Please give one that was.")
    stored = _arrays(data)
    names, count = _about(stored["about"]), len(stored["labels"])
    kinds = len(names)
    shapes = {"labels": ((count,), "uint8"), "thumbs": ((count, THUMB, THUMB, 3), "uint8")}
    for family, width in WIDTHS.items():
        shapes |= {f"{family}_rows": ((count, width), "float16"), f"{family}_weights": ((width, kinds), "float32"),
                   f"{family}_bias": ((kinds,), "float32")}
    for name, (shape, kind) in shapes.items():
        if stored[name].shape != shape or stored[name].dtype != kind or not _sound(stored[name]):
            raise BadInput(NOT_OURS)
    if stored["labels"].max(initial=0) >= kinds:
        raise BadInput(NOT_OURS)
    taught = Taught(names, stored["labels"], stored["thumbs"], {one: stored[f"{one}_rows"] for one in FAMILIES},
                    {one: Head(stored[f"{one}_weights"], stored[f"{one}_bias"]) for one in FAMILIES})
    check_counts(names, taught.counts)
    return taught


def _arrays(data: bytes) -> dict[str, np.ndarray]:
    """The tensors, when they are those that belong in such a file."""
    from safetensors.numpy import load

    try:
        stored = load(data)
    except Exception:  # the reader raises errors of its own and of numpy on files that were made to break it
        raise BadInput(NOT_OURS) from None
    expected = {"about", "labels", "thumbs", *(f"{one}_{part}" for one in FAMILIES for part in ("rows", "weights", "bias"))}
    if set(stored) != expected or stored["labels"].ndim != 1:
        raise BadInput(NOT_OURS)
    return stored


def _about(raw: np.ndarray) -> tuple[str, ...]:
    """The names in the JSON part, which is of this version."""
    if raw.ndim != 1 or raw.dtype != np.uint8 or raw.size > LARGEST_ABOUT:
        raise BadInput(NOT_OURS)
    try:
        about = json.loads(raw.tobytes().decode())
    except (ValueError, RecursionError):
        raise BadInput(NOT_OURS) from None
    if not isinstance(about, dict) or set(about) != {"version", "kind", "names"} or not isinstance(about["names"], list):
        raise BadInput(NOT_OURS)
    if about["version"] != VERSION or about["kind"] != "pictures":
        raise BadInput(NEWER)
    return read_names(about["names"])


def _sound(values: np.ndarray) -> bool:
    """Whether all numbers are finite and none is absurd."""
    return values.dtype == np.uint8 or bool((np.abs(values.astype(np.float32)) <= LARGEST_NUMBER).all())  # not for NaN
