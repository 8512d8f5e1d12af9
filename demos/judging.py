"""Measures judges of texts: how often they are right, how honest their certainties are, and their explanations."""

from __future__ import annotations

import time

import numpy as np

from demos.figures import Figure, wilson
from demos.two_way import TwoWay, leave_out

STEPS = (50, 70, 90, 100)  # per cent of certainty
EXPLAINED, TIMED = 50, 100  # texts
AGREE = ("In so many texts the word that its explanation shades strongest is also the one whose absence moves the answer "
         "most; taken from the first texts.")
ALONE = "One text at a time, the model loaded and warm; taken from the first texts."


def share_figure(key: str, metric: str, right: int, items: int, **about: str) -> Figure:
    """A share with its 95 % interval."""
    low, high = wilson(right, items)
    return Figure(key, metric, right / items, items=items, low=low, high=high, **about)


def accuracy(key: str, shares: np.ndarray, truth: np.ndarray, **about: str) -> list[Figure]:
    """Right answers, from certainties `(n,)` of the first name and `(n,)` truths, and how often at each certainty."""
    right, sure = (shares > 0.5) == (truth == 1), np.maximum(shares, 1 - shares)
    figures = [share_figure(key, "accuracy", int(right.sum()), len(right), **about)]
    for low, high in zip(STEPS, STEPS[1:]):
        here = right[(sure >= low / 100) & ((sure < high / 100) | (high == 100))]
        if len(here):
            figures.append(share_figure(key, f"right_when_{low}_to_{high}_sure", int(here.sum()), len(here), **about))
    return figures


def explanations(key: str, model: TwoWay, texts: list[str], **about: str) -> Figure:
    """How often the strongest shade stands on the word whose absence matters most."""
    texts = [text for text in texts if len(text.split()) > 1][:EXPLAINED]
    agreed = sum(int(np.abs(model.pushes(text)).argmax() == np.abs(leave_out(text, model.scores)).argmax())
                 for text in texts)
    note = f"{about.pop('note', '')} {AGREE}".strip()
    return share_figure(key, "strongest_word_confirmed", agreed, len(texts), note=note, **about)


def speed(key: str, model: TwoWay, texts: list[str], **about: str) -> Figure:
    """Milliseconds for one text."""
    texts = texts[:TIMED]
    model.predict(texts[0])
    began = time.perf_counter()
    for text in texts:
        model.predict(text)
    each = 1000 * (time.perf_counter() - began) / len(texts)
    note = f"{about.pop('note', '')} {ALONE}".strip()
    return Figure(key, "milliseconds_each", each, items=len(texts), note=note, **about)
