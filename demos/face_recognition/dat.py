"""Reads the tensors out of dlib's `.dat` files, in the order in which they lie: from the input to the output.

dlib writes a tensor as the bytes 1 and 2, four sizes (each a byte that counts the bytes that follow, little-endian)
and then float32. What lies between the tensors (names and settings of the layers) is passed over, so whoever reads
must know how many numbers each tensor holds.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from demos.errors import WeightsMissing

TENSOR = b"\x01\x02"
STRANGE = "The file of the face network is not the one this project knows. Please install the requirements again."


def read_tensors(path: Path, counts: Iterable[int]) -> list[np.ndarray]:
    """One flat `(count,)` float32 array for each of `counts`.

    Raises WeightsMissing where the file does not hold them in this order.
    """
    data, at, found = path.read_bytes(), 0, []
    for count in counts:
        at = _start(data, at, count)
        found.append(np.frombuffer(data, "<f4", count, at).copy())
        at += 4 * count
    return found


def _start(data: bytes, at: int, count: int) -> int:
    """Where the numbers of the next tensor of this size begin."""
    while (at := data.find(TENSOR, at)) >= 0:
        size, numbers = _sizes(data, at + len(TENSOR))
        if size == count and numbers + 4 * count <= len(data):
            return numbers
        at += 1
    raise WeightsMissing(STRANGE)


def _sizes(data: bytes, at: int) -> tuple[int, int]:
    """The product of four sizes written at `at`, and where they end; 0 where there are none."""
    sizes = []
    for _ in range(4):
        length = data[at] if at < len(data) else 0
        if not 1 <= length <= 4:
            return 0, at
        sizes.append(int.from_bytes(data[at + 1:at + 1 + length], "little"))
        at += 1 + length
    return math.prod(sizes), at
