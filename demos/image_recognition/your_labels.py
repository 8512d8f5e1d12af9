"""SigLIP: says which of the visitor's own words fit a picture best, without having been trained on them.

Zhai et al. 2023, arXiv:2303.15343; weights by Google, Apache-2.0.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from demos.errors import BadInput, WeightsMissing
from demos.image_recognition.framing import whole
from demos.image_recognition.hub import read_framing
from demos.image_recognition.network import Framing, best
from demos.results import Labels

if TYPE_CHECKING:
    import torch
    from transformers import PreTrainedTokenizerFast

FEWEST, MOST = 2, 20
LONGEST = 60  # characters of one label
PROMPT = "this is a photo of {}"  # as its authors ask for, in lower case and without punctuation


def read_labels(text: str) -> tuple[str, ...]:
    """The labels in a text, split at commas, semicolons and line breaks; each once. Raises BadInput."""
    parts = (" ".join(part.split()) for part in re.split(r"[,;\n]", text))
    labels = tuple({part.casefold(): part for part in parts if re.search(r"\w", part)}.values())
    if not FEWEST <= len(labels) <= MOST:
        raise BadInput(f"Your labels: please give {FEWEST} to {MOST} of them, with commas between.")
    if max(map(len, labels)) > LONGEST:
        raise BadInput(f"Your labels: one of them is longer than {LONGEST} characters. Please shorten it.")
    return labels


class YourLabels:
    """A loaded SigLIP; `predict` never writes to it."""

    def __init__(self, network: torch.nn.Module, tokenizer: PreTrainedTokenizerFast, framing: Framing,
                 device: str) -> None:
        self.network, self.tokenizer, self.framing, self.device = network, tokenizer, framing, device

    def predict(self, image: np.ndarray, labels: str) -> Labels:
        """The labels in the order in which they fit a picture `(H, W, 3)` uint8; the shares add up to 1."""
        import torch

        words = read_labels(labels)
        small = (whole(image, self.framing.side).astype(np.float32) - self.framing.mean) / self.framing.spread
        pixels = torch.from_numpy(small.astype(np.float32)).permute(2, 0, 1)[None].to(self.device)
        prompts = [PROMPT.format(re.sub(r"[^\w\s]", "", word.lower())) for word in words]
        tokens = self.tokenizer(prompts, padding="max_length", truncation=True, return_tensors="pt",
                                max_length=self.network.config.text_config.max_position_embeddings)
        with torch.inference_mode():
            # it learnt without a mask: the padding is part of the sentence
            answer = self.network(input_ids=tokens["input_ids"].to(self.device), pixel_values=pixels)
        return best(answer.logits_per_image[0].float().softmax(dim=0).cpu().numpy(), words, len(words))


def load(weights: Path | None, device: str) -> YourLabels:
    """Read a folder with config.json, preprocessor_config.json, tokenizer.json and model.safetensors."""
    from transformers import PreTrainedTokenizerFast, SiglipModel

    assert weights is not None
    network, report = SiglipModel.from_pretrained(weights, local_files_only=True, use_safetensors=True,
                                                  output_loading_info=True)
    if report["missing_keys"] or report["mismatched_keys"]:
        raise WeightsMissing("This version of SigLIP does not fit the installed transformers library. "
                             "Please choose another method.")
    # from tokenizer.json: the tokenizer's own class would need sentencepiece
    tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(weights / "tokenizer.json"), pad_token="</s>",
                                        eos_token="</s>", unk_token="<unk>")
    network = network.requires_grad_(False).eval().to(device)
    return YourLabels(network, tokenizer, read_framing(weights), device)
