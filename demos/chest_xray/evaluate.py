"""Measures both methods on the shared half of PneumoniaMNIST's test part, and the gate on what is no chest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from demos.base import Model
from demos.errors import BadInput
from demos.figures import Figure, machine, today, wilson

DATA = "PneumoniaMNIST, half of its test part (312 pictures, on this copy)"
STRANGE = "pictures that come with scikit-image, scikit-learn, matplotlib and pydicom"
NOTE = ("Trained on its 4,708 training pictures; calibration and threshold from 516 validation pictures. One child "
        "may have several X-rays; MedMNIST keeps the children of the test part apart.")
GATE = "The gate declined it before the method was asked. It learnt from none of these pictures."


def evaluate(data: Path, load: Callable[[str], Model], methods: tuple[str, ...], command: str,
             limit: int | None = None) -> list[Figure]:
    """The figures of the methods on DATA, which holds pneumoniamnist.npz; `limit` takes so many pictures."""
    from demos.chest_xray.data import read_part

    fixed = {"date": today(), "command": command, "machine": machine()}
    pictures, labels = read_part(data, "test_half")
    taken = np.linspace(0, len(labels) - 1, min(len(labels), limit or len(labels))).astype(int)
    figures = []
    for key in methods:
        model = load(key)
        figures += _on_chests(key, model, pictures[taken], labels[taken], fixed)
        figures.append(_on_strangers(key, model, fixed))
    return figures


def _share(method: str, metric: str, hits: np.ndarray, **about: str) -> Figure:
    low, high = wilson(int(hits.sum()), len(hits))
    return Figure(method, metric, float(hits.mean()), items=len(hits), low=low, high=high, **about)


def _on_chests(key: str, model: Model, pictures: np.ndarray, labels: np.ndarray, fixed: dict[str, str]) -> list[Figure]:
    """Right answers, how well the certainties rank, both kinds of mistake, and how honest the certainties are."""
    from sklearn.metrics import roc_auc_score

    from demos.chest_xray.deep import ChestNets

    about = {"data": DATA, "note": NOTE, **fixed}
    said, passed = _asked(model, pictures)
    right = said == labels  # what the gate declines is counted as wrong
    ill = (model.certainties(pictures) if isinstance(model, ChestNets)
           else np.array([model.certainty(picture) for picture in pictures]))  # type: ignore[attr-defined]
    low, high = _auc_interval(ill, labels)
    figures = [_share(key, "accuracy", right, things="chest X-rays", **about),
               Figure(key, "auc", float(roc_auc_score(labels, ill)), items=len(labels), things="chest X-rays",
                      low=low, high=high, **about),
               _share(key, "sensitivity", right[labels == 1], things="X-rays with pneumonia", **about),
               _share(key, "specificity", right[labels == 0], things="X-rays without pneumonia", **about),
               _share(key, "let_in", passed, things="chest X-rays", **{**about, "note": GATE})]
    certainty = np.maximum(ill, 1 - ill)
    for start, end in ((50, 80), (80, 95), (95, 100)):
        here = (certainty >= start / 100) & (certainty < end / 100 + (end == 100))
        if here.any():
            figures.append(_share(key, f"right_when_{start}_to_{end}_sure", right[here], things="chest X-rays", **about))
    return figures


def _asked(model: Model, pictures: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The numbers `(n,)` that were answered, -1 where the gate declined; and whether each was let in."""
    said = []
    for picture in pictures:
        try:
            said.append(model.predict(image=np.repeat(picture[..., None], 3, axis=2)).ids[0])  # type: ignore[attr-defined]
        except BadInput:
            said.append(-1)
    return np.array(said), np.array(said) >= 0


def _auc_interval(scores: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    """The 95 % interval of the area under the curve, by drawing the pictures anew 1,000 times (seed 0)."""
    from sklearn.metrics import roc_auc_score

    chance, areas = np.random.default_rng(0), []
    for _ in range(1000):
        drawn = chance.integers(0, len(labels), len(labels))
        if 0 < labels[drawn].sum() < len(labels):
            areas.append(roc_auc_score(labels[drawn], scores[drawn]))
    low, high = np.quantile(areas, [0.025, 0.975])
    return float(low), float(high)


def _on_strangers(key: str, model: Model, fixed: dict[str, str]) -> Figure:
    """How many pictures of something else are declined."""
    from demos.chest_xray.strangers import strangers

    declined = []
    for _, image in strangers():
        try:
            model.predict(image=image)
            declined.append(False)
        except BadInput:
            declined.append(True)
    return _share(key, "declined", np.array(declined), things="pictures of something else, in colour and in grey",
                  data=STRANGE, note=GATE, **fixed)
