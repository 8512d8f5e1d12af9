"""ConvNeXt V2 from the hub: the same 1,000 kinds with a larger network.

Woo et al. 2023, arXiv:2301.00808; weights by Meta AI.
"""

from __future__ import annotations

import json
from pathlib import Path

from demos.errors import WeightsMissing
from demos.image_recognition.network import Framing, PictureNetwork
from demos.image_recognition.seeing import Look


def read_framing(folder: Path) -> Framing:
    """What the model's own `preprocessor_config.json` says about its pictures."""
    said = json.loads((folder / "preprocessor_config.json").read_text())
    mean, spread = (tuple(255.0 * value for value in said[key]) for key in ("image_mean", "image_std"))
    side = said["size"].get("shortest_edge") or said["size"]["height"]
    return Framing(side, said.get("crop_pct") or 1.0, mean, spread)


def load(weights: Path | None, device: str) -> PictureNetwork:
    """Read a folder with config.json, preprocessor_config.json, model.safetensors. Raises WeightsMissing."""
    from transformers import AutoModelForImageClassification

    assert weights is not None
    network, report = AutoModelForImageClassification.from_pretrained(
        weights, local_files_only=True, use_safetensors=True, output_loading_info=True)
    if report["missing_keys"] or report["mismatched_keys"]:  # the library would fill them with random numbers
        raise WeightsMissing("This version of ConvNeXt V2 does not fit the installed transformers library. "
                             "Please choose another method.")
    network.requires_grad_(False).eval().to(device)
    base = network.base_model
    parts = Look(lambda batch: network(pixel_values=batch).logits, base.encoder.stages[-1], False,
                 tuple((module, False) for module in (base.embeddings, *base.encoder.stages)))
    labels = network.config.id2label
    names = tuple(labels[number].split(",")[0] for number in range(len(labels)))  # the first of its synonyms
    return PictureNetwork(parts, read_framing(weights), names, device)
