"""Sentiment: known answers, real mistakes, explanations, many texts, odd input, the evaluation, the page."""

from __future__ import annotations

import json
import lzma
import re
from html import unescape
from pathlib import Path

import numpy as np
import pytest

from app_pages import html, open_page
from demos import demo_folder, get_demo
from demos.engine import InlineEngine, LocalEngine
from demos.errors import BadInput
from demos.figures import Figure, comparable, gain, read_figures
from demos.results import Labels
from demos.sentiment import evaluate
from demos.sentiment.words import NAMES, TRICKS
from demos.text_results import Judged, Words
from demos.two_way import TwoWay
from pages.ui import text_words, words

DEMO = get_demo("sentiment")
KEYS = ("tfidf", "minilm")
SAMPLES = {sample.key: sample for sample in DEMO.samples}


def answer(engine: InlineEngine, key: str, text: str) -> Labels:
    return engine.submit("sentiment", key, {"text": text}).result().result


# --- known answers --------------------------------------------------------------------------------

@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("text, truth", [
    ("An excellent, moving film.", "positive"), ("Dull, clumsy and far too long.", "negative"),
    ("I LOVED EVERY MINUTE!!!", "positive"), ("It’s not good.", "negative")])
def test_plain_words_are_understood(engine: InlineEngine, key: str, text: str, truth: str) -> None:
    said = answer(engine, key, text)
    assert said.names[0] == truth and set(said.names) == set(NAMES) and said.scores[0] > 0.7


def test_the_network_reads_what_the_words_alone_do_not_say(engine: InlineEngine) -> None:
    for key in ("denied", "but"):
        assert answer(engine, "minilm", SAMPLES[key].inputs["text"]).names[0] == SAMPLES[key].expect
        assert answer(engine, "tfidf", SAMPLES[key].inputs["text"]).names[0] != SAMPLES[key].expect
    assert answer(engine, "minilm", "It is not bad.").names[0] == "positive" != answer(engine, "tfidf", "It is not bad.").names[0]


def test_the_samples_that_are_said_to_fail_do(engine: InlineEngine) -> None:
    failing = [sample for sample in DEMO.samples if sample.fails]
    assert len(failing) >= 3
    for sample in failing:
        wrong = {key for key in KEYS if answer(engine, key, sample.inputs["text"]).names[0] != sample.expect}
        assert wrong == ({"tfidf", "minilm"} if "Both" in sample.fails else
                         {"tfidf"} if "classical method says" in sample.fails else {"minilm"}), sample.key


def figures_of(metric: str) -> dict[str, Figure]:
    return {f.method: f for f in read_figures(demo_folder("sentiment")) if f.metric == metric and f.things == "sentences"}


def test_the_network_is_the_better_one_by_measure() -> None:
    classical, deep = comparable(read_figures(demo_folder("sentiment")), "tfidf", "minilm")
    assert deep.items == classical.items == 872 and classical.value >= 0.80 and gain(classical, deep) > 0.05


def test_the_mistakes_on_the_card_are_those_that_were_counted(engine: InlineEngine) -> None:
    said = " ".join(DEMO.card.weak_at)
    wrong = {key: round((1 - f.value) * f.items) for key, f in figures_of("accuracy").items()}
    assert f"the network misjudges {wrong['minilm']} and the classical method {wrong['tfidf']}" in said
    strangers = {f.method: f for f in read_figures(demo_folder("sentiment")) if f.things == "film reviews"}
    lost = {key: round((1 - f.value) * f.items) for key, f in strangers.items()}
    assert f"of {strangers['tfidf'].items} whole reviews by other writers the network misjudges {lost['minilm']} and the " \
           f"classical method {lost['tfidf']}" in said
    sure = figures_of("right_when_90_to_100_sure")["minilm"]
    assert f"the {sure.items} answers" in said and f"sure, {round((1 - sure.value) * sure.items)} were wrong" in said
    shares = {key: engine.load("sentiment", key).shares for key in KEYS}
    for trick in ("sarcasm", "negation"):
        texts, truths = zip(*next(one for one in TRICKS if one.key == trick).sentences)
        got = {key: sum(NAMES[int(share <= 0.5)] == truth for share, truth in zip(shares[key](list(texts)), truths))
               for key in KEYS}
        assert f"the network got {got['minilm']} and the classical method {got['tfidf']}" in said
    for name in ("Wei", "Mohammed", "Emma", "Adam Sandler"):
        share = float(shares["minilm"]([f"{name} told me about the film over dinner."])[0])
        assert re.search(rf"{100 * share:.0f} (in 100 sure of “positive” )?for {name}", said)


