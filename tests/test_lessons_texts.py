"""Lessons about words: a rule for spam, what heads look at, and networks that read letter by letter."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from demos import demo_folder
from demos.attending import MOST_PIECES, heads, orders
from demos.attention_results import Heads, Orders
from demos.errors import BadInput
from demos.lessons import get_lesson
from demos.lessons.attention import FOUND_WITH, KNOWN, TRIED_ON, last_it, most_looked_at, sheet
from demos.lessons.rules import SEEN, SPAM, UNSEEN, count_right, judge, words_of
from demos.minilm import MINILM, MiniLM, load_minilm
from demos.weights import locate


@pytest.fixture(scope="module")
def minilm() -> MiniLM:
    return load_minilm(locate(MINILM, demo_folder("search")), "cpu")


# --- a rule ---------------------------------------------------------------------------------------

def test_a_rule_is_words_of_their_own() -> None:
    assert words_of("Free,  WON;free") == ("free", "won")
    assert judge(("win",), "You WIN!") == SPAM and judge(("win",), "The window is open") != SPAM
    assert judge(("£",), "£1000 for you") == SPAM
    assert len(words_of("a b " * 500)) <= 40 and words_of("") == ()


def test_no_rule_is_half_right_and_both_kinds_are_as_many() -> None:
    for messages in (SEEN, UNSEEN):
        assert sum(truth == SPAM for _, truth in messages) * 2 == len(messages) == 2 * count_right((), messages)
    assert not {text for text, _ in SEEN} & {text for text, _ in UNSEEN}


# --- attention ------------------------------------------------------------------------------------

def found_nouns(minilm: MiniLM, sentences: tuple[tuple[str, str], ...]) -> int:
    count = 0
    for text, noun in sentences:
        seen = heads(minilm, text)
        place = last_it(seen.pieces)
        assert place is not None
        count += seen.pieces[most_looked_at(seen.pieces, seen.shares[KNOWN["it"]], place)].strip() == noun
    return count


def test_the_head_for_it_finds_as_many_nouns_as_the_lesson_says(minilm: MiniLM) -> None:
    told = get_lesson("attention").engineer
    for sentences in (FOUND_WITH, TRIED_ON):
        assert f"{found_nouns(minilm, sentences)} of {len(sentences)}" in told


def test_a_small_suitcase_does_not_change_the_habit(minilm: MiniLM) -> None:
    for word in ("big", "small"):
        seen = heads(minilm, f"The trophy does not fit into the suitcase because it is too {word}")
        assert seen.pieces[most_looked_at(seen.pieces, seen.shares[KNOWN["it"]], 9)].strip() == "trophy"


def test_named_heads_look_where_their_names_say(minilm: MiniLM) -> None:
    shares = heads(minilm, TRIED_ON[0][0]).shares
    count = shares.shape[2]
    before = np.mean([shares[KNOWN["before"]][place, place - 1] for place in range(1, count)])
    after = np.mean([shares[KNOWN["after"]][place, place + 1] for place in range(count - 1)])
    assert before > 0.99 and after > 0.5 and shares[KNOWN["outside"]].sum(axis=1).mean() < 0.3


def test_heads_equal_those_of_transformers(minilm: MiniLM) -> None:
    text = "Two words, or Überraschungen <b>"
    seen = heads(minilm, text)
    assert "".join(seen.pieces) == text
    minilm.network.set_attn_implementation("eager")
    with torch.inference_mode():
        whole = minilm.network(input_ids=torch.tensor([minilm.encode([text])[0].ids]), output_attentions=True).attentions
    minilm.network.set_attn_implementation("sdpa")
    assert np.allclose(seen.shares, torch.cat(whole).numpy()[:, :, 1:-1, 1:-1], atol=1e-6)


def test_without_places_every_order_is_the_same(minilm: MiniLM) -> None:
    found = orders(minilm, "the dog bites the man")
    assert "man the bites dog the" in found.texts and min(found.without_places) > 0.9999 > max(found.alike)
    assert orders(minilm, "word").texts == ()


def test_long_texts_are_refused_and_odd_ones_answered(minilm: MiniLM) -> None:
    with pytest.raises(BadInput, match="40"):
        heads(minilm, "word " * (MOST_PIECES + 1))
    assert heads(minilm, "🦜").shares.shape[:2] == (6, 12)
    with pytest.raises(ValueError):
        Heads(("a",), np.zeros((6, 12, 2, 2)))
    with pytest.raises(ValueError):
        Orders(("a",), (), ())


def test_the_sheet_shows_each_head_and_frames_the_chosen_one(minilm: MiniLM) -> None:
    shares = heads(minilm, "one two three").shares
    side = shares.shape[2] + 2
    drawn = sheet(shares, (3, 1))
    assert drawn.shape == (6 * side, 12 * side) and drawn[3 * side, 2 * side - 1] == 1 and drawn[0, 0] == 0.25
