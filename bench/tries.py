"""`python -m bench.tries`: what was tried to make the deep methods quicker, each held against the way without it; docs/speed.md.

Both ways are asked in turn on the same input in one process with one thread, and processor seconds are counted, so that other
programs on the machine hardly matter. With words behind it, only those tries whose name has one of them.
"""

from __future__ import annotations

import copy
import json
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from bench.limits import answer, asked, by_pytorch, keep
from bench.limits_tables import TRIES, write
from demos import get_demo
from demos.engine import InlineEngine
from demos.figures import machine, today
from demos.loaded import calm_threads

RUNS, FEWER = 25, 5  # of both ways; fewer where the way without takes longer than SLOW_S
SLOW_S = 0.6
WORTH = 1.15  # a ratio below is not worth another way to go wrong
SAME = 1e-3  # the largest difference of any output that still counts as the same answer
DEMOS = ("image_recognition", "teach_it", "brain_scan", "driving_scene", "chest_xray", "traffic_signs", "sentiment", "spam", "search")


@dataclass(frozen=True)
class Try:
    """Two ways to the same thing; each gives an array, and the arrays should be equal."""

    what: str
    tried: str
    without: Callable[[], Any]
    with_it: Callable[[], Any]
    against: str = ""  # why it is not kept although it is quicker and right


def both(one: Try) -> dict[str, Any]:
    """A row: the medians of both ways, and whether the second is worth it."""
    import torch

    began = time.process_time()
    difference = max(apart(a, b) for a, b in zip(arrays(one.without()), arrays(one.with_it()), strict=True))
    runs = RUNS if time.process_time() - began < 2 * SLOW_S else FEWER
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs + 2):
        for way, call in zip(took, (one.without, one.with_it)):
            began = time.process_time()
            call()
            way.append(time.process_time() - began)
    without, with_it = (statistics.median(way[2:]) for way in took)
    assert torch.get_num_threads() == 1
    verdict = (f"not kept: {one.against}" if one.against else "not kept: other answers" if difference > SAME
               else "not kept: not worth it" if without / with_it < WORTH else "kept")
    return {"what": one.what, "tried": one.tried, "without_s": round(without, 6), "with_s": round(with_it, 6), "runs": runs,
            "difference": difference, "verdict": verdict}


def apart(one: Any, other: Any) -> float:
    """The largest difference of two arrays; of shades of 0 to 255, one is rounding."""
    first, second = (np.asarray(array) for array in (one, other))
    most = float(np.abs(first.astype(float) - second.astype(float)).max(initial=0.0))
    return max(0.0, most - 1) if first.dtype == np.uint8 else most


def arrays(said: Any) -> list[Any]:
    """The numbers in an output: of a tensor, or of a result as it is written in JSON."""
    if isinstance(said, (tuple, list)):
        return [array for one in said for array in arrays(one)]
    return [said] if hasattr(said, "shape") else [v for v in vars(said).values() if hasattr(v, "shape")]


def tries() -> Iterator[Try]:
    """Everything that was tried and can be tried again with a few lines."""
    yield from handed_over()
    yield from lite()
    yield from minilm()
    yield from others()


def loaded(name: str) -> tuple[Any, dict[str, Any]]:
    """The deep method of a demo, and its first sample's values."""
    return asked(InlineEngine("cpu"), name, get_demo(name).method("deep"))


def handed_over() -> Iterator[Try]:
    """Whole answers by ONNX Runtime, and reasons where it does part of them."""
    def slower(call: Callable[[], Any]) -> Any:
        with by_pytorch():
            return call()

    for name in DEMOS:
        model, values = loaded(name)
        question = get_demo(name).question
        yield Try(f"{question} Answer", "ONNX Runtime", lambda: slower(lambda: answer(model, values)), lambda: answer(model, values))
        if name in DEMOS[:4]:
            def why() -> list[Any]:
                return [view.result for view in model.explain(**values)]

            yield Try(f"{question} Why", "ONNX Runtime", lambda: slower(why), why)


