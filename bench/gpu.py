"""`make bench-gpu`: the deep methods on a CUDA device, by precision and batch; into bench/results/speed/gpu.json and docs/speed.md.

Without a CUDA device it says so and changes nothing.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Any

from bench.limits import OUTSIDE, answer, asked, keep, own_methods, seconds
from bench.limits_tables import CARD, write
from demos import get_demo
from demos.base import Method
from demos.compare import compare
from demos.engine import InlineEngine
from demos.figures import machine, today
from demos.samples import sample_inputs
from demos.work import read_inputs

NONE_HERE = "This computer has no CUDA device, so nothing was measured; please run `make bench-gpu` on one that has."
PRECISIONS = ("float32", "float16", "bfloat16")
BATCHES = (8, 32, 128)  # of those methods that take many inputs at once


def lowered(device: str, precision: str) -> AbstractContextManager[Any]:
    """PyTorch's mixed precision; nothing for float32."""
    import torch

    return nullcontext() if precision == "float32" else torch.autocast(device, dtype=getattr(torch, precision))


def waited(device: str, call: Callable[[], Any]) -> Any:
    """A call's answer when the device has done it all."""
    import torch

    said = call()
    if device == "cuda":
        torch.cuda.synchronize()
    return said


def rows(name: str, method: Method, device: str, batches: tuple[int, ...] = BATCHES, runs: int = 20) -> Iterator[dict[str, Any]]:
    """A row for each precision and batch of a method: seconds a pass, and how many samples keep float32's answer."""
    from demos.decoding import Decoded, read_here

    engine, demo = InlineEngine(device), get_demo(name)
    model, values = asked(engine, name, method)
    decoded = Decoded(read_here)
    given = [read_inputs(demo, method, sample_inputs(demo, sample), decoded) for sample in demo.samples]
    plain = [answer(model, one) for one in given]
    many = len(demo.inputs) == 1 and hasattr(model, "predict_many")
    for precision in PRECISIONS[:1] if name in OUTSIDE else PRECISIONS:  # those are asked in their own
        about = {"demo": name, "method": method.key, "precision": precision, "asked": len(given)}
        with lowered(device, precision):
            try:
                same = sum(compare(before, answer(model, one))[1] for before, one in zip(plain, given))
                for batch in (1, *(batches if many else ())):
                    call = partial(answer, model, values) if batch == 1 else partial(model.predict_many, [*values.values()] * batch)
                    took = statistics.median(seconds(lambda: waited(device, call), runs))
                    yield about | {"batch": batch, "pass_s": round(took, 6), "same": same}
            except (RuntimeError, TypeError) as error:  # a step that this precision does not have, or memory
                yield about | {"batch": 1, "error": f"not possible: {type(error).__name__}"}


def main() -> None:
    """Measure on the CUDA device, or say that there is none."""
    import torch

    if not torch.cuda.is_available():
        print(NONE_HERE)
        return
    said: dict[str, Any] = {"date": today(), "machine": machine(), "command": "make bench-gpu", "card": torch.cuda.get_device_name(), "rows": []}
    for name, method in own_methods(sys.argv[1:]):
        said["rows"] += rows(name, method, "cuda")
        keep(CARD, said)
    write()


if __name__ == "__main__":
    main()
