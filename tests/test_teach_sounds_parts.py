"""Cutting seconds out of recordings, keeping them, and what is measured of them."""

from __future__ import annotations

import numpy as np
import pytest

from demos.errors import BadInput
from demos.teach_sounds.listening import classical_measures, log_mel, picture, thumbnail
from demos.teach_sounds.noises import NOISES, WAYS, noise
from demos.teach_sounds.seconds import RATE, each, heard, keep, loudest, which
from demos.teach_sounds.spoken import CHOSEN, GROUPS, MEASURED, take
from sound_makers import in_a_row


@pytest.mark.parametrize("pause_s", [0.5, 1.5])
@pytest.mark.parametrize("hiss", [0.0, 0.002, 0.01])
def test_sounds_with_pauses_between_them_are_parted(pause_s: float, hiss: float) -> None:
    found = each(in_a_row("clap", 4, pause_s, hiss))
    assert len(found) == 4 and all(one.shape == (RATE,) and one.dtype == np.float32 for one in found)
    for one in found:  # each holds one clap, and nothing of its neighbours
        loud = np.flatnonzero(np.abs(one) > 0.15)
        assert loud[-1] - loud[0] < 0.3 * RATE


def test_what_has_no_pause_is_one_sound_and_its_loudest_second_is_taken() -> None:
    time = np.arange(4 * RATE) / RATE
    hum = (0.2 * np.sin(2 * np.pi * 300 * time)).astype(np.float32)
    assert len(each(hum)) == 1 and loudest(hum)[1] == pytest.approx(1.5, abs=0.02), "where all is alike, the middle"
    hum[2 * RATE:3 * RATE] *= 3
    assert loudest(hum)[1] == pytest.approx(2, abs=0.02)
    assert len(each(in_a_row("knock", 1))) == 1


@pytest.mark.parametrize("count", [1, 7, 159, 160, 161, 5_000, 15_999, 16_000, 16_001, 16_161])
def test_short_ones_are_padded_and_the_sound_is_in_the_middle(count: int) -> None:
    sound = np.full(count, 0.4, np.float32) * np.where(np.arange(count) % 2, 1, -1)
    found, start_s = loudest(sound)
    assert found.shape == (RATE,) and 0 <= start_s <= max(0, count / RATE - 1)
    assert np.isfinite(log_mel(found)).all() and len(each(sound)) == 1
    assert abs(float(np.flatnonzero(found).mean()) - RATE / 2) < 200


@pytest.mark.parametrize("sound", [np.zeros(RATE), np.zeros(3), np.full(RATE, 0.3), 0.001 * np.random.default_rng(0).standard_normal(RATE)])
def test_silence_gets_a_sentence(sound: np.ndarray) -> None:
    for cut in (loudest, each):
        with pytest.raises(BadInput, match="Nothing is heard"):
            cut(sound.astype(np.float32))


def test_what_is_told_names_the_second() -> None:
    assert which(RATE, 0) == "" and "shorter than a second" in which(5_000, 0)
    assert "7.2 seconds" in which(int(7.2 * RATE), 2.1) and "from 2.1 to 3.1" in which(int(7.2 * RATE), 2.1)


def test_a_kept_sound_is_heard_again() -> None:
    sound = noise("bell", 1)
    again = heard(keep(sound))
    assert np.corrcoef(sound, again)[0, 1] > 0.999 and np.abs(again).max() == pytest.approx(1)
    assert (heard(keep(np.zeros(9, np.float32))) == 0).all()
    whole = heard(np.arange(256, dtype=np.uint8))
    assert np.isfinite(whole).all() and np.abs(whole).max() <= 1 and (np.diff(whole) >= 0).all()


def test_the_measures_hear_pitch_and_not_loudness() -> None:
    time = np.arange(RATE) / RATE
    low, high = (np.sin(2 * np.pi * pitch * time).astype(np.float32) for pitch in (200, 3000))
    assert log_mel(low).mean(axis=1).argmax() < 15 < 45 < log_mel(high).mean(axis=1).argmax()
    soft, loud = classical_measures([0.1 * low, 0.9 * low])
    assert np.allclose(soft, loud, atol=0.02) and not np.allclose(*classical_measures([low, high]), atol=0.5)
    assert picture(low).shape == (256, 256, 3) and thumbnail(low).shape == (48, 48, 3)
    rows = picture(high)[:, :, 0].mean(axis=1)
    assert rows.argmax() < 128, "high pitches stand at the top"


@pytest.mark.parametrize("name", [*NOISES, *WAYS])
def test_noises_repeat_and_differ_by_seed(name: str) -> None:
    sound = noise(name, 3)
    assert sound.shape == (RATE,) and 0.1 < np.abs(sound).max() <= 0.8 and (sound == noise(name, 3)).all()
    assert not np.allclose(sound, noise(name, 4), atol=0.05)


def test_voices_that_are_asked_are_heard_nowhere_else() -> None:
    first, second, both, third = ({*GROUPS[key][0], *GROUPS[key][1]} for key in ("first", "second", "both", "third"))
    assert not first & second and first | second == both and not both & third
    assert not set(CHOSEN) & {*MEASURED, *("clap", "whistle", "knock", "bell"), *WAYS}
    assert all("+" not in name or name.split("+")[1] not in " ".join(both) for name in GROUPS["third"][1]), "a variant of one taught"


def test_a_spoken_word_repeats_and_takes_differ() -> None:
    number = next(number for number in range(50) if np.random.default_rng([*b"stop third", number]).random() >= 0.5)  # espeak-ng's
    first, again = take("stop", number, "third"), take("stop", number, "third")
    assert (first == again).all() and first.shape == (RATE,) and np.abs(first).max() > 0.1
