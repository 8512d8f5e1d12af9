"""Cuts a text into tokens, words and pieces of words, and puts tokens together again; learnt from the stories.

Byte-pair encoding on bytes (Sennrich and others 2016, arXiv:1508.07909; Radford and others 2019), so every text can be
written, emoji too. `python -m demos.story_writer.tokens DATA` learns it from the part to learn from and writes
weights/tokens.json, in about a minute on one core; nothing is left to chance.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer
from tokenizers.decoders import ByteLevel as Bytes
from tokenizers.models import BPE
from tokenizers.pre_tokenizers import ByteLevel
from tokenizers.trainers import BpeTrainer

COUNT = 4096  # tokens; twelve bits
STORY = 0  # stands before each story and nowhere else
TARGET = Path(__file__).with_name("weights") / "tokens.json"
# as the stories were printed: straight quotes, two hyphens for a dash
PRINTED = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "--", "—": "--", "…": "...",
                         "\u00a0": " ", "\t": " ", "\r": "\n"})


class Tokens:
    """Between text and tokens: numbers from 1 to 4,095, and STORY, which no text can hold."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer
        tokenizer.encode_special_tokens = True  # a visitor's "<story>" is text like any other

    def ids(self, text: str) -> list[int]:
        """A text's tokens, with STORY before them; the text may be as long as it likes."""
        return [STORY, *self.tokenizer.encode(text, add_special_tokens=False).ids]

    def text(self, ids: Iterable[int]) -> str:
        """The text of tokens; of a cut-off character remains a replacement mark, of STORY nothing."""
        return self.tokenizer.decode(list(ids), skip_special_tokens=True)

    def stream(self, texts: list[str]) -> np.ndarray:
        """All texts one after another, `(n,)` uint16, STORY before each and once after the last."""
        found = [one.ids for one in self.tokenizer.encode_batch(texts, add_special_tokens=False)]
        return np.array([token for ids in found for token in (STORY, *ids)] + [STORY], np.uint16)


def as_printed(text: str) -> str:
    """A visitor's text with the quotes and dashes of the stories, so that the models know them."""
    return text.replace("\r\n", "\n").translate(PRINTED)


def learn_tokens(texts: list[str], count: int = COUNT) -> Tokens:
    """At most `count` tokens, learnt from texts; the same texts give the same tokens."""
    tokenizer = Tokenizer(BPE())
    tokenizer.pre_tokenizer = ByteLevel(add_prefix_space=False)
    tokenizer.decoder = Bytes()
    tokenizer.train_from_iterator(texts, BpeTrainer(
        vocab_size=count, special_tokens=["<story>"], initial_alphabet=ByteLevel.alphabet(), show_progress=False))
    return Tokens(tokenizer)


def read_tokens(path: Path = TARGET) -> Tokens:
    """What `main` wrote."""
    return Tokens(Tokenizer.from_file(str(path)))


def main(data: Path) -> None:
    """Learn from the folder and write the tokens."""
    from demos.story_writer.stories import read_stories

    texts = read_stories(data, "learn")
    tokens = learn_tokens(texts)
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(json.dumps(json.loads(tokens.tokenizer.to_str()), ensure_ascii=False) + "\n", "utf-8")
    held = read_stories(data, "choose")
    letters, count = sum(len(text.encode()) for text in held), len(tokens.stream(held)) - len(held) - 1
    print(f"{tokens.tokenizer.get_vocab_size():,} tokens; {letters / count:.3f} bytes a token in the part held back")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
