"""Break it: the first strength changes nothing, later ones do what they say, and nothing fails."""

from __future__ import annotations

import dataclasses
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image
from scipy.signal import resample_poly

from conftest import ROOT
from demos.image_recognition import DEMO
from demos.inputs import NumberInput
from demos.machine_failure.simulate import Plan, simulate, stored
from demos.perturb import CHANGES, loudness
from demos.work import _changed, _step_look

PICTURES, SOUNDS = (
    [key for key, change in CHANGES.items() if change.kind == kind] for kind in ("picture", "sound"))
SENTENCE = ("The quick brown fox jumps over the lazy dog, and wonders: has anybody noticed? \"No,\" says the dog; "
            "\"it's 1.5 metres, at www.fox.org!\"")


def scene(side: int) -> np.ndarray:
    """The same landscape of soft blobs and hard edges at any size, `(3/4 side, side, 3)` uint8."""
    coarse = np.random.default_rng(3).integers(0, 255, (9, 12, 3), np.uint8)
    image = np.asarray(Image.fromarray(coarse).resize((side, side * 3 // 4), Image.Resampling.BICUBIC)).copy()
    image[side // 4:side // 2, side // 4:side // 3] = (250, 240, 30)
    return image


def voice(seconds: float = 2.0) -> np.ndarray:
    """Syllables of a buzzing tone with pauses: `(n,)` float32."""
    t = np.arange(int(16_000 * seconds)) / 16_000
    buzz = sum(np.sin(2 * np.pi * 150 * k * t) / k for k in range(1, 40))
    return (0.2 * buzz * (np.sin(2 * np.pi * 3 * t) > 0)).astype(np.float32)


def value(kind: str):
    films = ",".join(f"tt{1_000_000 + number}:{5 - number % 2}" for number in range(20))
    record = simulate(Plan(seed=1), stored())
    return {"picture": scene(300), "sound": voice(), "text": SENTENCE, "choice": 64.0, "number": 64.0, "films": films,
            "engine": record}[kind]


def same(a, b) -> bool:
    return a == b if isinstance(a, (str, float)) else np.array_equal(a, b)


def level(sound: np.ndarray, low: float, high: float) -> float:
    """Power between two frequencies in Hz."""
    hz = np.fft.rfftfreq(len(sound), 1 / 16_000)
    return float(np.sum(np.abs(np.fft.rfft(sound))[(hz >= low) & (hz < high)] ** 2) / len(sound) ** 2)


def from_afar(picture: np.ndarray) -> np.ndarray:
    """`(150, 200, 3)` float."""
    return np.asarray(Image.fromarray(picture).resize((200, 150), Image.Resampling.BOX)).astype(float)


@pytest.mark.parametrize("key", CHANGES)
def test_a_change_is_described(key):
    change = CHANGES[key]
    assert change.key == key and 9 <= len(change.strengths) <= 11
    steps = np.diff(change.strengths)
    assert (steps > 0).all() or (steps < 0).all()
    assert "{strength:g}" in change.says and change.title and change.unit
    assert change.says.format(strength=change.strengths[1]) != change.says


@pytest.mark.parametrize("key", CHANGES)
def test_the_first_strength_changes_nothing_and_each_later_one_more(key):
    change = CHANGES[key]
    before = value(change.kind)
    kept = before.copy() if isinstance(before, np.ndarray) else before
    after = [change.apply(before, strength) for strength in change.strengths]
    assert same(after[0], before)
    assert not any(same(a, b) for a, b in zip(after[1:], after, strict=False))
    again = [change.apply(before, strength) for strength in change.strengths]
    assert all(map(same, after, again))
    assert same(kept, before)  # what was given is left alone


@pytest.mark.parametrize("key", PICTURES)
@pytest.mark.parametrize("shape", [(1, 1), (1, 700), (700, 1), (2, 3), (0, 0), (0, 5), (40, 60), (500, 501)])
def test_pictures_keep_their_shape(key, shape):
    picture = np.random.default_rng(0).integers(0, 256, (*shape, 3), np.uint8)
    picture.setflags(write=False)
    for strength in CHANGES[key].strengths:
        after = CHANGES[key].apply(picture, strength)
        assert after.shape == picture.shape and after.dtype == np.uint8


@pytest.mark.parametrize("key", SOUNDS)
@pytest.mark.parametrize("name", ["voice", "10", "1", "0", "321", "silence", "full"])
def test_sounds_stay_sounds(key, name):
    whole = {"voice": voice(), "silence": np.zeros(5000, np.float32), "full": np.ones(4000, np.float32)}
    sound = voice()[:int(name)] if name.isdigit() else whole[name]
    for strength in CHANGES[key].strengths:
        after = CHANGES[key].apply(sound, strength)
        assert after.dtype == np.float32 and after.ndim == 1 and bool(len(after)) == bool(len(sound))
        assert np.isfinite(after).all() and np.abs(after).max(initial=0) <= 1
        assert key == "speed" or len(after) == len(sound)


@pytest.mark.parametrize("text", ["", "a", "ab", "1 2 3", "aaaa", "Grüße 你好", "word " * 500])
def test_texts_keep_their_letters(text):
    for strength in CHANGES["typos"].strengths:
        after = CHANGES["typos"].apply(text, strength)
        assert sorted(after) == sorted(text) and [c.isalpha() for c in after] == [c.isalpha() for c in text]


@pytest.mark.parametrize("key", PICTURES)
def test_a_large_photo_and_a_small_one_break_alike(key):
    """Looked at from afar, the same scene at 400 and at 1600 pixels is hurt about as much."""
    change = CHANGES[key]
    for strength in change.strengths[1::3]:
        hurt = []
        for side in (400, 1600):
            before, after = scene(side), change.apply(scene(side), strength)
            hurt.append(float(np.abs(from_afar(after) - from_afar(before)).mean()))
        assert hurt[0] == pytest.approx(hurt[1], rel=0.35, abs=0.6), (strength, hurt)


def test_blur_takes_away_edges():
    blurred = [CHANGES["blur"].apply(scene(400), percent).astype(int) for percent in (0, 1, 6)]
    edges = [np.abs(np.diff(picture, axis=1)).max() for picture in blurred]
    assert edges[0] > 2 * edges[1] > 4 * edges[2]


def test_darkness_is_per_cent_of_brightness():
    assert CHANGES["darkness"].apply(np.full((2, 2, 3), 200, np.uint8), 60).tolist() == [[[80] * 3] * 2] * 2


def test_rotation_is_clockwise_and_corners_are_grey():
    picture = np.zeros((60, 60, 3), np.uint8)
    picture[:10] = 255  # white at the top comes to the right
    assert CHANGES["rotation"].apply(picture, 90)[30, 55].tolist() == [255] * 3
    assert CHANGES["rotation"].apply(picture, 45)[0, 0].tolist() == [128] * 3


def test_the_square_is_in_the_middle():
    covered = CHANGES["cover"].apply(np.zeros((100, 200, 3), np.uint8), 50)
    assert (covered[25:75, 75:125] == 128).all() and covered.sum() == 50 * 50 * 3 * 128


def test_from_afar_so_many_pixels_are_left():
    """A picture of dots loses them when it is shrunk below their size, and its mean stays."""
    dots = np.zeros((300, 400, 3), np.uint8)
    dots[::2, ::2] = 255
    far = CHANGES["distance"].apply(dots, 4).astype(int)
    assert far.std() < 2 < dots.std() and far.mean() == pytest.approx(dots.mean(), abs=1)
    edge = np.zeros((300, 400, 3), np.uint8)
    edge[:, 200:] = 255
    widths = [(np.ptp(np.flatnonzero(np.diff(CHANGES["distance"].apply(edge, times)[150, :, 0].astype(int))))) for times in (2, 8)]
    assert widths[1] > 2.5 * widths[0], "an edge becomes as wide as the pixels that are left"
    large = np.asarray(Image.fromarray(edge).resize((1600, 1200), Image.Resampling.NEAREST))
    steps = np.flatnonzero(np.diff(CHANGES["distance"].apply(large, 8)[600, :, 0].astype(int)))
    assert np.ptp(steps) / 4 == pytest.approx(widths[1], rel=0.2), "a larger picture is left with as many"


@pytest.mark.parametrize("percent", CHANGES["noise"].strengths[1:])
def test_noise_is_as_loud_as_it_says(percent):
    sound = voice()
    mixed = CHANGES["noise"].apply(sound, percent).astype(float)
    scale = (mixed @ sound) / (sound.astype(float) @ sound)  # it may have been turned down as a whole
    noise = mixed / scale - sound
    assert 100 * np.sqrt(np.mean(noise**2)) / loudness(sound) == pytest.approx(percent, rel=0.08)
    assert level(noise, 100, 500) > 3 * level(noise, 4000, 4400)  # it falls as speech does


def test_pauses_do_not_make_a_voice_quieter():
    with_pause = np.concatenate([voice(), np.zeros(160_000, np.float32)])
    assert loudness(with_pause) == pytest.approx(loudness(voice()), rel=0.02)


@pytest.mark.parametrize("times", CHANGES["speed"].strengths[1:])
def test_speed_keeps_the_pitch(times):
    tone = (0.3 * np.sin(2 * np.pi * 440 * np.arange(48_000) / 16_000)).astype(np.float32)
    fast = CHANGES["speed"].apply(tone, times)
    assert len(fast) == pytest.approx(48_000 / times, rel=0.02)
    assert np.argmax(np.abs(np.fft.rfft(fast))) * 16_000 / len(fast) == pytest.approx(440, abs=8)
    tape = resample_poly(tone, 100, round(100 * times))  # what it is not
    assert abs(np.argmax(np.abs(np.fft.rfft(tape))) * 16_000 / len(tape) - 440) > 50


def test_a_telephone_passes_300_to_3400_hz():
    white = (0.1 * np.random.default_rng(0).standard_normal(64_000)).astype(np.float32).clip(-1, 1)
    heard = CHANGES["telephone"].apply(white, 3100)
    for low, high, kept in ((350, 3200, True), (20, 180, False), (4500, 7900, False)):
        ratio = level(heard, low, high) / level(white, low, high)
        assert ratio > 0.8 if kept else ratio < 0.03, (low, high, ratio)
    change = CHANGES["telephone"]
    powers = [level(change.apply(white, width), 0, 8000) for width in change.strengths]
    assert (np.diff(powers) < 0).all()


def test_typing_errors_grow_and_stay():
    change = CHANGES["typos"]
    typed = [change.apply(SENTENCE, percent) for percent in change.strengths]
    wrong = [{i for i, letter in enumerate(text) if letter != SENTENCE[i]} for text in typed]
    assert all(a < b for a, b in zip(wrong, wrong[1:], strict=False))
    letters = sum(map(str.isalpha, SENTENCE))
    assert len(wrong[6]) / letters == pytest.approx(0.20, abs=0.03)


def test_listing_the_changes_loads_nothing():
    code = "import sys, demos.perturb; print({'PIL', 'scipy', 'av', 'torch'} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True).strip() == "set()"


def test_punctuation_goes_and_words_stay_whole():
    change = CHANGES["punctuation"]
    bare = [change.apply(SENTENCE, percent) for percent in change.strengths]
    marks = [sum(c in ',:?";!.' for c in text) for text in bare]
    assert marks == sorted(marks, reverse=True) and marks[5] == pytest.approx(marks[0] / 2, abs=2)
    assert bare[-1] == ("The quick brown fox jumps over the lazy dog and wonders has anybody noticed No says the dog "
                        "it's 1.5 metres at www.fox.org")
    for text in ("", "...", "no marks", "Olá! «Sim», disse ela… well-known"):
        letters = [c for c in text if c.isalnum()]
        assert all([c for c in change.apply(text, s) if c.isalnum()] == letters for s in change.strengths)
    assert change.apply("Olá! «Sim», disse ela… well-known", 100) == "Olá Sim disse ela well-known"


def test_numbers_of_a_form_stay_what_it_takes():
    item = NumberInput("amount", "Amount", low=250, high=20_000, default=2_300, unit="DM", step=50)
    assert [item.nearest(value) for value in (-1, 250, 274, 276, 19_990, 1e9)] == [250, 250, 250, 300, 20_000, 20_000]
    assert NumberInput("share", "Share", low=0, high=1).nearest(0.123) == 0.123
    assert item.say(2_300.0) == "2,300 DM" and NumberInput("x", "X").say(0.5) == "0.5"


def test_a_number_changes_within_its_bounds_and_the_page_is_told_the_new_one():
    asking = dataclasses.replace(DEMO, inputs=(NumberInput("amount", "Amount", low=250, high=20_000, unit="DM", step=50),
                                               NumberInput("duration", "Paid back in", low=4, high=72, unit="months")))
    given = {"amount": 9_013.0, "duration": 24.0}
    assert _changed(asking, given, "larger_loan", 1) == given, "a number of the visitor's own is left as it is"
    assert _changed(asking, given, "larger_loan", 8)["amount"] == 20_000
    assert _changed(asking, given, "younger", 8) is given, "a demo that does not ask for it"
    for key, name, says in (("larger_loan", "amount", "Amount: 18,050 DM"), ("longer_loan", "duration", "Paid back in: 26 months")):
        changed = _changed(asking, given, key, 2)
        look = _step_look(asking, changed, CHANGES[key])
        assert (look.kind, look.preview.decode(), look.size) == ("number", says, (changed[name],))
