"""Why a story went on as it did: each word of the beginning is left out once, and what was written is read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from demos.results import View
from demos.story_writer import words as said
from demos.story_writer.settings import Wishes
from demos.story_writer.writing import write
from demos.text_results import Words

if TYPE_CHECKING:
    from demos.story_writer.telling import Storyteller

READ = 12  # pieces written that are read again without a word
LITTLE = 0.1  # log-odds: a word that does less did nothing


def left_out(model: Storyteller, text: str, wish: Wishes) -> View:
    """How much likelier each of the last words of a text made the first pieces that a model wrote after it."""
    parts = text.split()
    never = model.never if model.last is None else (*model.never, model.last)
    made = [one.token for one in write(model, model.ids(text), READ, wish.taste(), int(wish.seed), (), never)]
    begin = max(0, len(parts) - model.can_leave_out)
    whole = model.bits([*model.ids(text), *made], READ).sum()
    missing = [" ".join(parts[:place] + parts[place + 1:]) for place in range(begin, len(parts))]
    # in natural units, as the drawing of shaded words takes log-odds
    pushed = [np.log(2) * (model.bits([*model.ids(one), *made], READ).sum() - whole) for one in missing]
    shown = Words(("…",) * (begin > 0) + tuple(parts[begin:]), np.array([0.0] * (begin > 0) + pushed), said.PUSHED)
    written = " ".join(model.tokens.text(made).split())
    return View("left_out", said.LEFT_OUT_TITLE, f"{said.LEFT_OUT.format(text=written)} {counted(shown)}", shown)


def counted(found: Words) -> str:
    """The sentence that names the word that did most."""
    place = found.strongest()
    if place is None or abs(found.weights[place]) < LITTLE:
        return said.NO_WORD_COUNTED
    weight = float(found.weights[place])
    times = np.exp(abs(weight))
    shown = said.MILLION if times >= 1e6 else f"{times:,.0f}" if times >= 10 else f"{times:.1f}"
    return (said.WORD_COUNTED if weight > 0 else said.WORD_AGAINST).format(word=found.words[place], times=shown)
