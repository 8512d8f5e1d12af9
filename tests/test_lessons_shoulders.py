"""The lesson on transfer learning: both networks learn from the same pictures and are asked about others."""

from __future__ import annotations

import numpy as np
import pytest

from app_pages import html, open_page
from demos.engine import InlineEngine, LocalEngine
from demos.errors import BadInput
from demos.teach_it.scratch import Race, learning, named
from demos.teach_it.sheets import EACH


@pytest.fixture(scope="module")
def races() -> dict[tuple[str, int], Race]:
    engine = InlineEngine()
    return {(key, size): engine.submit("teach_it", "network", {"key": key, "size": float(size)}, "part", "scratch").result(120).result
            for key, size in (("smiles", 5), ("grounds", 1))}


def test_a_race_asks_about_the_pictures_that_were_not_learnt(races: dict) -> None:
    for (_, size), found in races.items():
        assert found.asked == len(found.names) * (EACH - size) and len(found.thumbs) == size * len(found.names)
        assert found.steps == 160 and len(found.scratch) == 8 and 10_000 < found.weights < 100_000


def test_with_one_photo_of_each_ground_what_was_learnt_before_wins(races: dict) -> None:
    found = races["grounds", 1]
    assert found.pretrained > found.scratch[-1] and found.pretrained > 0.8 * found.asked


def test_the_small_network_learns_its_pictures_and_the_same_each_time() -> None:
    chance = np.random.default_rng(0)
    thumbs = chance.integers(0, 255, (6, 48, 48, 3), np.uint8)
    labels = np.array([0, 0, 0, 1, 1, 1])
    thumbs[:3, ..., 0] = 255
    ends = [list(learning(thumbs, labels, 2))[-1][1] for _ in range(2)]
    assert (named(ends[0], thumbs) == labels).all()
    assert all((one == other).all() for one, other in zip(ends[0].state_dict().values(), ends[1].state_dict().values()))


def test_odd_wishes_are_refused() -> None:
    engine = InlineEngine()
    for inputs in ({"key": "cats", "size": 5.0}, {"key": "smiles", "size": 9.0}, {"key": "smiles", "size": 0.0}):
        with pytest.raises(BadInput):
            engine.submit("teach_it", "network", inputs, "part", "scratch").result(60)
    with pytest.raises(ValueError):
        Race(("a", "b"), np.zeros((3, 48, 48, 3), np.uint8), 4, 2, (1,), 20, 5)


def test_the_page_shows_both_and_what_they_learnt_from(live_engine: LocalEngine) -> None:
    at = open_page("how_shoulders")
    assert "After 160 steps" in html(at) and html(at).count("dl-learnt") >= 3 and "numbers to set" in html(at)
    next(group for group in at.button_group if group.key == "set").set_value("digits").run()
    at.slider(key="size").set_value(1).run()
    assert "of 33" in html(at) and not at.exception
