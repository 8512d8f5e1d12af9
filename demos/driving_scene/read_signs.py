"""Reads what may be signs with a method of the traffic signs demo."""

from __future__ import annotations

import importlib
from typing import Any

import numpy as np

from demos import demo_folder, get_demo
from demos.driving_scene.scene import Thing
from demos.driving_scene.signs import candidates, cut
from demos.results import Picture, View
from demos.weights import locate

# how sure the reader must be; what is less sure is rather no sign
LEAST = {"classical": 0.97, "deep": 0.65}


class SignReader:
    """`model` names cut-out signs; `least` is how sure it must be."""

    def __init__(self, model: Any, least: float) -> None:
        self.model, self.least = model, least

    def read(self, image: np.ndarray) -> list[Thing]:
        """The signs in a picture `(H, W, 3)` uint8 RGB by their English names."""
        boxes, _ = candidates(image)
        answers = self.model.predict_many(cut(image, boxes)) if len(boxes) else []
        return [(box, answer.names[0], float(answer.scores[0])) for box, answer in zip(boxes, answers)
                if answer.scores[0] >= self.least]

    def view(self, image: np.ndarray) -> View:
        """Where the colours of signs are, with the pieces that were read."""
        import cv2

        boxes, colours = candidates(image)
        scale = colours.shape[1] / image.shape[1]
        shown = cv2.resize(image, colours.shape[::-1], interpolation=cv2.INTER_AREA)
        shown = np.where(colours[..., None] > 0, shown, shown // 4)
        for x0, y0, x1, y1 in np.round(boxes * scale).astype(int).tolist():
            cv2.rectangle(shown, (x0, y0), (x1, y1), (255, 255, 255), 2)
        count = f"{len(boxes)} piece{'' if len(boxes) == 1 else 's'}" if len(boxes) else "Nothing"
        return View("colours", "What may be a sign", f"Strong red, blue and yellow. {count} in the right shape (white "
                    "boxes) went to the reader of the traffic signs demo.", Picture(shown))


def sign_reader(family: str, device: str) -> SignReader:
    """The default method of a family of the traffic signs demo, loaded."""
    demo = get_demo("traffic_signs")
    method = demo.method(family)
    paths = {row.name: locate(row, demo_folder(demo.name)) for row in method.weights}
    given = next(iter(paths.values())) if len(paths) == 1 else paths or None
    return SignReader(importlib.import_module(method.module).load(given, device), LEAST[family])
