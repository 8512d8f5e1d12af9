"""The gate: what is no scan is declined with its reason, in colour and in grey; scans of any size are let in."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from demos import demo_folder, gate
from demos.chest_xray.strangers import PARTS, strangers
from demos.errors import BadInput
from demos.media import decode_picture, decode_scan
from demos.weights import find_part, locate

STRANGERS = dict(strangers())
BRAIN = "nilearn:nilearn/datasets/data/mni_icbm152_t1_tal_nlin_sym_09a_converted.nii.gz"


def made(name: str) -> np.ndarray:
    """A made-up X-ray of the chest page."""
    return decode_picture((demo_folder("chest_xray") / "samples" / f"{name}.png").read_bytes())


def brain(plane: str = "axial", place: float = 50) -> np.ndarray:
    return decode_scan(find_part(BRAIN, Path()).read_bytes(), plane, place)


def lets_in(image: np.ndarray, kind: str) -> bool:
    try:
        gate.check(image, kind)
    except BadInput as error:
        said = str(error)
        assert said.endswith(".") and "Please give" in said and gate.NAMES[kind] in said and len(said) < 200
        return False
    return True


def resized(image: np.ndarray, side: int) -> np.ndarray:
    return np.asarray(Image.fromarray(image).resize((side, side), Image.Resampling.BICUBIC))


def test_the_weights_are_small_and_those_that_are_known() -> None:
    path = locate(gate.WEIGHTS, Path(gate.__file__).parent)
    assert path.stat().st_size < 1e6


def test_there_are_more_than_thirty_strangers_half_of_them_grey() -> None:
    assert len(STRANGERS) > len(PARTS) >= 30
    assert sum((image == image[..., :1]).all() for image in STRANGERS.values()) >= 30


@pytest.mark.parametrize("kind", gate.SIDES)
def test_nine_of_ten_strangers_are_declined(kind: str) -> None:
    # a picture of a head is none where heads are asked for, nor is the phantom that stands for one
    heads = {"a head, matplotlib's s1045", "phantom.png", "693_J2KI.dcm"} if kind == "brain" else set()
    others = {name: image for name, image in STRANGERS.items() if name not in heads}
    passed = [name for name, image in others.items() if lets_in(image, kind)]
    assert len(passed) <= 0.1 * len(others), passed


@pytest.mark.parametrize("side", [28, 64, 200, 512, 2000])
def test_scans_are_let_in_at_any_size(side: int) -> None:
    for name in ("normal_1", "pneumonia_2"):
        assert lets_in(resized(made(name), side), "chest"), name
    for plane in ("axial", "coronal", "sagittal"):
        assert lets_in(resized(brain(plane), side), "brain"), plane


@pytest.mark.parametrize("kind", gate.SIDES)
def test_a_scan_of_the_other_kind_is_named(kind: str) -> None:
    other = made("normal_1") if kind == "brain" else brain()
    named = gate.NAMES["chest" if kind == "brain" else "brain"]
    with pytest.raises(BadInput, match=f"looks like {named}"):
        gate.check(other, kind)


def test_colour_is_the_reason_where_there_is_colour() -> None:
    with pytest.raises(BadInput, match="in colour"):
        gate.check(STRANGERS["coffee.png"], "chest")
    with pytest.raises(BadInput, match="does not look like"):
        gate.check(STRANGERS["coffee.png in grey"], "chest")


@pytest.mark.parametrize("shade", [0, 90, 255])
def test_an_empty_picture_is_declined(shade: int) -> None:
    for shape in ((300, 400, 3), (1, 1, 3), (1, 5000, 3)):
        for kind in gate.SIDES:
            assert not lets_in(np.full(shape, shade, np.uint8), kind)


def test_asked_twice_it_says_the_same_and_quickly() -> None:
    image = made("normal_1")
    first = gate.score(image, "chest")
    began = time.process_time()
    assert gate.score(image, "chest") == first
    assert time.process_time() - began < 1


def test_learning_again_gives_the_same_numbers() -> None:
    from demos.gate_pictures import drawn
    from demos.gate_train import learn

    scans = {"chest": [made(name) for name in ("normal_1", "normal_2", "pneumonia_2")],
             "brain": [brain(place=place) for place in (40, 50, 60)]}
    first, second = (learn(scans, scans, {"drawn": list(drawn(14))})[0] for _ in range(2))
    assert first.keys() == {"chest_weights", "chest_bias", "brain_weights", "brain_bias"}
    assert all((first[name] == second[name]).all() for name in first)
    assert all(np.abs(first[f"{kind}_weights"]).max() > 0 for kind in scans)
