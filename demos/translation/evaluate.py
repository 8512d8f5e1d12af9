"""Measures the methods on sentences that people translated: a folder with tatoeba.por-eng.eng and tatoeba.por-eng.por."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from demos.base import Model
from demos.errors import BadInput
from demos.figures import Figure, machine, today, wilson
from demos.text_results import Translation
from demos.translation.direction import evidence
from demos.translation.lists import JOB_SENTENCE, JOBS, THERE_AND_BACK, gender

NAMES = ("tatoeba.por-eng.eng", "tatoeba.por-eng.por")
OURS = "sentences of this project"
CHRF = ("chrF (Popović 2015) by sacrebleu: groups of one to six letters that the translation shares with one that a "
        "person wrote. On this copy of Tatoeba. ")
KNOWN = {
    "model1": "It learnt from other sentences, which the network beside it had translated.",
    "marian": "Such networks learn from OPUS, which holds Tatoeba: it may have met some of these sentences.",
}
DRAWINGS = 1000  # of the bootstrap


def evaluate(data: Path, load: Callable[[str], Model], methods: tuple[str, ...], command: str,
             limit: int | None = None) -> list[Figure]:
    """chrF both ways, milliseconds a sentence, and for the network whom it takes for a man.

    `limit` takes the first so many sentences; `load` gives the model of a method's key. Raises FileNotFoundError.
    """
    english, portuguese = ((data / name).read_text("utf-8").splitlines()[:limit] for name in NAMES)
    if len(english) != len(portuguese) or not english:
        raise BadInput("The two files must hold the same number of lines, a sentence a line.")
    about = {"date": today(), "command": command, "machine": machine()}
    name = data.resolve().name
    figures = [figure for key in methods for figure in _measured(key, load(key), english, portuguese, name, about)]
    if "marian" in methods:
        figures += [_guessed(english, portuguese, name, about), *_biased(load("marian"), about)]
    return figures


def _measured(key: str, model: Model, english: list[str], portuguese: list[str], data: str,
              about: dict[str, str]) -> list[Figure]:
    for warm in ("en-pt", "pt-en"):
        model.predict(text=english[0], direction=warm)  # the first call is slower than any other
    figures, began = [], time.process_time()
    said = {"en-pt": [_line(model, one, "en-pt") for one in english],
            "pt-en": [_line(model, one, "pt-en") for one in portuguese]}
    each = 1000 * (time.process_time() - began) / (2 * len(english))
    for way, wanted in (("en-pt", portuguese), ("pt-en", english)):
        value, low, high = chrf(said[way], wanted)
        figures.append(Figure(key, f"chrf_{way.replace('-', '_')}", value, data, len(wanted), "sentences", low=low,
                              high=high, note=CHRF + KNOWN.get(key, ""), **about))
    return [*figures, Figure(key, "milliseconds_a_sentence", each, data, 2 * len(english), "sentences, both ways",
                             note="The processor's time, which other programs do not lengthen; the model was warm, one sentence at a time.", **about)]


def _line(model: Model, text: str, way: str) -> str:
    answer = model.predict(text=text, direction=way)
    assert isinstance(answer, Translation)
    return answer.text


def chrf(said: list[str], wanted: list[str]) -> tuple[float, float, float]:
    """chrF as a fraction, with its 95 % bootstrap interval."""
    from sacrebleu.metrics import CHRF as Chrf

    value = Chrf().corpus_score(said, [wanted], n_bootstrap=DRAWINGS)
    middle, half = value._mean, value._ci
    return float(value.score) / 100, float(middle - half) / 100, float(middle + half) / 100


def _guessed(english: list[str], portuguese: list[str], data: str, about: dict[str, str]) -> Figure:
    """How often the language is guessed; nothing said for either counts as English, as on the page."""
    right = sum(evidence(one) >= 0 for one in english) + sum(evidence(one) < 0 for one in portuguese)
    count = len(english) + len(portuguese)
    low, high = wilson(right, count)
    return Figure("marian", "language_guessed", right / count, data, count, "single sentences", low=low, high=high,
                  note="By small words and accents; the same for both methods.", **about)


def _biased(model: Model, about: dict[str, str]) -> list[Figure]:
    """Of how many jobs the network makes men, and how many people come back as somebody else."""
    became = [gender(_line(model, JOB_SENTENCE.format(job=job), "en-pt")) for job in JOBS]
    back = [gender(_line(model, _line(model, one, "pt-en"), "en-pt")) for one, _ in THERE_AND_BACK]
    others = sum(now not in (was, "") for (_, was), now in zip(THERE_AND_BACK, back))
    note = "Told by the first article or pronoun of the Portuguese sentence. Few sentences: no more than an example."
    return [
        Figure("marian", "jobs_made_men", float(became.count("man")), OURS, len(JOBS),
               "jobs whose English name says neither", note=note, **about),
        Figure("marian", "came_back_as_somebody_else", float(others), OURS, len(THERE_AND_BACK),
               "Portuguese sentences after the way through English and back", note=note, **about)]
