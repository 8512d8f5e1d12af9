"""Turns a network into one that calculates with whole numbers of 8 bits, and holds both side by side.

By onnxruntime: weights and what flows between the layers become whole numbers (Jacob et al. 2017, arXiv:1712.05877).
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from demos.lessons.bits_networks import Task

Inputs = dict[str, np.ndarray]
Run = Callable[[Inputs], np.ndarray]  # named inputs of one example -> scores (1, k)
RUNS = 200  # that are timed
# what flows as a number with a sign or without, and whether weights keep to 7 of the 8 bits: what older processors need
KINDS = ((False, False), (False, True), (True, False))


def export(network: nn.Module, example: Inputs, target: Path) -> None:
    """Write the network as ONNX for one example at a time; an axis behind the first may vary where there are two inputs."""
    varying = {name: {1: "length"} for name in example} if len(example) > 1 else None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the newer exporter asks for one more package
        torch.onnx.export(network, tuple(torch.from_numpy(one) for one in example.values()), target, input_names=list(example),
                          output_names=["said"], dynamic_axes=varying, dynamo=False)


def quantise(full: Path, target: Path, examples: Iterable[Inputs], signed: bool = False, narrow: bool = False) -> None:
    """Write the ONNX file `full` with 8-bit numbers; ranges come from the examples, or anew for each input if there are none."""
    from onnxruntime.quantization import CalibrationDataReader, QuantType, quantize_dynamic, quantize_static

    class Examples(CalibrationDataReader):
        """Hands the examples out one by one."""

        def __init__(self, some: Iterable[Inputs]) -> None:
            self.rest = iter(some)

        def get_next(self) -> Inputs | None:
            return next(self.rest, None)

    examples = list(examples)
    about = {"per_channel": True, "reduce_range": narrow, "weight_type": QuantType.QInt8}
    if examples:
        quantize_static(full, target, Examples(examples), **about, activation_type=QuantType.QInt8 if signed else QuantType.QUInt8)
    else:
        quantize_dynamic(full, target, **about)


def session(path: Path) -> Run:
    """What runs an ONNX file on one core."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    running = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    return lambda inputs: running.run(None, inputs)[0]


def said(run: Run, task: Task, asked: Sequence[Any]) -> np.ndarray:
    """The number of the name for each example."""
    return np.array([int(run(task.given(one)).argmax()) for one in asked])


def timed(runs: dict[str, Run], inputs: Inputs, count: int = RUNS) -> dict[str, float]:
    """The median milliseconds of one core for an answer, turn by turn, so that both meet the same machine."""
    spent: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(count):
        for name, run in runs.items():
            began = time.process_time()
            run(inputs)
            spent[name].append(1000 * (time.process_time() - began))
    return {name: round(float(np.median(times)), 3) for name, times in spent.items()}


def eight(full: Path, task: Task, folder: Path) -> tuple[Path, str]:
    """The network with 8 bits, and the kind of rounding that is right most often on `task.choose`."""
    tried: dict[tuple[bool, bool], tuple[int, Path]] = {}
    for signed, narrow in KINDS if task.ranges is not None and len(task.ranges) else KINDS[:1]:
        path = folder / f"eight{signed:d}{narrow:d}.onnx"
        quantise(full, path, map(task.given, task.ranges), signed, narrow)
        right = int((said(session(path), task, task.choose[0]) == task.choose[1]).sum()) if len(task.choose[1]) else 0
        tried[signed, narrow] = (right, path)
    best = max(tried, key=lambda kind: tried[kind][0])
    told = "; ".join(f"signed {signed:d}, narrow {narrow:d}: {right}" for (signed, narrow), (right, _) in tried.items())
    return tried[best][1], f"{told} of {len(task.choose[1])}"


def compared(task: Task, folder: Path, count: int = RUNS) -> dict[str, object]:
    """Megabytes, milliseconds and right answers of the network, with 32 bits and with 8."""
    full, example = folder / "full.onnx", task.given(task.asked[0])
    export(task.network, example, full)
    small, chosen = eight(full, task, folder)
    paths = {"32": full, "8": small}
    runs = {bits: session(path) for bits, path in paths.items()}
    answers = {bits: said(run, task, task.asked) for bits, run in runs.items()}
    return {"right": {bits: int((one == task.truth).sum()) for bits, one in answers.items()},
            "same": int((answers["32"] == answers["8"]).sum()), "chosen": chosen,
            "megabytes": {bits: round(path.stat().st_size / 1e6, 3) for bits, path in paths.items()},
            "milliseconds": timed(runs, example, count)}
