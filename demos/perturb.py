"""What "Break it" does to a picture, a recording, a text or a number: one entry for each change, in rising strength.

Strengths of pictures are relative to the picture's size, so that a large photo and a small one break
alike. Everything is the same on every call: noise and typing errors come from fixed seeds.
"""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING

from demos.change import Change
from demos.number_changes import NUMBERS
from demos.rating_changes import RATINGS
from demos.record_changes import RECORDS
from demos.rewording import reorder, reword
from demos.text_changes import befriend, deny, disguise, forget, modernise, some

if TYPE_CHECKING:
    import numpy as np
    from PIL import Image

RATE = 16_000  # samples a second of every sound here
GREY = 128
JPEG_SIDE = 400  # the longer side at which a picture is packed: JPEG's blocks are 8 px whatever its size
GRAINS = 256  # grains along the longer side
FAR_SIDE = 400  # px: the longer side that a picture has at most before it moves away
TELEPHONE = (300.0, 3400.0)  # Hz, the classic telephone channel (ITU-T G.712)


def _picture(image: np.ndarray) -> Image.Image:
    from PIL import Image

    return Image.fromarray(image)


def blur(image: np.ndarray, percent: float) -> np.ndarray:
    """`(H, W, 3)` uint8 blurred by a Gaussian whose width is a share of the shorter side."""
    import numpy as np
    from PIL import Image, ImageFilter

    sigma = percent / 100 * min(image.shape[:2], default=0)
    if sigma <= 0:
        return image
    coarse = max(1, int(sigma / 4))  # what a wide blur leaves is there at a coarser grid too, and sooner
    picture = _picture(image)
    soft = picture.reduce(coarse).filter(ImageFilter.GaussianBlur(sigma / coarse))
    return np.asarray(soft.resize(picture.size, Image.Resampling.BILINEAR))


def darken(image: np.ndarray, percent: float) -> np.ndarray:
    """`(H, W, 3)` uint8 with every pixel's brightness lowered by so many per cent."""
    import numpy as np

    if percent <= 0:
        return image
    return np.round(np.arange(256) * (1 - percent / 100)).astype(np.uint8)[image]


def turn(image: np.ndarray, degrees: float) -> np.ndarray:
    """`(H, W, 3)` uint8 turned clockwise about its middle; the corners that come in are grey."""
    import numpy as np
    from PIL import Image

    if degrees == 0 or not image.size:
        return image
    return np.asarray(_picture(image).rotate(-degrees, Image.Resampling.BILINEAR, fillcolor=(GREY,) * 3))


def cover(image: np.ndarray, percent: float) -> np.ndarray:
    """`(H, W, 3)` uint8 with a grey square in the middle, as wide as so many per cent of the shorter side."""
    height, width = image.shape[:2]
    side = round(percent / 100 * min(height, width))
    if side <= 0:
        return image
    top, left = (height - side) // 2, (width - side) // 2
    covered = image.copy()
    covered[top:top + side, left:left + side] = GREY
    return covered


def pack(image: np.ndarray, quality: float) -> np.ndarray:
    """`(H, W, 3)` uint8 shrunk to 400 px at most, saved as a JPEG of this quality, and enlarged again."""
    import numpy as np
    from PIL import Image

    if quality >= 100 or not image.size:
        return image
    picture, buffer = _picture(image), io.BytesIO()
    small = picture.copy()
    small.thumbnail((JPEG_SIDE, JPEG_SIDE), Image.Resampling.LANCZOS, reducing_gap=3)
    small.save(buffer, "JPEG", quality=int(quality))
    return np.asarray(Image.open(buffer, formats=["JPEG"]).resize(picture.size, Image.Resampling.BICUBIC))


def grain(image: np.ndarray, percent: float) -> np.ndarray:
    """`(H, W, 3)` uint8 with Gaussian noise of so many per cent of white, 256 grains on the longer side."""
    import numpy as np

    if percent <= 0 or not image.size:
        return image
    height, width = image.shape[:2]
    cell = max(1.0, max(height, width) / GRAINS)
    grid = (math.ceil(height / cell), math.ceil(width / cell), 3)
    noise = (np.random.default_rng(0).standard_normal(grid, np.float32) * percent * 2.55).astype(np.int16)
    rows = np.minimum((np.arange(height) / cell).astype(int), grid[0] - 1)
    columns = np.minimum((np.arange(width) / cell).astype(int), grid[1] - 1)
    return np.clip(image + noise[rows][:, columns], 0, 255).astype(np.uint8)


