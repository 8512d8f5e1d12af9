"""Trains the classical method: `python -m demos.brain_scan.train_classical DATA` writes its weights, in minutes.

From every second slice of the training blocks (slices.py; neighbours are nearly alike): two windows about the
tumour's middle, three of the rest of the head; and six windows of each healthy slice. Seed 0. The blocks for choosing
gave strictness C, sharpness and threshold; the blocks for testing are not read here.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from demos.brain_scan.classical import TextureSvm
from demos.brain_scan.finding import near
from demos.brain_scan.framing import even_out
from demos.brain_scan.healthy import healthy_slices
from demos.brain_scan.slices import KINDS, Slice, read_slices, split
from demos.brain_scan.texture import WINDOW, grid, measure

SEED = 0
STRICTNESS = (1.0, 4.0)
JITTER = 5  # pixels that a window's middle may lie beside the tumour's
AROUND, ELSEWHERE = 2, 3  # windows of each slice
EVERY = 2  # slices
HEALTHY = 6  # windows of each healthy slice
NONE = len(KINDS)
TARGET = Path(__file__).with_name("weights") / "texture_svm.safetensors"


def windows_of(one: Slice, chance: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Features `(n, d)` and classes `(n,)` of some windows of a slice: about the tumour, and elsewhere."""
    square = even_out(one.image)
    middle, half = (one.box[:2] + one.box[2:]) / 2, (one.box[2:] - one.box[:2]) / 2
    reach = np.maximum(JITTER, half - WINDOW / 2)  # a large tumour is more than one window
    near_it = middle + chance.uniform(-1, 1, (AROUND, 2)) * reach - WINDOW / 2
    places = grid(square)
    beside = np.abs(places + WINDOW / 2 - middle).max(axis=1) > np.maximum(half.max(), WINDOW / 2) + 4
    others = places[beside]
    others = others[chance.permutation(len(others))[:ELSEWHERE]]
    corners = np.concatenate([near_it, others]).round().astype(int).clip(0, len(square) - WINDOW)
    classes = [one.kind] * AROUND + [NONE] * len(others)
    return measure(square, corners).features, np.array(classes)


def collect(slices: list[Slice], healthy: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Features and classes of the windows of all slices."""
    chance = np.random.default_rng(SEED)
    rows = [windows_of(one, chance) for one in slices]
    for image in healthy:
        square = even_out(image)
        places = grid(square)
        places = places[chance.permutation(len(places))[:HEALTHY]]
        rows.append((measure(square, places).features, np.full(len(places), NONE)))
    return np.concatenate([row[0] for row in rows if len(row[1])]), np.concatenate([row[1] for row in rows])


def fit(features: np.ndarray, classes: np.ndarray, strictness: float) -> dict[str, np.ndarray]:
    """The arrays to store: one SVM for each kind and one for none, with the support vectors they share."""
    from sklearn.svm import SVC

    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-6
    scaled = ((features - mean) / spread).astype(np.float64)
    width = 0.5 / scaled.shape[1]
    shares, bias = np.zeros((len(scaled), NONE + 1)), np.zeros(NONE + 1)
    for number in range(NONE + 1):
        svm = SVC(C=strictness, gamma=width, class_weight="balanced", cache_size=1000)
        svm.fit(scaled, classes == number)
        shares[svm.support_, number], bias[number] = svm.dual_coef_[0], svm.intercept_[0]
    used = np.abs(shares).max(axis=1) > 0
    arrays = {"vectors": scaled[used], "weights": shares[used], "bias": bias, "mean": mean, "spread": spread,
              "numbers": np.array([width, 1.0, 0.5])}
    return {name: array.astype(np.float32) for name, array in arrays.items()}


def choose(arrays: dict[str, np.ndarray], slices: list[Slice], healthy: list[np.ndarray]) -> dict[str, float]:
    """Set sharpness and threshold: the scores are then the share of strongest windows that lie right, and most
    tumours are rightly placed and most healthy slices quiet. What came out, in shares.
    """
    from sklearn.linear_model import LogisticRegression

    model = TextureSvm(arrays)
    best = [model.find(even_out(one.image), 0.0) for one in slices]
    lead = _leads([scores for _, _, scores in best])
    right = np.array([near(w.boxes[0], one.box) for (w, _, _), one in zip(best, slices)])
    named = np.array([kinds[0] == one.kind for (_, kinds, _), one in zip(best, slices)])
    fitted = LogisticRegression(fit_intercept=False).fit(lead[:, None], right)
    sharpness = float(max(fitted.coef_[0, 0], 0.05))
    sure = 1 / (1 + np.exp(-sharpness * lead))
    false = 1 / (1 + np.exp(-sharpness * _leads([model.find(even_out(image), 0.0)[2] for image in healthy])))
    tried = np.arange(5, 96) / 100
    worth = np.array([(right & (sure >= t)).mean() + (false < t).mean() for t in tried])
    threshold = float(np.median(tried[worth >= worth.max() - 1e-9]))
    arrays["numbers"] = np.array([arrays["numbers"][0], sharpness, threshold], np.float32)
    return {"named": float((named & (sure >= threshold)).mean()), "placed": float((right & (sure >= threshold)).mean()),
            "quiet": float((false < threshold).mean())}


def _leads(scores: list[np.ndarray]) -> np.ndarray:
    """By how much the best window of each slice leads, from its score with sharpness 1; far behind where none is."""
    first = np.array([one[0] if len(one) else 0.0 for one in scores]).clip(1e-9, 1 - 1e-9)
    return np.log(first / (1 - first))


def main(data: Path) -> None:
    """Train on the folder and write the weights."""
    from safetensors.numpy import save_file

    parts, healthy = split(read_slices(data)), healthy_slices("choose")
    features, classes = collect(parts["train"][::EVERY], healthy_slices("train"))
    tried = {}
    for strictness in STRICTNESS:
        arrays = fit(features, classes, strictness)
        came = choose(arrays, parts["choose"], healthy)
        print(f"C {strictness:g}: {came}", file=sys.stderr, flush=True)
        tried[strictness] = came["named"] + came["placed"], arrays, came
    chosen = max(tried, key=lambda strictness: tried[strictness][0])
    about = {"seed": SEED, "C": chosen, "windows": len(classes), "data": "T1-CE slices (figshare 1512427) and MNI152",
             **{name: round(value, 4) for name, value in tried[chosen][2].items()}}
    TARGET.parent.mkdir(exist_ok=True)
    save_file(tried[chosen][1], TARGET, metadata={"about": json.dumps(about, sort_keys=True)})
    print(about)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
