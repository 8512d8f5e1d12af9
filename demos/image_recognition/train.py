"""Trains the classical method: `python -m demos.image_recognition.train DATA` writes its weights.

DATA is a folder with CIFAR-10 as WebP sheets (see sheets.py). Of its training part 3,000 pictures, drawn with
the seed, choose the strictness C and fit the certainties; then the SVM learns from all of it, each picture
also mirrored. The test part is not read here.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from demos.image_recognition.features import features
from demos.image_recognition.sheets import read_part

SEED = 0
HELD_BACK = 0.15  # of the training part, to choose C
STRICTNESS = (3e-5, 1e-4, 3e-4)
TARGET = Path(__file__).with_name("weights") / "hog_svm.safetensors"


def describe(pictures: np.ndarray) -> np.ndarray:
    """`(2, n, 3016)` float32: the features of pictures `(n, 32, 32, 3)`, and of their mirror images."""
    return np.stack([[features(picture) for picture in side] for side in (pictures, pictures[:, :, ::-1])])


def fit(described: np.ndarray, numbers: np.ndarray, strictness: float) -> tuple[np.ndarray, np.ndarray]:
    """Weights `(3016, 10)` and bias `(10,)` of one linear SVM for each kind, for unscaled features."""
    from sklearn.svm import LinearSVC

    rows = described.reshape(-1, described.shape[-1]).astype(np.float64)
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    svm = LinearSVC(C=strictness, dual=True, tol=1e-3, max_iter=1000, random_state=SEED)
    svm.fit((rows - mean) / spread, np.tile(numbers, len(described)))
    weights = svm.coef_.T / spread[:, None]  # the scaling goes into the weights
    return weights.astype(np.float32), (svm.intercept_ - mean @ weights).astype(np.float32)


def fit_sharpness(distances: np.ndarray, numbers: np.ndarray) -> float:
    """The factor for which softmax of the distances `(n, 10)` makes the true numbers `(n,)` likeliest."""
    from scipy.optimize import minimize_scalar
    from scipy.special import log_softmax

    def surprise(factor: float) -> float:
        return -log_softmax(factor * distances, axis=1)[np.arange(len(numbers)), numbers].mean()

    return float(minimize_scalar(surprise, bounds=(0.1, 50), method="bounded").x)


def learn(described: np.ndarray, numbers: np.ndarray,
          choices: tuple[float, ...]) -> tuple[dict[str, np.ndarray], dict[str, str]]:
    """The arrays to store, from features `(m, n, d)` of m versions of each picture, and how they came about.

    The same seed gives the same arrays.
    """
    order = np.random.default_rng(SEED).permutation(len(numbers))
    held, learning = np.split(order, [round(HELD_BACK * len(order))])
    tried = {}
    for strictness in choices:
        weights, bias = fit(described[:, learning], numbers[learning], strictness)
        distances = described[0, held] @ weights + bias
        right = float((distances.argmax(axis=1) == numbers[held]).mean())
        print(f"C {strictness:g}: right {right:.4f} of {len(held):,} held back", file=sys.stderr)
        tried[strictness] = right, distances
    chosen = max(tried, key=lambda strictness: tried[strictness][0])
    sharpness = fit_sharpness(tried[chosen][1], numbers[held])
    weights, bias = fit(described, numbers, chosen)
    arrays = {"weights": weights, "bias": bias, "sharpness": np.array([sharpness], np.float32)}
    return arrays, {"seed": str(SEED), "C": f"{chosen:g}", "pictures": str(len(numbers)),
                    "held_back_accuracy": f"{tried[chosen][0]:.4f}"}


def main(data: Path) -> None:
    """Train on the folder and write the weights."""
    from safetensors.numpy import save_file

    pictures, numbers = read_part(data, "train")
    arrays, about = learn(describe(pictures), numbers, STRICTNESS)
    TARGET.parent.mkdir(exist_ok=True)
    about["data"] = "CIFAR-10, JPEG copy, training part"
    # one entry: several would be written in another order each time, and the digest would change
    save_file(arrays, TARGET, metadata={"about": json.dumps(about, sort_keys=True)})
    print(about)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
