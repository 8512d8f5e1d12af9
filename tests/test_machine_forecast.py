"""Forecasts of a visitor's series: what is read and refused, seasons, each method on series with a known answer."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from demos import get_demo
from demos.engine import InlineEngine
from demos.errors import BadInput
from demos.machine_failure import on_the_spot, series_set
from demos.machine_failure.blocks import cut_of, repeated, season_of
from demos.machine_failure.smoothing import LAST, SEASON, SMOOTHING
from demos.series_files import MOST, read_series
from demos.series_results import Forecast

DEMO = get_demo("machine_failure")


def csv(values: Any, head: str = "value") -> bytes:
    return "\n".join([head, *(f"{value:.6g}" for value in values)]).encode()


def forecast(engine: InlineEngine, key: str, raw: bytes, ahead: float = 12) -> Forecast:
    job = engine.submit(DEMO.name, key, {"series": raw, "ahead": ahead}, "part", "forecast")
    return job.result().result


# --- files ----------------------------------------------------------------------------------------

@pytest.mark.parametrize(("raw", "words"), [
    (b"", "no column of numbers"), (b"name,colour\n" + b"anna,red\n" * 80, "no column of numbers"),
    (csv([3]), "1 value;"), (csv(range(40)), "40 values; at least 60"),
    (csv([1.0] * 40 + [float("nan")] * 30 + [2.0] * 40), "30 of its 110 values are missing"),
    (b"1\n" * (1_200_000), "larger than 2 MB"), (csv([1e300] * 70), "million"), (b"PK\x03\x04" + bytes(99), "no plain "
                                                                                                            "text"),
    (b"inf\n" * 100, "no column of numbers")])
def test_files_that_cannot_be_used_get_a_sentence(raw: bytes, words: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_series(raw)
    assert words in str(caught.value) and len(str(caught.value)) < 220


@pytest.mark.parametrize("raw", [
    csv(range(100, 200), "year") .replace(b"\n", b",7.5\n"), "\n".join(f"{n};1,5" for n in range(99)).encode(),
    "date\tprice\n".encode() + "".join(f"2020-01-{n}\t1,250.50\n" for n in range(70)).encode(),
    ("\ufeffday,sales\r\n" + "".join(f"{n},{n % 7}\r\n" for n in range(80))).encode(),
    "a;b\n".encode("utf-16") + "".join(f"x;{n % 5}\n" for n in range(80)).encode("utf-16")[2:]])
def test_tables_are_read_by_their_column_of_numbers(raw: bytes) -> None:
    series = read_series(raw)
    assert len(series.values) >= 60 and np.isfinite(series.values).all() and len(np.unique(series.values)) < 60


def test_a_few_gaps_are_filled_and_too_many_values_cut_and_both_are_said() -> None:
    values: list[Any] = [float(n % 9) for n in range(100)]
    text = csv(values).decode().split("\n")
    text[11] = ""
    text[50] = "n/a"
    series = read_series("\n".join(["a,b", *(f"x,{cell}" for cell in text[1:])]).encode())
    assert len(series.values) == 100 and "2 missing values were filled" in series.note
    assert (series.values[10], series.values[49]) == (1, 4)
    many = read_series(csv(np.arange(MOST + 500) % 13))
    assert len(many.values) == MOST and f"last {MOST:,} of {MOST + 500:,}" in many.note


# --- seasons and cuts -----------------------------------------------------------------------------

def test_a_season_is_found_and_none_is_invented() -> None:
    at, chance = np.arange(240), np.random.default_rng(0)
    assert season_of(10 * np.sin(at / 12 * 2 * np.pi) + 0.3 * at + chance.normal(size=240)) == 12
    assert season_of(np.tile([1.0, 5, 2, 8, 3, 9, 4], 40)) == 7
    assert season_of(chance.normal(size=240)) == 0 and season_of(chance.normal(size=240).cumsum()) == 0
    assert season_of(np.ones(100)) == 0 and season_of(at.astype(float)) == 0


@pytest.mark.parametrize(("count", "ahead"), [(60, 1), (60, 48), (100, 12), (3000, 12), (3000, 48), (731, 7)])
def test_the_held_back_end_is_whole_blocks_of_at_most_a_fifth(count: int, ahead: int) -> None:
    cut, block = cut_of(count, ahead)
    assert 0 < block <= ahead and (count - cut) % block == 0 and 0 < count - cut <= 0.2 * count
    assert list(repeated(np.arange(10.0), 4, 6)) == [6, 7, 8, 9, 6, 7] and list(repeated(np.arange(3.0), 0, 2)) == [2, 2]


# --- forecasts ------------------------------------------------------------------------------------

def test_simple_methods_on_a_series_that_repeats(engine: InlineEngine) -> None:
    said = forecast(engine, "boosting", csv(np.tile([1.0, 5, 2, 8, 3, 9, 4], 30)), 7)
    assert said.names == (LAST, SEASON, SMOOTHING) and said.season == 7
    errors = dict(zip(said.names, said.errors))
    assert errors[SEASON] == 0 and errors[SMOOTHING] < 0.1 < errors[LAST]


def test_the_lstm_learns_a_rule_that_nothing_simple_finds(engine: InlineEngine,
                                                               monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_the_spot, "STEPS", 240)
    raw = series_set.file_of("chaos")
    deep, simple = forecast(engine, "lstm", raw, 1), forecast(engine, "boosting", raw, 1)
    assert deep.errors[0] < 0.5 * simple.errors.min() and deep.families == ("deep",)


def test_the_end_that_is_held_back_plays_no_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_the_spot, "STEPS", 40)
    values = read_series(series_set.file_of("shop")).values
    changed = values.copy()
    cut, ahead = cut_of(len(values), 12)
    changed[cut + ahead:] += 500  # after the first block
    first, other = ([*on_the_spot.learn_and_forecast(read_series(csv(one)), 12)][-1][1].said[0, :ahead]
                    for one in (values, changed))
    assert np.array_equal(first, other)


def test_training_reports_its_way_and_repeats(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_the_spot, "STEPS", 40)
    series = read_series(series_set.file_of("sunspots"))
    first, again = ([*on_the_spot.learn_and_forecast(series, 6)] for _ in range(2))
    assert [share for share, _ in first] == [0, 0.5, 1] and np.array_equal(first[-1][1].said, again[-1][1].said)
    state = torch_state()
    [*on_the_spot.learn_and_forecast(series, 6)]
    assert np.array_equal(state, torch_state()), "the visitor's training leaves the process's own chance alone"


def torch_state() -> np.ndarray:
    import torch

    return torch.get_rng_state().numpy()


def test_a_slow_machine_stops_with_what_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_the_spot, "MOST_S", 0.0)
    made = [*on_the_spot.learn_and_forecast(read_series(series_set.file_of("walk")), 12)]
    assert len(made) == 1 and made[0][0] == 1.0


@pytest.mark.parametrize("values", [np.ones(80), np.arange(90.0), np.r_[np.zeros(60), 1e9 * np.ones(30)],
                                    1e14 * np.random.default_rng(0).normal(size=70)])
def test_odd_series_give_finite_forecasts(engine: InlineEngine, monkeypatch: pytest.MonkeyPatch,
                                          values: np.ndarray) -> None:
    monkeypatch.setattr(on_the_spot, "STEPS", 20)
    for key in ("boosting", "lstm"):
        said = forecast(engine, key, csv(values), 12)
        assert np.isfinite(said.said).all() and np.isfinite(said.errors).all()


def test_the_projects_own_series_are_what_is_stored() -> None:
    for key, text in series_set.made().items():
        assert series_set.file_of(key) == text.encode()
    assert all(len(read_series(series_set.file_of(key)).values) >= 60 for key in series_set.MEASURED)
