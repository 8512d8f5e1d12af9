"""`python -m bench.limits`: how fast each deep method answers, and how fast this machine could do that much work; docs/speed.md.

`python -m bench.limits measure` (or `make bench-limits`, which sets the worker's memory allocator) measures anew; with names
of demos behind it, those only. Without a word it writes the tables of docs/speed.md from what was measured.

The limit is the larger of two times: the operations over the fastest large matrix product, and the bytes that are there before
the call (weights, above all), each read once, over the fastest large copy. Nothing here can be faster; small tensors never come near.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from bench.served import ROOT
from demos import demo_folder, get_demo, list_demos
from demos.base import Method
from demos.engine import InlineEngine, LocalEngine
from demos.figures import machine, today
from demos.loaded import calm_threads
from demos.onnx_runtime import OnnxRuntime
from demos.samples import sample_inputs
from demos.weights import method_state

RESULTS = ROOT / "bench" / "results" / "speed"
MEASURED = RESULTS / "limits.json"
RUNS, ENOUGH_S = 20, 20.0  # of one method: what takes long is asked fewer times
FEWEST = 5
PRODUCT = 2048  # rows and columns of the large matrices
COPIED = 64 * 2**20  # float32 of the large copy: far more than any cache holds

# whose operations nobody counts: all of the network's work, or most of it, is done outside PyTorch
OUTSIDE = {"speech_recognition": "CTranslate2", "translation": "CTranslate2", "voice_translation": "CTranslate2 and ONNX Runtime"}


@dataclass(frozen=True)
class Machine:
    """What one process can do with as many threads as the worker has."""

    threads: int
    flops: float  # float32 operations a second
    bytes: float  # a second, read and written


@dataclass(frozen=True)
class Work:
    """What a call asks of PyTorch: operations (a multiplication and an addition are two), and bytes read at least once."""

    flops: int
    bytes: int

    def limit_s(self, machine: Machine) -> float:
        """Seconds below which the machine cannot do it."""
        return max(self.flops / machine.flops, self.bytes / machine.bytes)


def seconds(call: Callable[[], Any], runs: int = RUNS, enough_s: float = ENOUGH_S) -> list[float]:
    """Seconds of each call, after one that does not count; fewer than `runs` when they take longer than `enough_s`."""
    took: list[float] = []
    while len(took) < runs + 1 and (len(took) < FEWEST + 1 or sum(took) < enough_s):
        began = time.perf_counter()
        call()
        took.append(time.perf_counter() - began)
    return took[1:]


def measure_machine() -> Machine:
    """The fastest of several large products and copies: other programs can only slow them."""
    import torch

    first, second = (torch.rand(PRODUCT, PRODUCT) for _ in range(2))
    whole, copy = torch.rand(COPIED), torch.empty(COPIED)
    with torch.inference_mode():
        product = min(seconds(lambda: first @ second))
        copied = min(seconds(lambda: copy.copy_(whole)))
    return Machine(torch.get_num_threads(), 2 * PRODUCT**3 / product, 2 * 4 * COPIED / copied)


@contextmanager
def by_pytorch() -> Iterator[None]:
    """Meanwhile PyTorch does what was handed to ONNX Runtime: with the same weights, the same work."""
    quick = OnnxRuntime.__call__

    def call(self: OnnxRuntime, *given: Any) -> tuple[Any, ...]:
        said = self.network(*given)
        return said if isinstance(said, tuple) else (said,)

    OnnxRuntime.__call__ = call  # type: ignore[method-assign]
    try:
        yield
    finally:
        OnnxRuntime.__call__ = quick  # type: ignore[method-assign]


def count(call: Callable[[], Any]) -> Work:
    """What a call asks of PyTorch; matrix products, convolutions, recurrent layers and attention are counted, all else is small."""
    import torch
    from torch.utils.flop_counter import FlopCounterMode

    with by_pytorch(), torch.inference_mode(), reading() as read, FlopCounterMode(display=False, custom_mapping=recurrent()) as counter:
        call()
    return Work(counter.get_total_flops(), sum(read.before.values()))


def recurrent() -> dict[Any, Any]:
    """How to count a recurrent layer of oneDNN, which PyTorch's counter does not know."""
    import torch

    def layer(x: Any, into: Any, back: Any, *rest: Any, out_val: Any = None, **_: Any) -> int:
        steps = x[0] * x[1]  # (steps, inputs, numbers), whichever way round the first two are
        return 2 * steps * (into[0] * into[1] + back[0] * back[1])

    return {torch.ops.aten.mkldnn_rnn_layer: layer}


