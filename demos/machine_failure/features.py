"""What the classical methods look at: statistics of thirty flights, and one number for how healthy an engine is."""

from __future__ import annotations

import numpy as np

from demos.machine_failure.columns import CAP, NAMES, WINDOW

LAST = 5  # flights at the end of a window that are averaged against the noise
_TIMES = np.arange(WINDOW) - (WINDOW - 1) / 2
FEATURES = tuple(f"{name}, {what}" for what in ("mean", "at the end", "slope") for name in NAMES)


def statistics(windows: np.ndarray) -> np.ndarray:
    """Mean, mean of the last five flights, and slope of each sensor `(n, 42)` float32 of windows `(n, 30, 14)`."""
    slope = np.einsum("nts,t->ns", windows - windows[:, :1], _TIMES) / np.square(_TIMES).sum()
    return np.concatenate([windows.mean(axis=1), windows[:, -LAST:].mean(axis=1), slope], axis=1).astype(np.float32)


def learn_index(windows: np.ndarray, left: np.ndarray) -> np.ndarray:
    """The weights `(15,)` of a health index, 1 for a healthy engine and 0 at the end, by least squares.

    It learns from the windows `(n, 30, 14)` with at least 125 flights left, and from those with at most five.
    """
    ends = (left >= CAP) | (left <= LAST)
    given = _with_one(windows[ends, -LAST:].mean(axis=1))
    return np.linalg.lstsq(given, (left[ends] >= CAP).astype(np.float64), rcond=None)[0]


def straight_line(windows: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Flights until the straight line through the health index of thirty flights comes to 0 `(n,)`, 0 to 125."""
    health = _with_one(windows) @ weights
    slope = (health @ _TIMES) / np.square(_TIMES).sum()
    now = health.mean(axis=1) + slope * _TIMES[-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        left = np.where(slope < 0, now / -slope, CAP)
    return np.clip(np.where(now <= 0, 0, left), 0, CAP)


def _with_one(values: np.ndarray) -> np.ndarray:
    return np.concatenate([values, np.ones((*values.shape[:-1], 1))], axis=-1)


# --- how far off it may be ---------------------------------------------------------------------------

STOPS = np.linspace(0, CAP, 14)  # guesses at which the distances are known


def learn_band(said: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """How far the truth lay below and above guesses near each stop `(14, 2)`: one in ten was lower, one in ten higher.

    Measured on engines that the models did not learn from.
    """
    nearest = np.abs(said[:, None] - STOPS).argmin(axis=1)
    rows = []
    for stop in range(len(STOPS)):
        apart = (truth - said)[nearest == stop]
        rows.append(np.quantile(apart, (0.1, 0.9)) if len(apart) >= 20 else (0.0, 0.0))
    return np.array(rows)


def with_band(said: np.ndarray, band: np.ndarray) -> np.ndarray:
    """Guesses `(n,)` with their low and high ones `(n, 3)`."""
    low, high = (np.clip(said + np.interp(said, STOPS, side), 0, CAP) for side in band.T)
    return np.stack([said, np.minimum(low, said), np.maximum(high, said)], axis=1)