def from_afar(image: np.ndarray, times: float) -> np.ndarray:
    """`(H, W, 3)` uint8 as if taken from so many times as far: shrunk to so few pixels, and enlarged again.

    Near by, the longer side has 400 pixels at most, so that large and small pictures break alike.
    """
    import numpy as np
    from PIL import Image

    if times <= 1 or not image.size:
        return image
    picture = _picture(image)
    scale = min(1.0, FAR_SIDE / max(picture.size)) / times
    small = picture.resize([max(1, round(side * scale)) for side in picture.size], Image.Resampling.BOX)
    return np.asarray(small.resize(picture.size, Image.Resampling.BICUBIC))


def loudness(sound: np.ndarray) -> float:
    """Root mean square of the parts of `(n,)` float32 where something is heard; pauses do not count."""
    import numpy as np

    whole = len(sound) // 320 * 320  # pieces of 20 ms
    pieces = sound[:whole].reshape(-1, 320) if whole else sound[None]
    power = np.mean(np.square(pieces, dtype=np.float64), axis=1) if sound.size else np.zeros(1)
    return float(np.sqrt(power[power >= power.max() / 1000].mean()))  # within 30 dB of the loudest piece


def add_noise(sound: np.ndarray, percent: float) -> np.ndarray:
    """`(n,)` float32 with noise of so many per cent of its own loudness: 100 is 0 dB, 316 is -10 dB.

    The noise falls 6 dB an octave above 500 Hz, as speech does on average. What would be beyond full
    scale is turned down as a whole, so that the ratio stays.
    """
    import numpy as np
    from scipy.signal import lfilter

    if percent <= 0 or not sound.size:
        return sound
    keep = math.exp(-2 * math.pi * 500 / RATE)
    white = np.random.default_rng(0).standard_normal(len(sound) + RATE // 10)
    noise = lfilter([1 - keep], [1, -keep], white)[RATE // 10:]  # after the filter has settled
    mixed = sound + noise * (percent / 100 * loudness(sound) / np.sqrt(np.mean(noise**2)))
    return (mixed / max(1.0, np.abs(mixed).max())).astype(np.float32)


def hasten(sound: np.ndarray, times: float) -> np.ndarray:
    """`(n,)` float32 so many times as fast at the same pitch: about n / times samples (FFmpeg's atempo)."""
    import av
    import numpy as np

    if times <= 1 or not sound.size:
        return sound
    graph = av.filter.Graph()
    source = graph.add("abuffer", sample_rate=str(RATE), sample_fmt="flt", channel_layout="mono",
                       time_base=f"1/{RATE}")
    # two steps, since one of more than 2 leaves out samples instead of blending them
    steps = [graph.add("atempo", f"{math.sqrt(times):.6f}") for _ in range(2)]
    graph.link_nodes(source, *steps, graph.add("abuffersink")).configure()
    whole = np.ascontiguousarray(sound, np.float32)[None]
    frame = av.AudioFrame.from_ndarray(whole, format="flt", layout="mono")
    frame.sample_rate, frame.pts = RATE, 0
    graph.push(frame)
    graph.push(None)
    pieces = []
    while True:
        try:
            done = graph.pull()
        except (EOFError, BlockingIOError):
            break
        pieces.append(np.frombuffer(done.planes[0], np.float32, count=done.samples).copy())
    fast = np.concatenate(pieces) if pieces else sound[:0]
    return np.clip(fast, -1, 1) if fast.size else sound[::math.ceil(times)]  # too short to be stretched


def telephone(sound: np.ndarray, width: float) -> np.ndarray:
    """`(n,)` float32 through a line that lets only `width` Hz pass, about the telephone's middle pitch.

    3100 Hz is the telephone's own 300 to 3400 Hz; narrower ones keep the same geometric middle.
    """
    import numpy as np
    from scipy.signal import butter, sosfilt

    if width >= RATE / 2 or not sound.size:
        return sound
    middle = TELEPHONE[0] * TELEPHONE[1]  # low * high
    low = (-width + math.sqrt(width * width + 4 * middle)) / 2
    line = butter(6, (low, low + width), "bandpass", fs=RATE, output="sos")
    return np.clip(sosfilt(line, sound), -1, 1).astype(np.float32)


def mistype(text: str, percent: float) -> str:
    """The text with neighbouring letters swapped, until so many per cent of the letters stand wrong.

    A stronger change keeps the errors of a weaker one.
    """
    import random

    pairs = [i for i in range(len(text) - 1)
             if text[i].isalpha() and text[i + 1].isalpha() and text[i] != text[i + 1]]
    random.Random(0).shuffle(pairs)
    wanted = math.ceil(percent / 100 * sum(map(str.isalpha, text)) / 2) if percent > 0 else 0
    letters, touched = list(text), set[int]()
    for i in pairs:
        if len(touched) >= 2 * wanted:
            break
        if i not in touched and i + 1 not in touched:
            letters[i], letters[i + 1] = letters[i + 1], letters[i]
            touched |= {i, i + 1}
    return "".join(letters)


def unmark(text: str, percent: float) -> str:
    """The text without so many per cent of its punctuation; apostrophes, numbers and addresses stay whole.

    A stronger change keeps the gaps of a weaker one.
    """
    import unicodedata

    marks = [i for i, c in enumerate(text) if unicodedata.category(c)[0] == "P"
             and not (text[i - 1:i].isalnum() and text[i + 1:i + 2].isalnum())]
    gone = set(some(marks, percent))
    return "".join(c for i, c in enumerate(text) if i not in gone)


_ALL = (
    Change("blur", "Blur", "picture", (0, 0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 9, 14), "% of its shorter side",
           "blurred by {strength:g} % of its shorter side", blur),
    Change("darkness", "Darkness", "picture", (0, 20, 40, 50, 60, 70, 80, 85, 90, 94, 97), "% darker",
           "made {strength:g} % darker", darken),
    Change("rotation", "Rotation", "picture", (0, 10, 20, 30, 45, 60, 90, 120, 150, 180), "degrees",
           "turned by {strength:g} degrees", turn),
    Change("cover", "A covered square", "picture", (0, 10, 20, 30, 40, 50, 60, 70, 80, 90),
           "% of its shorter side", "with a grey square over {strength:g} % of its shorter side", cover),
    Change("jpeg", "JPEG quality", "picture", (100, 75, 50, 35, 25, 18, 12, 8, 5, 3, 1), "quality",
           "saved as a small JPEG of quality {strength:g}", pack),
    Change("grain", "Grain", "picture", (0, 4, 8, 12, 18, 25, 35, 50, 70, 100), "% of white",
           "with grain of {strength:g} % of white", grain),
    Change("distance", "Distance from the camera", "picture", (1, 1.5, 2, 3, 4, 6, 8, 10, 13, 18, 25), "times as far",
           "as if taken from {strength:g} times as far", from_afar),
    Change("noise", "Noise", "sound", (0, 3, 10, 18, 32, 56, 100, 140, 200, 316), "% as loud as the sound itself",
           "with noise {strength:g} % as loud as the sound itself", add_noise),
    Change("speed", "Speed, at the same pitch", "sound", (1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 2.75, 3),
           "times as fast", "{strength:g} times as fast", hasten),
    Change("telephone", "Telephone line", "sound", (8000, 3100, 2400, 1900, 1500, 1200, 900, 700, 500, 300),
           "Hz wide", "through a line {strength:g} Hz wide (a telephone's is 3100)", telephone),
    Change("typos", "Typing errors", "text", (0, 2, 5, 8, 12, 16, 20, 30, 40, 60), "% of the letters",
           "with {strength:g} % of its letters swapped", mistype),
    Change("punctuation", "Missing punctuation", "text", (0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100), "% of the marks",
           "without {strength:g} % of its punctuation", unmark),
    Change("denial", "Denied", "text", (0, 1, 2, 3, 4, 5, 6, 7, 8), "times denied",
           "denied {strength:g} times (“It is not true that …”)", deny),
    Change("disguise", "Digits for letters", "text", (0, 5, 10, 15, 20, 30, 40, 55, 75, 100),
           "% of the letters that have a look-alike", "with {strength:g} % of its look-alike letters as digits", disguise),
    Change("friendly", "Friendly words added", "text", (0, 2, 4, 6, 8, 12, 16, 20, 28, 36), "words added",
           "with {strength:g} friendly words after it", befriend),
    Change("forgotten", "A forgotten beginning", "text", (0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100), "% of the words",
           "without the first {strength:g} % of its words", forget),
    Change("modern", "Words of today", "text", (0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100), "% of the longer words",
           "with {strength:g} % of its longer words as words of today", modernise),
    Change("synonyms", "Other words", "text", (0, 12, 25, 37, 50, 62, 75, 87, 100), "% of the words that have another one",
           "with {strength:g} % of its words as other ones of the same meaning", reword),
    Change("order", "Words in another order", "text", (0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100), "% of the words",
           "with {strength:g} % of its words in another order", reorder),
    Change("fewer_steps", "Fewer steps", "choice", (64, 10, 8, 7, 6, 5, 4, 3, 2, 1), "steps",
           "in {strength:g} of its steps", min, "steps"),
    Change("quieter", "Asked more quietly", "choice", (0, 20, 40, 60, 70, 80, 85, 90, 95, 100), "% more quietly",
           "asked {strength:g} % more quietly", lambda value, percent: value * (1 - percent / 100), "guidance"),
    Change("louder", "Asked more loudly", "choice", (1, 1.5, 2, 3, 5, 8, 12, 18, 26, 40), "times as loudly",
           "asked {strength:g} times as loudly", lambda value, times: value * times, "guidance"),
)
CHANGES: dict[str, Change] = {change.key: change for change in (*_ALL, *NUMBERS, *RECORDS, *RATINGS)}
