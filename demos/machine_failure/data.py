"""Reads NASA's C-MAPSS files, cuts lives into windows of thirty flights, and splits the engines into five parts."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from demos.machine_failure.columns import CAP, FIRST_SENSOR, USED, WIDTH, WINDOW

SEED, PARTS = 0, 5
COLUMNS = [FIRST_SENSOR + number - 1 for number in USED]


def read_engines(path: Path) -> list[np.ndarray]:
    """Each engine's record `(flights, 26)` float64, in the order of the file. Raises FileNotFoundError."""
    table = np.loadtxt(path, dtype=np.float64)
    if table.ndim != 2 or table.shape[1] != WIDTH:
        raise ValueError(f"{path.name}: expected {WIDTH} columns")
    return [table[table[:, 0] == number] for number in np.unique(table[:, 0])]


def training(folder: Path) -> list[np.ndarray]:
    """FD001's 100 engines that ran until they failed."""
    return read_engines(folder / "train_FD001.txt")


def testing(folder: Path, name: str = "FD001") -> tuple[list[np.ndarray], np.ndarray]:
    """The 100 engines of a test, stopped before they failed, and how many flights each had left, 125 at most."""
    left = np.loadtxt(folder / f"RUL_{name}.txt", dtype=np.float64)
    return read_engines(folder / f"test_{name}.txt"), np.minimum(left, CAP)


def sensors(record: np.ndarray) -> np.ndarray:
    """The fourteen sensors that are used `(flights, 14)` of a record `(flights, 26)`."""
    return record[:, COLUMNS]


def windows(record: np.ndarray) -> np.ndarray:
    """Every stretch of 30 flights `(n, 30, 14)` of a record, the last flight of the first one being flight 30.

    A record that is shorter gives one stretch that begins with its first flight again and again.
    """
    used = sensors(record)
    if len(used) < WINDOW:
        used = np.concatenate([np.repeat(used[:1], WINDOW - len(used), axis=0), used])
    return np.array(np.lib.stride_tricks.sliding_window_view(used, WINDOW, axis=0).swapaxes(1, 2), order="C")


def flights_left(record: np.ndarray) -> np.ndarray:
    """For each stretch of a whole life the flights that were left after it `(n,)`, 125 at most."""
    return np.minimum(np.arange(len(windows(record)) - 1, -1, -1), CAP).astype(np.float64)


def parts(count: int) -> list[np.ndarray]:
    """The engines' places in five parts of the same size, drawn with a fixed seed."""
    order = np.random.default_rng(SEED).permutation(count)
    return [np.sort(order[start::PARTS]) for start in range(PARTS)]


def cuts(count: int, engine: int) -> np.ndarray:
    """Ten stretches of a life of `count`, drawn for this engine: as in the test, a record may end anywhere."""
    return np.sort(np.random.default_rng([SEED, engine]).choice(count, min(10, count), replace=False))
