"""Medical files: a DICOM as its window shows it, any slice of a NIfTI, and whatever was made to break them."""

from __future__ import annotations

import contextlib
import gzip
import io
import logging
import random
import struct
import time
import zlib
from pathlib import Path

import numpy as np
import pydicom
import pytest

import made_files as made
import scan_makers as makers
from demos.errors import BadInput
from demos.file_kinds import kind_of
from demos.inputs import PLANE, SLICE, PictureInput, ScanInput, VolumeInput
from demos.media import decode_picture, decode_scan, decode_volume
from test_media import PICTURES, check_picture, refusal
from test_media_hostile import _mutated, _peak_mb

DICOMS = Path(pydicom.__file__).parent / "data" / "test_files"


# ---- DICOM --------------------------------------------------------------------------------------

def grey(data: bytes) -> np.ndarray:
    """The one channel of a grey picture."""
    pixels = check_picture(decode_scan(data))
    assert (pixels == pixels[..., :1]).all()
    return pixels[..., 0]


def test_without_a_window_the_darkest_is_black_and_the_brightest_white():
    values = makers.ramp().astype(float)
    shown = grey(makers.dicom())
    assert shown.shape == (20, 30) and shown.min() == 0 and shown.max() == 255
    assert np.abs(shown - values / values.max() * 255).max() <= 0.51


def test_the_first_window_is_used():
    shown = grey(makers.dicom(WindowCenter=[400, 1], WindowWidth=[200, 2])).astype(float)
    values = makers.ramp().astype(float)
    assert (shown[values < 300] == 0).all() and (shown[values > 501] == 255).all()
    middle = np.abs(values - 400) < 2
    assert np.abs(shown[middle] - 127.5).max() < 3


def test_rescaling_comes_before_the_window():
    plain = grey(makers.dicom(WindowCenter=400, WindowWidth=200))
    shifted = grey(makers.dicom(WindowCenter=-200, WindowWidth=400, RescaleSlope=2, RescaleIntercept=-1000))
    assert np.abs(plain.astype(int) - shifted).max() <= 2


@pytest.mark.parametrize("function", ["LINEAR", "LINEAR_EXACT", "SIGMOID"])
def test_the_windows_agree_with_pydicom(function):
    from pydicom.pixels import apply_voi_lut

    data = makers.dicom(WindowCenter=500, WindowWidth=300, VOILUTFunction=function)
    file = pydicom.dcmread(io.BytesIO(data))
    theirs = apply_voi_lut(file.pixel_array, file) / 65535 * 255
    assert np.abs(grey(data) - theirs).max() <= 1


def test_dark_for_large_numbers_is_inverted():
    bright, dark = (grey(makers.dicom(PhotometricInterpretation=f"MONOCHROME{kind}")) for kind in (2, 1))
    assert np.abs(bright.astype(int) + dark - 255).max() <= 1


def test_colours_stay_and_frames_after_the_first_are_left():
    colours = np.random.default_rng(0).integers(0, 256, (8, 6, 3), dtype=np.uint8)
    assert (decode_scan(makers.dicom(colours)) == colours).all()
    frames = np.stack([makers.ramp(), makers.ramp()[::-1]])
    assert (grey(makers.dicom(frames, NumberOfFrames=2)) == grey(makers.dicom())).all()


@pytest.mark.parametrize(("name", "size"), [("CT_small", (128, 128)), ("MR_small", (64, 64)),
                                            ("MR_small_RLE", (64, 64)), ("MR_small_bigendian", (64, 64)),
                                            ("JPEG2000", (1024, 256)), ("examples_palette", (350, 800)),
                                            ("SC_rgb_jpeg", (256, 256)), ("SC_rgb_rle_2frame", (100, 100)),
                                            ("SC_ybr_full_422_uncompressed", (100, 100)), ("rtdose", (10, 10))])
def test_real_files_of_many_kinds(name, size):
    data = (DICOMS / f"{name}.dcm").read_bytes()
    assert kind_of(data).key == "dicom"
    pixels = check_picture(decode_scan(data))
    assert pixels.shape[:2] == size and np.ptp(pixels) > 50


