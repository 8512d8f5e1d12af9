"""Trains the classical method: an SVM with a radial kernel on outlines and shades; part of `train.py`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from demos.chest_xray.features import features

STRICTNESS = (0.3, 1.0, 3.0, 10.0)  # C
WIDTH = (0.3, 1.0, 3.0)  # of the kernel, times the usual 1 / (number * variance)
PARTS = 150  # principal components: noise and cost go, what differs stays
TARGET = Path(__file__).with_name("weights") / "hog_svm.safetensors"


def describe(pictures: np.ndarray) -> np.ndarray:
    """`(n, 1540)` float32 of pictures `(n, 28, 28)` uint8."""
    return np.stack([features(picture) for picture in pictures])


def reduce(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean `(d,)` and the principal components `(d, 150)` of `(n, d)` features."""
    from sklearn.decomposition import PCA

    fitted = PCA(PARTS, svd_solver="full").fit(rows.astype(np.float64))
    return fitted.mean_, fitted.components_.T


def learn(rows: np.ndarray, labels: np.ndarray, kept: np.ndarray,
          truth: np.ndarray) -> tuple[dict[str, np.ndarray], dict[str, str]]:
    """The arrays to store, from features of the training and the validation part; the same each time."""
    from sklearn.metrics import roc_auc_score
    from sklearn.svm import SVC

    from demos.chest_xray.train import calibrate

    mean, parts = reduce(rows)
    short, held = ((part.astype(np.float64) - mean) @ parts for part in (rows, kept))
    usual = 1 / short.var(axis=0).sum()
    tried = {}
    for strictness in STRICTNESS:
        for width in WIDTH:
            svm = SVC(C=strictness, gamma=width * usual, class_weight="balanced").fit(short, labels)
            auc = roc_auc_score(truth, svm.decision_function(held))
            print(f"C {strictness:g}, width {width:g}: validation AUC {auc:.4f}", file=sys.stderr, flush=True)
            tried[strictness, width] = auc, svm
    chosen = max(tried, key=lambda pair: tried[pair][0])
    auc, svm = tried[chosen]
    slope, shift = calibrate(svm.decision_function(held), truth)
    arrays = {"mean": mean, "parts": parts, "supports": svm.support_vectors_, "weights": svm.dual_coef_[0],
              "numbers": np.array([svm.intercept_[0], chosen[1] * usual, slope, shift])}
    about = {"C": f"{chosen[0]:g}", "width": f"{chosen[1]:g}", "validation_auc": f"{auc:.4f}"}
    return {name: np.ascontiguousarray(array, np.float32) for name, array in arrays.items()}, about


def write_svm(pictures: np.ndarray, labels: np.ndarray, kept: np.ndarray, truth: np.ndarray) -> None:
    """Train on `(n, 28, 28)` uint8 and write the weights."""
    from safetensors.numpy import save_file

    arrays, about = learn(describe(pictures), labels, describe(kept), truth)
    save_file(arrays, TARGET, metadata={"about": json.dumps(about, sort_keys=True)})
    print(about)
