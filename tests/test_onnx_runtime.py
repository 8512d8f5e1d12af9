"""What ONNX Runtime answers is what PyTorch answers: for small networks, and for every demo that hands one over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from bench.limits import by_pytorch
from bench.tries import DEMOS, arrays
from conftest import files_in, run_apart
from demos import get_demo
from demos.engine import InlineEngine
from demos.onnx_runtime import OnnxRuntime
from demos.samples import sample_inputs


def test_outputs_come_as_a_tuple_for_any_size_that_is_free() -> None:
    network = nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), nn.ReLU()).eval().requires_grad_(False)
    handed = OnnxRuntime(network, (torch.zeros(1, 3, 8, 8),), {0: (0, 2, 3)})
    for shape in ((1, 3, 8, 8), (2, 3, 5, 9)):
        given = torch.randn(shape)
        (said,) = handed(given.contiguous(memory_format=torch.channels_last))
        assert torch.allclose(said, network(given), atol=1e-5)


def test_it_keeps_the_weights_of_then() -> None:
    network = nn.Linear(3, 2).eval().requires_grad_(False)
    handed, given = OnnxRuntime(network, (torch.zeros(1, 3),)), torch.randn(4, 3)
    before = network(given)
    network.weight.zero_()
    assert torch.allclose(handed(given)[0], before, atol=1e-6) and not torch.allclose(network(given), before)


def test_it_tells_its_maker_nothing(tmp_path: Path) -> None:
    """What it would tell is kept in a file at home until it is sent, so the file shows whether there is anything to send."""
    code = """
import os
[os.environ.pop(name, None) for name in ("CI", "ORT_DISABLE_TELEMETRY")]  # as on anybody's own computer
import torch
from demos.onnx_runtime import OnnxRuntime
print(OnnxRuntime(torch.nn.Linear(3, 2), (torch.zeros(1, 3),))(torch.zeros(1, 3))[0].shape)
"""
    ran = run_apart(code, HOME=str(tmp_path), XDG_CACHE_HOME=str(tmp_path))
    assert "[1, 2]" in ran.stdout, ran.stderr
    assert not files_in(tmp_path)


@pytest.mark.parametrize("name", DEMOS)
def test_every_demo_answers_as_pytorch_does(name: str, engine: InlineEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    demo, used = get_demo(name), []
    handed: Callable[..., Any] = OnnxRuntime.__call__
    monkeypatch.setattr(OnnxRuntime, "__call__", lambda *given: used.append(1) or handed(*given))
    for sample in demo.samples[:4]:
        given = sample_inputs(demo, sample)
        quick = engine.submit(demo.name, demo.method("deep").key, given).result().result
        assert used
        with by_pytorch():
            plain = engine.submit(demo.name, demo.method("deep").key, given).result().result
        assert getattr(quick, "names", ()) == getattr(plain, "names", ())
        for one, other in zip(arrays(quick), arrays(plain), strict=True):
            assert np.asarray(one) == pytest.approx(np.asarray(other), abs=1e-3)
