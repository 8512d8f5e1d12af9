"""The deep method: eight small networks with embeddings for every option (train.py)."""

from __future__ import annotations

from pathlib import Path

from safetensors.numpy import load_file

from demos.credit_decision.fields import SCHEMA
from demos.tabular_network import NetworkTable, network_of


def load(weights: Path, device: str) -> NetworkTable:
    """Read what train.py wrote, onto a device."""
    return network_of(SCHEMA, load_file(weights), device)