# --- why ------------------------------------------------------------------------------------------

@pytest.mark.parametrize("key", KEYS)
def test_both_ways_shade_every_word_and_find_the_one_that_matters(engine: InlineEngine, key: str) -> None:
    text = "The film was terrible."
    pushed, fallen = engine.submit("sentiment", key, {"text": text}, want="explain").result().views
    for view in (pushed, fallen):
        assert isinstance(view.result, Words) and view.result.words == tuple(text.split()) and view.result.names == NAMES
        assert view.result.weights[3] < -1 and np.abs(view.result.weights).argsort()[-2:].tolist().count(3) == 1
    assert "“terrible”" in pushed.sentence
    # in a text of one length the words share what there is, so without "film" the rest weighs more
    assert ("agree" if key == "minilm" else "differ") in fallen.sentence


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("text", ["!", "😀", "你好世界", "a" * 1000, "word " * 199, "<b>bold</b> &amp; [x](http://a.example)",
                                  "\u200f\u202eesrever", "1 2 3", "naïve déjà-vu"])
def test_odd_texts_get_an_answer_and_an_explanation(engine: InlineEngine, key: str, text: str) -> None:
    assert answer(engine, key, text).scores.sum() == pytest.approx(1, abs=1e-4)
    views = engine.submit("sentiment", key, {"text": text}, want="explain").result().views
    assert all(np.isfinite(view.result.weights).all() for view in views)


@pytest.mark.parametrize("text", ["", "   \n", "\x00\u202e", "x" * 1001, b"\xff\xfe\xff"])
def test_what_is_no_text_gets_a_sentence(engine: InlineEngine, text: object) -> None:
    with pytest.raises(BadInput) as error:
        answer(engine, "tfidf", text)
    assert "Please" in str(error.value) and len(str(error.value)) < 200


# --- many -----------------------------------------------------------------------------------------

@pytest.mark.parametrize("key", KEYS)
def test_a_column_of_texts_is_judged_as_each_alone(engine: InlineEngine, key: str) -> None:
    raw = b"stars,review\n5,A wonderful evening\n1,A complete waste of time\n"
    judged = engine.submit("sentiment", key, {"table": raw}, want="part", change="many").result().result
    assert isinstance(judged, Judged) and judged.columns == ("stars", "review") and judged.column == 1
    alone = [answer(engine, key, text) for text in judged.texts]
    assert [names[0] for names in (one.names for one in alone)] == ["positive", "negative"]
    assert judged.shares == pytest.approx([float(dict(zip(one.names, one.scores))["positive"]) for one in alone], abs=2e-3)
    other = engine.submit("sentiment", key, {"table": raw, "column": 0}, want="part", change="many").result().result
    assert other.texts == ("5", "1")


def test_every_list_of_hard_sentences_can_be_asked(engine: InlineEngine) -> None:
    assert {trick.key for trick in TRICKS} >= {"negation", "sarcasm", "names"}
    for trick in TRICKS:
        assert {truth for _, truth in trick.sentences} <= {*NAMES, ""} and len(trick.sentences) >= 6
        raw = "\n".join(text for text, _ in trick.sentences).encode()
        given = {"table": raw, "form": "lines"}
        judged = engine.submit("sentiment", "tfidf", given, want="part", change="many").result().result
        assert judged.texts == tuple(text for text, _ in trick.sentences)


