"""Looks into MiniLM's attention: where each head looks, and what is left where it is not told the words' places."""

from __future__ import annotations

import numpy as np
import torch
from torch.nn.functional import normalize

from demos.attention_results import Heads, Orders
from demos.errors import BadInput
from demos.minilm import MiniLM

MOST_PIECES = 40
TOO_LONG = "This text has {count} pieces of words; here there is room for 40. Please shorten it to one or two sentences."
SHUFFLES = 3


def heads(minilm: MiniLM, text: str) -> Heads:
    """Where all heads of all layers look, without what they look at outside the text. Raises BadInput over 40 pieces."""
    encoding = minilm.encode([text])[0]
    count = len(encoding.ids) - 2  # the first and the last token stand for begin and end
    if count > MOST_PIECES:
        raise BadInput(TOO_LONG.format(count=count))
    network = minilm.network
    with torch.inference_mode():
        hidden = network(input_ids=torch.tensor([encoding.ids], device=minilm.device),
                         output_hidden_states=True).hidden_states
        looks = [_looks(layer.attention.self, before[0]) for layer, before in zip(network.encoder.layer, hidden)]
    ends = [encoding.offsets[place][1] for place in range(count + 2)]
    pieces = tuple(text[ends[place - 1] if place > 1 else 0:ends[place]] for place in range(1, count + 1))
    return Heads(pieces, torch.stack(looks)[:, :, 1:-1, 1:-1].float().cpu().numpy())


def _looks(attention: torch.nn.Module, hidden: torch.Tensor) -> torch.Tensor:
    """`(heads, n, n)`: softmax of how well each query fits each key, from what the layer is given `(n, 384)`."""
    count = attention.num_attention_heads
    queries, keys = (part(hidden).view(len(hidden), count, -1).transpose(0, 1) for part in (attention.query, attention.key))
    return (queries @ keys.transpose(1, 2) / queries.shape[-1] ** 0.5).softmax(dim=-1)


def orders(minilm: MiniLM, text: str) -> Orders:
    """The words backwards and shuffled three times (seeds 0 to 2), and how alike each is to the text as it stands."""
    words = text.split()
    tried = [" ".join(words[::-1]), *(" ".join(np.random.default_rng(seed).permutation(words)) for seed in range(SHUFFLES))]
    texts = [text, *(other for other in dict.fromkeys(tried) if other != text)]
    alike = minilm.meanings(texts)
    ids, mask = minilm.padded(minilm.encode(texts))
    with torch.inference_mode():  # every word is told that it stands at the first place
        nowhere = normalize(minilm.pooled(mask, input_ids=ids, position_ids=torch.zeros_like(ids)), dim=1).cpu().numpy()
    return Orders(tuple(texts[1:]), *(tuple(map(float, np.clip(means[1:] @ means[0], -1, 1))) for means in (alike, nowhere)))
