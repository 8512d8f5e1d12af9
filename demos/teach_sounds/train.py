"""Chooses what every lesson of sounds shares: `python -m demos.teach_sounds.train DATA` writes weights/lessons.safetensors.

DATA is the folder that spoken.py wrote; read is its set `chosen` alone: twelve words by synthetic voices and eight made-up
noises, none of which is measured or ready-made. Their means and spreads scale both families' measures. Then 150 lessons like a
visitor's are drawn with the seed: two to five of the twenty things, 3 to 40 examples each; asked about are other voices, and of
noises other ones. All else is as in teach_it/train.py. The same seed gives the same numbers.
"""

from __future__ import annotations

import sys
from pathlib import Path

from demos.teach_it.train import LESSONS, learn, lessons, write
from demos.teach_sounds.pools import ASKED, LEARNT, read_pool

SIZES = (3, 5, 10, 20, 40)
TARGET = Path(__file__).with_name("weights") / "lessons.safetensors"


def main(data: Path) -> None:
    """Choose on the folder and write."""
    from demos.engine import InlineEngine

    pool = read_pool(data, "chosen", InlineEngine(device="cpu").load("image_recognition", "lite0"))
    write(learn(pool, lessons(pool, LESSONS, SIZES, LEARNT, ASKED)), TARGET, "synthetic words and noises, see spoken.py")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
