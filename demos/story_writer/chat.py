"""A larger network from the hub that was taught to chat: it is asked to write on, and its answer begins as the visitor's.

SmolLM2 (Ben Allal and others 2025, arXiv:2502.02737), through transformers. Its answer is begun with the visitor's own
words, so that it says what comes next as the small networks do.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from demos.errors import WeightsMissing
from demos.story_writer.telling import Storyteller
from demos.story_writer.tokens import Tokens

if TYPE_CHECKING:
    import torch

# ChatML, the form that SmolLM2 and Qwen learnt; None stands for the sign that begins or ends a turn
BEGIN, END = "<|im_start|>", "<|im_end|>"
SYSTEM = "You are a storyteller for children."
PLAIN = "Tell a story for children."
SEEN = 256  # tokens whose looks are taken: those of 480 heads grow with the square
ASKED = "Tell a story for children. Begin with these words, and write on from where they stop: {text}"


class ChatWriter(Storyteller):
    """A causal network of transformers with its tokenizer; `last` is the sign that ends its answer."""

    can_leave_out = 8

    def __init__(self, network: torch.nn.Module, tokens: Tokens, device: str) -> None:
        self.network, self.known, self.device = network, tokens, device
        begin, self.last = (tokens.tokenizer.token_to_id(sign) for sign in (BEGIN, END))
        if begin is None or self.last is None:
            raise WeightsMissing("This network does not know the form of a chat. Please fetch it again.")
        self.begin, self.never = begin, (begin,)
        self.frame = tuple(self._chat(PLAIN, []))  # does not give the text away

    @property
    def tokens(self) -> Tokens:
        """Its own tokens: a visitor's "<|im_end|>" is text like any other."""
        return self.known

    def ids(self, text: str) -> list[int]:
        """The whole chat so far, whose last turn begins with the text."""
        return self._chat(ASKED.format(text=text.rstrip()), self.own(text))

    def own(self, text: str) -> list[int]:
        """The text's own tokens."""
        return self._plain(text.rstrip())

    def _chat(self, asked: str, answer: list[int]) -> list[int]:
        framed = [one for said in (f"system\n{SYSTEM}", f"user\n{asked}")
                  for one in (self.begin, *self._plain(said), self.last, *self._plain("\n"))]
        return [*framed, self.begin, *self._plain("assistant\n"), *answer]

    def _plain(self, text: str) -> list[int]:
        return self.known.tokenizer.encode(text, add_special_tokens=False).ids

    def step(self, new: list[int], past: Any = None) -> tuple[np.ndarray, Any]:
        """`(n,)` natural logarithms of how likely each token is to come next; the new past, for one way on only."""
        import torch

        with torch.inference_mode():
            out = self.network(input_ids=torch.tensor([new], device=self.device), past_key_values=past, use_cache=True,
                               logits_to_keep=1)
        return out.logits[0, -1].double().log_softmax(dim=0).cpu().numpy(), out.past_key_values

    def bits(self, ids: list[int], count: int) -> np.ndarray:
        """`(count,)` float64: bits of surprise at each of the last `count` tokens, each after those before it."""
        import torch

        with torch.inference_mode():
            read = torch.tensor([ids[:-1]], device=self.device)
            logs = self.network(input_ids=read, logits_to_keep=count).logits[0].double().log_softmax(dim=1).cpu().numpy()
        return -logs[np.arange(count), ids[-count:]] / np.log(2)

    def looks(self, ids: list[int]) -> np.ndarray:
        """`(layers, heads, n, n)` float32: how much each head, at each of the last tokens, looks at it and those before."""
        import torch

        with torch.inference_mode():
            seen = self.network(input_ids=torch.tensor([ids[-SEEN:]], device=self.device), output_attentions=True).attentions
        return torch.stack([one[0] for one in seen]).float().cpu().numpy()


def load(weights: Path | None, device: str) -> ChatWriter:
    """Read a folder with config.json, model.safetensors and tokenizer.json. Raises WeightsMissing for what does not fit."""
    import torch
    from tokenizers import Tokenizer
    from transformers import AutoModelForCausalLM

    assert weights is not None
    dtype = torch.float32 if device == "cpu" else torch.float16
    network, about = AutoModelForCausalLM.from_pretrained(
        weights, local_files_only=True, use_safetensors=True, dtype=dtype, attn_implementation="eager",
        output_loading_info=True)
    if about["missing_keys"] - {"lm_head.weight"} or about["mismatched_keys"]:
        raise WeightsMissing("What was downloaded does not fit this network. Please fetch it again.")
    tokens = Tokens(Tokenizer.from_file(str(weights / "tokenizer.json")))
    return ChatWriter(network.requires_grad_(False).eval().to(device), tokens, device)
