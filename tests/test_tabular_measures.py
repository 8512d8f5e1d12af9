"""How methods on tables are measured: no row is judged by what learnt from it, and counts are what they claim."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from demos.tabular_linear import learn_linear
from demos.tabular_measures import (Recipe, auc, calibration_gap, choose, drawn_again, judged, lead, out_of_fold, parts,
                                    surprise)
from demos.tabular_models import TabularModel
from demos.tabular_outcomes import (Outcomes, calibration, count, read_outcomes, treated, write_outcomes)
from test_tabular import ROWS, SCHEMA, TRUTH


def test_parts_hold_each_row_once_and_the_same_share_of_either_outcome() -> None:
    found = parts(TRUTH, 5)
    assert sorted(np.concatenate(found).tolist()) == list(range(len(TRUTH)))
    assert max(TRUTH[part].sum() for part in found) - min(TRUTH[part].sum() for part in found) <= 1
    assert all(np.array_equal(one, two) for one, two in zip(found, parts(TRUTH, 5)))


class Remembers(TabularModel):
    """Knows every row that it learnt from by heart, and nothing else."""

    def chances(self, rows: np.ndarray) -> np.ndarray:
        known = self.schema.known  # type: ignore[attr-defined]
        return np.array([known.get(tuple(row), 0.5) for row in rows])


def by_heart(schema: object, rows: np.ndarray, truth: np.ndarray, settings: tuple[int, ...], seed: int) -> list[Remembers]:
    class Table:
        known = {tuple(row): float(answer) for row, answer in zip(rows, truth)}
    return [Remembers(Table()) for _ in settings]  # type: ignore[arg-type]


def test_no_row_is_judged_by_a_model_that_learnt_from_it() -> None:
    rows = np.arange(60.0).reshape(60, 1)
    truth = np.arange(60) % 2
    # whoever learns by heart would be right everywhere, if it ever saw a row that it is asked about
    assert (out_of_fold(Recipe("heart", by_heart, (1, 2)), SCHEMA, rows, truth) == 0.5).all()


def test_a_setting_is_chosen_by_rows_that_were_held_back() -> None:
    recipe = Recipe("linear", learn_linear, (1e-6, 1.0))
    assert choose(recipe, SCHEMA, ROWS, TRUTH) == 1.0
    noise = np.random.default_rng(1).integers(0, 2, len(TRUTH))
    assert choose(recipe, SCHEMA, ROWS, noise) == 1e-6
    assert choose(Recipe("one", None, (7,)), SCHEMA, ROWS, TRUTH) == 7  # type: ignore[arg-type]


def test_auc_is_scikit_learns() -> None:
    from sklearn.metrics import roc_auc_score

    chance = np.random.default_rng(2)
    chances = chance.integers(0, 20, 300) / 20  # with ties
    truth = chance.integers(0, 2, 300)
    assert auc(chances, truth) == pytest.approx(roc_auc_score(truth, chances))
    assert auc(truth.astype(float), truth) == 1 and lead(chances, chances, truth) == 0


def test_calibration_counts_how_far_chances_are_off() -> None:
    truth = np.array([1] * 7 + [0] * 3)
    assert calibration_gap(np.full(10, 0.72), truth) == pytest.approx(0.02)
    assert calibration_gap(truth.astype(float), truth) == 0
    assert surprise(np.full(10, 0.5), truth) == pytest.approx(np.log(2))


def test_figures_come_with_intervals_around_them() -> None:
    chances = np.clip(TRUTH * 0.4 + np.random.default_rng(3).random(len(TRUTH)) * 0.6, 0, 1)
    worse = np.random.default_rng(4).random(len(TRUTH))
    about = {"data": "made up", "things": "rows", "date": "2026-01-01", "command": "none", "machine": "none"}
    found = {figure.metric: figure for figure in judged("one", chances, TRUTH, worse, **about)}
    assert set(found) == {"accuracy", "pairs_ordered", "chances_off", "lead_over_logistic"}
    for metric in ("accuracy", "pairs_ordered", "lead_over_logistic"):
        assert found[metric].low < found[metric].value < found[metric].high and found[metric].items == len(TRUTH)
    assert found["lead_over_logistic"].low > 0
    assert found["chances_off"].low is None, "drawing rows again only ever adds to a gap"
    same = drawn_again(lead, TRUTH, chances, chances)
    assert same == (0, 0)


def outcomes() -> Outcomes:
    chances = np.array([0.1, 0.5, 0.58, 0.9, 0.3, 0.7, 1.0, 0.0])
    truth, group = np.array([0, 1, 0, 1, 1, 1, 0, 0]), np.array([0, 0, 0, 0, 1, 1, 1, 1])
    return Outcomes("made up", "one", "sex", ("women", "men"), count(chances, truth, group, ("women", "men")), "", {"note": ""})


def test_a_threshold_treats_each_group_as_its_chances_say(tmp_path: Path) -> None:
    women, men = treated(outcomes(), (0.58, 0.58))
    assert (women.people, women.belong, women.chosen, women.rightly, women.wrongly) == (4, 2, 0.5, 0.5, 0.5)
    assert (men.people, men.belong, men.chosen, men.rightly, men.wrongly) == (4, 2, 0.5, 0.5, 0.5)
    assert [one.chosen for one in treated(outcomes(), (0.6, 0.2))] == [0.25, 0.75], "each group may have its own"
    assert [one.chosen for one in treated(outcomes(), (0.0, 1.0))] == [1, 0]
    write_outcomes(tmp_path, [outcomes()])
    assert read_outcomes(tmp_path) == (outcomes(),) and read_outcomes(tmp_path / "none") == ()
    other, again = replace(outcomes(), method="two"), replace(outcomes(), about={"note": "counted again"})
    write_outcomes(tmp_path, [other])
    write_outcomes(tmp_path, [again])
    assert set(one.method for one in read_outcomes(tmp_path)) == {"one", "two"} and len(read_outcomes(tmp_path)) == 2
    assert again in read_outcomes(tmp_path), "counted again, the old count goes"


def test_a_calibration_curve_comes_from_the_same_counts() -> None:
    curve = calibration(outcomes())
    assert sum(people for *_, people in curve) == 8
    assert (0.55, 0.5, 2) in [(round(middle, 2), share, people) for middle, share, people in curve]
