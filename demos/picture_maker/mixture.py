"""Draws pictures from a Gaussian mixture for each kind, in the few directions in which pictures differ most.

Principal components (Pearson 1901) leave some numbers of each picture; a mixture of Gaussians says which of them
are likely together (Dempster, Laird and Rubin 1977). scikit-learn fits both, numpy draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np


@dataclass(frozen=True)
class Mixture:
    """For pictures of d numbers, r directions, m kinds and c clouds of each kind.

    `middle` `(d,)`, `axes` `(r, d)`; `shares` `(m, c)` add up to 1 for each kind, `centres` `(m, c, r)`, and
    `shapes` `(m, c, r, r)`, lower triangles whose products with their own transposes are the clouds' covariances.
    `size` is (colours, height, width), with d as its product.
    """

    middle: np.ndarray
    axes: np.ndarray
    shares: np.ndarray
    centres: np.ndarray
    shapes: np.ndarray
    size: tuple[int, int, int]

    def draw(self, seed: int, kinds: np.ndarray) -> np.ndarray:
        """Pictures `(n, colours, h, w)` float32, about -1 to 1, of kinds `(n,)`; the first of a seed stay the same."""
        rows = []
        for number, kind in enumerate(kinds):
            chance = np.random.default_rng([seed, number])
            cloud = int(np.searchsorted(np.cumsum(self.shares[kind]), chance.random()).clip(0, self.shares.shape[1] - 1))
            away = self.shapes[kind, cloud] @ chance.standard_normal(len(self.axes))
            rows.append(self.middle + (self.centres[kind, cloud] + away) @ self.axes)
        return np.stack(rows).astype(np.float32).reshape(-1, *self.size)

    def arrays(self) -> dict[str, np.ndarray]:
        """What is stored: in half precision, of the triangles only what is not 0."""
        corner = np.tril_indices(len(self.axes))
        stored = {"middle": self.middle, "axes": self.axes, "shares": self.shares, "centres": self.centres,
                  "shapes": self.shapes[..., corner[0], corner[1]]}
        # in one order of memory: a file holds no other
        return {**{name: np.ascontiguousarray(array, np.float16) for name, array in stored.items()},
                "size": np.array(self.size, np.int32)}


def load_mixture(path: Path) -> Mixture:
    """The mixture in a file."""
    from safetensors.numpy import load_file

    arrays = load_file(path)
    colours, height, width = arrays.pop("size").tolist()
    read = {name: array.astype(np.float64) for name, array in arrays.items()}
    corner = np.tril_indices(len(read["axes"]))
    shapes = np.zeros((*read["shares"].shape, len(read["axes"]), len(read["axes"])))
    shapes[..., corner[0], corner[1]] = read["shapes"]
    shares = read["shares"] / read["shares"].sum(axis=1, keepdims=True)
    return Mixture(read["middle"], read["axes"], shares, read["centres"], shapes, (colours, height, width))
