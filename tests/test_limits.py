"""How work is counted, what a machine's limit is, and that docs/speed.md holds what was measured."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from bench import gpu, limits, limits_tables, tries
from bench.limits import Machine, Work, count
from demos import get_demo
from demos.onnx_runtime import OnnxRuntime

MEGA = Machine(threads=1, flops=1e6, bytes=1e6)


def test_a_product_and_a_convolution_are_counted() -> None:
    first, second = torch.rand(10, 20), torch.rand(20, 30)
    assert count(lambda: first @ second) == Work(2 * 10 * 20 * 30, 4 * (10 * 20 + 20 * 30))
    layer, given = nn.Conv2d(3, 8, 3, padding=1, bias=False).requires_grad_(False), torch.rand(1, 3, 16, 16)
    assert count(lambda: layer(given)) == Work(2 * 3 * 8 * 9 * 16 * 16, 4 * (3 * 8 * 9 + 3 * 16 * 16))


def test_weights_are_read_once_and_of_a_table_the_rows_asked_for() -> None:
    layer, given = nn.Linear(5, 5, bias=False).requires_grad_(False), torch.rand(1, 5)
    assert count(lambda: layer(layer(given))) == Work(2 * 2 * 25, 4 * (25 + 5))
    table, asked = nn.Embedding(1000, 4).requires_grad_(False), torch.tensor([3, 7])
    assert count(lambda: table(asked)).bytes == 4 * 2 * 4 + 8 * 2


def test_recurrent_layers_are_counted() -> None:
    given = torch.rand(1, 6, 3)
    for kind, gates in ((nn.LSTM, 4), (nn.GRU, 3)):
        layer = kind(3, 5, batch_first=True).requires_grad_(False).eval()
        assert count(lambda: layer(given)).flops == 2 * 6 * gates * 5 * (3 + 5), kind


def test_what_onnx_runtime_does_is_counted_by_the_same_network() -> None:
    layer, given = nn.Linear(6, 7).requires_grad_(False).eval(), torch.rand(2, 6)
    handed = OnnxRuntime(layer, (given,))
    assert count(lambda: handed(given)).flops == 2 * 2 * 6 * 7
    assert torch.allclose(handed(given)[0], layer(given), atol=1e-6)


def test_the_limit_is_the_larger_of_both_times() -> None:
    assert Work(2_000_000, 1_000_000).limit_s(MEGA) == 2 and Work(1_000_000, 3_000_000).limit_s(MEGA) == 3


def test_what_takes_long_is_asked_fewer_times() -> None:
    asked: list[int] = []
    assert len(limits.seconds(lambda: asked.append(1), runs=7)) == 7 and len(asked) == 8
    assert len(limits.seconds(lambda: asked.append(1), runs=100, enough_s=0)) == limits.FEWEST


def test_a_method_is_measured_whole(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Really asked, bare and then through the engine; the seconds are made up, as real ones depend on what else runs."""
    through: list[str] = []
    asked: list[int] = []
    submit = limits.LocalEngine.submit

    def noted(self: Any, *given: Any, **said: Any) -> Any:
        through.append(said.get("want", "answer"))
        return submit(self, *given, **said)

    def seconds(call: Callable[[], Any]) -> list[float]:
        call()
        asked.append(len(through))
        return [9.0, 0.5 * len(asked), 0.0]

    monkeypatch.setattr(limits.LocalEngine, "submit", noted)
    monkeypatch.setattr(limits, "seconds", seconds)
    monkeypatch.setattr(limits, "MEASURED", tmp_path / "limits.json")
    monkeypatch.setattr(limits, "measure_machine", lambda: MEGA)
    limits.measure(["fraud_game"])
    (row,) = json.loads((tmp_path / "limits.json").read_text())["rows"]
    assert row["demo"] == "fraud_game" and row["flops"] > 0 and row["bytes"] > 0 and row["runs"] == 3
    assert asked == [0, 1] and through == ["answer", "forget"] and (row["bare_s"], row["engine_s"]) == (0.5, 1.0)


def test_the_document_holds_what_was_measured() -> None:
    text = limits_tables.DOCUMENT.read_text()
    assert limits_tables.written(text) == text, "run python -m bench.limits"
    rows = limits_tables.measured(limits.MEASURED)["rows"]
    assert {row["demo"] for row in rows} == {name for name, _ in limits.own_methods([])}
    assert all(("limit_s" in row) != (row["demo"] in limits.OUTSIDE) for row in rows)


def test_tables_say_it_in_lines() -> None:
    said = {"date": "d", "machine": "m", "command": "c", "threads": 1, "flops": 2e9, "bytes": 3e9, "runs": 5, "card": "a card"}
    row = {"demo": "spam", "method": "minilm", "bare_s": 0.03, "engine_s": 0.04, "flops": 1e9, "bytes": 2e6, "limit_s": 0.01, "outside": ""}
    table = limits_tables.limits_table(said | {"rows": [row]})
    assert table.endswith("| 30 | 40 | 1 | 2 | 10 | 3 |") and "`c`, d on m" in table
    outside = {"demo": "speech_recognition", "method": "whisper_base", "bare_s": 1.0, "engine_s": 1.0, "outside": "CTranslate2"}
    assert "not counted: CTranslate2" in limits_tables.limits_table(said | {"rows": [outside]})
    tried = {"what": "W", "tried": "T", "without_s": 0.03, "with_s": 0.01, "difference": 1e-6, "verdict": "kept", "runs": 5}
    assert limits_tables.tries_table(said | {"rows": [tried]}).endswith("| W | T | 30 | 10 | 3.00 | 1e-06 | kept |")
    card = {"demo": "spam", "precision": "float16", "batch": 8, "pass_s": 0.5, "same": 3, "asked": 4}
    assert limits_tables.card_table(said | {"rows": [card]}).endswith("| float16 | 8 | 500 | 16 | 3 of 4 |")


@pytest.mark.parametrize(("other", "against", "verdict"), [
    (1.0, "", "not kept: other answers"), (0.0, "why", "not kept: why"), (0.0, "", "not kept: not worth it")])
def test_a_try_is_kept_for_a_reason_only(other: float, against: str, verdict: str) -> None:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        row = tries.both(tries.Try("w", "t", lambda: torch.zeros(3), lambda: (torch.zeros(3) + other).sort().values, against))
    finally:
        torch.set_num_threads(threads)
    assert row["verdict"] == verdict and row["difference"] == other


def test_without_a_cuda_device_one_sentence_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(gpu, "CARD", tmp_path / "gpu.json")
    gpu.main()
    assert capsys.readouterr().out == f"{gpu.NONE_HERE}\n" and not (tmp_path / "gpu.json").exists()


def test_precisions_and_batches_are_measured_on_any_device() -> None:
    """What a CUDA device would be asked, on the processor."""
    rows = list(gpu.rows("traffic_signs", get_demo("traffic_signs").method("deep"), "cpu", batches=(4,), runs=1))
    assert [(row["precision"], row["batch"]) for row in rows] == [(p, b) for p in gpu.PRECISIONS for b in (1, 4)]
    assert all(row["pass_s"] > 0 and row["same"] == row["asked"] for row in rows)
