"""Trains the classical method: `python -m demos.picture_maker.train_classical DATA` writes its weights, for both sets.

DATA holds mnist.npz and crawl_tiles_32_rgba.npz. Directions are taken until they hold nine tenths of the variance
of the part "learn", at most a hundred; then a mixture for each kind is fitted to it, with seed 0. How many clouds,
and how much each is rounded off, is chosen by how likely they make the pictures of the part "choose". Each tile is
also mirrored.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from demos.picture_maker.data import SEED, read_digits, read_tiles, scaled
from demos.picture_maker.mixture import Mixture

HELD = 0.9  # of the variance
MOST = 100  # directions: a small kind has hardly more pictures
CLOUDS = (1, 2, 4, 16)
ROUNDED = (0.03, 0.3)  # added to each direction's variance
ROUNDS = 20  # of expectation and maximisation
TARGET = Path(__file__).with_name("weights")
Rows = tuple[np.ndarray, np.ndarray]  # pictures (n, colours, h, w) from -1 to 1, and kinds (n,)


def fit(learning: Rows, choosing: Rows) -> tuple[Mixture, dict[str, float]]:
    """The mixture with the best mean logarithm of the likelihood on `choosing`, and how it was chosen."""
    from sklearn.decomposition import PCA

    flat = learning[0].reshape(len(learning[0]), -1)
    directions = PCA(HELD, svd_solver="covariance_eigh").fit(flat)
    axes = directions.components_[:MOST]
    known, others = ((one.reshape(len(one), -1) - directions.mean_) @ axes.T for one in (learning[0], choosing[0]))
    best, about = None, {"likelihood": -np.inf}
    for clouds in CLOUDS:
        for rounded in ROUNDED:
            mixtures = [fit_kind(known[learning[1] == kind], clouds, rounded) for kind in range(learning[1].max() + 1)]
            likely = float(np.concatenate([one.score_samples(others[choosing[1] == kind])
                                           for kind, one in enumerate(mixtures) if (choosing[1] == kind).any()]).mean())
            print(f"{clouds} clouds, rounded {rounded:g}: {likely:.2f}", file=sys.stderr)
            if likely > about["likelihood"]:
                best, about = mixtures, {"likelihood": round(likely, 4), "clouds": clouds, "rounded": rounded}
    assert best is not None
    mixture = Mixture(directions.mean_, axes, np.stack([one.weights_ for one in best]),
                      np.stack([one.means_ for one in best]),
                      np.linalg.cholesky(np.stack([one.covariances_ for one in best])), learning[0].shape[1:])
    return mixture, {**about, "directions": len(axes), "pictures": len(flat), "seed": SEED}


def fit_kind(rows: np.ndarray, clouds: int, rounded: float) -> "GaussianMixture":  # noqa: F821
    """One kind's mixture, of measurements `(n, r)`."""
    from sklearn.mixture import GaussianMixture

    return GaussianMixture(clouds, reg_covar=rounded, max_iter=ROUNDS, random_state=SEED).fit(rows.astype(np.float64))


def main(data: Path) -> None:
    """Fit both sets and write the weights."""
    from safetensors.numpy import save_file

    TARGET.mkdir(exist_ok=True)
    for name, read in (("digits", read_digits), ("tiles", read_tiles)):
        (pictures, kinds), (others, theirs) = read(data, "learn"), read(data, "choose")
        if name == "tiles":
            pictures, kinds = np.concatenate([pictures, pictures[:, :, ::-1]]), np.tile(kinds, 2)
        mixture, about = fit((scaled(pictures), kinds), (scaled(others), theirs))
        # one entry: several would be written in another order each time, and the digest would change
        save_file(mixture.arrays(), TARGET / f"{name}_mixture.safetensors",
                  metadata={"about": json.dumps(about, sort_keys=True)})
        print(name, about)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
