"""Stores a network in one byte a weight, and reads it again.

Each row of a matrix is whole numbers from -127 to 127 times one number of its own; what that costs in bits per byte is
printed by train.py when it ends.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor

from demos.story_writer.network import Network, Shape

MOST = 127


def packed(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """The tensors to store, from a network's matrices `(rows, columns)`: int8, and a float16 for each row."""
    stored = {}
    for name, matrix in state.items():
        scale = (matrix.abs().amax(dim=1, keepdim=True) / MOST).clamp_min(2**-24).half()
        stored[name] = (matrix / scale.float()).round().clamp(-MOST, MOST).to(torch.int8)
        stored[f"{name}.scale"] = scale
    return stored


def unpacked(stored: dict[str, Tensor]) -> dict[str, Tensor]:
    """The matrices, float32, from what `packed` made."""
    return {name: matrix.float() * stored[f"{name}.scale"].float()
            for name, matrix in stored.items() if matrix.dtype == torch.int8}


def write_network(network: Network, path: Path, about: dict[str, Any]) -> None:
    """Write the weights, with the shape and what is to be known about them."""
    shape = network.shape
    about = {**about, "width": shape.width, "layers": shape.layers, "heads": shape.heads}
    path.parent.mkdir(exist_ok=True)
    # one entry: several would be written in another order each time, and the digest would change
    save_file(packed(network.state_dict()), path, metadata={"about": json.dumps(about, sort_keys=True)})


def read_network(path: Path, device: str = "cpu") -> Network:
    """The network that `write_network` wrote, float32, ready to be asked."""
    with safe_open(path, "pt") as file:
        about = json.loads(file.metadata()["about"])
        stored = {name: file.get_tensor(name) for name in file.keys()}
    network = Network(Shape(about["width"], about["layers"], about["heads"]))
    network.load_state_dict(unpacked(stored))
    return network.requires_grad_(False).eval().to(device)
