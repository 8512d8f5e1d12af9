"""Arrays as pictures on a page: the colours are those of the formula, whatever draws them."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from demos.results import Heatmap, Maps, View
from pages.ui.images import SIDE, colours, heat_over, tiles, view_image

CHANCE = np.random.default_rng(0)


def test_heat_lies_over_a_dimmed_picture() -> None:
    values, picture = CHANCE.random((30, 40), dtype=np.float32), CHANCE.integers(0, 256, (30, 40, 3), dtype=np.uint8)
    share = 0.25 + 0.45 * values[..., None]
    wanted = picture * 0.95 * (1 - share) + colours("Inferno")[(values * 255).astype(np.uint8)] * share
    assert abs(heat_over(values, picture) - wanted).max() < 3


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_tiles_stand_apart_in_their_colours(count: int) -> None:
    maps = CHANCE.integers(0, 256, (count, 20, 30), dtype=np.uint8)
    sheet = tiles(maps, gap=2).copy()
    assert sheet.shape == (20 if count < 3 else 42, 30 if count == 1 else 62, 3)
    for number, one in enumerate(maps):
        top, left = 22 * (number // 2), 32 * (number % 2)
        assert (sheet[top:top + 20, left:left + 30] == colours("Viridis")[one]).all()
        sheet[top:top + 20, left:left + 30] = 255
    assert (sheet == 255).all()


def test_a_view_is_a_jpeg_of_the_size_that_is_shown() -> None:
    for result, over, side in ((Maps(CHANCE.integers(0, 256, (4, 7, 7), dtype=np.uint8)), None, 2 * SIDE + 2),
                               (Heatmap(CHANCE.random((64, 64), dtype=np.float32)), CHANCE.integers(0, 256, (64, 64, 3), dtype=np.uint8), 448)):
        said = view_image(View("key", "Title", "One sentence.", result, over))
        assert said.startswith("data:image/jpeg;base64,") and _opened(said).size == (side, side)


def _opened(said: str) -> Image.Image:
    import base64
    import io

    return Image.open(io.BytesIO(base64.b64decode(said.split(",")[1])))
