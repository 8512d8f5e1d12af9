"""The deep method: MiniLM as it is, with a head that this project taught to tell spam (train.py)."""

from __future__ import annotations

from pathlib import Path

from demos.adapter import AdaptedJudge, load_judge
from demos.spam.words import NAMES


def load(weights: dict[str, Path], device: str) -> AdaptedJudge:
    """Put the learnt head onto MiniLM."""
    return load_judge(weights["all-minilm-l6-v2"], weights["head"], device, NAMES)
