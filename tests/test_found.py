"""Boxes, matches, parts and cautions: from the model to the page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from demos import get_demo
from demos.compare import compare, overlap
from demos.engine import InlineEngine, set_engine
from demos.jobs import Look
from demos.results import NO_BOXES, Boxes, Match, Scene
from demos.samples import holds, sample_inputs
from pages.ui import words
from pages.ui.found import counted, found_html, layer_uri
from pages.ui.results import scale_html

TWO = Boxes(np.array([[0, 0, 10, 10], [20, 0, 30, 20]]), ("car", "car"), np.array([0.9, 0.4]))
LOOK = Look("picture", b"", (200.0, 100.0))


def test_a_box_that_moved_away_is_not_found_again() -> None:
    near = Boxes(np.array([[1, 0, 11, 10], [80, 0, 90, 20]]), ("car", "car"), np.array([0.5, 0.4]))
    assert compare(TWO, TWO) == (1.0, True)
    assert compare(TWO, near) == (0.5, True)
    assert compare(TWO, Boxes(TWO.xyxy, ("bus", "bus"), TWO.scores)) == (0.0, False)
    assert compare(NO_BOXES, NO_BOXES) == (1.0, True) and compare(NO_BOXES, TWO) == (0.0, False)


def test_one_box_cannot_stand_for_two() -> None:
    twins = Boxes(np.array([[0, 0, 10, 10], [0, 0, 10, 10]]), ("car", "car"), np.array([0.9, 0.4]))
    assert compare(twins, Boxes(TWO.xyxy[:1], ("car",), [0.9])) == (0.5, True)


@pytest.mark.parametrize(("other", "share"), [((0, 0, 10, 10), 1.0), ((5, 0, 15, 10), 1 / 3), ((10, 0, 20, 10), 0.0),
                                              ((0, 0, 0, 0), 0.0)])
def test_overlap_is_intersection_over_union(other: tuple[int, ...], share: float) -> None:
    assert overlap(np.array([0, 0, 10, 10]), np.array(other)) == pytest.approx(share)


def test_an_empty_answer_is_nothing_found() -> None:
    assert holds("nothing found", NO_BOXES) and counted(NO_BOXES) == "nothing found"
    assert counted(TWO) == "car × 2" and not holds("nothing found", TWO)


def test_names_are_as_large_as_they_all_fit() -> None:
    def sizes(boxes: list[list[int]], name: str = "car") -> list[float]:
        found = Boxes(boxes, (name,) * len(boxes), np.linspace(0.9, 0.5, len(boxes)))
        svg = ElementTree.fromstring(unquote(layer_uri(found, (200.0, 500.0), "deep")).split(",", 1)[1])
        return [float(text.get("font-size", 0)) for text in svg.iter("{http://www.w3.org/2000/svg}text")]

    assert sizes([[0, 100, 20, 140]]) == [30], "6 % of the longer side"
    assert sizes([[0, 100, 20, 140], [0, 400, 20, 440]]) == [30, 30]
    crowded = sizes([[0, 100 + 19 * k, 20, 117 + 19 * k] for k in range(6)])
    assert len(crowded) == 6 and max(crowded) < 22.5
    assert 0 < sizes([[0, 100, 20, 140]], "a very long name of a thing")[0] * 0.58 * 32 < 200


def test_a_long_name_does_not_begin_beneath_another_thing() -> None:
    boxes = Boxes([[200, 100, 220, 140], [330, 100, 350, 140]], ("car", "a lorry with a load"), [0.9, 0.8])
    svg = ElementTree.fromstring(unquote(layer_uri(boxes, (500.0, 200.0), "deep", shares=False)).split(",", 1)[1])
    begins = [float(text.get("x", 0)) for text in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert len(begins) == 2 and begins[0] < 220 < begins[1]


def test_a_match_is_labels_with_a_distance() -> None:
    match = Match(("same", "different"), np.array([0.8, 0.2]), (1, 0), distance=0.41, threshold=0.6, first=TWO)
    told = json.loads(json.dumps(match.as_json()))
    assert told["type"] == "Match" and told["distance"] == 0.41 and told["first"]["names"] == ["car", "car"]
    assert "0.41" in scale_html(match) and "0.60" in scale_html(match)
    with pytest.raises(ValueError, match="distance"):
        Match(("same",), np.array([0.8]), distance=float("nan"), threshold=0.6)
    with pytest.raises(ValueError, match="lane"):
        Scene(TWO.xyxy, TWO.names, TWO.scores, lanes=(np.zeros(4),))


def test_boxes_and_lanes_are_drawn_where_they_are() -> None:
    scene = Scene(TWO.xyxy, ("<script>", "car & van"), TWO.scores, lanes=(np.array([[1, 2], [3, 4]]),))
    svg = ElementTree.fromstring(unquote(layer_uri(scene, LOOK.size, "deep").split(",", 1)[1]))
    assert svg.get("viewBox") == "0 0 200 100"
    drawn = [e for e in svg.iter() if e.tag.endswith("rect") and e.get("fill") == "none"]
    assert [(e.get("x"), e.get("width")) for e in drawn] == [("0.0", "10.0")] * 2 + [("20.0", "10.0")] * 2
    texts = [e for e in svg.iter() if e.tag.endswith("text")]
    assert [e.text for e in texts] == ["<script> 90 %", "car & van 40 %"]
    assert float(texts[1].get("y")) - float(texts[0].get("y")) >= 3.2 * 2, "one name lies on another"
    assert {e.get("points") for e in svg.iter() if e.tag.endswith("polyline")} == {"1.0,2.0 3.0,4.0"}
    assert "<script>" not in found_html(LOOK, {"deep": scene})


@pytest.fixture
def engine() -> Iterator[InlineEngine]:
    one = InlineEngine(device="cpu")
    set_engine(one)
    yield one
    set_engine(None)


def test_a_part_is_asked_with_its_own_inputs(fake_demos: None, engine: InlineEngine) -> None:
    demo = get_demo("finding")
    picture = sample_inputs(demo, demo.samples[0])["first"]
    all_of_them = engine.submit("finding", "more", {"image": picture, "above": -0.0}, "part", "count").result()
    bright = engine.submit("finding", "more", {"image": picture}, "part", "count").result()
    assert int(all_of_them.result.text) > int(bright.result.text) > 0 and bright.seconds > 0
    lacking = engine.submit("finding", "more", {"above": 10}, "part", "count")
    assert "is missing" in str(lacking.error)
    beyond = engine.submit("finding", "more", {"image": picture, "above": 300}, "part", "count")
    assert "from 0 to 255" in str(beyond.error)


def test_a_look_shows_every_file(fake_demos: None, engine: InlineEngine) -> None:
    demo = get_demo("finding")
    look = engine.submit("finding", "one", sample_inputs(demo, demo.samples[0]), "look").result()
    assert look.size == (451, 300) and [other.size for other in look.others] == [(640, 427)]


def page() -> None:
    from demos import get_demo as of
    from pages.ui.template import show_demo
    import streamlit as st

    show_demo(of("finding"), lambda demo, classical, deep, given: st.header("Only here"))


def test_a_page_draws_boxes_on_both_cards_and_the_caution(fake_demos: None, engine: InlineEngine,
                                                           tmp_path: Path) -> None:
    at = AppTest.from_function(page, default_timeout=60).run()
    assert not at.exception
    drawn = unescape("\n".join(element.proto.body for element in at.get("html")))
    assert drawn.count('class="dl-over"') == 2 and drawn.count("Not for anything.") == 2
    assert [h.value for h in at.header] == [words.WHY, words.BREAK, "Only here", words.CARD]
    assert len(at.get("file_uploader")) == 2
    assert "spot <b>" in drawn
    at.button_group[0].set_value("Darkness").run()
    assert not at.exception
    drawn = unescape("\n".join(element.proto.body for element in at.get("html")))
    assert words.FLIPS_BOXES.split("(")[0].format(who="deep network")[:20] in drawn
    assert any("Only “The first picture”" in unescape(e.proto.body) for e in at.get("html"))
