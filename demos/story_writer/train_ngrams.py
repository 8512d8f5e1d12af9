"""Trains the classical method: `python -m demos.story_writer.train_ngrams DATA` writes its table, in under a minute.

Counted are the runs of up to five tokens in the part to learn from (stories.py). Which runs are dropped was chosen on
the part held back: `--try` prints the size and the bits per byte there of each choice in TRIED. Nothing is left to
chance, so the same stories give the same table.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from demos.story_writer.classical import ORDER, NGrams, pack, unpack
from demos.story_writer.kneser_ney import Runs, count_runs, shares, single
from demos.story_writer.stories import read_stories
from demos.story_writer.tokens import Tokens, read_tokens

# how often a run of 2, 3, 4 and 5 tokens must have been seen to be kept
LEAST = (1, 2, 3, 3)
TRIED = ((1, 1, 1, 1), (1, 2, 2, 2), (1, 2, 3, 3), (1, 2, 3, 4), (2, 2, 3, 3), (2, 3, 4, 5))
TARGET = Path(__file__).with_name("weights") / "ngrams.safetensors"


def table(runs: list[Runs], least: tuple[int, ...] = LEAST) -> dict[str, np.ndarray]:
    """The arrays to store, of runs that were seen at least so often; a longer run's limit is never the lower one."""
    return pack(single(runs[0]), [shares(one, limit) for one, limit in zip(runs[1:], least)])


def bits_per_byte(model: NGrams, tokens: Tokens, texts: list[str]) -> float:
    """The mean surprise at a byte of the texts."""
    bits = sum(model.surprises(tokens.ids(text)).sum() for text in texts)
    return float(bits / sum(len(text.encode()) for text in texts))


def main(data: Path, trying: bool, every: int) -> None:
    """Count the folder's stories, and write the table or print what each choice gives."""
    from safetensors.numpy import save_file

    tokens = read_tokens()
    runs, held = count_runs(tokens.stream(read_stories(data, "learn")), ORDER), read_stories(data, "choose")[::every]
    for least in TRIED if trying else (LEAST,):
        arrays = table(runs, least)
        size = sum(array.nbytes for array in arrays.values())
        bits = bits_per_byte(unpack(arrays), tokens, held)
        print(f"at least {least}: {size / 1e6:.2f} MB, {bits:.4f} bits per byte in the part held back", flush=True)
    if not trying:
        about = {"least": LEAST, "order": ORDER, "data": "pd_children_stories, part to learn from"}
        # one entry: several would be written in another order each time, and the digest would change
        save_file(arrays, TARGET, metadata={"about": json.dumps(about, sort_keys=True)})


if __name__ == "__main__":
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("data", type=Path)
    reader.add_argument("--try", action="store_true", dest="trying", help="print what each choice gives, write nothing")
    reader.add_argument("--every", type=int, default=1, help="measure on one in so many texts")
    given = reader.parse_args()
    main(given.data, given.trying, given.every)
