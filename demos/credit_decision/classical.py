"""The classical methods: logistic regression, boosted trees and one small tree; each file says which one it holds."""

from __future__ import annotations

from pathlib import Path

from demos.credit_decision.fields import SCHEMA
from demos.tabular_models import TabularModel
from demos.tabular_trees import load_classical


def load(weights: Path, device: str) -> TabularModel:
    """Read what train.py wrote; it runs on the processor."""
    return load_classical(SCHEMA, weights)