def lite() -> Iterator[Try]:
    """EfficientNet-Lite0 itself: one forward pass."""
    import torch
    from efficientnet_lite_pytorch import EfficientNet

    from demos import demo_folder
    from demos.weights import locate

    model, values = loaded("image_recognition")
    network, batch = model.parts.run, model._batch([values["image"]])
    plain = EfficientNet.from_name("efficientnet-lite0").eval().requires_grad_(False)
    path = locate(get_demo("image_recognition").method("deep").weights[0], demo_folder("image_recognition"))
    plain.load_state_dict(torch.load(path, weights_only=True))
    plain = plain.to(memory_format=torch.channels_last)
    frozen = torch.jit.optimize_for_inference(torch.jit.freeze(torch.jit.trace(network, batch)))
    what = "EfficientNet-Lite0, one pass"
    with torch.inference_mode():
        yield Try(what, "normalisations and borders folded in", lambda: plain(batch), lambda: network(batch))
        yield Try(what, "torch.jit: trace, freeze, optimize_for_inference", lambda: network(batch), lambda: frozen(batch),
                  "ONNX Runtime is quicker")
        yield Try(what, "ONNX Runtime", lambda: network(batch), lambda: model.parts.quick(batch)[0])
        if shutil.which("g++"):
            compiled = torch.compile(network)
            yield Try(what, "torch.compile", lambda: network(batch), lambda: compiled(batch),
                      "it needs a C++ compiler wherever it runs and compiles anew at each start, and ONNX Runtime is quicker")


def minilm() -> Iterator[Try]:
    """MiniLM's linear layers with weights of 8 bits."""
    import torch

    model, values = loaded("sentiment")
    small = copy.copy(model)
    small.minilm = copy.copy(model.minilm)
    small.minilm.quick = None
    small.minilm.network = torch.ao.quantization.quantize_dynamic(model.minilm.network, {torch.nn.Linear}, dtype=torch.qint8)
    texts = [values["text"]]
    yield Try("MiniLM, one text (log-odds)", "int8 by quantize_dynamic, against ONNX Runtime in float32",
              lambda: model.scores(texts), lambda: small.scores(texts))
    yield Try("MiniLM, 32 texts (log-odds)", "int8 by quantize_dynamic, against ONNX Runtime in float32",
              lambda: model.scores(texts * 32), lambda: small.scores(texts * 32))


def others() -> Iterator[Try]:
    """Networks that stay with PyTorch."""
    import torch

    from demos.face_recognition.network import pixels
    from demos.onnx_runtime import OnnxRuntime

    with torch.inference_mode():
        model, values = loaded("face_recognition")
        faces = pixels(np.random.default_rng(0).integers(0, 255, (2, 150, 150, 3), np.uint8), "cpu")
        handed = OnnxRuntime(model.network, (faces,))
        yield Try("dlib's face network, two faces", "ONNX Runtime", lambda: model.network(faces), lambda: handed(faces)[0],
                  "finding the faces takes most of the time, so that the answer gains too little")
        street = pixels(values["first"][None], "cpu")
        finder = OnnxRuntime(model.detector, (street,), {0: (2, 3)})
        yield Try("dlib's face detector", "ONNX Runtime", lambda: model.detector(street), lambda: finder(street)[0])
        model, _ = loaded("picture_maker")
        network = model.networks["digits"]
        given = (torch.rand(32, 1, 28, 28), torch.full((32,), 0.5), torch.zeros(32, dtype=torch.long))
        maker = OnnxRuntime(network, given)
        yield Try("The network that makes digits, 32 at once", "ONNX Runtime", lambda: network(*given), lambda: maker(*given)[0])
        model, values = loaded("machine_failure")
        small = copy.copy(model)
        small.networks = [[torch.ao.quantization.quantize_dynamic(net, {torch.nn.LSTM}, dtype=torch.qint8) for net in nets]
                          for nets in model.networks]
        yield Try("LSTMs that read flights (flights left)", "int8 by quantize_dynamic", lambda: model.members(values["engine"]),
                  lambda: small.members(values["engine"]))


def main() -> None:
    """Measure all tries, or those that are named, and keep each row as it comes."""
    calm_threads()
    import torch

    torch.set_num_threads(1)
    said = json.loads(TRIES.read_text()) if TRIES.exists() else {"rows": []}
    said |= {"date": today(), "machine": machine(), "command": "python -m bench.tries"}
    for one in tries():
        if all(word in f"{one.what} {one.tried}" for word in sys.argv[1:]):
            row, kept = both(one), [r for r in said["rows"] if (r["what"], r["tried"]) != (one.what, one.tried)]
            said["rows"] = [*kept, row]
            keep(TRIES, said)
            print(row)
    write()


if __name__ == "__main__":
    main()
