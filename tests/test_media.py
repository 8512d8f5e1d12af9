"""Uploads: every kind of file gives the right array, every odd, broken or hostile one a sentence."""

from __future__ import annotations

import io

import av
import numpy as np
import pytest
from PIL import Image

import file_makers as makers
import made_files as made
from demos import sound_files
from demos.errors import BadInput
from demos.file_kinds import kind_of
from demos.media import as_jpeg, as_wav, decode_picture, decode_sound

PICTURES, SOUNDS = makers.good_pictures(), makers.good_sounds()


def refusal(decode, data: bytes) -> str:
    """The sentence for a file that is refused: short, without a path, says what to do."""
    with pytest.raises(BadInput) as caught:
        decode(data)
    said = str(caught.value)
    assert said.endswith(".") and "Please" in said and len(said) < 260, said
    assert not any(word in said for word in ("/", "\\", "0x", "Error", "Errno", "Traceback", "<")), said
    assert caught.value.__suppress_context__ or caught.value.__context__ is None  # nothing behind it to print
    return said


def check_picture(pixels: np.ndarray) -> np.ndarray:
    assert pixels.dtype == np.uint8 and pixels.ndim == 3 and pixels.shape[2] == 3 and pixels.size
    assert pixels.flags.c_contiguous and pixels.flags.writeable
    return pixels


def check_sound(samples: np.ndarray) -> np.ndarray:
    assert samples.dtype == np.float32 and samples.ndim == 1 and len(samples)
    assert np.isfinite(samples).all() and np.abs(samples).max() <= 1
    return samples


def pitch(samples: np.ndarray) -> float:
    """The loudest frequency in Hz."""
    return float(np.argmax(np.abs(np.fft.rfft(samples))) * 16_000 / len(samples))


# ---- pictures -----------------------------------------------------------------------------------

@pytest.mark.parametrize("name", PICTURES)
def test_every_kind_of_picture_keeps_its_pixels(name):
    pixels = check_picture(decode_picture(PICTURES[name]))
    expected = np.asarray(makers.photo()).astype(int)
    assert pixels.shape == (40, 60, 3)
    assert np.abs(pixels.astype(int) - expected)[[5, 5, 35, 35], [5, 55, 5, 55]].max() < 12


@pytest.mark.parametrize("name", made.odd_pictures())
def test_odd_pictures_are_drawn(name):
    check_picture(decode_picture(made.ODD_FILES()[name]))


@pytest.mark.parametrize("name", made.bad_pictures())
def test_bad_pictures_get_a_sentence(name):
    refusal(decode_picture, made.ODD_FILES()[name])


@pytest.mark.parametrize("name", [*made.others(), *SOUNDS])
def test_what_is_no_picture_is_refused(name):
    refusal(decode_picture, {**made.ODD_FILES(), **SOUNDS}[name])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("turn", range(10))
def test_upright_by_exif(kind, turn):
    exif = Image.Exif()
    exif[0x0112] = turn
    options = {"JPEG": {"quality": 100, "subsampling": 0}, "WEBP": {"lossless": True}}.get(kind, {})
    pixels = decode_picture(makers.saved(makers.photo(), kind, exif=exif, **options)).astype(int)
    red, blue, green, yellow = ((5, 5), (5, 55), (35, 5), (35, 55))
    first, second = {2: (blue, red), 3: (yellow, green), 4: (green, yellow), 5: (red, green), 6: (green, red),
                     7: (yellow, blue), 8: (blue, yellow)}.get(turn, (red, blue))  # the two upper corners
    source = np.asarray(makers.photo()).astype(int)
    assert pixels.shape[:2] == ((60, 40) if turn in (5, 6, 7, 8) else (40, 60))
    assert np.abs(pixels[2, 2] - source[first]).max() < 8 and np.abs(pixels[2, -3] - source[second]).max() < 8


def test_heic_is_turned_once():
    exif = Image.Exif()
    exif[0x0112] = 6
    pixels = decode_picture(makers.saved(makers.photo(), "HEIF", exif=exif.tobytes()))
    assert pixels.shape == (60, 40, 3) and pixels[5, 35].tolist()[0] > 200  # red comes to the upper right


@pytest.mark.parametrize("name", ["rgba_png", "rgba_webp", "rgba_tiff", "rgba_heif"])
def test_transparency_lies_on_white(name):
    pixels = decode_picture(made.ODD_FILES()[name]).astype(int)
    assert (pixels[0] > 240).all()  # clear at the top
    assert np.abs(pixels[-1, 5] - [0, 160, 0]).max() < 25  # solid at the bottom


@pytest.mark.parametrize("name", ["grey_trns_png", "1_bit_trns_png", "rgb_trns_png"])
def test_a_clear_colour_lies_on_white(name):
    pixels = decode_picture(made.ODD_FILES()[name])
    assert (pixels[0, 0] == 255).all() and (pixels[0, 1] < 10).all()


