"""Measures both methods: `python -m demos evaluate search demos/search/questions.json`.

The file holds 60 questions as visitors might ask them, in other words than the texts', and 60 riddles that avoid the
texts' words wherever they can. Each was written before a ranking of it was looked at, with the passages that answer it;
the riddles came first. Settings were chosen on half of both (choose.py); the other half of the questions is counted apart
too. Beside them: "What is ...?" for each entry of the glossary, which is a question in the text's own words; and 20
questions beside the subject.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from demos.base import Model
from demos.errors import BadInput
from demos.figures import Figure, machine, today, wilson
from demos.glossary import entries
from demos.search.corpus import collect, fits
from demos.search.cutting import Passage
from demos.search.words import NOTHING_NEAR
from demos.text_results import Passages

FIRST, TIMED, PASSAGES = 3, 60, 1000
DATA, SIZE = "the dashboard's own texts, {which}", "{note} They were {count:,} passages on that day."
WRITTEN = ("Questions in other words are hard for a method that goes by words. Where several passages answer, each counts. "
           "The texts change with the dashboard; so does this figure. From 2026-11-29 on both methods also search what "
           "questions the project wrote beside each passage (asked.py); before that these were 36 and 15 of 60.")
NAMED = "Made from the glossary: the question holds the word itself, and its entry is the answer."


def evaluate(data: Path, load: Callable[[str], Model], methods: tuple[str, ...], command: str,
             limit: int | None = None) -> list[Figure]:
    """Hits among the first three and as the first, doubts, and milliseconds a question on 1,000 passages.

    `limit` takes the first so many questions of each kind; `load` gives the model of a method's key. Raises BadInput for
    a file that holds no questions.
    """
    try:
        rows = json.loads(data.read_text(encoding="utf-8"))
        questions, riddles, beside = (rows[key][:limit] for key in ("questions", "riddles", "beside"))
    except (OSError, ValueError, KeyError, TypeError):
        raise BadInput("Please give the file with the questions, demos/search/questions.json.") from None
    about = {"date": today(), "command": command, "machine": machine(), "things": "questions"}
    named = [{"question": f"What is {one.term}?", "answers": [{"page": "glossary", "says": one.says}]}
             for one in entries()][:limit]
    kept = [row for row in questions if row["set"] == "report"]
    figures = []
    for key in methods:
        model = load(key)
        found = [model.predict(text=row["question"]) for row in questions]
        kept_found = [one for one, row in zip(found, questions) if row["set"] == "report"]
        figures += shares(key, found, questions, about | {"note": WRITTEN}, "questions in other words")
        figures += shares(key, kept_found, kept, about | {"note": f"No setting was chosen on these. {WRITTEN}"},
                          "questions in other words, the half set aside")[:1]
        for which, asked, note in (("riddles that avoid the texts’ words", riddles, WRITTEN),
                                   ("“What is …?” for each entry of the glossary", named, NAMED)):
            answered = [model.predict(text=row["question"]) for row in asked]
            figures += shares(key, answered, asked, about | {"note": note}, which)[:1]
        if key == "minilm":
            figures += doubts(key, model, {"questions beside the subject": beside,
                                           "questions in other words": [row["question"] for row in questions]}, about)
        figures.append(speed(key, model, [row["question"] for row in questions][:TIMED], about))
    return figures


def hit(found: Passages, answers: list[dict[str, str]], first: int = FIRST) -> bool:
    """Whether one of the first passages answers the question."""
    return any(fits(Passage(*row), answers) for row in list(zip(found.items, found.texts, found.links))[:first])


def share(key: str, metric: str, right: int, items: int, about: dict[str, Any], which: str) -> Figure:
    """A share with its 95 % interval."""
    low, high = wilson(right, items)
    note = SIZE.format(note=about["note"], count=len(collect()))
    return Figure(key, metric, right / items, items=items, low=low, high=high, data=DATA.format(which=which),
                  **about | {"note": note})


def shares(key: str, found: list[Passages], rows: list[dict[str, Any]], about: dict[str, Any], which: str) -> list[Figure]:
    """How often the answer is among the first three, and how often the first."""
    return [share(key, metric, sum(hit(one, row["answers"], first) for one, row in zip(found, rows)), len(rows), about, which)
            for metric, first in (("hit_in_three", FIRST), ("hit_first", 1)) if rows]


def doubts(key: str, model: Model, sets: dict[str, list[str]], about: dict[str, Any]) -> list[Figure]:
    """How often it says that nothing fits: to questions beside the subject, and to those that can be answered."""
    return [share(key, "said_nothing_fits", sum(model.predict(text=one).note.startswith(NOTHING_NEAR) for one in texts),
                  len(texts), about | {"note": "Half of these chose from which nearness it doubts."}, which)
            for which, texts in sets.items()]


def speed(key: str, model: Any, texts: list[str], about: dict[str, Any]) -> Figure:
    """Milliseconds for one question on 1,000 passages."""
    larger = model.repeated(PASSAGES)
    larger.predict(text=texts[0])
    began = time.process_time()
    for text in texts:
        larger.predict(text=text)
    each = 1000 * (time.process_time() - began) / len(texts)
    return Figure(key, "milliseconds_a_query", each, items=len(texts), **about,
                  data=f"the dashboard's own texts, repeated up to {PASSAGES:,} passages",
                  note="Time of the processor, all cores together. One question at a time, the model loaded and warm; the "
                       "passages' meanings are stored.")
