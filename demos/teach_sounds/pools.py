"""Measured sounds to draw lessons from: of each thing first those to learn from, then those to ask about."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from demos.image_recognition.network import PictureNetwork
from demos.teach_it.measures import deep_measures
from demos.teach_it.tasks import Pool
from demos.teach_sounds.listening import classical_measures, picture
from demos.teach_sounds.seconds import heard
from demos.teach_sounds.spoken import ASKING, LEARNING, read_takes

LEARNT, ASKED = (0, LEARNING), (LEARNING, LEARNING + ASKING)  # places of each thing


def read_pool(data: Path, name: str, network: PictureNetwork, places: tuple[int, int] = (0, LEARNING + ASKING),
              limit: int | None = None) -> Pool:
    """A set that spoken.py wrote, the sounds at these places of each thing; `limit` takes so many of each."""
    takes = read_takes(data, name)
    last = min(places[1], places[0] + limit) if limit else places[1]
    taken = np.concatenate([np.flatnonzero(takes.things == thing)[places[0]:last] for thing in range(int(takes.things.max()) + 1)])
    sounds = [heard(takes.sounds[place]) for place in taken]
    return Pool({"classical": classical_measures(sounds), "deep": deep_measures(network, [picture(one) for one in sounds])},
                takes.things[taken].astype(np.int64))