# --- the evaluation -------------------------------------------------------------------------------

class Optimist(TwoWay):
    """Calls everything positive that holds an 'o'."""

    def __init__(self) -> None:
        super().__init__(NAMES)

    def scores(self, texts: list[str]) -> np.ndarray:
        return np.array([2.0 if "o" in text else -0.5 for text in texts], np.float32)

    def pushes(self, text: str) -> np.ndarray:
        return np.array([float("o" in word) for word in text.split()], np.float32)


def test_the_evaluation_counts(tmp_path: Path) -> None:
    load = lambda key: Optimist()  # noqa: E731
    (tmp_path / "sentences_872.tsv").write_text("sentence\tlabel\nso good .\t1\na fine film\t1\nit 's no fun\t0\nbad , bad\t0\n")
    figures = {f.metric: f for f in evaluate.evaluate(tmp_path, load, ("optimist",), "test")}
    assert figures["accuracy"].value == 0.5 and figures["accuracy"].items == 4
    assert figures["right_when_50_to_70_sure"].items == 2 and figures["right_when_70_to_90_sure"].value == 0.5
    assert figures["strongest_word_confirmed"].items == 4 and figures["milliseconds_each"].value > 0
    path = tmp_path / "few.jsonl.xz"
    rows = [{"text": "no<br />good", "label": 0}, {"text": "fine", "label": 1}, {"text": "oh yes", "label": 1}]
    path.write_bytes(lzma.compress("\n".join(map(json.dumps, rows)).encode()))
    (stranger,) = evaluate.evaluate(path, load, ("optimist",), "test")
    assert stranger.value == pytest.approx(1 / 3) and stranger.things == "film reviews"
    with pytest.raises(FileNotFoundError):
        evaluate.evaluate(tmp_path / "none", load, (), "test")
    with pytest.raises(BadInput):
        evaluate.evaluate(tmp_path / "sentences_872.tsv", load, (), "test")


# --- the page -------------------------------------------------------------------------------------

def test_the_page_shades_the_words_of_both_methods(live_engine: LocalEngine) -> None:
    at = open_page("sentiment")
    drawn = html(at)
    assert drawn.count('class="dl-text"') == 4 and drawn.index("What the weights say") < drawn.index("What the network weighed")
    box = at.text_area[0]
    assert box.value == SAMPLES["warm"].inputs["text"]
    box.set_value("It <i>was</i> awful.").run()
    drawn = "\n".join(element.proto.body for element in at.get("html"))
    assert "&lt;i&gt;" in drawn and "<i>was" not in drawn and words.ONLY_YOU.format(what="text") in unescape(drawn)


def test_the_page_answers_hard_sentences_and_takes_one_up(live_engine: LocalEngine) -> None:
    at = open_page("sentiment")
    next(group for group in at.button_group if group.key == "tricks_sentiment").set_value("Sarcasm").run()
    assert html(at).count('class="dl-trick"') == 8 and "the classical method got" in html(at)
    next(button for button in at.button if button.key == "trick_sentiment_sarcasm_1").click().run()
    assert at.text_area[0].value == TRICKS[1].sentences[1][0] and not at.exception


def test_the_page_judges_many_and_lets_the_column_be_chosen(live_engine: LocalEngine) -> None:
    at = open_page("sentiment")
    at.file_uploader[0].upload("mine.csv", b"id,text\n1,lovely\n2,awful\n3,fine\n", "text/csv").run()
    assert "of 3 are “positive”" in html(at) and not at.exception
    assert list(at.dataframe[0].value[text_words.TEXT]) == ["lovely", "awful", "fine"]
    at.selectbox[0].set_value(0).run()
    assert list(at.dataframe[0].value[text_words.TEXT]) == ["1", "2", "3"]
    at.file_uploader[0].upload("mine.pdf", b"%PDF-1.7", "application/pdf").run()
    assert 'role="alert"' in html(at) and not at.exception


