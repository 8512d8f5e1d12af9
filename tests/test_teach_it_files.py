"""Files of what was taught, names and examples from anybody: read when they are right, refused in a sentence when not."""

from __future__ import annotations

import json
import struct
from typing import Any

import numpy as np
import pytest

from conftest import sample_input
from demos import get_demo
from demos.engine import InlineEngine
from demos.errors import BadInput
from demos.media import as_jpeg
from demos.teach_it.examples import ExamplesInput, TaughtInput, ready_made
from demos.teach_it.taught import LARGEST_FILE, NONE, NOT_OURS, Taught, pack, read_names
from teach_makers import jpegs

DEMO = get_demo("teach_it")


def header(data: bytes) -> dict[str, Any]:
    return json.loads(data[8:8 + int.from_bytes(data[:8], "little")])


def with_header(data: bytes, head: dict[str, Any]) -> bytes:
    raw = json.dumps(head).encode()
    return len(raw).to_bytes(8, "little") + raw + data[8 + int.from_bytes(data[:8], "little"):]


def altered(**changes: Any) -> bytes:
    """A ready-made lesson's file with some of its arrays replaced."""
    from safetensors.numpy import load, save

    return save({**load(pack(ready_made("smiles"))), **changes})


def about(**changes: Any) -> np.ndarray:
    whole = {"version": 1, "kind": "pictures", "names": ["a", "b", "c"], **changes}
    return np.frombuffer(json.dumps(whole).encode(), np.uint8)


ROWS, WEIGHTS = np.zeros((36, 1280), np.float16), np.zeros((1280, 3), np.float32)
HOSTILE = {
    "more examples than labels": lambda: altered(deep_rows=np.zeros((37, 1280), np.float16)),
    "not a number": lambda: altered(deep_weights=np.full_like(WEIGHTS, np.nan)),
    "infinite": lambda: altered(deep_rows=np.full_like(ROWS, np.inf)),
    "absurd": lambda: altered(deep_weights=np.full_like(WEIGHTS, 1e9)),
    "another kind of number": lambda: altered(deep_weights=WEIGHTS.astype(np.float64)),
    "a label too many": lambda: altered(labels=np.repeat(np.array([0, 1, 3], np.uint8), 12)),
    "labels in a square": lambda: altered(labels=np.zeros((6, 6), np.uint8)),
    "large thumbs": lambda: altered(thumbs=np.zeros((36, 96, 96, 3), np.uint8)),
    "one more array": lambda: altered(more=np.zeros(3, np.float32)),
    "no json": lambda: altered(about=np.frombuffer(b"{" * 300, np.uint8)),
    "deep json": lambda: altered(about=np.frombuffer(b"[" * 4000, np.uint8)),
    "long json": lambda: altered(about=about(names=["a" * 5000, "b", "c"])),
    "names that are none": lambda: altered(about=about(names=[1, 2, 3])),
    "a name with control characters only": lambda: altered(about=about(names=["\x00\x1b", "b", "c"])),
    "a long name": lambda: altered(about=about(names=["a" * 41, "b", "c"])),
    "the same name twice": lambda: altered(about=about(names=["a", "A", "c"])),
    "none of these as a name": lambda: altered(about=about(names=["None of these", "b", "c"])),
    "two names for three columns": lambda: altered(about=about(names=["a", "b"])),
    "six names": lambda: altered(about=about(names=list("abcdef"))),
    "a newer version": lambda: altered(about=about(version=2)),
    "too few examples": lambda: altered(labels=np.repeat(np.array([0, 1, 2], np.uint8), [2, 17, 17])),
    "cut": lambda: pack(ready_made("smiles"))[:5000],
    "a header that lies": lambda: struct.pack("<Q", 2**62) + b"{}",
    "a header that points outside": lambda: with_header(pack(ready_made("smiles")), {
        **header(pack(ready_made("smiles"))), "labels": {"dtype": "U8", "shape": [2**40], "data_offsets": [0, 2**40]}}),
    "a pickle": lambda: b"\x80\x04cos\nsystem\n(S'true'\ntR.",
    "a picture": lambda: jpegs("sad", 1)[0],
    "nothing": lambda: b"",
    "too large": lambda: bytes(LARGEST_FILE + 1),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_not_ours_gets_a_sentence(name: str) -> None:
    with pytest.raises(BadInput) as error:
        TaughtInput().read(HOSTILE[name]())
    assert len(str(error.value)) < 250 and str(error.value).endswith(".") and "Traceback" not in str(error.value)


def test_a_file_that_is_ours_is_read_and_a_wrong_name_is_not() -> None:
    taught = TaughtInput().read(altered(about=about()))
    assert isinstance(taught, Taught) and taught.names == ("a", "b", "c")
    assert TaughtInput().read("digits") is ready_made("digits")
    for wrong in ("../samples/digits", "x", 3, None):
        with pytest.raises(BadInput, match="ready-made"):
            TaughtInput().read(wrong)
    assert NOT_OURS in str(InlineEngine(device="cpu").submit(DEMO.name, "hog_svm", {
        "image": sample_input(DEMO, "sad"), "taught": b"x" * 99}).error)


@pytest.mark.parametrize("names", [["one"], list("abcdef"), ["a", " A "], ["a", ""], ["a", "!?"], ["a", "b" * 41], ["a", NONE.upper()]])
def test_names_that_cannot_be_used_get_a_sentence(names: list[str]) -> None:
    with pytest.raises(BadInput):
        read_names(names)
    assert read_names(["Mug ☕", "<b>key</b>", "鍵"]) == ("Mug ☕", "<b>key</b>", "鍵")


def test_a_lesson_needs_three_to_fifty_small_squares_of_each() -> None:
    three, two = jpegs("sad", 3), jpegs("sad", 2)
    large = as_jpeg(np.zeros((300, 256, 3), np.uint8))
    for examples in ((("a", three), ("b", two)), (("a", three), ("b", three * 17)), (("a", three), ("b", (*two, large))),
                     (("a", three), ("b", (*two, bytes(500_000)))), (("a", three), ("b", (*two, b"no picture"))), "smiles", ()):
        with pytest.raises(BadInput):
            ExamplesInput().read(examples)
