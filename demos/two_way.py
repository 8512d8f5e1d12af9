"""What every judge of texts shares: one of two answers, how much each word pushed, the check on that, many at once.

A judge gives each text a number: above 0 for the first of its two names, below for the second.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import numpy as np

from demos.results import Labels, View
from demos.table_files import Table
from demos.text_results import Judged, Words

LEFT_OUT_AT_MOST = 40  # times that a text is read again; in a longer one several words are left out together
HARDLY = 0.1  # log-odds
AT_ONCE = 32  # texts between two signs of progress
LEFT_OUT = "The check: each word left out in turn"


def word_spans(text: str) -> list[tuple[int, int]]:
    """Where each word stands in a text, with the marks that are written to it."""
    return [match.span() for match in re.finditer(r"\S+", text)]


def by_word(values: np.ndarray, offsets: list[tuple[int, int]], spans: list[tuple[int, int]]) -> np.ndarray:
    """What belongs to each word `(n,)`, of values that belong to pieces of words at these places in the text."""
    starts, found = np.array([start for start, _ in spans]), np.zeros(len(spans), np.float32)
    for value, (start, end) in zip(values, offsets):
        if end > start:  # the marks of the beginning and the end have no place
            found[np.searchsorted(starts, start, side="right") - 1] += value
    return found


def leave_out(text: str, score: Callable[[list[str]], np.ndarray]) -> np.ndarray:
    """How much the score falls without each word `(n,)`; the words' order and all others stay."""
    words = text.split()
    if not words:
        return np.zeros(0, np.float32)
    groups = np.array_split(np.arange(len(words)), min(len(words), LEFT_OUT_AT_MOST))
    without = [" ".join(word for i, word in enumerate(words) if i not in set(group)) for group in groups]
    whole, *rest = score([text, *without])
    fallen = np.zeros(len(words), np.float32)
    for group, left in zip(groups, rest):
        fallen[group] = (whole - left) / len(group)
    return fallen


class TwoWay:
    """A judge between two names. Subclasses give `scores` and `pushes`, and say in `how` what a shade means."""

    how: tuple[str, str] = ("", "")  # title and sentence of the shaded words

    def __init__(self, names: tuple[str, str]) -> None:
        self.names = names

    def scores(self, texts: list[str]) -> np.ndarray:
        """Log-odds `(n,)` of the first name."""
        raise NotImplementedError

    def pushes(self, text: str) -> np.ndarray:
        """How much each word moved the score, `(n,)` for the n words of `word_spans`."""
        raise NotImplementedError

    def note(self, text: str) -> str:
        """What to tell beside the answer, if anything."""
        return ""

    def shares(self, texts: list[str]) -> np.ndarray:
        """Certainties `(n,)` of the first name, in [0, 1]."""
        return (1 / (1 + np.exp(-np.clip(self.scores(texts).astype(float), -30, 30)))).astype(np.float32)

    def predict(self, text: str) -> Labels:
        """Both names for a text, the likelier first."""
        share = float(self.shares([text])[0])
        pairs = sorted(zip((share, 1 - share), self.names, (1, 0)), reverse=True)
        scores, names, ids = zip(*pairs)
        return Labels(names, np.array(scores), ids, note=self.note(text))

    def explain(self, text: str) -> list[View]:
        """The words shaded by how much they pushed, and the same by leaving each out."""
        words = tuple(text[start:end] for start, end in word_spans(text))
        pushed = Words(words, self.pushes(text), self.names)
        fallen = Words(words, leave_out(text, self.scores), self.names)
        title, how = self.how
        return [View("words", title, f"{how} {strongest(pushed)}", pushed),
                View("left_out", LEFT_OUT, f"{left_out_how(len(words))} {agreement(pushed, fallen)}", fallen)]

    def many(self, table: Table, column: float = -1) -> Iterator[tuple[float, Judged]]:
        """Judge a column of a table, -1 for the one that looks like text: how much is done, and the answers so far."""
        chosen = table.guess() if column < 0 else min(int(column), len(table.columns) - 1)
        texts = table.texts(chosen)
        shares = np.zeros(0, np.float32)
        for start in range(0, len(texts), AT_ONCE):
            shares = np.append(shares, self.shares(texts[start:start + AT_ONCE]))
            yield len(shares) / len(texts), Judged(tuple(texts[:len(shares)]), shares, self.names, table.columns,
                                                   chosen, table.left_out)


def plain(word: str) -> str:
    """A word without the marks that are written to it; a mark alone stays."""
    return word.strip(".,;:!?…\"'“”‘’()[]") or word


def strongest(pushed: Words, count: int = 2) -> str:
    """The words that pushed hardest either way, in a sentence."""
    said = []
    for name, sign in zip(pushed.names, (1, -1)):
        order = [i for i in np.argsort(-sign * pushed.weights, kind="stable") if sign * pushed.weights[i] > 0]
        if order:
            words = " and ".join(f"“{plain(pushed.words[i])}”" for i in order[:count])
            said.append(f"{words} pushed most towards “{name}”")
    return f"{'; '.join(said)}." if said else "No word pushed either way."


def left_out_how(words: int) -> str:
    """How the check was done."""
    if words <= LEFT_OUT_AT_MOST:
        return f"The text was read again {words} times, each time without one word; the shade is how far the answer moved."
    return (f"The text was read again {LEFT_OUT_AT_MOST} times, each time without a few neighbouring words; "
            "the shade is how far the answer moved.")


def agreement(pushed: Words, fallen: Words) -> str:
    """Whether both ways name the same word as the strongest, in a sentence."""
    first, second = pushed.strongest(), fallen.strongest()
    if first is None or second is None:
        return "No single word moves it."
    if np.abs(fallen.weights).max() < HARDLY:
        return "Whichever word is left out, the answer hardly moves: no single one decides."
    if first == second:
        return f"Both ways agree: “{plain(pushed.words[first])}” matters most."
    return (f"The two ways differ: the shades above name “{plain(pushed.words[first])}”, leaving out names "
            f"“{plain(fallen.words[second])}”. An explanation is a hint, no proof.")
