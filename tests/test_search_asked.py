"""The questions written beside the dashboard's passages: a search finds a passage by them too."""

from __future__ import annotations

import json

import numpy as np
import pytest

from demos import demo_folder
from demos.engine import InlineEngine
from demos.search.asked import read_asked
from demos.search.classical import ByWords
from demos.search.corpus import collect
from demos.search.cutting import Passage
from demos.search.store import filled

QUESTIONS = demo_folder("search") / "questions.json"


def test_a_passage_is_found_by_a_question_written_beside_it(engine: InlineEngine) -> None:
    dogs, books = Passage("", "Leave them at the gate.", asked=("May my dog come in?", "Are pets allowed?")), Passage("", "Ten novels.")
    read_anew = engine.load("search", "minilm").minilm.meanings
    meanings = filled([books, dogs], demo_folder("search") / "weights" / "passages.safetensors", read_anew)
    assert meanings.owners.tolist() == [1, 1] and meanings.places.shape == (2, 2)
    question = read_anew(["Can I take my puppy with me?"])[0]
    assert meanings.alike(question)[1] == pytest.approx(float((meanings.asked @ question).max())) and meanings.alike(question).argmax() == 1
    assert meanings.nearest(1, question)[1] == 0 and meanings.nearest(0, question)[1] is None
    twice = meanings.repeated(np.array([1, 0, 1]))
    assert twice.alike(question).tolist() == pytest.approx(meanings.alike(question)[[1, 0, 1]].tolist())
    assert ByWords([books, dogs]).find("dog").numbers == (1,), "the classical method reads the same questions"


def test_nearly_every_text_has_a_question_and_none_is_one_that_measures() -> None:
    passages = [one for one in collect() if not one.title.endswith("how good it is")]
    assert sum(bool(one.asked) for one in passages) >= 0.8 * len(passages)
    written = {question.casefold() for questions in read_asked().values() for question in questions}
    rows = json.loads(QUESTIONS.read_text())
    assert not written & {row["question"].casefold() for row in (*rows["questions"], *rows["riddles"])}
    assert all(question.endswith("?") and len(question) < 120 for question in written)
