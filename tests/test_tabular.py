"""What the demos on tables share: coded rows, models as plain arrays, exact reasons, nearest changes, honest measures."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from demos.errors import BadInput
from demos.inputs import ChoiceInput, NumberInput
from demos.tabular_fields import Field, Schema
from demos.tabular_linear import LinearTable, learn_linear, linear_of
from demos.tabular_models import TabularModel, store
from demos.tabular_network import learn_network, network_of
from demos.tabular_reasons import nearest_changes, shapley
from demos.tabular_results import Pushes, Tree, Ways
from demos.tabular_trees import columns, learn_boosted, learn_tree, load_classical, question, seen

COLOURS = (("red", "red"), ("green", "green"), ("blue", "blue"))
SIZES = (("s", "small"), ("m", "middling"), ("l", "large"))
SCHEMA = Schema((
    Field(NumberInput("amount", "Amount", low=0, high=1000, default=100, unit="DM"), "", reach=(50, 100, 200, 400), only=-1,
          span=100, log=True),
    Field(NumberInput("age", "Age", low=18, high=80, default=40, unit="years"), ""),
    Field(ChoiceInput("colour", "Colour", options=COLOURS, default="red"), "", reach=("red", "green", "blue")),
    Field(ChoiceInput("size", "Size", options=SIZES, default="m"), "", reach=("s", "m", "l"), ordered=True, cost=0.4),
    Field(ChoiceInput("extra", "Extra", options=(("no", "no"), ("yes", "yes")), default="no"), "", reach=("no", "yes"),
          needs=("colour", "blue")),
), ("good", "bad"), "good", (((("colour", "green"), ("size", "l")), "Nothing green is large. Please choose another."),))


def table(count: int = 400) -> tuple[np.ndarray, np.ndarray]:
    """Made-up rows and truths that follow from them, with some chance."""
    chance = np.random.default_rng(0)
    rows = SCHEMA.settled(np.stack([chance.integers(1, 1000, count), chance.integers(18, 80, count),
                                    chance.integers(0, 3, count), chance.integers(0, 3, count),
                                    chance.integers(0, 2, count)], axis=1))
    odds = 6 - np.log(rows[:, 0]) + (rows[:, 2] == 1) + 0.5 * rows[:, 3] - rows[:, 4]
    return rows, (chance.random(count) < 1 / (1 + np.exp(-odds))).astype(int)


ROWS, TRUTH = table()
LEARNT: dict[str, TabularModel] = {
    "linear": learn_linear(SCHEMA, ROWS, TRUTH, (1.0,))[0], "boosted": learn_boosted(SCHEMA, ROWS, TRUTH, (25,))[0],
    "tree": learn_tree(SCHEMA, ROWS, TRUTH)[0], "network": learn_network(SCHEMA, ROWS, TRUTH, (6,))[0]}
each_model = pytest.mark.parametrize("model", LEARNT.values(), ids=LEARNT)
ASKED = {"amount": 400, "age": 60, "colour": "green", "size": "s", "extra": "yes"}


def test_a_row_is_coded_and_said_in_words() -> None:
    row = SCHEMA.row({"amount": "250", "colour": "green", "extra": "yes"})
    assert row.tolist() == [250, 40, 1, 1, 1]
    assert [field.say(code) for field, code in zip(SCHEMA.fields, row)] == ["250 DM", "40 years", "green", "middling", "yes"]
    assert [field.value(code) for field, code in zip(SCHEMA.fields, row)] == [250, 40, "green", "m", "yes"]


def test_what_says_nothing_counts_as_its_first_option() -> None:
    assert SCHEMA.row({"colour": "blue", "extra": "yes"})[4] == 0
    assert SCHEMA.row({"colour": "red", "extra": "yes"})[4] == 1


@pytest.mark.parametrize(("given", "words"), [
    ({"amount": 5000}, "from 0 to 1000"), ({"amount": "much"}, "give a number"), ({"amount": float("nan")}, "from 0 to"),
    ({"colour": "pink"}, "choose one of"), ({"colour": "green", "size": "l"}, "Nothing green is large")])
def test_what_cannot_be_is_refused_in_words(given: dict[str, object], words: str) -> None:
    with pytest.raises(BadInput, match=words):
        SCHEMA.row(given)


def test_a_column_can_be_left_out() -> None:
    less = SCHEMA.without("age")
    assert [field.name for field in less.fields] == ["amount", "colour", "size", "extra"] and less.place("size") == 2


@each_model
def test_what_was_learnt_comes_back_from_its_file(model: TabularModel, tmp_path: Path) -> None:
    from safetensors.numpy import load_file

    path = tmp_path / "some.safetensors"
    store(model, path, "{}")
    first = path.read_bytes()
    store(model, path, "{}")
    assert path.read_bytes() == first
    again = network_of(SCHEMA, load_file(path)) if model is LEARNT["network"] else load_classical(SCHEMA, path)
    assert type(again) is type(model) and np.array_equal(again.chances(ROWS), model.chances(ROWS))
    assert isinstance(linear_of(SCHEMA, LEARNT["linear"].arrays()), LinearTable)


@each_model
def test_every_model_learnt_what_there_was_to_learn(model: TabularModel) -> None:
    from demos.tabular_measures import auc

    rows, truth = table(2000)
    assert auc(model.chances(rows[400:]), truth[400:]) > 0.66  # chance is 0.5
    cheap, dear = model.chances(np.stack([SCHEMA.row({"amount": 5}), SCHEMA.row({"amount": 900})]))
    assert cheap > dear


def test_boosted_trees_are_what_scikit_learn_grew() -> None:
    from sklearn.ensemble import GradientBoostingClassifier

    from demos.tabular_trees import BOOSTED_DEPTH, PART, RATE, SMALLEST

    grown = GradientBoostingClassifier(n_estimators=25, learning_rate=RATE, max_depth=BOOSTED_DEPTH, subsample=PART,
                                       min_samples_leaf=SMALLEST, random_state=0).fit(seen(SCHEMA, ROWS), TRUTH)
    assert np.allclose(LEARNT["boosted"].chances(ROWS), grown.predict_proba(seen(SCHEMA, ROWS))[:, 1], atol=1e-9)


def test_the_linear_model_and_the_tree_are_what_scikit_learn_fitted() -> None:
    from sklearn.linear_model import LogisticRegression
    from sklearn.tree import DecisionTreeClassifier

    from demos.tabular_linear import one_hot, scaled
    from demos.tabular_trees import TREE_SMALLEST

    numbers = scaled(SCHEMA, ROWS)
    columns = np.concatenate([one_hot(SCHEMA, ROWS), (numbers - numbers.mean(0)) / numbers.std(0)], axis=1)
    fitted = LogisticRegression(C=1.0, max_iter=2000, tol=1e-6).fit(columns, TRUTH)
    assert np.allclose(LEARNT["linear"].chances(ROWS), fitted.predict_proba(columns)[:, 1], atol=1e-9)
    grown = DecisionTreeClassifier(max_depth=3, min_samples_leaf=TREE_SMALLEST, random_state=0)
    grown.fit(seen(SCHEMA, ROWS), TRUTH)
    assert np.allclose(LEARNT["tree"].chances(ROWS), grown.predict_proba(seen(SCHEMA, ROWS))[:, 1], atol=1e-12)


def test_the_same_seed_gives_the_same_networks_and_a_short_training_begins_a_long_one() -> None:
    short, long = learn_network(SCHEMA, ROWS[:150], TRUTH[:150], (1, 2)), learn_network(SCHEMA, ROWS[:150], TRUTH[:150], (2,))
    for name, value in short[1].arrays().items():
        assert np.array_equal(value, long[0].arrays()[name])
    assert not np.array_equal(short[0].arrays()["weights.0"], short[1].arrays()["weights.0"])
    spread = LEARNT["network"].each(ROWS[:20]).std(axis=0)  # type: ignore[attr-defined]
    assert (spread > 0).all(), "the members differ"


def by_all_orders(model: TabularModel, row: np.ndarray, usual: np.ndarray) -> np.ndarray:
    """Shapley values by their definition: the mean over every order in which the fields are changed."""
    found, orders = np.zeros(len(row)), list(permutations(range(len(row))))
    for order in orders:
        now = usual.copy()
        for place in order:
            before = model.chances(now[None])[0]
            now[place] = row[place]
            found[place] += model.chances(now[None])[0] - before
    return found / len(orders)


@each_model
def test_reasons_are_the_shapley_values_by_definition(model: TabularModel) -> None:
    row, usual = SCHEMA.row(ASKED), SCHEMA.usual()
    shares = shapley(model.chances, row, usual)
    assert np.allclose(shares, by_all_orders(model, row, usual), atol=1e-7)
    assert shares.sum() == pytest.approx(float(np.diff(model.chances(np.stack([usual, row])))[0]), abs=1e-7)
    assert not shapley(model.chances, usual, usual).any()


def test_in_log_odds_the_linear_models_reasons_are_its_own_weights() -> None:
    model, row, usual = LEARNT["linear"], SCHEMA.row(ASKED), SCHEMA.usual()
    assert isinstance(model, LinearTable)
    own = model.parts(row[None])[0] - model.parts(usual[None])[0]
    assert np.allclose(shapley(lambda rows: model.parts(rows).sum(axis=1), row, usual), own)


@each_model
def test_an_answer_comes_with_its_reasons(model: TabularModel) -> None:
    answer, views = model.predict(**ASKED), model.explain(**ASKED)
    assert set(answer.names) == {"good", "bad"} and answer.scores.sum() == pytest.approx(1)
    reasons = views[-1].result
    assert isinstance(reasons, Pushes) and reasons.answers[0] == "400 DM" and reasons.usual[0] == "100 DM"
    assert reasons.end == pytest.approx(dict(zip(answer.names, answer.scores))["good"], abs=1e-6)
    assert all(view.sentence.endswith(".") for view in views)
    usual = model.explain()[-1].result
    assert isinstance(usual, Pushes) and not usual.strongest()


def test_the_small_trees_path_leads_to_the_answer() -> None:
    model = LEARNT["tree"]
    for amount, colour in ((20, "red"), (900, "blue"), (400, "green")):
        view = model.explain(amount=amount, colour=colour)[0]
        tree = view.result
        assert isinstance(tree, Tree) and view.key == "path"
        answer = model.predict(amount=amount, colour=colour)
        assert tree.shares[tree.path[-1]] == pytest.approx(dict(zip(answer.names, answer.scores))["good"], abs=1e-6)
        for node, after in zip(tree.path, tree.path[1:]):
            if tree.questions[node].startswith("Amount: at most"):
                limit = float(tree.questions[node].split()[3].replace(",", ""))
                assert (amount <= limit) == (after == tree.yes[node])
            assert tree.counts[node] == tree.counts[tree.yes[node]] + tree.counts[tree.no[node]]
    assert tree.counts[0] == len(ROWS)


def test_questions_are_asked_in_words() -> None:
    places = {column: i for i, column in enumerate(columns(SCHEMA))}
    asked = [question(SCHEMA, places[column], threshold) for column, threshold in
             (((0, -1), 99.5), ((2, 1), 0.5), ((3, -1), 0.5), ((3, -1), 1.5), ((4, -1), 0.5))]
    assert asked == ["Amount: at most 99 DM?", "Colour: green?", "Size: small?", "Size: up to “middling”?", "Extra: no?"]
    assert question(SCHEMA, -1, 0) == ""


class Rule(TabularModel):
    """Good from so few DM on, or when it is green and large; extras help a little."""

    def chances(self, rows: np.ndarray) -> np.ndarray:
        return np.where((rows[:, 0] <= 120) | ((rows[:, 2] == 1) & (rows[:, 3] == 2)), 0.9, 0.2 + 0.1 * rows[:, 4])


def test_the_nearest_changes_are_the_easiest_ones_and_only_what_can_be_changed() -> None:
    found = Rule(SCHEMA).ways(amount=300, colour="red", size="m", extra="no")
    assert isinstance(found, Ways) and found.now == pytest.approx(0.2)
    named = [[(name, then) for name, _, _, then in way] for way in found.ways]
    # a colour (1) and a size (0.4) are easier than 200 DM less (2)
    assert named == [[("colour", "green"), ("size", "large")], [("amount", "100 DM")]]
    assert found.shares.tolist() == pytest.approx([0.9, 0.9])


def test_where_nothing_has_to_change_or_nothing_helps_it_says_so() -> None:
    assert "nothing has to change" in Rule(SCHEMA).ways(amount=50).note
    blind = Rule(SCHEMA.without("amount", "colour", "size"))
    blind.chances = lambda rows: np.full(len(rows), 0.1)  # type: ignore[method-assign]
    nothing = blind.ways()
    assert not nothing.ways and "No change" in nothing.note
    low = Rule(SCHEMA).ways(bar=0.25, amount=300, colour="red", size="m", extra="no")
    assert [name for name, *_ in low.ways[0]] == ["extra"], "a lower bar is easier to reach"


def test_brute_force_agrees_on_the_easiest_change() -> None:
    model, schema = LEARNT["boosted"], SCHEMA
    row = schema.row({"amount": 900, "age": 70, "colour": "red", "size": "s", "extra": "yes"})
    changed, chance = nearest_changes(model.chances, schema, row, lambda chances: chances >= 0.5)[0]
    best = np.inf
    for amount in (900, 400, 200, 100, 50):
        for rest in np.ndindex(3, 3, 2):
            other = schema.settled(np.array([[amount, 70, *rest]]))
            if other[0].tolist() == [amount, 70, *rest] and model.chances(other)[0] >= 0.5:
                steps = (other[0] != row).sum()
                effort = sum(field.effort(row[i], other[:, i])[0] for i, field in enumerate(schema.fields))
                best = min(best, effort if steps <= 3 else np.inf)
    assert chance >= 0.5
    assert sum(field.effort(row[i], changed[[i]])[0] for i, field in enumerate(schema.fields)) == pytest.approx(best)
