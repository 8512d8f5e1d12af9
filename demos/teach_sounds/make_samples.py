"""Makes the ready-made lessons and the samples: `python -m demos.teach_sounds.make_samples`; needs the weights of train.py.

Nothing that is tried was taught: other seeds of the noises, and other voices for the words.
"""

from __future__ import annotations

import numpy as np

from demos.speech_recognition.make_samples import tune, write
from demos.teach_it.examples import Examples
from demos.teach_sounds.examples import SAMPLES, SETS
from demos.teach_sounds.seconds import keep
from demos.teach_sounds.spoken import take

EACH = 12  # examples of each name
NAMES = {"noises": ("clap", "whistle", "knock", "bell"), "words": ("yes", "no", "stop", "go"), "whistles": ("up", "down", "steady")}
TRIED = {"bell": ("bell", 3), "stop": ("stop", 5), "up": ("up", 4), "rising": ("up", 1), "falling": ("down", 4), "yes": ("yes", 3)}


def lessons() -> dict[str, Examples]:
    """The ready-made lessons by their keys."""
    return {key: Examples(names, tuple(keep(take(name, number, "both")) for name in names for number in range(EACH)),
                          tuple(np.repeat(range(len(names)), EACH).tolist())) for key, names in NAMES.items()}


def main() -> None:
    """Write all of them."""
    from demos.engine import InlineEngine

    SAMPLES.mkdir(exist_ok=True)
    teacher = InlineEngine(device="cpu").load("teach_sounds", "network")
    for key, examples in lessons().items():
        *_, (_, lesson) = teacher.teach(examples)
        (SAMPLES / f"{key}.safetensors").write_bytes(lesson.data)
    for name, (thing, number) in TRIED.items():
        write(SAMPLES / f"{name}.flac", take(thing, number, "third"))
    write(SAMPLES / "tune.flac", tune())


if __name__ == "__main__":
    main()
