"""The network's teacher: EASE that counts who made a film too, and made-up people for the pupil to learn from.

From some 500 people alone, and started from chance, the network stays behind a closed form. So it learns as a pupil
(distillation; Hinton, Vinyals and Dean 2015, arXiv:1503.02531): a teacher says of any number of made-up people what
they would like, and the network learns to say so too.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from demos.recommendation.catalogue import Film

STRICTNESS = 150.0
WORTH = {"directors": 5.0, "cast": 3.0, "genres": 0.5}  # of a person who likes all films of one director, actor, genre
FEWEST = {"directors": 2, "cast": 2, "genres": 5}  # films that they must have in common
EVEN = 1.5  # the higher, the more of the made-up people have rated little


def makers(films: Sequence[Film]) -> np.ndarray:
    """`(t, n)` float32: for each director, actor and genre their films, as if somebody liked these."""
    found: list[np.ndarray] = []
    for what, worth in WORTH.items():
        rows: dict[str, list[int]] = {}
        for place, film in enumerate(films):
            for name in dict.fromkeys(getattr(film, what)):
                rows.setdefault(name, []).append(place)
        for places in rows.values():
            if len(places) >= FEWEST[what]:
                row = np.zeros(len(films), np.float32)
                row[places] = worth**0.5
                found.append(row)
    return np.stack(found) if found else np.zeros((0, len(films)), np.float32)


def teacher(weighed: np.ndarray, films: Sequence[Film], strictness: float = STRICTNESS) -> np.ndarray:
    """What liking film i says for film j, `(n, n)` float32, as in EASE, from people `(u, n)` and makers together.

    Jeunen, Van Balen and Goethals 2020 (doi:10.1145/3383313.3418480) join what is known of films in this way.
    """
    rows = np.concatenate([weighed, makers(films)])
    inverse = np.linalg.inv(rows.T @ rows + strictness * np.eye(len(films), dtype=np.float32))
    found = -inverse / np.diag(inverse)
    np.fill_diagonal(found, 0)
    return found


def made_up(people: torch.Tensor, count: int) -> torch.Tensor:
    """Ratings of invented people `(count, n)`: a part of what somebody rated, for half of them with a little of somebody else."""
    def some(share: torch.Tensor) -> torch.Tensor:
        chosen = people[torch.randint(len(people), (count,))]
        return chosen * (torch.rand(chosen.shape) < share)

    own = some(torch.rand(count, 1) ** EVEN)
    return torch.maximum(own, some(0.3 * torch.rand(count, 1) * (torch.rand(count, 1) < 0.5)))
