"""Spam: known answers, real mistakes, the split, training, the evaluation, and the headline that the figures write."""

from __future__ import annotations

import hashlib
from html import unescape
from pathlib import Path

import numpy as np
import pytest

from app_pages import html, open_page
from demos import demo_folder, get_demo
from demos.engine import InlineEngine, LocalEngine
from demos.errors import BadInput
from demos.figures import AS_GOOD, FAR_LARGER, classical_is_enough, comparable, gain, in_hundred, read_figures
from demos.results import Labels
from demos.spam import evaluate, train
from demos.spam.data import read_messages, split
from demos.spam.words import NAMES, TRICKS
from demos.two_way import TwoWay
from pages.ui.template import enough_html

DEMO = get_demo("spam")
KEYS = ("bayes", "minilm")


def answer(engine: InlineEngine, key: str, text: str) -> Labels:
    return engine.submit("spam", key, {"text": text}).result().result


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("text, truth", [
    ("URGENT! You have won a £1000 cash prize. Call now to claim, text WIN to 80000.", "spam"),
    ("Ok, see you at home in ten minutes, love you", "not spam"),
    ("Txt STOP to end. FREE entry in our weekly competition!", "spam"),
    ("Did you finish your homework? I am still at the library", "not spam")])
def test_plain_cases_are_told_apart(engine: InlineEngine, key: str, text: str, truth: str) -> None:
    said = answer(engine, key, text)
    assert said.names[0] == truth and set(said.names) == set(NAMES) and said.scores[0] > 0.8


def test_the_samples_that_are_said_to_fail_do(engine: InlineEngine) -> None:
    failing = [sample for sample in DEMO.samples if sample.fails]
    assert len(failing) >= 3
    for sample in failing:
        wrong = {key for key in KEYS if answer(engine, key, sample.inputs["text"]).names[0] != sample.expect}
        assert wrong == ({"bayes", "minilm"} if "Both" in sample.fails else
                         {"bayes"} if "naive Bayes says" in sample.fails else {"minilm"}), sample.key


def test_the_mistakes_on_the_card_are_those_that_were_counted(engine: InlineEngine) -> None:
    said, figures = " ".join(DEMO.card.weak_at), read_figures(demo_folder("spam"))
    of = {(f.method, f.metric): f for f in figures}
    for key, who in zip(KEYS, ("naive Bayes", "the network")):
        precision, recall = of[key, "precision"], of[key, "recall"]
        missed, false = (round((1 - f.value) * f.items) for f in (recall, precision))
        assert f"{who} missed {missed} of {recall.items} messages of spam, and called {false} honest ones spam" in said
    shares = {key: engine.load("spam", key).shares for key in KEYS}
    for trick in ("today", "honest"):
        texts, truths = zip(*next(one for one in TRICKS if one.key == trick).sentences)
        got = {key: sum(NAMES[int(share <= 0.5)] == truth for share, truth in zip(shares[key](list(texts)), truths))
               for key in KEYS}
        assert f"naive Bayes got {got['bayes']} and the network {got['minilm']}" in said


@pytest.mark.parametrize("key", KEYS)
def test_the_word_that_gives_it_away_is_shaded(engine: InlineEngine, key: str) -> None:
    pushed, _ = engine.submit("spam", key, {"text": "claim your prize now"}, want="explain").result().views
    assert pushed.result.words == ("claim", "your", "prize", "now") and pushed.result.weights.max() > 0
    if key == "bayes":  # no word depends on another, so leaving out says the very same
        whole = engine.load("spam", key)
        assert whole.bias + pushed.result.weights.sum() == pytest.approx(whole.scores(["claim your prize now"])[0], abs=1e-4)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("text", ["!", "😀", "你好世界", "a" * 1000, "0 0 0", "<script>alert(1)</script>"])
def test_odd_messages_get_an_answer(engine: InlineEngine, key: str, text: str) -> None:
    assert answer(engine, key, text).scores.sum() == pytest.approx(1, abs=1e-4)


def test_every_list_of_hard_messages_can_be_asked(engine: InlineEngine) -> None:
    for trick in TRICKS:
        assert {truth for _, truth in trick.sentences} <= {*NAMES, ""}
        raw = "\n".join(text for text, _ in trick.sentences).encode()
        judged = engine.submit("spam", "bayes", {"table": raw, "form": "lines"}, want="part", change="many").result().result
        assert judged.texts == tuple(text for text, _ in trick.sentences)


# --- data, training, evaluation -------------------------------------------------------------------

