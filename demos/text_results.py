"""What a model answers in words beside plain text: a translation, and which word came from which."""

from __future__ import annotations

from dataclasses import dataclass

from demos.results import Result, Text


@dataclass(frozen=True)
class Alignment(Result):
    """Which word came from which, sentence by sentence.

    For each word of the answer: the word, the words that it came from ("" for none), and how sure that is in [0, 1].
    """

    sentences: tuple[tuple[tuple[str, str, float], ...], ...]

    def __post_init__(self) -> None:
        if not all(0 <= sure <= 1 for rows in self.sentences for _, _, sure in rows):
            raise ValueError("a share is in [0, 1]")


@dataclass(frozen=True)
class Translation(Text):
    """A text in another language: the languages' English names, and how the words belong together if that is known.

    `note` is what to tell beside it.
    """

    languages: tuple[str, str]  # of what was given, of the answer
    alignment: Alignment | None = None
    note: str = ""
