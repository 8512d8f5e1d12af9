"""What both methods of the driving scene share: the answer, the lane's steps, drawn roads and short films."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from demos.driving_scene.lanes import Lane, find_lane
from demos.driving_scene.measuring import lane_error
from demos.film import Film
from demos.media import as_jpeg
from demos.results import Picture, Scene, View

if TYPE_CHECKING:
    from demos.driving_scene.render import Drawn
    from demos.driving_scene.road import Road

Thing = tuple[np.ndarray, str, float]  # box (4,) px, name, certainty in [0, 1]
FRAME_S = 0.2
DRIVE_FRAMES = 30
SHOWN_SIDE = 640  # px of a film's pictures on a page
BEND = 0.004  # 1/m, of the slider's end


class SceneMethod:
    """A method that finds things in a street; a subclass says how."""

    def things(self, image: np.ndarray) -> list[Thing]:
        """Pedestrians, vehicles and signs in a picture `(H, W, 3)` uint8 RGB."""
        raise NotImplementedError

    def predict(self, image: np.ndarray) -> Scene:
        """Everything in a picture `(H, W, 3)` uint8 RGB, with the lines of the own lane."""
        found = sorted(self.things(image), key=lambda thing: -thing[2])
        boxes = np.array([box for box, _, _ in found], np.float32).reshape(-1, 4)
        return Scene(boxes, tuple(name for _, name, _ in found), np.array([sure for *_, sure in found], np.float32),
                     lanes=find_lane(image).lines)

    def road(self, dusk: float, rain: float, worn: float, bend: float) -> Film:
        """One drawn road and what is found on it; sliders from 0 to 1, the bend from -1 to 1."""
        from demos.driving_scene.render import draw

        ((_, film),) = self._growing(iter([draw(_road(dusk, rain, worn, bend))]), 1)
        return film

    def drive(self, dusk: float, rain: float, worn: float, bend: float) -> Iterator[tuple[float, Film]]:
        """A drawn drive of six seconds, picture by picture."""
        from demos.driving_scene.render import draw
        from demos.driving_scene.road import drive

        moments = drive(_road(dusk, rain, worn, bend), DRIVE_FRAMES, FRAME_S)
        yield from self._growing((draw(moment) for moment in moments), len(moments))

    def film(self, video: np.ndarray) -> Iterator[tuple[float, Film]]:
        """A visitor's film `(n, h, w, 3)` uint8, picture by picture."""
        yield from self._growing(iter(video), len(video))

    def _growing(self, pictures: Iterator[Drawn | np.ndarray], count: int) -> Iterator[tuple[float, Film]]:
        """How far it is, with the first picture, and at the end the whole film: sending all of it each time would
        take longer than looking at it.
        """
        seen: list[tuple[Drawn | np.ndarray, Scene, float]] = []
        first: Film | None = None
        for picture in pictures:
            image = picture if isinstance(picture, np.ndarray) else picture.image
            began = time.perf_counter()
            scene = self.predict(image)
            seen.append((picture, scene, time.perf_counter() - began))
            first = film_of(seen) if len(seen) == 1 else first
            yield len(seen) / count, film_of(seen) if len(seen) == count else first


def _road(dusk: float, rain: float, worn: float, bend: float) -> Road:
    """The road of the sliders: always the same cars, people and signs."""
    from demos.driving_scene.road import Road

    return Road(seed=11, bend=BEND * bend, shift_m=0.1, dusk=dusk, rain=rain, worn=worn,
                cars=((0, 17.0, 0), (-1, 26.0, 3)), people=((3.4, 13.0, 1), (3.6, 48.0, 2), (-6.6, 30.0, 4)),
                signs=((3.4, 22.0, "Speed limit 50"), (3.3, 62.0, "Stop"), (3.4, 95.0, "Give way")))


def film_of(seen: list[tuple[Drawn | np.ndarray, Scene, float]]) -> Film:
    """A film of pictures with what was found and how long it took; with lane errors where the pictures are drawn."""
    first = seen[0][0]
    drawn = not isinstance(first, np.ndarray)
    images = [picture.image if drawn else picture for picture, _, _ in seen]
    height, width = images[0].shape[:2]
    errors: list[float | None] = []
    lines = 0
    if drawn:
        for picture, scene, _ in seen:
            off, found = lane_error(scene.lanes, picture.lanes, height)
            errors.append(None if math.isnan(off) else off)
            lines += found
    return Film(tuple(as_jpeg(image, SHOWN_SIDE, 72) for image in images), (width, height),
                tuple(scene for _, scene, _ in seen), tuple(took for *_, took in seen), FRAME_S, tuple(errors),
                (lines, 2 * len(seen) if drawn else 0))


def lane_views(lane: Lane) -> list[View]:
    """The steps of the lane finder, one after another."""
    import cv2

    def grey(values: np.ndarray) -> Picture:
        return Picture(np.repeat(values[..., None], 3, axis=2))

    lines = (lane.seen // 3).astype(np.uint8)
    for x0, y0, x1, y1 in lane.segments.astype(int).tolist():
        cv2.line(lines, (x0, y0), (x1, y1), (255, 190, 60), 2, cv2.LINE_AA)
    whole = lane.seen.copy()
    scale = lane.seen.shape[1] / lane.width
    for line in lane.lines:
        cv2.polylines(whole, [np.round(line * scale).astype(np.int32)], False, (60, 220, 255), 4, cv2.LINE_AA)
    said = {0: "No line was found.", 1: "One line was found.", 2: "Both lines were found."}[len(lane.lines)]
    return [
        View("paint", "Lane, step 1: paint", "What is brighter or yellower than the road to its left and right, and "
             "narrow: markings, and whatever looks like them.", grey(lane.paint)),
        View("edges", "Lane, step 2: edges", "Where that changes from one pixel to the next, inside the part of the "
             "picture where a road is expected.", grey(lane.edges)),
        View("lines", "Lane, step 3: straight pieces", f"{len(lane.segments)} straight pieces that lean inwards, as "
             "lane markings do from behind a windscreen.", Picture(lines)),
        View("curve", "Lane, step 4: the lane", f"A gentle curve through the edges near the best piece of each side. "
             f"{said}", Picture(whole)),
    ]
