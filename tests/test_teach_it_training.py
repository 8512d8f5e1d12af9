"""What every lesson shares: the same seed chooses the same numbers, lessons keep learning and asking apart, files are whole."""

from __future__ import annotations

import numpy as np
import pytest

from demos import demo_folder
from demos.teach_it import train
from demos.teach_it.answering import certainties, read_constants
from demos.teach_it.heads import Head
from demos.teach_it.tasks import CONSTANTS, EXAMPLES, Pool, draw_task


@pytest.fixture(scope="module")
def pool() -> Pool:
    """Ten clouds of 200 points, for both families."""
    random = np.random.default_rng(1)
    numbers = np.repeat(np.arange(10), 200)
    middle = random.standard_normal((10, 24))
    return Pool({family: middle[numbers] + random.standard_normal((2000, 24)) for family in ("classical", "deep")}, numbers)


def test_two_runs_choose_the_same_numbers(pool: Pool) -> None:
    first, second = (train.learn(pool, train.lessons(pool, 6)) for _ in range(2))
    assert list(first) == list(second) and len(first) == 10
    for name, values in first.items():
        assert values.tobytes() == second[name].tobytes(), name


def test_one_known_picture_in_ten_is_refused(pool: Pool) -> None:
    tasks = train.lessons(pool, 12)
    rows = train.scale_of(pool.measured["deep"]).apply(pool.measured["deep"])
    own = read_constants({f"{family}_{name}": value for family in ("classical", "deep") for name, value in
                          (("mean", np.zeros(24)), ("spread", np.ones(24)), *train.choose(rows, family, tasks).items())})["deep"]
    from demos.teach_it.heads import fit

    none = []
    for task in tasks:
        head: Head = fit("deep", rows[task.learnt], task.labels, own.strictness)
        said = certainties(rows[task.held], rows[task.learnt], task.labels, head, own)
        none.append(said.argmax(axis=1) == said.shape[1] - 1)
    assert np.concatenate(none).mean() == pytest.approx(train.WRONGLY, abs=0.005)


def test_a_lesson_keeps_what_it_learns_from_and_what_it_is_asked_apart(pool: Pool) -> None:
    for seed in range(5):
        task = draw_task(pool.numbers, np.random.default_rng(seed), 3, 10, (0, 100), (100, 200))
        assert len(task.learnt) == len(task.labels) == 30 and not set(task.learnt) & set(task.held)
        assert (pool.numbers[task.held] == pool.numbers[task.learnt[::10]][task.truth]).all()
        assert not set(pool.numbers[task.strangers]) & set(pool.numbers[task.learnt])
    assert CONSTANTS[1] <= EXAMPLES[0], "what is measured was not chosen on"


def test_the_stored_numbers_are_whole() -> None:
    from safetensors.numpy import load_file

    constants = read_constants(load_file(demo_folder("teach_it") / "weights" / "lessons.safetensors"))
    for family, width in (("classical", 3016), ("deep", 1280)):
        own = constants[family]
        assert own.scale.mean.shape == own.scale.spread.shape == (width,) and (own.scale.spread > 0).all()
        assert own.strictness > 0 and own.sharpness > 0 and own.stranger[0] < 0 < own.stranger[1]
