"""Machine failure's training: that it repeats, what trees and lines are worth, the split, and the measures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from demos.machine_failure import evaluate, rare, train, train_classical
from demos.machine_failure.classical import add_up
from demos.machine_failure.columns import CAP, WINDOW
from demos.machine_failure.data import cuts, flights_left, parts, read_engines, training, windows
from demos.machine_failure.features import STOPS, learn_band, learn_index, statistics, straight_line, with_band
from demos.machine_failure.network import LifeNet, flights, loss_of
from demos.machine_failure.simulate import Plan, as_text, measure, simulate, stored

ENGINES = [simulate(Plan(seed=seed, flights=140 + 5 * seed), stored()) for seed in range(1, 7)]
GIVEN = np.concatenate([windows(one) for one in ENGINES])
LEFT = np.concatenate([flights_left(one) for one in ENGINES])


def test_training_repeats_to_the_same_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train, "BATCH", 32)
    given, left = torch.from_numpy(GIVEN[::3]).float(), torch.from_numpy(LEFT[::3]).float()
    first, again = (train.learn(given, left, 3, epochs=1) for _ in range(2))
    assert all(torch.equal(one, two) for one, two in zip(first.state_dict().values(), again.state_dict().values()))
    other = train.learn(given[:320], left[:320], 4, epochs=1)
    assert not torch.equal(first.head[0].weight, other.head[0].weight)
    assert torch.allclose(first.middle, given.mean(dim=(0, 1))) and not first.training


def test_the_loss_is_least_at_the_truth_and_guesses_are_in_order() -> None:
    truth = torch.tensor([0.4])
    right, wrong = torch.tensor([[0.4, 0.4, 0.4]]), torch.tensor([[0.6, 0.5, 0.5]])
    assert float(loss_of(right, truth)) == 0 < float(loss_of(wrong, truth))
    assert flights(torch.tensor([[0.5, 0.9, 0.2]])).tolist() == [[62.5, 62.5, 62.5]]
    assert LifeNet()(torch.zeros(2, WINDOW, 14)).shape == (2, 3)


def test_stored_trees_say_what_the_library_says(monkeypatch: pytest.MonkeyPatch) -> None:
    from sklearn.ensemble import GradientBoostingRegressor

    monkeypatch.setattr(train_classical, "TREES", 6)
    table, left = statistics(GIVEN[::9]), LEFT[::9]
    nodes, numbers, bias = train_classical.boosted(table, left)
    again = train_classical.boosted(table, left)
    assert np.array_equal(nodes, again[0]) and np.array_equal(numbers, again[1])
    grown = GradientBoostingRegressor(n_estimators=6, learning_rate=train_classical.RATE, max_depth=train_classical.DEPTH,
                                      subsample=train_classical.PART, min_samples_leaf=train_classical.SMALLEST,
                                      max_features=0.4, random_state=0).fit(table, left)
    assert np.allclose(add_up(nodes, numbers, table) + bias, grown.predict(table))
    wide = train_classical.same_length([nodes, np.pad(nodes, ((0, 0), (0, 4), (0, 0)))], -1)
    assert wide.shape[0] == 2 and (wide[0, :, -1] == -1).all()


def test_a_straight_line_ends_where_it_comes_to_nothing() -> None:
    weights = np.zeros(15)
    weights[0] = 1  # the first sensor is the health itself
    window = np.zeros((3, WINDOW, 14))
    window[0, :, 0] = np.linspace(1, 0.5, WINDOW)
    window[1, :, 0] = np.linspace(0.5, 1, WINDOW)
    window[2, :, 0] = -1
    left = straight_line(window, weights)
    assert left[0] == pytest.approx(29, abs=0.01) and left[1] == CAP and left[2] == 0
    index = learn_index(GIVEN, LEFT)
    told = straight_line(GIVEN, index)
    assert told[LEFT < 10].mean() < told[LEFT >= CAP].mean()


def test_a_band_holds_eight_in_ten_of_what_it_was_learnt_from() -> None:
    chance = np.random.default_rng(0)
    truth = chance.uniform(0, CAP, 20_000)
    said = np.clip(truth + chance.normal(0, 10, len(truth)), 0, CAP)
    middle, low, high = with_band(said, learn_band(said, truth)).T
    assert abs(np.mean((low <= truth) & (truth <= high)) - 0.8) < 0.03 and (low <= middle).all() and len(STOPS) == 14


def test_the_parts_hold_each_engine_once_and_cuts_lie_within(tmp_path: Path) -> None:
    split = parts(100)
    assert sorted(np.concatenate(split)) == list(range(100)) and {len(part) for part in split} == {20}
    assert all(0 <= at < 50 for at in cuts(50, 7)) and len(set(cuts(50, 7))) == 10
    (tmp_path / "train_FD001.txt").write_text("".join(as_text(one) for one in ENGINES))
    assert [len(one) for one in training(tmp_path)] == [len(one) for one in ENGINES]
    (tmp_path / "bad.txt").write_text("1 2 3\n4 5 6\n")
    with pytest.raises(ValueError, match="26 columns"):
        read_engines(tmp_path / "bad.txt")


def test_the_simulators_statistics_are_found_again_in_what_it_makes() -> None:
    made = [simulate(Plan(seed=seed), stored()) for seed in range(200, 260)]
    found, known = measure(made), stored()
    moving = np.array(known["noise"]) > 0.01  # coarser than the digits that are written
    assert np.allclose(np.array(found["begin"])[moving], np.array(known["begin"])[moving], rtol=0.002)
    assert np.allclose(np.array(found["noise"])[moving], np.array(known["noise"])[moving], rtol=0.15)
    assert abs(found["pace"] / known["pace"] - 1) < 0.25


def test_measures_have_known_values() -> None:
    said = np.array([[10.0, 5, 15], [30, 20, 40]])
    truth = np.array([10.0, 50])
    assert evaluate.off_by(said, truth) == pytest.approx(np.sqrt(200)) and evaluate.inside(said, truth) == 0.5
    late = evaluate.asymmetric(np.array([[20.0, 0, 0]]), np.array([10.0]))
    early = evaluate.asymmetric(np.array([[0.0, 0, 0]]), np.array([10.0]))
    assert late == pytest.approx(np.e - 1) and early < late
    low, high = evaluate.drawn(evaluate.off_by, said[:, None], truth[:, None])
    assert low <= np.sqrt(200) <= high


def test_the_rare_table_is_read_without_the_kinds_of_failure(tmp_path: Path) -> None:
    head = "UDI\tProduct ID\tType\t" + "\t".join(rare.COLUMNS) + "\tMachine failure\tTWF"
    rows = "".join(f"{n}\tM{n}\t{'LMH'[n % 3]}\t300\t310\t1500\t{40 + n}\t{n}\t{int(n % 9 == 0)}\t1\n" for n in range(90))
    (tmp_path / rare.FILE).write_text(f"{head}\n{rows}")
    given, failed = rare.read(tmp_path)
    assert given.shape == (90, 6) and failed.sum() == 10 and set(given[:, 0]) == {0, 1, 2}
