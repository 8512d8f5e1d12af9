"""Measures three networks with weights of fewer and fewer bits, and with 8 bits only: `python -m demos.lessons.bits_measure DATA`.

DATA holds cifar10_jpeg_copy, gtsrb_32 and sst2. First the weights alone are rounded (demos/rounding.py); then each network
is turned into one that calculates with whole numbers of 8 bits (eight_bits.py). Nothing is learnt again. What is chosen
is chosen on training pictures; the test parts are asked at the end. Times are of one core, in onnxruntime, turn by turn.
Writes bits.json, and the filters that EfficientNet-Lite0 begins with. About three minutes of work for one core.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
from torch.func import functional_call

from demos.figures import machine, today
from demos.lessons.bits import BITS, TARGET
from demos.lessons.bits_networks import TASKS, Task
from demos.lessons.eight_bits import compared, said
from demos.rounding import rounded_weights


def curve(task: Task) -> list[int]:
    """How many are right at each number of bits."""
    rights = []
    for bits in BITS:
        weights = rounded_weights(task.network, bits)

        def run(inputs: dict[str, np.ndarray]) -> np.ndarray:
            given = tuple(torch.from_numpy(one) for one in inputs.values())
            return functional_call(task.network, weights, given).numpy()

        rights.append(int((said(run, task, task.asked) == task.truth).sum()))
        print(bits, rights[-1], len(task.truth), file=sys.stderr, flush=True)
    return rights


@torch.inference_mode()
def main(data: Path, *names: str) -> None:
    """Measure the networks of these names, or all, and keep the others as they are."""
    about = {"date": today(), "machine": machine(), "command": "python -m demos.lessons.bits_measure DATA", "bits": BITS}
    for name in names or TASKS:
        task = TASKS[name](data)
        with tempfile.TemporaryDirectory() as folder:
            found: dict[str, object] = {"asked": len(task.truth), **about, "eight": compared(task, Path(folder))}
        print(name, found["eight"], file=sys.stderr, flush=True)
        found["right"] = curve(task)
        kept = json.loads(TARGET.read_text()) if TARGET.exists() else {}
        kept[name] = found
        if name == "pictures":
            kept["filters"] = np.round(task.network._conv_stem.weight.numpy().transpose(0, 2, 3, 1), 4).tolist()
        TARGET.write_text(json.dumps(kept) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