SPAM = [f"claim {word} prize number {n} now" for n, word in enumerate("red blue green big small old new hot".split() * 4)]
HAM = [f"see you at {word} with {other}" for word in "home work school dinner".split()
       for other in "mum dad anna tom kim leo eve max".split()]


def collection(folder: Path) -> Path:
    lines = [f"spam\t{text}" for text in SPAM] + [f"ham\t{text}" for text in HAM]
    (folder / "SMSSpamCollection").write_text("\n".join(lines) + "\n")
    return folder


def test_twins_count_once_and_are_on_one_side(tmp_path: Path) -> None:
    rows = read_messages(collection(tmp_path) / "SMSSpamCollection")
    assert len(rows[0]) == 64 and sum(rows[1]) == 32
    parts = split(rows)
    texts = [text for part in parts.values() for text in part[0]]
    assert len(texts) == 8 + 32, "numbers alone make no other message"
    assert {name: len(part[0]) for name, part in parts.items()} == {"learn": 24, "choose": 6, "test": 10}
    assert split(rows) == parts


def test_training_twice_gives_the_same_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    collection(tmp_path)
    digests = []
    for name in ("one", "two"):
        monkeypatch.setattr(train, "TARGET", tmp_path / name)
        train.main(tmp_path)
        digests.append({path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (tmp_path / name).iterdir()})
    assert digests[0] == digests[1] and set(digests[0]) == {"bayes.safetensors", "head.safetensors"}


def test_a_head_on_scaled_numbers_is_one_on_unscaled_ones() -> None:
    chance = np.random.default_rng(0)
    means = chance.normal(size=(80, 384)).astype(np.float32) * 3 + 5
    head = train.fit_head(means, [int(row[0] > 5) for row in means], 1.0)
    scores = means @ head["head.weight"][0] + head["head.bias"][0]
    assert ((scores > 0) == (means[:, 0] > 5)).mean() > 0.95
    assert train.f1(np.array([1.0, 1, -1]), [1, 0, 1]) == 0.5


class Suspicious(TwoWay):
    """Calls spam what holds the word 'red' or 'mum'."""

    def scores(self, texts: list[str]) -> np.ndarray:
        return np.array([1.0 if {"red", "mum"} & set(text.split()) else -1.0 for text in texts], np.float32)

    def pushes(self, text: str) -> np.ndarray:
        return np.array([float(word in ("red", "mum")) for word in text.split()], np.float32)


def test_the_evaluation_counts_what_was_caught_and_what_was_right(tmp_path: Path) -> None:
    texts, labels = split(read_messages(collection(tmp_path) / "SMSSpamCollection"))["test"]
    said = [bool({"red", "mum"} & set(text.split())) for text in texts]
    caught = sum(one and label for one, label in zip(said, labels))
    figures = {f.metric: f for f in evaluate.evaluate(tmp_path, lambda key: Suspicious(NAMES), ("bayes",), "test")}
    assert figures["recall"].items == sum(labels) and figures["recall"].value == pytest.approx(caught / sum(labels))
    if any(said):
        assert figures["precision"].items == sum(said) and figures["precision"].value == pytest.approx(caught / sum(said))
    assert figures["accuracy"].items == 10
    with pytest.raises(BadInput):
        evaluate.evaluate(tmp_path, lambda key: Suspicious(NAMES), ("bayes",), "test", limit=0)


def test_the_headline_is_what_the_figures_say() -> None:
    figures = read_figures(demo_folder("spam"))
    classical, deep = comparable(figures, "bayes", "minilm")
    larger = DEMO.method("deep").size_mb >= FAR_LARGER * DEMO.method("classical").size_mb
    assert bool(classical_is_enough(DEMO)) == (larger and gain(classical, deep) < AS_GOOD)
    drawn = unescape(enough_html(DEMO))
    enough = bool(classical_is_enough(DEMO))
    assert ("Here classical wins" in drawn) == (enough and gain(classical, deep) <= 0)
    assert ("Here classical is enough" in drawn) == (enough and gain(classical, deep) > 0)
    assert not drawn or (in_hundred(classical.value) in drawn and in_hundred(deep.value) in drawn)
    assert enough_html(get_demo("image_recognition")) == ""
    measured = {(f.method, f.metric) for f in figures}
    assert measured >= {(key, metric) for key in KEYS for metric in ("accuracy", "precision", "recall", "milliseconds_each")}


def test_the_page_says_it_under_its_title(live_engine: LocalEngine) -> None:
    drawn = html(open_page("spam"))
    assert drawn.index("dl-headline") < drawn.index("dl-duel") and drawn.count('class="dl-text"') == 4
