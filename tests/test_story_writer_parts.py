"""What the story writer is built of beside its network: stories, tokens, five-grams, drawing, measuring."""

from __future__ import annotations

import json
import lzma
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from demos.story_writer.classical import ORDER, Level, NGrams, unpack
from demos.story_writer.evaluate import evaluate
from demos.story_writer.kneser_ney import Runs, count_runs, discounts, shares, single
from demos.story_writer.stories import part_of, read_stories
from demos.story_writer.tokens import COUNT, STORY, as_printed, learn_tokens, read_tokens
from demos.story_writer.train_ngrams import table
from demos.story_writer.writing import Taste, tasted, write

ODD = ("", " ", "Zoë’s 🐇 ran", "<story>", "a\x00b\u202ec\r\n\td", "<b>bold</b> & [x](y)", "日本語", "\n\n\n")


@lru_cache(maxsize=None)
def texts() -> tuple[str, ...]:
    """Forty short made-up stories."""
    chance = np.random.default_rng(0)
    who, what, where = ("rabbit", "fox", "king", "frog"), ("ran", "sang", "slept", "sat"), ("wood", "pond", "castle")
    return tuple(" ".join(f"The {chance.choice(who)} {chance.choice(what)} in the {chance.choice(where)}."
                          for _ in range(12)) for _ in range(40))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with the stories, every fifth for the figures."""
    with lzma.open(tmp_path / "stories.jsonl.xz", "wt") as file:
        for number, text in enumerate(texts()):
            split = "validation" if number % 5 == 0 else "train"
            file.write(json.dumps({"id": f"7-{number:03}-1", "split": split, "text": text}) + "\n")
    return tmp_path


# --- the stories and their tokens -----------------------------------------------------------------

def test_all_parts_of_a_story_are_on_one_side_and_about_one_in_forty_is_held_back() -> None:
    numbers = [f"{book}-{story:03}" for book in range(40) for story in range(50)]
    assert all(part_of(f"{one}-1", "train") == part_of(f"{one}-2", "train") == part_of(one, "train") for one in numbers)
    assert 30 < sum(part_of(one, "train") == "choose" for one in numbers) < 75
    assert {part_of(one, "validation") for one in numbers} == {"validation"}


def test_no_story_is_in_two_parts(data: Path) -> None:
    parts = [read_stories(data, part) for part in ("learn", "choose", "validation")]
    assert sorted(sum(parts, [])) == sorted(texts()) and len(parts[2]) == 8


@pytest.mark.parametrize("text", ODD)
def test_every_text_can_be_written_and_none_holds_the_start_of_a_story(text: str) -> None:
    ids = read_tokens().ids(text)
    assert ids[0] == STORY and STORY not in ids[1:] and max(ids) < COUNT
    assert read_tokens().text(ids) == text


def test_the_stored_tokens_are_pieces_of_the_stories_english() -> None:
    tokens = read_tokens()
    assert tokens.tokenizer.get_vocab_size() == COUNT
    ids = tokens.ids("Once upon a time there was a little rabbit who lived in the wood.")
    assert len(ids) - 1 == 15, "each word of this sentence is one token"
    assert tokens.stream(["One.", "Two."]).tolist() == [*tokens.ids("One."), *tokens.ids("Two."), STORY]
    assert as_printed("“Yes” – it’s…\r\n") == '"Yes" -- it\'s...\n'


def test_learning_tokens_twice_gives_the_same() -> None:
    one, two = (learn_tokens(list(texts()), 300).tokenizer.to_str() for _ in range(2))
    assert one == two and "Ġfrog" in one


# --- the five-grams -------------------------------------------------------------------------------

def slow_chance(stories: list[list[int]], before: list[int], token: int) -> float:
    """Modified Kneser-Ney as Chen and Goodman write it, counted run by run."""
    def seen(length: int) -> Counter[tuple[int, ...]]:
        whole = [one for ids in stories for one in ids] + [STORY]
        runs = [tuple(whole[at:at + length]) for at in range(len(whole) - length + 1)]
        return Counter(run for run in runs if length < 3 or STORY not in run[1:-1])

    def counted(length: int) -> dict[tuple[int, ...], int]:
        raw = seen(length)
        if length == ORDER:
            return dict(raw)
        behind = Counter(run[1:] for run in seen(length + 1))
        return {run: raw[run] if run[0] == STORY and length > 1 else max(behind[run], 1) for run in raw}

    def chance(context: tuple[int, ...]) -> float:
        counts = counted(len(context) + 1)
        taken = discounts(np.array(list(counts.values())))
        here = {run[-1]: count for run, count in counts.items() if run[:-1] == context}
        lower = chance(context[1:]) if context else 1 / COUNT
        if not here:
            return lower
        off = {one: taken[min(count, 3)] for one, count in here.items()}
        return (max(here.get(token, 0) - off.get(token, 0), 0) + sum(off.values()) * lower) / sum(here.values())

    context = tuple(before[-(ORDER - 1):])
    return chance(context[max((at for at, one in enumerate(context) if one == STORY), default=0):])


@lru_cache(maxsize=None)
def ngrams(least: tuple[int, ...] = (1, 1, 1, 1)) -> NGrams:
    return unpack(table(count_runs(read_tokens().stream(list(texts())), ORDER), least))


def exact(counted: list[Runs]) -> NGrams:
    """The method with every share as it was reckoned, not as it is stored."""
    levels = []
    for level, runs in zip(unpack(table(counted, (1, 1, 1, 1))).levels, counted[1:]):
        whole = shares(runs, 1).shares
        sums = np.r_[0.0, np.cumsum(whole)]
        levels.append(Level(level.starts, level.tokens, whole, 1 - sums[level.starts[1:]] + sums[level.starts[:-1]]))
    return NGrams(single(counted[0]), tuple(levels))


def test_shares_are_those_of_the_textbook() -> None:
    tokens = read_tokens()
    stories = [tokens.ids(text) for text in texts()[:4]]
    model = exact(count_runs(tokens.stream(list(texts()[:4])), ORDER))
    ids = tokens.ids(texts()[5])
    for at in (1, 2, 4, 9, 13, 25):
        for token in {ids[at], ids[at + 3], 500}:
            assert model.chances(ids[:at])[token] == pytest.approx(slow_chance(stories, ids[:at], token), rel=1e-6), at


def test_storing_a_share_in_a_byte_costs_next_to_nothing() -> None:
    tokens = read_tokens()
    counted = count_runs(tokens.stream(list(texts()[:30])), ORDER)
    stored, whole = unpack(table(counted, (1, 1, 1, 1))), exact(counted)
    bits = [sum(model.surprises(tokens.ids(text)).sum() for text in texts()[30:]) for model in (stored, whole)]
    assert bits[0] == pytest.approx(bits[1], rel=0.02)


@pytest.mark.parametrize("least", [(1, 1, 1, 1), (1, 2, 3, 3), (2, 3, 4, 50)])
def test_chances_add_up_whatever_was_read_and_dropped(least: tuple[int, ...]) -> None:
    model, tokens = ngrams(least), read_tokens()
    for text in (*ODD, *texts()[:3], "The rabbit ran in the", "Quantum zebras"):
        for ids in (tokens.ids(text), tokens.ids(text)[1:], [*tokens.ids(text), STORY]):
            chances = model.chances(ids)
            assert chances.sum() == pytest.approx(1, abs=1e-6) and chances.min() > 0


def test_the_table_knows_what_followed_and_dropping_makes_it_smaller() -> None:
    tokens = read_tokens()
    after = ngrams().chances(tokens.ids("The fox ran in the"))
    likely = {tokens.text([token]) for token in np.argsort(-after)[:3]}
    assert likely == {" wood", " pond", " castle"}
    few, every = ngrams((2, 3, 4, 50)), ngrams()
    assert sum(len(level.tokens) for level in few.levels) < sum(len(level.tokens) for level in every.levels)
    assert all((level.rest > 0).all() for level in (*few.levels, *every.levels))


def test_the_surprise_and_the_steps_of_the_table_agree() -> None:
    ids, past = read_tokens().ids(texts()[1]), ()
    for at, bits in enumerate(ngrams().surprises(ids)):
        logs, past = ngrams().step([ids[at]], past)
        assert bits == pytest.approx(-logs[ids[at + 1]] / np.log(2))


# --- drawing and measuring ------------------------------------------------------------------------

def test_taste_narrows_what_may_come() -> None:
    logs = np.log(np.r_[0.4, 0.3, 0.2, 0.1, np.full(COUNT - 4, 1e-9)])
    plain = tasted(logs, Taste(1.0, 0, 1.0))
    assert plain[STORY] == 0 and plain[1:4] == pytest.approx([0.5, 1 / 3, 1 / 6], abs=1e-4)
    assert tasted(logs, Taste(0.0))[1] == 1
    assert np.flatnonzero(tasted(logs, Taste(1.0, 2, 1.0))).tolist() == [1, 2]
    assert np.flatnonzero(tasted(logs, Taste(1.0, 0, 0.6))).tolist() == [1, 2]
    assert np.flatnonzero(tasted(logs, Taste(1.0, 0, 0.0))).tolist() == [1]
    cold, hot = (tasted(logs, Taste(degree, 0, 1.0))[1] for degree in (0.5, 2.0))
    assert hot < plain[1] < cold
    for taste in (Taste(), Taste(0.01, 5, 0.5), Taste(5.0, 4096, 1.0)):
        assert tasted(logs, taste).sum() == pytest.approx(1)


def test_the_same_seed_writes_the_same_and_another_another() -> None:
    ids = read_tokens().ids("The rabbit")
    one, two, other = ([step.token for step in write(ngrams(), ids, 40, Taste(1.0, 0, 1.0), seed)] for seed in (3, 3, 4))
    assert one == two != other and STORY not in one and len(one) == 40
    for step in write(ngrams(), ids, 3, Taste(), 0):
        assert step.chances.shape == (COUNT,) and step.chances.sum() == pytest.approx(1, abs=1e-4)


def test_five_grams_write_what_they_read() -> None:
    tokens = read_tokens()
    said = tokens.text(step.token for step in write(ngrams(), tokens.ids("The king"), 30, Taste(0.5), 1))
    assert {word.strip(".") for word in said.split()[:-1]} <= set(" ".join(texts()).replace(".", "").split())


def test_the_evaluation_counts_bits_by_letters(data: Path) -> None:
    class Coin:
        """Holds all tokens for as likely."""

        def surprises(self, ids: list[int]) -> np.ndarray:
            return np.full(len(ids) - 1, 12.0)

        def step(self, new: list[int], past: Any = None) -> tuple[np.ndarray, int]:
            return np.full(COUNT, -np.log(COUNT)), 1

    models = {"coin": Coin(), "ngrams": ngrams(), "chat": object()}
    figures = evaluate(data, models.__getitem__, tuple(models), "test")
    assert [(one.method, one.metric) for one in figures] == [
        (key, metric) for key in ("coin", "ngrams") for metric in ("bits_per_byte", "tokens_a_second")]
    held, tokens = read_stories(data, "validation"), read_tokens()
    count = sum(len(tokens.ids(text)) - 1 for text in held)
    assert figures[0].value == pytest.approx(12 * count / sum(map(len, held)))
    assert all(one.low <= one.value <= one.high for one in figures if one.metric == "bits_per_byte")
    assert figures[2].value < 0.5 * figures[0].value and figures[3].value > 60
