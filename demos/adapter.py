"""MiniLM with what a demo taught it: low-rank steps beside its matrices, and a head that answers between two names.

LoRA, Hu et al. 2021, arXiv:2106.09685. The steps are added to the matrices when they are loaded, so that an answer
costs no more than without them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from demos.minilm import AT_ONCE, LONGEST, MiniLM, load_minilm
from demos.two_way import TwoWay, by_word, word_spans

if TYPE_CHECKING:
    import torch

SCALE = 2.0  # of the low-rank steps, when they learnt and ever since
STEPS = 24  # on the way from hidden words to the text
HIDDEN = "[MASK]"
CUT = ("Only the beginning was read: {cut} of {words} words came after the {longest} pieces of words that this "
       "network reads.")


class AdaptedJudge(TwoWay):
    """MiniLM's mean of a text, weighed by the head; `weight` `(384,)`, `bias` a number."""

    how = ("What the network weighed",
           "Word by word, the text is brought in out of hidden words, and what each one adds on the way is counted "
           "(integrated gradients).")

    def __init__(self, minilm: MiniLM, weight: torch.Tensor, bias: torch.Tensor, names: tuple[str, str]) -> None:
        super().__init__(names)
        self.minilm, self.weight, self.bias = minilm, weight.to(minilm.device), bias.to(minilm.device)
        self.hidden = minilm.tokenizer.token_to_id(HIDDEN)

    def scores(self, texts: list[str]) -> np.ndarray:
        found = np.zeros(len(texts), np.float32)
        for numbers, means in self.minilm.batches(texts):
            found[numbers] = (means @ self.weight + self.bias).cpu().numpy()
        return found

    def note(self, text: str) -> str:
        (encoding,) = self.minilm.encode([text])
        if not encoding.overflowing:
            return ""
        words = word_spans(text)
        read = max(end for _, end in encoding.offsets)
        return CUT.format(cut=sum(end > read for _, end in words), words=len(words), longest=LONGEST)

    def pushes(self, text: str) -> np.ndarray:
        """Integrated gradients over the words' vectors (Sundararajan et al. 2017, arXiv:1703.01365).

        The way begins at the same text with every word hidden; what the words add sums up to the difference.
        """
        import torch
        from captum.attr import IntegratedGradients

        (encoding,) = self.minilm.encode([text])
        ids, mask = self.minilm.padded([encoding])
        special = torch.tensor([encoding.special_tokens_mask], device=ids.device, dtype=torch.bool)
        vectors = self.minilm.network.embeddings.word_embeddings
        nothing = vectors(torch.where(special, ids, torch.full_like(ids, self.hidden)))

        def score(embedded: torch.Tensor) -> torch.Tensor:
            return self.minilm.pooled(mask.expand(len(embedded), -1), inputs_embeds=embedded) @ self.weight + self.bias

        added = IntegratedGradients(score).attribute(vectors(ids), nothing, n_steps=STEPS, internal_batch_size=AT_ONCE)
        return by_word(added.sum(dim=2)[0].detach().cpu().numpy(), encoding.offsets, word_spans(text))


def load_judge(folder: Path, learnt: Path, device: str, names: tuple[str, str]) -> AdaptedJudge:
    """Read MiniLM's folder and the learnt file: `head.weight`, `head.bias`, and pairs A, B of low-rank steps."""
    import torch
    from safetensors.torch import load_file

    stored = {name: value.float() for name, value in load_file(learnt).items()}
    minilm = load_minilm(folder, "cpu")
    with torch.no_grad():
        for name in [name.removesuffix(".A") for name in stored if name.endswith(".A")]:
            minilm.network.get_submodule(name).weight += SCALE * stored[f"{name}.B"] @ stored[f"{name}.A"]
    minilm.network.to(device)
    minilm.device = device
    return AdaptedJudge(minilm.hurry(), stored["head.weight"].flatten(), stored["head.bias"].squeeze(), names)
