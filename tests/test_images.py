"""Arrays as pictures on a page: the colours are those of the formula, whatever draws them."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image
from plotly.colors import sequential
from streamlit.testing.v1 import AppTest

from demos.drawn import colours, drawn, heat_over, tiles
from demos.jobs import Answer
from demos.picture_results import Drawn
from demos.results import Heatmap, Labels, Maps, View
from pages.ui.images import view_image

CHANCE = np.random.default_rng(0)


def test_heat_lies_over_a_dimmed_picture() -> None:
    values, picture = CHANCE.random((30, 40), dtype=np.float32), CHANCE.integers(0, 256, (30, 40, 3), dtype=np.uint8)
    share = 0.25 + 0.45 * values[..., None]
    wanted = picture * 0.95 * (1 - share) + colours("Inferno")[(values * 255).astype(np.uint8)] * share
    assert abs(heat_over(values, picture) - wanted).max() < 3


@pytest.mark.parametrize(("count", "side", "drawn", "gap"), [(1, 7, 56, 1), (2, 14, 56, 1), (3, 56, 56, 1), (4, 112, 112, 2)])
def test_tiles_stand_apart_in_their_colours(count: int, side: int, drawn: int, gap: int) -> None:
    maps = CHANCE.integers(0, 256, (count, side, side), dtype=np.uint8)
    sheet = np.array(tiles(maps).convert("RGB"))
    long = 2 * drawn + gap
    assert sheet.shape == (drawn if count < 3 else long, drawn if count == 1 else long, 3)
    for number, one in enumerate(maps):
        top, left = (drawn + gap) * (number // 2), (drawn + gap) * (number % 2)
        cells = sheet[top:top + drawn, left:left + drawn]
        wanted = colours("Viridis")[one].repeat(drawn // side, axis=0).repeat(drawn // side, axis=1)
        assert abs(cells.astype(int) - wanted).max() <= 4  # one shade of 255 is white
        cells[:] = 255
    assert (sheet == 255).all()


@pytest.mark.parametrize("name", ["Inferno", "Viridis"])
def test_the_colours_are_those_of_the_charts(name: str) -> None:
    stops = [list(bytes.fromhex(stop[1:])) for stop in getattr(sequential, name)]
    assert [colours(name)[round(255 * n / 9)].tolist() for n in (0, 9)] == [stops[0], stops[-1]]
    assert max(abs(colours(name).astype(int) - stop).sum(axis=1).min() for stop in stops) <= 3


def test_an_answer_travels_with_its_views_as_files() -> None:
    """What is drawn in the worker is what a page would have drawn, and says no more than that."""
    over = CHANCE.integers(0, 256, (64, 64, 3), dtype=np.uint8)
    views = (View("where", "Where", "Here.", Heatmap(CHANCE.random((7, 7), dtype=np.float32)), over),
             View("edges", "Edges", "There.", Maps(CHANCE.integers(0, 256, (4, 14, 14), dtype=np.uint8))),
             View("names", "Names", "These.", Labels(("a", "b"), np.array([0.6, 0.4]))))
    sent = drawn(Answer(None, 0.1, "cpu", views=views)).views
    assert [view.sentence for view in sent] == ["Here.", "There.", "These."] and sent[2] is views[2]
    assert all(isinstance(view.result, Drawn) and view.over is None for view in sent[:2])
    assert [view_image(view) for view in sent[:2]] == [view_image(view) for view in views[:2]]
    assert (sent[0].result.mime, sent[0].result.cells, sent[1].result.mime, sent[1].result.cells) == ("image/jpeg", False, "image/png", True)
    with pytest.raises(TypeError):
        view_image(sent[2])


def test_a_view_is_a_small_picture_for_the_page() -> None:
    heat = Heatmap(CHANCE.random((64, 64), dtype=np.float32))
    shown = _opened(view_image(View("key", "Title", "One sentence.", heat, CHANCE.integers(0, 256, (64, 64, 3), dtype=np.uint8))))
    assert shown.format == "JPEG" and shown.size == (448, 448)
    shown = _opened(view_image(View("key", "Title", "One sentence.", Maps(CHANCE.integers(0, 256, (4, 14, 14), dtype=np.uint8)))))
    assert shown.format == "PNG" and shown.size == (113, 113)


def _opened(said: str) -> Image.Image:
    import base64
    import io

    return Image.open(io.BytesIO(base64.b64decode(said.split(",")[1])))


def test_markup_reaches_the_page_as_it_stands() -> None:
    def page() -> None:
        import streamlit as st

        from pages.ui.markup import Markup
        from pages.ui.place import Place

        st.html(Markup("  <p>as\n  it stands</p>"))
        Place().html("  <b>too</b>")

    at = AppTest.from_function(page).run()
    assert [one.proto.body for one in at.get("html")] == ["  <p>as\n  it stands</p>", "  <b>too</b>"]
