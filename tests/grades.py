"""How hard a text is to read: what tests of the glossary and of the pages share."""

from __future__ import annotations

import re


def grade(text: str) -> float:
    """The school year that can read it (Flesch and Kincaid 1975); vowels in a row count as one syllable."""
    sentences = [part for part in re.split(r"[.!?:;]+(?:\s|$)", text) if part.strip()]
    found = re.findall(r"[A-Za-z']+", text)
    syllables = [max(1, len(re.findall("[aeiouy]+", re.sub("(?:[^l]es|[^td]ed|[^l]e)$", "", word.lower()) or "a"))) for word in found]
    return 0.39 * len(found) / len(sentences) + 11.8 * sum(syllables) / len(found) - 15.59
