"""The deep method: MiniLM, taught by this project to tell praise from blame (train.py)."""

from __future__ import annotations

from pathlib import Path

from demos.adapter import AdaptedJudge, load_judge
from demos.sentiment.words import NAMES


def load(weights: dict[str, Path], device: str) -> AdaptedJudge:
    """Put the learnt steps and head onto MiniLM."""
    return load_judge(weights["all-minilm-l6-v2"], weights["adapter"], device, NAMES)
