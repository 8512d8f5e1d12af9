"""Whatever bytes a visitor gives, there comes an array within limits or one sentence; nothing else, and soon."""

from __future__ import annotations

import string
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from demos.errors import BadInput
from demos.inputs import ChoiceInput, NumberInput, TextInput
from demos.recommendation.rated import read_rated
from demos.teach_it.kinds import PICTURES
from demos.teach_it.taught import check_counts, read_names
from readers import READERS, check, peak_mb

# the same cases at each run, so that nobody's change is refused by chance; the long run below draws new ones
EVERYDAY = settings(max_examples=60, derandomize=True, deadline=None, database=None,
                    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example])
LONG = settings(EVERYDAY, max_examples=3000, derandomize=False)
SHARP = st.sampled_from([b"\xff" * 4, bytes(4), b"\x7f\xff\xff\xff", b"\x80\x00\x00\x00", b"\x00\x00\x00\x01", b"\xff" * 8, b"-1", b"1e999", b"nan"])


@st.composite
def mutated(draw: Any, whole: bytes) -> bytes:
    """A valid file with a few bytes changed, pieces lost, doubled or put in, or its end cut off."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, min(len(data), draw(st.sampled_from([40, 400, 10**7]))) - 1)))
        match draw(st.sampled_from(["put", "put", "flip", "insert", "lose", "double", "cut"])):
            case "put":
                data[at:at + 4] = draw(SHARP | st.binary(min_size=1, max_size=8))
            case "flip" if data:
                data[at] ^= 1 << draw(st.integers(0, 7))
            case "insert":
                data[at:at] = draw(SHARP | st.binary(max_size=64))
            case "lose":
                del data[at:at + draw(st.integers(1, 200))]
            case "double":
                data[at:at] = data[at:at + draw(st.integers(1, 400))] * draw(st.integers(1, 8))
            case "cut":
                del data[at:]
    return bytes(data)


def files(name: str) -> st.SearchStrategy[bytes]:
    """Random bytes, some after a beginning that is known, and mutated valid files."""
    reader = READERS[name]
    noise = st.builds(lambda head, tail: head + tail, st.sampled_from(reader.beginnings), st.binary(max_size=1500))
    if name in ("table", "lines", "series", "record", "films", "document"):
        noise |= st.text(alphabet=st.sampled_from(string.digits + ".,;:-+e\t\n\r\"' tx\x00\ufeff\u2028é鍵"), max_size=1500).map(str.encode)
    return noise | st.sampled_from(sorted(reader.seeds().values())).flatmap(mutated)


def run(name: str, how: settings) -> None:
    """Draw files for a reader and check each."""
    @how
    @given(files(name))
    def property_of(data: bytes) -> None:
        check(READERS[name], data)

    before = peak_mb()
    property_of()
    assert peak_mb() - before < READERS[name].megabytes


@pytest.mark.parametrize("name", READERS)
def test_valid_files_are_read(name: str) -> None:
    """Shows that the checks of what comes out can be reached."""
    assert all([check(READERS[name], data) for data in READERS[name].seeds().values()])


@pytest.mark.parametrize("name", READERS)
def test_any_bytes_give_a_value_within_limits_or_a_sentence(name: str) -> None:
    run(name, EVERYDAY)


@pytest.mark.slow
@pytest.mark.parametrize("name", READERS)
def test_any_bytes_for_long(name: str) -> None:
    run(name, LONG)


ODD = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.lists(st.text(), max_size=3)


@EVERYDAY
@given(ODD)
def test_any_value_for_words_numbers_and_choices_gives_one_of_theirs_or_a_sentence(raw: Any) -> None:
    for item in (TextInput(), NumberInput("n", "A number", low=0, high=5), ChoiceInput("c", "A choice", options=(("a", "A"),))):
        try:
            value = item.read(raw)
        except BadInput:
            continue
        assert isinstance(value, (str, float)) and (not isinstance(value, float) or 0 <= value <= 5)
        assert not isinstance(value, str) or (0 < len(value) <= 2000 and all(c in "\n\t" or c.isprintable() for c in value))


@EVERYDAY
@given(st.text(max_size=200), st.lists(st.text(max_size=60) | st.integers(), max_size=7), st.lists(st.integers(0, 60), max_size=7))
def test_ratings_and_names_too(ratings: str, names: list[Any], counts: list[int]) -> None:
    for read in (lambda: read_rated(ratings), lambda: read_names(names), lambda: check_counts(read_names(names), counts, PICTURES)):
        try:
            read()
        except BadInput as error:
            assert str(error).endswith(".")