def test_an_old_file_without_a_beginning():
    whole = makers.dicom()
    old = whole[whole.index(b"\x08\x00\x16\x00UI"):]
    assert kind_of(old).key == "dicom" and (decode_scan(old) == decode_scan(whole)).all()


def test_four_ways_to_store_one_picture_give_one_picture():
    shown = [grey((DICOMS / f"MR_small{kind}.dcm").read_bytes()) for kind in ("", "_RLE", "_bigendian", "_implicit")]
    assert all((other == shown[0]).all() for other in shown[1:])


@pytest.mark.parametrize(("name", "word"), [
    ("JPEGLSNearLossless_16", "compressed"), ("SC_rgb_jpeg_gdcm", "compressed"), ("image_dfl", "zipped"),
    ("JPGExtended", "compressed"), ("rtplan", "no picture"), ("test-SR", "no picture"),
    ("waveform_ecg", "no picture"), ("MR_truncated", "cut off"), ("badVR", "Please")])
def test_what_cannot_be_read_is_said(name, word):
    assert word in refusal(decode_scan, (DICOMS / f"{name}.dcm").read_bytes())


@pytest.mark.parametrize("elements", [
    {"Rows": 65535, "Columns": 65535}, {"Rows": 16001}, {"Rows": 0}, {"Rows": 4000, "Columns": 4000},
    {"BitsAllocated": 12}, {"SamplesPerPixel": 7}, {"PixelData": b""}, {"Rows": None},
    {"PhotometricInterpretation": None}, {"PixelData": None}], ids=str)
def test_a_dicom_that_lies_gets_a_sentence(elements):
    refusal(decode_scan, makers.dicom(**elements))


@pytest.mark.parametrize("window", [(5, 0), (5, -5), (500, 1)])
def test_an_odd_window_still_gives_a_picture(window):
    check_picture(decode_scan(makers.dicom(WindowCenter=window[0], WindowWidth=window[1])))


def test_a_dicom_is_no_picture_elsewhere():
    assert "DICOM" in refusal(decode_picture, makers.dicom())


# ---- NIfTI --------------------------------------------------------------------------------------

def side(data: bytes, plane: str, place: float = 50) -> np.ndarray:
    return check_picture(decode_scan(data, plane, place))[..., 0].astype(int)


TURNS = {"as_it_is": np.eye(4), "left_first": np.diag([-1, 1, 1, 1.0]), "upside_down": np.diag([1, -1, -1, 1.0]),
         "axes_swapped": np.array([[0, 1, 0, 0], [0, 0, 1, 0], [1, 0, 0, 0], [0, 0, 0, 1.0]])}


def turned(affine: np.ndarray) -> np.ndarray:
    """The body's voxels as a scanner with this affine would store them."""
    import nibabel.orientations as turns

    back = turns.ornt_transform(turns.axcodes2ornt("RAS"), turns.io_orientation(affine))
    return np.ascontiguousarray(turns.apply_orientation(makers.body(), back))


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("two", [False, True])
def test_slices_stand_as_doctors_look_at_them(turn, packed, two):
    data = makers.nifti(turned(TURNS[turn]), TURNS[turn], packed, two)
    assert kind_of(data).key == "nifti"
    axial, coronal, sagittal = (side(data, plane) for plane, _ in PLANE.options)
    assert axial.shape == (16, 12) and coronal.shape == (20, 12) and sagittal.shape == (20, 16)
    assert axial[0].mean() > axial[-1].mean() + 50, "the front is up"
    assert axial[:, 0].mean() > axial[:, -1].mean() + 20, "the right side is on the left"
    assert coronal[0].mean() > coronal[-1].mean() + 50 and sagittal[0].mean() > sagittal[-1].mean() + 50
    assert sagittal[:, 0].mean() > sagittal[:, -1].mean() + 50, "the front is on the left"