def reading() -> Any:
    """A mode in which every tensor that was there before the call is noted: `before` holds its bytes by address."""
    import torch
    from torch.utils._python_dispatch import TorchDispatchMode
    from torch.utils._pytree import tree_leaves

    class Reading(TorchDispatchMode):
        def __init__(self) -> None:
            super().__init__()
            self.before: dict[int, int] = {}
            self.made: set[int] = set()

        def __torch_dispatch__(self, operation: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            out = operation(*args, **(kwargs or {}))
            made = [one for one in tree_leaves(out) if isinstance(one, torch.Tensor)]
            for one in tree_leaves((args, kwargs)):
                if isinstance(one, torch.Tensor) and (place := one.untyped_storage().data_ptr()) not in self.made:
                    looked_up = operation is torch.ops.aten.embedding.default and one is args[0]
                    read = made[0].nbytes if looked_up else one.nbytes  # of a table, the rows that are asked for
                    self.before[place] = max(read, self.before.get(place, 0))
            self.made |= {place for one in made if (place := one.untyped_storage().data_ptr()) not in self.before}
            return out

    return Reading()


def own_methods(names: list[str]) -> Iterator[tuple[str, Method]]:
    """The first deep method of each demo that comes with the project."""
    for demo in list_demos():
        method = demo.method("deep")
        if demo.name in (names or [demo.name]) and not method.larger and method_state(method, demo_folder(demo.name)) == "ready":
            yield demo.name, method


def asked(engine: InlineEngine, demo_name: str, method: Method) -> tuple[Any, dict[str, Any]]:
    """The loaded model and the first sample's values, as the worker hands them to it."""
    from demos.decoding import Decoded, read_here
    from demos.work import read_inputs

    demo = get_demo(demo_name)
    return engine.load(demo_name, method.key), read_inputs(demo, method, sample_inputs(demo, demo.samples[0]), Decoded(read_here))


def answer(model: Any, values: dict[str, Any]) -> Any:
    """The bare call: the whole answer, as the worker asks for it."""
    if not hasattr(model, "stream"):
        return model.predict(**values)
    *_, (_, last) = model.stream(**values)
    return last


def row(engine: LocalEngine, demo_name: str, method: Method, can: Machine) -> dict[str, Any]:
    """Medians of the bare call and of the same through the engine, and the limit."""
    inline, demo = InlineEngine("cpu"), get_demo(demo_name)
    model, values = asked(inline, demo_name, method)
    bare = seconds(partial(answer, model, values))
    work = count(partial(answer, model, values))
    given = sample_inputs(demo, demo.samples[0])
    through = seconds(lambda: engine.submit(demo_name, method.key, given, fresh=True).result(600))
    engine.submit(demo_name, method.key, want="forget").result(60)
    said = {"demo": demo_name, "method": method.key, "runs": min(len(bare), len(through)), "bare_s": round(statistics.median(bare), 6),
            "engine_s": round(statistics.median(through), 6), "outside": OUTSIDE.get(demo_name, "")}
    return said | ({} if said["outside"] else {"flops": work.flops, "bytes": work.bytes, "limit_s": round(work.limit_s(can), 7)})


def measure(names: list[str]) -> None:
    """Measure these demos, or all, and keep each row as it comes."""
    calm_threads()
    said = json.loads(MEASURED.read_text()) if MEASURED.exists() else {"rows": []}
    can = measure_machine()
    said |= {"date": today(), "machine": machine(), "command": "make bench-limits", **can.__dict__}
    engine = LocalEngine()
    try:
        for name, method in own_methods(names):
            kept = [one for one in said["rows"] if one["demo"] != name]
            said["rows"] = [*kept, row(engine, name, method, can)]
            keep(MEASURED, said)
    finally:
        engine.close()


def keep(path: Path, said: dict[str, Any]) -> None:
    """Write a file of results."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(said, indent=1) + "\n")


def main() -> None:
    """Measure where that is asked for, then write the tables."""
    from bench.limits_tables import write

    if sys.argv[1:2] == ["measure"]:
        measure(sys.argv[2:])
    write()


if __name__ == "__main__":
    main()