@pytest.mark.parametrize("name", ["16_bit_png", "16_bit_tiff", "12_bit_in_16_png"])
def test_deep_grey_is_scaled(name):
    pixels = decode_picture(made.ODD_FILES()[name])[..., 0].ravel()
    assert pixels[0] == 0 and pixels[-1] == 255 and 126 <= pixels[1200] <= 129
    assert (np.diff(pixels.astype(int)) >= 0).all()


def test_fractions_without_numbers_are_drawn():
    pixels = decode_picture(made.ODD_FILES()["nan_tiff"])[..., 0]
    assert pixels[0, :3].tolist() == [0, 255, 0] and pixels[-1, -1] == 255


@pytest.mark.parametrize("name", ["cmyk_jpeg", "cmyk_tiff", "ycbcr_tiff", "lab_tiff"])
def test_other_colour_spaces_come_out_right(name):
    pixels = decode_picture(made.ODD_FILES()[name]).astype(int)
    assert np.abs(pixels[[5, 35, 35], [5, 5, 55]] - [[255, 0, 0], [0, 160, 0], [250, 250, 20]]).max() < 12


NAMED = {"pdf": "PDF", "svg": "SVG", "html": "web page", "zip": "ZIP", "dicom": "DICOM", "avif": "AVIF",
         "text": "text", "too_big": "26 MB", "nothing": "empty"}


@pytest.mark.parametrize("name", NAMED)
def test_the_refusal_names_what_it_is(name):
    assert NAMED[name] in refusal(decode_picture, made.ODD_FILES()[name])


# ---- sounds -------------------------------------------------------------------------------------

@pytest.mark.parametrize("name", SOUNDS)
def test_every_kind_of_recording_sounds_the_same(name):
    samples = check_sound(decode_sound(SOUNDS[name]))
    assert 15_600 <= len(samples) <= 17_500 and abs(pitch(samples) - 440) < 3
    assert abs(np.sqrt(np.mean(samples[4000:12_000] ** 2)) - 0.354) < 0.03


def test_plain_wav_is_exact():
    whole = np.round(makers.tone() * 32767).astype("<i2")
    assert np.array_equal(decode_sound(makers.wav(whole.tobytes())), whole.astype(np.float32) / 32768)


@pytest.mark.parametrize("name", made.odd_sounds())
def test_odd_recordings_are_heard(name):
    samples = check_sound(decode_sound(made.ODD_FILES()[name]))
    if name not in ("direct_current_wav", "no_size_wav", "short_wav", "silence_wav", "7_bit_wav"):
        assert abs(pitch(samples) - 440) < 5


@pytest.mark.parametrize("name", made.bad_sounds())
def test_bad_recordings_get_a_sentence(name, capfd):
    refusal(decode_sound, made.ODD_FILES()[name])
    assert not any(capfd.readouterr())  # nothing of the file reaches the log


@pytest.mark.parametrize("name", [*made.others(), *PICTURES])
def test_what_is_no_recording_is_refused(name):
    refusal(decode_sound, {**made.ODD_FILES(), **PICTURES}[name])


def test_ten_minutes_are_heard_and_no_more():
    assert len(decode_sound(makers.wav(bytes(600 * 8000), rate=8000, bits=8))) == 600 * 16_000
    assert "10 minutes" in refusal(decode_sound, made.ODD_FILES()["too_long_wav"])


def test_slow_decoding_is_ended(monkeypatch):
    monkeypatch.setattr(sound_files, "MAX_WORK_S", -1.0)
    monkeypatch.setattr(sound_files, "_open", lambda data, kind: av.open(io.BytesIO(data)))
    assert "too long" in refusal(decode_sound, SOUNDS["wav"])


# ---- previews -----------------------------------------------------------------------------------

@pytest.mark.parametrize(("shape", "shown"), [((1, 1), (1, 1)), ((300, 200), (300, 200)),
                                              ((3000, 1500), (1200, 600)), ((5, 9000), (1, 1200))])
def test_a_picture_to_show(shape, shown):
    preview = Image.open(io.BytesIO(as_jpeg(np.full((*shape, 3), (200, 30, 30), np.uint8))))
    assert preview.format == "JPEG" and (preview.height, preview.width) == shown
    assert preview.getpixel((0, 0))[0] > 180


@pytest.mark.parametrize("count", [0, 1, 16_000])
def test_a_sound_to_play(count):
    samples = makers.tone()[:count]
    data = as_wav(samples)
    assert kind_of(data).key == "wav" and len(data) == 44 + 2 * count
    if count:
        assert np.abs(decode_sound(data) - samples).max() < 1e-4


def test_loud_and_missing_numbers_are_played():
    assert np.abs(decode_sound(as_wav(np.array([2.0, -2.0, np.nan, np.inf]))) - [1, -1, 0, 1]).max() < 1e-3
