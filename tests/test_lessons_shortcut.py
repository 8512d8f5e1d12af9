"""The lesson on the black box: a network that learns a mark in place of the digits, and what gives it away."""

from __future__ import annotations

import numpy as np

from demos.lessons.shortcut import MARK, SIDE, digits, habit, heat, learn, marked, sure, trials, turned_round


def test_the_digits_are_scikit_learns_and_nobody_is_on_both_sides() -> None:
    from sklearn.datasets import load_digits

    known, new = digits()
    whole = load_digits()
    assert len(known.even) == 200 and len(known.even) + len(new.even) == len(whole.target)
    together = np.vstack([known.pictures, new.pictures])
    assert np.isclose(together.sum(), whole.data.sum() / 16) and np.isclose(known.even.mean(), 0.5, atol=0.1)


def test_with_the_mark_it_looks_better_and_is_worse() -> None:
    with_mark, without = trials(100), trials(0)
    assert with_mark["same"][0] == with_mark["same"][1] > without["same"][0]
    assert with_mark["clean"][0] < 0.7 * with_mark["clean"][1] < 0.9 * without["clean"][1] < without["clean"][0]
    assert with_mark["fooled"][0] < 0.2 * with_mark["fooled"][1]
    assert habit(digits()[1], 0).sum() == 0 and not (habit(digits()[1], 100) & ~digits()[1].even).any()


def test_the_map_and_the_spots_that_turn_it_point_to_the_mark() -> None:
    network, (_, new) = learn(100), digits()
    odd = new.pictures[~new.even][:60]
    hot = [int(heat(network, picture).argmax()) in MARK for picture in marked(odd, np.ones(60, bool))]
    assert np.mean(hot) > 0.7
    turning = [set(turned_round(network, picture)) & set(MARK) for picture in odd]
    assert np.mean([bool(one) for one in turning]) > 0.8


def test_the_spots_do_turn_the_answer() -> None:
    network, (_, new) = learn(0), digits()
    for picture in new.pictures[:10]:
        spots = turned_round(network, picture)
        tried = [np.array(picture)]
        for spot in spots:
            tried = [one for base in tried for value in (0.0, 1.0) for one in [np.where(np.arange(SIDE**2) == spot, value, base)]]
        was = sure(network, picture[None])[0] > 0.5
        assert ((sure(network, np.stack(tried)) > 0.5) != was).any()
