"""Measures both methods on the test part of the SMS Spam Collection (a folder with SMSSpamCollection)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from demos.base import Model
from demos.errors import BadInput
from demos.figures import Figure, machine, today
from demos.judging import accuracy, explanations, share_figure, speed
from demos.spam.data import read_messages, split

TEST = "SMS Spam Collection, the quarter kept for the test"
NOTE = ("On this copy of 4,459 of its messages; those alike but for numbers and punctuation count once. Learnt from and "
        "chosen by were other messages of the same collection, in English, mostly from Singapore and Britain, of 2011 "
        "and before.")


def evaluate(data: Path, load: Callable[[str], Model], methods: tuple[str, ...], command: str,
             limit: int | None = None) -> list[Figure]:
    """Right answers, precision and recall of spam, how explanations agree, and the time for one message.

    `limit` takes the first so many messages of the test part; `load` gives the model of a method's key. Raises
    FileNotFoundError for a folder without SMSSpamCollection, BadInput for one without spam in it.
    """
    texts, labels = split(read_messages(data / "SMSSpamCollection"))["test"]
    texts, truth = texts[:limit], np.array(labels[:limit])
    if not truth.any():
        raise BadInput("There is no spam among these messages, so nothing can be measured. Please take more.")
    about = {"data": TEST, "note": NOTE, "date": today(), "command": command, "machine": machine()}
    figures = []
    for key in methods:
        model = load(key)
        shares = model.shares(texts)
        said, caught = int((shares > 0.5).sum()), int(((shares > 0.5) & (truth == 1)).sum())
        figures += accuracy(key, shares, truth, things="messages", **about)
        if said:
            figures.append(share_figure(key, "precision", caught, said, things="messages that it called spam", **about))
        figures += [share_figure(key, "recall", caught, int(truth.sum()), things="messages of spam", **about),
                    explanations(key, model, texts, things="messages", **about),
                    speed(key, model, texts, things="messages", **about)]
    return figures
