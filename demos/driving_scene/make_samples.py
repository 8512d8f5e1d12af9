"""Draws the sample roads: `python -m demos.driving_scene.make_samples`."""

from __future__ import annotations

from pathlib import Path

from demos.driving_scene.render import draw
from demos.driving_scene.road import Road
from demos.media import as_jpeg

SAMPLES = Path(__file__).with_name("samples")
ROADS = {
    "day": Road(1, 0.0005, 0.1, cars=((0, 17, 0), (-1, 24, 1)), people=((3.5, 11, 0), (5.6, 14, 1)),
                signs=((3.2, 13.5, "Speed limit 50"),)),
    "dusk": Road(2, 0.002, -0.2, dusk=0.75, cars=((0, 13, 2), (-1, 21, 3)), people=((3.4, 11, 2),),
                 signs=((3.4, 14, "Stop"),)),
    "rain": Road(3, -0.002, 0.0, rain=0.9, cars=((0, 20, 4), (-1, 14, 1)), people=((3.3, 13, 3),),
                 signs=((3.4, 16, "Give way"),)),
    "worn": Road(4, 0.003, 0.2, worn=0.85, cars=((-1, 12, 1), (0, 27, 5)), people=((3.5, 11, 4),),
                 signs=((3.4, 13, "Keep right"),)),
}


def main() -> None:
    """Write them as JPEGs of 960 by 540 px."""
    SAMPLES.mkdir(exist_ok=True)
    for name, road in ROADS.items():
        (SAMPLES / f"{name}.jpg").write_bytes(as_jpeg(draw(road).image, 960, 88))


if __name__ == "__main__":
    main()
