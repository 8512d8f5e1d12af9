"""Machine failure: known answers on ready-made engines, odd and broken records, alarms, gates, what was measured."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from conftest import ROOT, sample_input
from demos import demo_folder, get_demo
from demos.compare import compare
from demos.engine import InlineEngine
from demos.errors import BadInput
from demos.figures import comparable, read_figures
from demos.machine_failure import alarms, rare
from demos.machine_failure.columns import CAP, NAMES, WINDOW
from demos.machine_failure.data import flights_left, windows
from demos.machine_failure.gates import gates_of
from demos.machine_failure.make_samples import PLANS, main
from demos.machine_failure.record import curves, read_record
from demos.machine_failure.simulate import Plan, as_text, simulate, stored
from demos.perturb import CHANGES
from demos.samples import said
from demos.series_results import Effects, Gates, Life
from made_files import ODD_FILES

DEMO = get_demo("machine_failure")
FOLDER = demo_folder(DEMO.name)
KEYS = ("boosting", "line", "lstm")
GOOD = (FOLDER / "samples" / "twenty.txt").read_bytes()


def life(engine: InlineEngine, key: str, raw: bytes) -> Life:
    return engine.submit(DEMO.name, key, {"engine": raw}).result().result


# --- known answers --------------------------------------------------------------------------------

@pytest.mark.parametrize("key", KEYS)
def test_engines_near_their_end_and_far_from_it_are_told_apart(engine: InlineEngine, key: str) -> None:
    young, last = (life(engine, key, sample_input(DEMO, name)) for name in ("young", "last"))
    assert young.expected[-1] > 85 and last.expected[-1] < (60 if key == "line" else 25), "the line comes late"
    assert last.high[-1] < young.low[-1]


@pytest.mark.parametrize("key", ("boosting", "lstm"))
@pytest.mark.parametrize("name", ("halfway", "twenty", "last"))
def test_a_simulated_life_gets_sensible_guesses_all_along(engine: InlineEngine, key: str, name: str) -> None:
    whole = (FOLDER / "samples" / f"{name}_whole.txt").read_bytes()
    guessed = life(engine, key, whole)
    truth = np.minimum(guessed.flights[-1] - guessed.flights, CAP)
    assert guessed.flights[0] == WINDOW and len(guessed.flights) == len(read_record(whole)) - WINDOW + 1
    assert np.sqrt(np.mean((guessed.expected - truth) ** 2)) < 25 and np.corrcoef(guessed.expected, truth)[0, 1] > 0.85
    assert np.mean((guessed.low - 1 <= truth) & (truth <= guessed.high + 1)) > 0.5


def test_the_samples_that_are_said_to_fail_do(engine: InlineEngine) -> None:
    assert {sample.key for sample in DEMO.samples if sample.fails} == {"creeping", "sudden"}
    for key, most in (("boosting", 105), ("lstm", 85)):
        assert life(engine, key, sample_input(DEMO, "sudden")).expected[-1] > 100, "one flight was left"
        assert life(engine, key, sample_input(DEMO, "creeping")).expected[-1] < most, "125 were left"


@pytest.mark.parametrize("key", KEYS)
def test_calls_may_overlap_and_give_the_same(engine: InlineEngine, key: str) -> None:
    model, record = engine.load(DEMO.name, key), read_record(GOOD)
    before = model.predict(engine=record).as_json()
    with ThreadPoolExecutor(3) as pool:
        assert all(one.as_json() == before for one in pool.map(lambda _: model.predict(engine=record), range(6)))


# --- records --------------------------------------------------------------------------------------

def lines(count: int = 60, **changed: Any) -> list[str]:
    return GOOD.decode().splitlines()[:count]


@pytest.mark.parametrize(("raw", "words"), [
    (b"", "0 flights"), (b"hello there\nmy engine", "has 2 values"), ("\n".join(lines(5)).encode(), "5 flights"),
    ("\n".join(lines()[:20] + lines()[25:]).encode(), "counted up one by one"),
    ("\n".join([*lines(), *(line.replace("2 ", "7 ", 1) for line in lines())]).encode(), "2 engines"),
    (("\n".join(lines()) + "\n1 2 3").encode(), "Line 61 has 3 values"),
    ("\n".join(lines()).replace(" 100.0 ", " nan ").encode(), "no finite numbers"),
    (b"1 " * 2**20, "larger than 1 MB"), (b"%PDF-1.7" + bytes(100), "no plain text")])
def test_records_that_cannot_be_used_get_a_sentence(raw: bytes, words: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_record(raw)
    assert words in str(caught.value) and len(str(caught.value)) < 250


def test_other_files_get_a_sentence_by_the_command_line(tmp_path: Any) -> None:
    names = [name for name, data in ODD_FILES().items() if len(data) < 2**20][::12]
    paths = []
    for name in names:
        (tmp_path / name).write_bytes(ODD_FILES()[name])
        paths.append(str(tmp_path / name))
    run = subprocess.run([sys.executable, "-m", "demos", "run", DEMO.name, "--method", "line", *paths], cwd=ROOT,
                         text=True, capture_output=True)
    rows = [json.loads(line) for line in run.stdout.splitlines()]
    assert run.returncode == 1 and len(rows) == len(names) > 10 and "Traceback" not in run.stderr
    assert all(10 < len(row["error"]) < 300 and "/" not in row["error"] for row in rows)


def test_commas_a_head_and_a_short_record_are_read(engine: InlineEngine) -> None:
    head = ",".join(f"c{n}" for n in range(26))
    assert np.array_equal(read_record("\n".join([head, *(line.replace(" ", ",") for line in lines())]).encode()),
                          read_record("\n".join(lines()).encode()))
    short = life(engine, "lstm", "\n".join(lines(12)).encode())
    assert len(short.flights) == 1 and "only 12 flights" in short.note


def test_an_engine_of_another_world_is_pointed_out(engine: InlineEngine) -> None:
    record = read_record(GOOD)
    record[:, 5 + 3] *= 2
    told = engine.load(DEMO.name, "lstm").predict(engine=record)
    assert "turbine outlet temperature" in told.note and "Do not trust" in told.note
    assert not engine.load(DEMO.name, "lstm").predict(engine=read_record(GOOD)).note


def test_the_drawn_curves_have_a_value_for_each_flight() -> None:
    rows = curves(read_record(GOOD)).decode().splitlines()
    assert len(rows) == 4 and all(len(row.split("\t")[1].split()) == len(lines(10**6)) for row in rows)


# --- samples and simulator ------------------------------------------------------------------------

def test_the_samples_are_what_the_simulator_makes(tmp_path: Any) -> None:
    main(tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made and all((FOLDER / "samples" / name).read_bytes() == data for name, data in made.items())
    for key, (_, left) in PLANS.items():
        assert made[f"{key}_whole.txt"].startswith(made[f"{key}.txt"])
        assert made[f"{key}_whole.txt"].count(b"\n") - made[f"{key}.txt"].count(b"\n") == left


def test_a_simulated_engine_has_the_form_of_the_data() -> None:
    record = simulate(Plan(seed=99), stored())
    assert record.shape[1] == 26 and stored()["shortest"] <= len(record) <= stored()["longest"]
    assert np.array_equal(read_record(as_text(record).encode()), record)
    assert record[-5:, 8].mean() > record[:20, 8].mean() + 15, "the turbine grows hot"


# --- changes, reasons, gates ----------------------------------------------------------------------

@pytest.mark.parametrize("key", DEMO.changes)
def test_changes_keep_the_form_and_begin_with_nothing(key: str) -> None:
    record = read_record(GOOD)
    first, *others = (CHANGES[key].apply(record, strength) for strength in CHANGES[key].strengths)
    assert np.array_equal(first, record)
    for changed in others:
        assert changed.shape[1] == 26 and 10 <= len(changed) <= len(record) and np.isfinite(changed).all()
        assert not np.array_equal(changed, record) and np.array_equal(changed[:, :2], record[-len(changed):, :2])


def test_enough_noise_turns_the_answer(engine: InlineEngine) -> None:
    sweep = engine.submit(DEMO.name, "lstm", {"engine": GOOD}, "sweep", "frozen").result()
    assert sweep.steps[0].kept == 1 and sweep.steps[0].same and not all(step.same for step in sweep.steps)
    assert sweep.steps[-1].result.expected[-1] > sweep.steps[0].result.expected[-1] + 20, "dead sensors look well"


def test_a_remaining_life_stands_while_it_is_within_the_first_band() -> None:
    first = Life(np.array([40]), np.array([50.0]), np.array([40.0]), np.array([60.0]), 125)
    near = replace(first, expected=np.array([58.0]), high=np.array([70.0]))
    far = replace(first, expected=np.array([100.0]), high=np.array([120.0]))
    assert compare(first, near) == (pytest.approx(1 - 8 / 125), True)
    assert compare(first, far) == (pytest.approx(1 - 50 / 125), False)
    assert said(first) == "50 flights left" and said(far) == "100 flights left"
    assert said(replace(first, expected=np.array([124.0]), high=np.array([125.0]))) == "125 or more flights left"
    with pytest.raises(ValueError):
        replace(first, low=np.array([51.0]))


def test_the_network_shows_its_sensors_and_gates(engine: InlineEngine) -> None:
    views = engine.submit(DEMO.name, "lstm", {"engine": GOOD}, "explain").result().views
    effects, gates = (view.result for view in views)
    assert isinstance(effects, Effects) and isinstance(gates, Gates)
    assert effects.names == NAMES and effects.values.min() < -2, "wear is seen"
    assert "flights were taken off" in views[0].sentence
    assert gates.held.shape[1] == WINDOW and gates.first == len(lines(10**6)) - WINDOW + 1


def test_the_gates_are_those_of_the_library() -> None:
    torch.manual_seed(0)
    lstm = torch.nn.LSTM(3, 5, 2, batch_first=True)
    given = torch.randn(9, 3)
    gates = gates_of(lstm, given)
    with torch.no_grad():
        assert np.allclose(gates.held, lstm(given[None])[0][0].T.numpy(), atol=1e-6)


# --- data, alarms, figures ------------------------------------------------------------------------

def test_windows_end_at_each_flight_and_life_counts_down_from_the_cap() -> None:
    record = simulate(Plan(seed=1, flights=180), stored())
    given, left = windows(record), flights_left(record)
    assert given.shape == (151, 30, 14) and left[0] == CAP and left[-1] == 0 and left[-40] == 39
    assert np.array_equal(given[7, -1], given[8, -2])


def test_the_alarm_is_where_both_costs_together_are_least(engine: InlineEngine) -> None:
    for key in KEYS:
        dear, cheap = alarms.cheapest(key, 1, 5000), alarms.cheapest(key, 50, 10)
        assert dear.threshold > cheap.threshold and dear.missed <= cheap.missed and dear.wasted > cheap.wasted
        assert dear.costs.min() == dear.costs[dear.threshold] and dear.engines == 100
    counted = alarms.count([np.array([90.0, 40, 8, 3])], [np.array([60.0, 41, 12, 4])])
    assert counted["wasted"][40] == 41 and counted["missed"][40] == 0 and counted["missed"][3] == 1
    assert alarms.first_below(np.array([50.0, 60]), 10) is None


def test_the_figures_hold_both_families_on_the_same_engines() -> None:
    figures = read_figures(FOLDER)
    pair = comparable(figures, "boosting", "lstm")
    assert pair is not None and pair[0].metric == "off_by_flights" and pair[0].items == 100
    for key in KEYS:
        mine = {(f.metric, f.data.split(",")[0]): f for f in figures if f.method == key}
        assert mine["off_by_flights", "C-MAPSS FD003"].value > mine["off_by_flights", "C-MAPSS FD001"].value
        assert 0 < mine["between_guesses", "C-MAPSS FD001"].value <= 1
    assert pair[1].value < 13.5 and pair[0].value < pair[1].value, "classical wins, and the page says so"
    other = {f.method: f.value for f in figures if "FD003" in f.data and f.metric == "off_by_flights"}
    told = " ".join(DEMO.card.weak_at)
    assert (f"off by {other['lstm']:.0f} flights instead of {pair[1].value:.0f}, and boosting by {other['boosting']:.0f} "
            f"instead of {pair[0].value:.0f}") in told


def test_never_fails_is_nearly_always_right_and_catches_nothing() -> None:
    found = rare.stored()
    never, boosting = found["methods"]["never"], found["methods"]["boosting"]
    assert (found["rows"], found["failures"]) == (10_000, 339)
    assert never == {"right": 9661, "alarms": 0, "caught": 0} and boosting["caught"] > 170
