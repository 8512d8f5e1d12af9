"""The fraud game's parts: the simulation, facts that look back only, the clock, training that repeats, measures, a rule."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from demos.fraud_game import measuring, week
from demos.fraud_game.features import SCHEMA, facts, in_rows, numbers, rows_of
from demos.fraud_game.forest import grow, oddness, squeezed
from demos.fraud_game.moment import WHO, on_the_clock, whose
from demos.fraud_game.payments import DELAY, SHOPS, TRICKS, WEEK, Payments, read_payments, reports, write_payments
from demos.fraud_game.people import FILE, people
from demos.fraud_game.simulate import simulate
from demos.fraud_game.words import ago


@pytest.fixture(scope="module")
def world() -> Payments:
    return simulate(seed=1, customers=1500)


# --- the simulation -------------------------------------------------------------------------------

def test_the_same_seed_gives_the_same_payments_and_another_one_others() -> None:
    first, again, other = (simulate(seed, customers=120, days=40) for seed in (3, 3, 4))
    assert all(np.array_equal(getattr(first, one.name), getattr(again, one.name)) for one in fields(Payments))
    assert not np.array_equal(first.amount[:50], other.amount[:50])


def test_one_payment_in_two_hundred_is_stolen_in_each_of_the_five_ways(world: Payments) -> None:
    assert 0.004 < world.stolen.mean() < 0.0065
    counts = np.bincount(world.trick, minlength=len(TRICKS))
    assert (counts[1:] > 50).all() and counts[0] == (~world.stolen).sum()
    assert (world.amount >= 0.5).all() and (world.amount <= 5000).all() and (world.distance >= 0).all()
    later = np.diff(world.customer) * 1e6 + np.diff(world.time)
    assert (later >= 0).all(), "customer by customer, each one's by time"


def test_thefts_are_known_at_a_till_only_after_the_delay() -> None:
    bad = Payments(np.array([0.0, DELAY - 1, DELAY + 1, DELAY + 4 * WEEK + 1, 10.0]), np.zeros(5, int), np.ones(5),
                   np.zeros(5, int), np.array([7, 7, 7, 7, 8]), np.zeros(5), np.array([0, -1, -1, -1, -1]), np.zeros(5, int))
    assert reports(bad).tolist() == [0, 0, 1, 0, 0]


def test_payments_come_back_from_the_folder_as_they_were(world: Payments, tmp_path: Path) -> None:
    few = world.take(np.arange(100))
    write_payments(few, tmp_path, 1)
    back = read_payments(tmp_path)
    assert all(np.array_equal(getattr(few, one.name), getattr(back, one.name)) for one in fields(Payments))


# --- what the methods see -------------------------------------------------------------------------

def test_facts_of_a_few_payments_are_those_worked_out_by_hand() -> None:
    few = Payments(np.array([10.0, 10.5, 34.0, 5.0]), np.array([0, 0, 0, 1]), np.array([20.0, 4.0, 100.0, 9.0]),
                   np.array([0, SHOPS.index("online"), 4, 0]), np.zeros(4, int), np.array([2.0, 0.0, 473.5, 1.0]),
                   np.full(4, -1), np.zeros(4, int))
    row = dict(zip((field.name for field in SCHEMA.fields), facts(few, np.array([0, 0, 3, 0.0]))[2]))
    assert row["amount"] == 100 and row["times"] == pytest.approx(100 * 100 / 12) and row["hour"] == 10
    assert row["since"] == pytest.approx(23.5 * 60) and row["speed"] == pytest.approx(471.5 / 24), "the last shop, not the web"
    assert row["hourly"] == 1 and row["daily"] == 2 and row["spent"] == 104 and row["small"] == 1 and row["reports"] == 3


def test_nothing_is_seen_of_what_comes_later(world: Payments) -> None:
    told, lines = reports(world), facts(world, reports(world))
    before = np.flatnonzero(world.time < 60 * 24)
    cut = world.take(before)
    assert np.array_equal(facts(cut, told[before]), lines[before])
    assert np.array_equal(reports(cut), told[before])
    assert np.array_equal(numbers(cut, told[before]), numbers(world, told)[before])


def test_a_row_holds_only_the_customers_own_payments(world: Payments) -> None:
    places = np.array([0, 5, 2000])
    rows = rows_of(world, places)
    assert rows.shape == (3, 11) and (rows[0, :10] == -1).all() and (rows[:, -1] == places).all()
    for row in rows:
        assert len(set(world.customer[row[row >= 0]])) == 1
    values, shops = in_rows(numbers(world, reports(world)), world.shop, rows)
    assert (values[0, :10] == 0).all() and (shops[0, :10] == len(SHOPS)).all() and (values[..., -1] == (rows >= 0)).all()


def test_the_forest_is_scikit_learns(world: Payments) -> None:
    from sklearn.ensemble import IsolationForest

    table = squeezed(facts(world, reports(world))[:1000])
    theirs = -IsolationForest(n_estimators=100, max_samples=256, random_state=0).fit(table).score_samples(table[:200])
    assert np.abs(theirs - oddness(grow(table, 0), table[:200])).max() < 1e-12


def test_training_repeats() -> None:
    import torch

    from demos.fraud_game.train import learn
    from demos.fraud_game.train_classical import boosted, isolated

    few = simulate(seed=2, customers=250)
    (first, found), (again, same) = learn(few, epochs=1), learn(few, epochs=1)
    assert found == same and all(torch.equal(a, b) for a, b in zip(first.parameters(), again.parameters()))
    table = facts(few, reports(few))
    for make in (lambda: boosted(few, table, (5,)), lambda: isolated(few, table)):
        (one, about), (other, told) = make(), make()
        assert about == told and all(np.array_equal(one[name], other[name]) for name in one)


# --- the clock ------------------------------------------------------------------------------------

@pytest.mark.parametrize("hour", range(0, 24, 5))
@pytest.mark.parametrize("minutes", [1, 600, 2880])
def test_the_clock_shows_the_hour_and_the_wait_is_kept(hour: int, minutes: int) -> None:
    for name in WHO:
        time = on_the_clock(whose(name).time, hour, minutes)
        assert int(time[-1] % 24 + 1e-9) % 24 == hour
        assert 60 * (time[-1] - time[-2]) == pytest.approx(minutes) and (np.diff(time) >= 0).all()


def test_the_customers_were_found_by_their_habits() -> None:
    assert set(people()) == set(WHO) and FILE.stat().st_size < 10_000
    assert people()["ana"].amount.mean() < 18 < 150 < people()["elena"].amount.mean()
    assert people()["david"].distance[-3:].min() > 1500 and people()["ana"].distance.max() < 60
    assert all(len(one.time) >= 25 and (np.diff(one.time) >= 0).all() for one in people().values())
    assert [ago(hours) for hours in (0.1, 1, 5, 24, 50)] == ["6 min before", "1 hour before", "5 hours before",
                                                             "1 day before", "2 days before"]


# --- measures ---------------------------------------------------------------------------------------

def test_average_precision_is_scikit_learns_and_the_interval_holds_it() -> None:
    from sklearn.metrics import average_precision_score

    chance = np.random.default_rng(0)
    truth = chance.random(3000) < 0.05
    odds = chance.normal(size=3000) + 2 * truth
    value = measuring.average_precision(odds, truth)
    assert value == pytest.approx(average_precision_score(truth, odds), abs=1e-6)
    low, high = measuring.precision_interval(odds, truth, np.arange(3000) // 100)
    assert low < value < high
    assert measuring.lead_interval(odds, odds, truth, np.arange(3000) // 100) == (0, 0)


def test_the_desk_looks_at_so_many_a_day_and_a_block_holds() -> None:
    day = np.repeat([0, 1], 5)
    odds = np.array([5, 4, 3, 2, 1, 1, 2, 3, 4, 5.0])
    chosen, right = measuring.desk(odds, np.array([1, 0, 0, 0, 0, 0, 0, 0, 1, 1], bool), day, a_day=2)
    assert chosen.tolist() == [True, True] + [False] * 6 + [True, True] and right.tolist() == [0.5, 1.0]
    gone = measuring.blocked(np.array([False, True, False, False]), np.array([0, 0, 0, 1]), np.array([1.0, 2, 3, 1]))
    assert gone.tolist() == [False, True, True, False]


# --- the week -------------------------------------------------------------------------------------

def test_a_rule_stops_what_is_beyond_its_limits_and_is_counted() -> None:
    one = week.Week(np.array([10.0, 900, 50, 20, 30]), np.array([1.0, 1, 500, 1, 1]), np.array([12, 12, 12, 3, 12]),
                    np.zeros(5), np.ones(5), np.array([1, 2, 3, 4, 3]), np.array([-1, -1, 0, -1, 0]), np.arange(5.0), {})
    off = week.Limits(np.inf, np.inf, np.inf, np.inf, np.inf)
    assert not week.stopped_by(off, one).any()
    assert week.stopped_by(replace(off, amount=800), one).tolist() == [False, True, False, False, False]
    assert week.stopped_by(replace(off, night=15), one).tolist() == [False, False, False, True, False]
    done = week.outcome(one, week.stopped_by(replace(off, amount=800, distance=100), one))
    assert (done.alarms, done.right, done.annoyed, done.stolen, done.lost, done.whole) == (2, 1, 1, 80, 0, 1)
    none = week.outcome(one, week.stopped_by(off, one))
    assert none.lost == none.stolen == 80 and none.saved == 0 and none.alarms == 0
