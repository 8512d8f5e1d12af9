"""What every method does with a beginning, whatever says how likely each piece is: it writes on, is surprised, says why."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np

from demos.errors import BadInput
from demos.results import View
from demos.story_results import Looks, Piece, Story, Surprise
from demos.story_writer import words as said
from demos.story_writer.reasons import left_out
from demos.story_writer.settings import Wishes, chosen_numbers
from demos.story_writer.tokens import STORY, Tokens, as_printed, read_tokens
from demos.story_writer.writing import Choice, write

LISTED = 10  # pieces a step


@lru_cache(maxsize=1)
def story_tokens() -> Tokens:
    """The tokens of the stories, read once."""
    return read_tokens()


class Storyteller:
    """A model with `step`, and with `surprises` and `looks` where it can. Nothing here writes to self."""

    never: tuple[int, ...] = (STORY,)  # tokens that are not drawn
    last: int | None = None  # the token that ends a story
    frame: tuple[int, ...] = (STORY,)  # stands before a text that it is only to read
    context = 0  # tokens that it sees at once, where a visitor may write more
    can_leave_out = 24  # words, the last ones, that are left out one by one

    def step(self, new: list[int], past: Any = ...) -> tuple[np.ndarray, Any]:
        """See `writing.Reader`."""
        raise NotImplementedError

    @property
    def tokens(self) -> Tokens:
        """Between text and tokens."""
        return story_tokens()

    def ids(self, text: str) -> list[int]:
        """A visitor's text as the model reads it; spaces at its end would be read as a word that is half written."""
        return [STORY, *self.own(text)]

    def own(self, text: str) -> list[int]:
        """The text's own tokens."""
        return self.tokens.ids(as_printed(text).rstrip())[1:]

    # --- writing ------------------------------------------------------------------------------------

    def predict(self, text: str, **wishes: float) -> Story:
        """The story that begins with this text; `wishes` are those of `settings.SETTINGS`."""
        *_, (_, story) = self.stream(text, **wishes)
        return story

    def stream(self, text: str, **wishes: float) -> Iterator[tuple[float, Story]]:
        """As `predict`, after each word: how much is done, and the story so far."""
        yield from self.go_on(text, "-", **wishes)

    def go_on(self, text: str, chosen: str = "-", **wishes: float) -> Iterator[tuple[float, Story]]:
        """As `stream`, with the first pieces as `chosen` by their numbers. Raises BadInput for others than there are."""
        wish, ids = Wishes(**wishes), self.ids(text)
        numbers = chosen_numbers(chosen, self.tokens.tokenizer.get_vocab_size())
        length = int(max(wish.length, len(numbers) + 1))
        pieces: list[Piece] = []
        for choice in write(self, ids, length, wish.taste(), int(wish.seed), numbers, self.never, self.last):
            piece = self._piece(choice)
            if pieces and piece.text[:1].isspace() and len(pieces) >= len(numbers):
                yield len(pieces) / length, self._story(text, ids, pieces)
            pieces.append(piece)
        yield 1.0, self._story(text, ids, pieces)

    def _piece(self, choice: Choice) -> Piece:
        order = np.argsort(-choice.chances, kind="stable")[:LISTED + len(self.never)].tolist()
        best = [one for one in order if one not in self.never][:LISTED]
        listed = best if choice.token in best else [*best, choice.token]
        return Piece(choice.token, self.tokens.text([choice.token]), tuple(
            (one, self.tokens.text([one]), round(float(choice.chances[one]), 6), round(float(choice.drawn[one]), 6))
            for one in listed))

    def _story(self, text: str, ids: list[int], pieces: list[Piece]) -> Story:
        note = said.TOO_LONG.format(count=self.context) if 0 < self.context < len(ids) else ""
        return Story(self.tokens.text(piece.number for piece in pieces), text, tuple(pieces), note)

    # --- what the page asks beside it ----------------------------------------------------------------

    def bits(self, ids: list[int], count: int) -> np.ndarray:
        """`(count,)` float64: bits of surprise at each of the last `count` tokens, each after those before it."""
        return self.surprises(ids)[-count:]  # type: ignore[attr-defined]

    def surprise(self, text: str) -> Surprise:
        """How surprised the model is by each word of a text."""
        own = self.own(text)
        return by_words([self.tokens.text([one]) for one in own], self.bits([*self.frame, *own], len(own)))

    def looks(self, ids: list[int]) -> np.ndarray:
        """`(layers, heads, n, n)` how much each head, at each of the last n tokens, looks at it and those before."""
        raise BadInput(said.NO_HEADS)

    def attention(self, text: str, layer: float = 1, head: float = 1) -> Looks:
        """What one head of one layer looks at, both counted from 1. Raises BadInput for others than there are."""
        looks, own = self.looks(self.ids(text)), self.own(text)
        layers, heads, seen, _ = looks.shape
        if layer > layers or head > heads:
            raise BadInput(said.NO_SUCH_HEAD.format(layers=layers, heads=heads))
        own = own[-seen:]
        pieces = tuple(self.tokens.text([one]) for one in own)
        return Looks(pieces, looks[int(layer) - 1, int(head) - 1, -len(own):, -len(own):], layers, heads)

    def explain(self, text: str, **wishes: float) -> list[View]:
        """What each word of the beginning did for the first pieces written."""
        return [left_out(self, text, Wishes(**wishes))]


def by_words(pieces: list[str], bits: np.ndarray) -> Surprise:
    """The surprise at whole words: a word's pieces are put together and their bits added up."""
    words: list[str] = []
    sums: list[float] = []
    for piece, one in zip(pieces, bits.tolist(), strict=True):
        if words and not piece[:1].isspace() and not words[-1][-1:].isspace():
            words[-1], sums[-1] = words[-1] + piece, sums[-1] + one
        else:
            words.append(piece)
            sums.append(one)
    return Surprise(tuple(words), np.maximum(sums, 0))
