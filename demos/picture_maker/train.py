"""Trains a generator: `python -m demos.picture_maker.train {digits,tiles} DATA` writes its weights.

DATA holds mnist.npz and crawl_tiles_32_rgba.npz (data.py says how they are split: it learns from "learn", and
"choose" tells which of its states is kept). Seed 0; each step draws its pictures, noises and times from a generator
of its own, so that a training that was ended and taken up again does what an unbroken one does. Augmentation: tiles
are mirrored half of the time, digits stay. In 15 of 100 nothing is asked for (guidance needs that). AdamW, the rate
warmed up and then falling as a cosine; bfloat16; what is stored is a running average of the weights.
On one core, with OMP_NUM_THREADS=1: digits 32 minutes (7,000 steps of 64 pictures), tiles 22 (4,000; 0.27 and 0.33 s
a step, measured). The same number of threads on the same machine repeats to the last bit.
`--minutes M` ends at the first step after M minutes; with `--kept FILE` the next call goes on from there.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from demos.picture_maker.course import CHECK, Course, read_lesson
from demos.picture_maker.data import SEED
from demos.picture_maker.network import save_network

STEPS = {"digits": 7000, "tiles": 4000}
WEIGHTS = Path(__file__).with_name("weights")


def train(name: str, data: Path, steps: int, minutes: float, kept: Path | None, target: Path) -> bool:
    """Learn until all steps are done or the minutes are over; whether all are done, and so the weights written."""
    course, began = Course(read_lesson(name, data), steps), time.monotonic()
    if kept and kept.exists():
        course.resume(kept)
    while course.done < course.steps and time.monotonic() - began < 60 * minutes:
        course.step()
        if kept and (course.done % CHECK == 0 or course.done == course.steps):
            course.keep(kept)
            print(f"{(time.monotonic() - began) / 60:.1f} minutes", file=sys.stderr)
    if kept:
        course.keep(kept)
    if course.done < course.steps:
        print(f"not done: {course.done} of {course.steps} steps", file=sys.stderr)
        return False
    save_network(course.best, target, {"seed": SEED, "steps": course.best_step, "of": course.steps,
                                       "pictures": len(course.lesson.pictures), "held": round(course.best_loss, 5)})
    return True


def main() -> None:
    """Read the command line and train."""
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("name", choices=sorted(STEPS))
    read.add_argument("data", type=Path)
    read.add_argument("--steps", type=int, help="of the whole training")
    read.add_argument("--minutes", type=float, default=float("inf"), help="after which to end this call")
    read.add_argument("--kept", type=Path, help="the file with what is needed to go on")
    read.add_argument("--target", type=Path, help="where to write the weights")
    said = read.parse_args()
    done = train(said.name, said.data, said.steps or STEPS[said.name], said.minutes, said.kept,
                 said.target or WEIGHTS / f"{said.name}.safetensors")
    sys.exit(0 if done else 3)


if __name__ == "__main__":
    main()
