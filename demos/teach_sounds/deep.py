"""A picture of a sound for EfficientNet-Lite0, which learnt from photos, with a last step that a visitor teaches in seconds.

That what was learnt from photos serves for pictures of sounds too was measured by Palanisamy and others 2020
(arXiv:2007.11154). Everything beside the picture is as in teach_it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from demos.image_recognition.framing import shown
from demos.image_recognition.network import PictureNetwork
from demos.image_recognition.seeing import SHOWN_SIDE, look
from demos.results import Heatmap, Labels, View
from demos.teach_it.answering import Constants, answer, nearest_view, read_constants
from demos.teach_it.deep import weighing
from demos.teach_it.examples import Examples
from demos.teach_it.kinds import SOUNDS
from demos.teach_it.measures import deep_measures
from demos.teach_it.results import Lesson
from demos.teach_it.taught import Taught
from demos.teach_it.teaching import lesson, opened
from demos.teach_sounds.examples import Cuts
from demos.teach_sounds.listening import classical_measures, picture, thumbnail
from demos.teach_sounds.seconds import each, heard, keep, loudest, which

PITCHES, TIMES = ("high", "middle", "low"), ("at its beginning", "in its middle", "at its end")


class Listener:
    """A loaded network and the constants of both families; no call writes to it."""

    def __init__(self, network: PictureNetwork, constants: Mapping[str, Constants]) -> None:
        self.network, self.constants = network, constants

    def rows(self, sounds: list[np.ndarray]) -> np.ndarray:
        """`(n, 1280)` float32 of length one each, of seconds `(16000,)`."""
        return self.constants["deep"].scale.apply(self._seen(sounds))

    def _seen(self, sounds: list[np.ndarray]) -> np.ndarray:
        return deep_measures(self.network, [picture(sound) for sound in sounds])

    def predict(self, audio: np.ndarray, taught: Taught) -> Labels:
        """The taught names and "none of these" for the loudest second of a sound `(n,)`. Raises BadInput."""
        second, start_s = loudest(audio)
        found = answer(self.rows([second])[0], taught, "deep", self.constants["deep"])
        return replace(found, note=which(len(audio), start_s))

    def explain(self, audio: np.ndarray, taught: Taught) -> list[View]:
        """Where in time and pitch the evidence for the likeliest name lies, and the nearest examples."""
        measured: list[np.ndarray] = []  # on the way of the one pass
        parts = weighing(self.network, self.constants["deep"].scale, taught.heads["deep"], measured)
        image = picture(loudest(audio)[0])
        over = shown(image, SHOWN_SIDE, self.network.framing.fraction)
        batch = self.network._batch([image])
        where, = look(replace(parts, stages=()), batch, over, taught.names)
        row = self.constants["deep"].scale.apply(measured[0])[0]
        return [replace(where, sentence=_told(where.result, answer(row, taught, "deep", self.constants["deep"]), taught.names)),
                nearest_view(row, taught, "deep")]

    def take(self, audio: np.ndarray) -> Cuts:
        """The seconds that a recording `(n,)` gives to a lesson. Raises BadInput."""
        sounds = [keep(one) for one in each(audio)]
        return Cuts(np.stack(sounds), np.stack([thumbnail(heard(one)) for one in sounds]))

    def open(self, taught: Taught) -> Lesson:
        """What a file holds, to be shown."""
        return opened(taught)

    def teach(self, examples: Examples) -> Iterator[tuple[float, Lesson]]:
        """Yield (done, the lesson so far); the last one holds the file and how well it went."""
        return lesson(examples, SOUNDS, self._measure, _keep, self.constants)

    def _measure(self, kept: list[np.ndarray]) -> Mapping[str, np.ndarray]:
        """Both families' measures of seconds as they are kept."""
        sounds = [heard(one) for one in kept]
        return {"deep": self._seen(sounds), "classical": classical_measures(sounds)}


def _keep(kept: list[np.ndarray]) -> dict[str, np.ndarray]:
    """What a file holds of seconds as they are kept."""
    return {"sounds": np.stack(kept), "thumbs": np.stack([thumbnail(heard(one)) for one in kept])}


def _told(heat: Heatmap, said: Labels, names: tuple[str, ...]) -> str:
    """In words, when and at which pitch most of the heat lies."""
    name = next(one for one in said.names if one in names)
    share = np.asarray(Image.fromarray(heat.values).resize((3, 3), Image.Resampling.BOX))
    if not share.max() > 0:
        return f"No single moment speaks for “{name}”: the evidence is spread over the sound."
    row, column = divmod(int(share.argmax()), 3)
    return (f"This is your sound as the network is given it: time runs to the right, pitch upwards, bright is loud. The warm parts "
            f"speak for “{name}”; most of the evidence is {TIMES[column]}, in the {PITCHES[row]} pitches.")


def load(weights: Mapping[str, Path], device: str) -> Listener:
    """Read EfficientNet-Lite0 and the constants that train.py chose."""
    import scipy.fft  # noqa: F401  (what a lesson should not wait for)
    import sklearn.linear_model  # noqa: F401
    import sklearn.svm  # noqa: F401
    from safetensors.numpy import load_file

    from demos.image_recognition.deep import load as load_network

    return Listener(load_network(weights["efficientnet-lite0"], device), read_constants(load_file(weights["lessons"])))