def test_the_slice_goes_from_end_to_end():
    values = np.arange(11, dtype=np.float32) * np.ones((6, 7, 1), np.float32)
    means = [side(makers.nifti(values), "axial", place).mean() for place in (0, 10, 50, 100)]
    assert means == sorted(means) and means[0] < 5 and means[-1] > 250 and abs(means[2] - 127) < 8


def test_long_voxels_are_stretched():
    assert side(makers.nifti(makers.body(), np.diag([1, 1, 3, 1.0])), "coronal").shape == (60, 12)
    assert side(makers.nifti(makers.body(), np.diag([1, 1, 500, 1.0])), "coronal").shape[0] <= 4096


@pytest.mark.parametrize("kind", [np.uint8, np.int8, np.int16, np.uint16, np.int32, np.float32, np.float64])
def test_voxels_of_many_kinds(kind):
    assert np.ptp(side(makers.nifti((makers.body() // 8).astype(kind)), "axial")) > 100


def test_flat_ones_films_and_what_is_no_number():
    flat = side(makers.nifti(makers.body()[:, :, :1]), "coronal")
    assert flat.shape == (16, 12), "a flat picture has one slice only"
    film = np.stack([makers.body(), makers.body() * 0], axis=-1)
    assert (side(makers.nifti(film), "axial") == side(makers.nifti(makers.body()), "axial")).all()
    holes = makers.body().astype(np.float32)
    holes[::2], holes[1::5] = np.nan, np.inf
    side(makers.nifti(holes), "axial")
    side(makers.nifti(np.full((4, 4, 4), np.nan, np.float32)), "axial")


def test_a_volume_to_be_shown_is_small():
    volume = decode_volume(makers.nifti(np.zeros((200, 100, 50), np.uint8) + np.arange(50, dtype=np.uint8)))
    assert volume.values.shape == (67, 50, 50) and volume.sizes == (3.0, 2.0, 1.0)
    assert volume.values.dtype == np.uint8 and volume.nbytes == volume.values.size
    for data in (makers.dicom(), PICTURES["png"]):
        assert "volume" in refusal(decode_volume, data)


def test_a_huge_volume_is_refused_before_it_is_unpacked(tmp_path):
    small = makers.nifti(np.zeros((4, 4, 4), np.int16))
    for dims in ((3, 32767, 32767, 32767), (3, 2000, 2000, 2000), (3, 5000, 9, 9), (3, 0, 4, 4), (3, 60, 60, 60)):
        lying = makers.with_dims(small, *dims)
        assert "Please" in refusal(decode_scan, lying)
        refusal(decode_scan, gzip.compress(lying))
        refusal(decode_volume, lying)
    bomb = zlib.compressobj(9, wbits=31)
    head = bomb.compress(makers.with_dims(small, 3, 2000, 2000, 2000)) + bomb.flush(zlib.Z_FULL_FLUSH)
    nothing = bomb.compress(bytes(2**24)) + bomb.flush(zlib.Z_FULL_FLUSH)  # after which nothing leans on what came before
    assert len(data := head + 120 * nothing + bomb.flush()) < 4 * 2**20  # two gigabytes of it
    assert "at most" in refusal(decode_scan, data)
    assert _peak_mb("decode_scan", data, tmp_path) < 300
    hidden = makers.with_dims(small, 3, 4, 4, 4) + bytes(2**28)  # more behind it than it says: not unpacked
    assert _peak_mb("decode_scan", gzip.compress(hidden, 1), tmp_path) < 300


@pytest.mark.parametrize("change", [(70, "<h", 32), (70, "<h", 128), (70, "<h", 9999), (108, "<f", float("nan")),
                                    (108, "<f", 1e30), (108, "<f", -5.0)], ids=str)
def test_a_nifti_that_lies_gets_a_sentence(change):
    place, form, value = change
    data = bytearray(makers.nifti(makers.body()))
    struct.pack_into(form, data, place, value)
    refusal(decode_scan, bytes(data))


def test_half_a_pair_is_refused():
    data = makers.nifti(makers.body())
    assert "one file" in refusal(decode_scan, data[:344] + b"ni1\x00" + data[348:])

@pytest.mark.parametrize("name", PICTURES)
def test_pictures_are_read_as_everywhere(name):
    assert (decode_scan(PICTURES[name]) == decode_picture(PICTURES[name])).all()


@pytest.mark.parametrize("name", [*made.others(), *list(made.bad_pictures())[:40]])
def test_odd_files_get_a_sentence(name):
    refusal(decode_scan, made.ODD_FILES()[name])


def whole_scans() -> dict[str, bytes]:
    return {"dicom": makers.dicom(WindowCenter=400, WindowWidth=200),
            **{name: (DICOMS / f"{name}.dcm").read_bytes() for name in ("MR_small_RLE", "SC_rgb_jpeg")},
            "palette": (DICOMS / "examples_palette.dcm").read_bytes()[:6000],
            "old": makers.dicom()[makers.dicom().index(b"\x08\x00\x16\x00UI"):],
            "nifti": makers.nifti(makers.body()), "nifti_2": makers.nifti(makers.body(), two=True),
            "packed": makers.nifti(makers.body(), packed=True)}


@pytest.mark.parametrize("name", whole_scans())
def test_broken_bytes_give_a_picture_or_a_sentence(name):
    whole, chance = whole_scans()[name], random.Random(name)
    cuts = [whole[:len(whole) * part // 40] for part in range(1, 40)]
    for data in [*cuts, *(_mutated(whole, chance) for _ in range(150))]:
        began = time.monotonic()
        with contextlib.suppress(BadInput):
            check_picture(decode_scan(data, chance.choice(["axial", "coronal", "sagittal"]), chance.uniform(0, 100)))
        if name.startswith(("nifti", "packed")):
            with contextlib.suppress(BadInput):
                decode_volume(data)
        assert time.monotonic() - began < 5


def test_the_patient_is_never_named(caplog, capfd):
    """Neither where all is well nor in an error, a warning or the log."""
    chance = random.Random(0)
    good = [makers.dicom(), makers.nifti(makers.body())]
    assert all(makers.SECRET.encode() in data for data in good)
    lying = [makers.dicom(Rows=9999), makers.dicom(PatientBirthDate="no date", PatientAge="much too old"),
             makers.dicom(SpecificCharacterSet=makers.SECRET)]
    said = []
    caplog.clear()  # making such a file warns too
    capfd.readouterr()
    with caplog.at_level(logging.DEBUG), np.errstate(all="ignore"):
        for data in [*good, *lying, *(_mutated(good[0], chance) for _ in range(100))]:
            try:
                decode_scan(data)
            except BadInput as error:
                said.append(str(error))
    heard = [*said, caplog.text, *capfd.readouterr()]
    for part in ("Zzyzx", "Quillon", "much too old", "1901"):
        assert not any(part in words for words in heard), part

def test_the_plane_and_slice_belong_to_reading():
    from demos.decoding import Decoded
    from demos.work import _read_given

    item, decoded = ScanInput(), Decoded()
    assert item.settings == (PLANE, SLICE) and item.kind == "picture" and not item.camera
    data = makers.nifti(makers.body())
    shapes = {plane: _read_given(item, {"image": data, "plane": plane}, decoded).shape for plane, _ in PLANE.options}
    assert shapes == {"axial": (16, 12, 3), "coronal": (20, 12, 3), "sagittal": (20, 16, 3)}
    first, last = (_read_given(item, {"image": data, "slice": place}, decoded) for place in (0, "100"))
    assert last.mean() > first.mean() + 20
    with pytest.raises(BadInput):
        _read_given(item, {"image": data, "plane": "diagonal"}, decoded)
    with pytest.raises(BadInput):
        _read_given(item, {"image": data, "slice": 101}, decoded)
    assert _read_given(item, {"image": data}, decoded) is _read_given(item, {"image": data, "slice": 50}, decoded)
    with pytest.raises(BadInput, match="DICOM"):  # read once as a scan, it is still no photo
        _read_given(item, {"image": makers.dicom()}, decoded)
        _read_given(PictureInput(), {"image": makers.dicom()}, decoded)
    assert VolumeInput().read(data).values.shape == (12, 16, 20)
