"""The samples a visitor can press: their inputs as bytes and text, and whether an answer is the true one."""

from __future__ import annotations

import re

from demos import demo_folder
from demos.base import Demo, Sample
from demos.picture_results import Made
from demos.results import Boxes, Labels, Ranking, Result, Text, Transcript
from demos.series_results import Life
from demos.taste_results import Suggestions
from demos.weights import find_part

NOTHING_FOUND = "nothing found"
Value = bytes | str | float


def sample_inputs(demo: Demo, sample: Sample) -> dict[str, Value]:
    """The sample's values by input: a file's bytes, anything else as it is written on the card.

    Raises WeightsMissing when the package that holds a sample's file is not installed.
    """
    declared = (*demo.inputs, *(item for method in demo.methods for item in method.inputs))
    files = {item.name for item in declared if item.is_file}
    folder = demo_folder(demo.name)
    return {name: find_part(value, folder).read_bytes() if name in files else value
            for name, value in sample.inputs.items()}


def said(result: Result) -> str:
    """The answer itself in words: the likeliest label, what was said, the names of what was found."""
    match result:
        case Suggestions(titles=names):  # before its kind: its items are IMDb ids
            return names[0] if names else ""
        case Labels(names=names) | Ranking(items=names):
            return names[0] if names else ""
        case Transcript(text=text) | Text(text=text):
            return text
        case Boxes(names=names):
            return ", ".join(names) or NOTHING_FOUND
        case Made(says=says) | Life(says=says):
            return says
    return ""


def is_expected(sample: Sample, result: Result) -> bool:
    """Whether the answer holds the sample's true one."""
    return holds(sample.expect, result)


def holds(truth: str, result: Result) -> bool:
    """Whether the answer holds the true one; capitals, punctuation and spacing do not count.

    Where the true one is a name that the method knows, the answer must be that name: “not spam” is not “spam”.
    """
    if isinstance(result, Labels) and truth in result.names:
        return result.names[0] == truth

    def plain(text: str) -> str:
        return " ".join(re.sub(r"[^\w\s]", " ", text.casefold()).split())

    return f" {plain(truth)} " in f" {plain(said(result))} "
