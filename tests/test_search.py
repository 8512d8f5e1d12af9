"""Search: known answers, real mistakes, cutting, the visitor's own text, explanations, the map, the store, the evaluation."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import text_makers as makers
from conftest import ROOT
from demos import demo_folder, get_demo, list_demos
from demos.compare import compare
from demos.document_files import Document
from demos.engine import InlineEngine
from demos.errors import BadInput
from demos.figures import Figure, comparable, gain, read_figures
from demos.glossary import entries
from demos.samples import is_expected
from demos.search import evaluate
from demos.search.classical import ByWords, tokens
from demos.search.corpus import collect, fits, own_words
from demos.search.cutting import LONGEST, MOST, Passage, cut, passages_of
from demos.search.store import digest, placed, read
from demos.search.words import NO_SHARED_WORD, NOTHING_NEAR
from demos.text_results import MeaningMap, Passages, Words
from demos.told import all_told

DEMO = get_demo("search")
KEYS = ("bm25", "minilm")
QUESTIONS = demo_folder("search") / "questions.json"
SAMPLES = {sample.key: sample for sample in DEMO.samples}
LIBRARY = ("The library opens at ten. It closes at seven.\n\nDogs must wait outside, beside a bowl of water.\n\n"
           "Whoever brings books back late pays twenty cents a day.")


def found(engine: InlineEngine, key: str, text: str) -> Passages:
    return engine.submit("search", key, {"text": text}).result().result


def own(engine: InlineEngine, key: str, document: bytes, text: str) -> Passages:
    return engine.submit("search", key, {"document": document, "text": text}, want="part", change="own").result().result


def test_every_demo_page_and_entry_is_among_the_passages() -> None:
    passages = collect()
    pages = {one.page for one in passages}
    assert pages >= {demo.name for demo in list_demos()} | {told.page or "./" for told in all_told()} | {"glossary"}
    assert sum(one.page == "glossary" for one in passages) == len(entries())
    assert len({one.text for one in passages}) == len(passages) >= 400
    for demo in list_demos():
        texts = " ".join(one.text for one in passages if one.page == demo.name)
        assert demo.card.never_for[:60] in texts and demo.summary[:60] in texts
        assert all(text[:60] in texts for text in own_words(demo))


def test_every_passage_is_short_and_its_link_leads_to_a_page_and_a_heading() -> None:
    from pages.ui import words

    heads = {"", *("-".join(title.lower().split()) for title in (words.WHY, words.BREAK, words.CARD))}
    slugs = {entry.slug for entry in entries()}
    for one in collect():
        assert one.text == one.text.strip() and one.title and len(one.text) <= 2 * LONGEST
        assert len(one.text) <= LONGEST or one.page == "glossary" or one.title.endswith("how good it is")
        page, _, place = one.link.partition("#")
        if page.startswith("glossary"):
            assert page.removeprefix("glossary?term=") in slugs
        else:
            assert place in heads and (page == "./" or (ROOT / "pages" / f"{page}.py").exists())


@pytest.mark.parametrize("text", ["", " ", "One. Two! Three?", "word " * 500, "x" * 2000, "a\n\n\nb", "No end", "1.5 metres. " * 99,
                                  "你好。" * 300, "Hyphen-\nated words stay.", "\u200bzero\u200b"])
def test_cutting_loses_no_letter_and_keeps_to_the_length(text: str) -> None:
    parts = cut(text)
    assert all(0 < len(part) <= LONGEST for part in parts)
    plain = "".join(text.replace("-\n", "").split())
    assert "".join("".join(parts).split()) == plain


def test_sentences_stay_whole_and_paragraphs_apart() -> None:
    assert cut("First one. Second one.\n\nThird one.") == ["First one. Second one.", "Third one."]
    long = "This sentence has some words in it. " * 20
    assert all(part.endswith(".") for part in cut(long)) and len(cut(long)) > 1


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("term", ["dropout", "overfitting", "softmax", "Grad-CAM"])
def test_a_word_of_the_glossary_is_found(engine: InlineEngine, key: str, term: str) -> None:
    result = found(engine, key, f"What is {term}?")
    assert f"Glossary: {term}" in result.items[:3] and len(result.texts) <= 5 and result.searched == len(collect())
    assert any(link.startswith("glossary?term=") for link in result.links) and (np.diff(result.scores) <= 0).all()


def test_meaning_is_found_where_no_word_is_shared(engine: InlineEngine) -> None:
    text = b"Canines wait in the yard.\n\nAutomobiles are parked behind the shed."
    assert "Automobiles" in own(engine, "minilm", text, "Where do I leave my car?").texts[0]
    by_words = own(engine, "bm25", text, "Where do I leave my car?")
    assert not by_words.items and by_words.note == NO_SHARED_WORD


def test_rare_words_and_endings_count(engine: InlineEngine) -> None:
    assert [word for word, _, _ in tokens("The learning learns; of a Net")] == ["learn", "learn", "net"]
    index = ByWords([Passage("", "a common word and one zebra"), Passage("", "a common word"), Passage("", "the common word")])
    assert index.find("common zebras").numbers[0] == 0 and index.find("quagga").numbers == ()


def test_samples_are_answered_as_the_card_says(engine: InlineEngine) -> None:
    failing = [sample for sample in DEMO.samples if sample.fails]
    assert failing
    for sample in DEMO.samples:
        right = {key: is_expected(sample, found(engine, key, sample.inputs["text"])) for key in KEYS}
        if sample.fails:
            assert not right["minilm"], sample.key
        elif sample.expect:
            assert right["minilm"], sample.key


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("text", ["!", "😀", "你好世界", "a" * 300, "word " * 59, "<b>bold</b> &amp; [x](http://a.example)",
                                  "\u200f\u202eesrever", "1 2 3", "naïve déjà-vu", "the of and"])
def test_odd_questions_get_an_answer_and_an_explanation(engine: InlineEngine, key: str, text: str) -> None:
    result = found(engine, key, text)
    assert len(result.items) == (5 if key == "minilm" else len(result.items)) and np.isfinite(result.scores).all()
    views = engine.submit("search", key, {"text": text}, want="explain").result().views
    assert views and all(np.isfinite(view.result.weights).all() for view in views)


@pytest.mark.parametrize("text", ["", "   \n", "\x00\u202e", "x" * 301, b"\xff\xfe\xff"])
def test_what_is_no_question_gets_a_sentence(engine: InlineEngine, text: object) -> None:
    with pytest.raises(BadInput, match="Please"):
        found(engine, "bm25", text)


def test_a_question_beside_the_subject_is_doubted(engine: InlineEngine) -> None:
    assert found(engine, "minilm", "What do snails eat in winter?").note == NOTHING_NEAR
    assert not found(engine, "minilm", "What is overfitting?").note


@pytest.mark.parametrize("key", KEYS)
def test_an_own_text_is_searched_and_nothing_else(engine: InlineEngine, key: str) -> None:
    result = own(engine, key, LIBRARY.encode(), "What happens when I am late with a book?")
    assert "twenty cents" in result.texts[0] and result.searched == 3 and set(result.links) == {""}
    assert result.items[0] == "Passage 3"


@pytest.mark.parametrize("key", KEYS)
def test_a_pdf_is_searched_by_its_pages(engine: InlineEngine, key: str) -> None:
    pdf = makers.pdf("The library opens at ten and closes at seven.", "Dogs must wait outside, beside a bowl of water.")
    result = own(engine, key, pdf, "May my dog come along?")
    assert result.items[0] == "Page 2" and "Dogs" in result.texts[0]


@pytest.mark.parametrize("name", ["locked", "bomb", "empty", "cut", "pictures_only"])
def test_a_text_that_cannot_be_read_gets_a_sentence(engine: InlineEngine, name: str) -> None:
    with pytest.raises(BadInput, match="Please"):
        own(engine, "bm25", makers.hostile_pdfs()[name], "Anything?")


def test_a_long_text_is_cut_off_and_says_so() -> None:
    document = Document(tuple(f"Page number {n}." for n in range(MOST + 7)), True)
    passages, left_out = passages_of(document)
    assert len(passages) == MOST and left_out == 7 and passages_of(document)[0] is passages
    index = ByWords([])
    assert index.own(document, "number 3").note == "Only the first 400 passages are searched; 7 more were left out."


def test_a_text_is_read_once_however_many_questions_are_asked(engine: InlineEngine) -> None:
    model = engine.load("search", "minilm")
    document = Document((LIBRARY,))
    times = []
    real = model.minilm.meanings
    model.minilm.meanings = lambda texts: (times.append(len(texts)), real(texts))[1]  # type: ignore[method-assign]
    try:
        first = [result for _, result in model.own(document, "When does it open?")][-1]
        again = [result for _, result in model.own(document, "When does it open?")][-1]
    finally:
        del model.minilm.meanings
    assert times == [1, 3, 1] and first.as_json() == again.as_json() and document.nbytes > 3 * 384 * 4


@pytest.mark.parametrize("key", KEYS)
def test_the_word_that_matters_is_shaded(engine: InlineEngine, key: str) -> None:
    asked, told = engine.submit("search", key, {"text": "What is dropout?"}, want="explain").result().views
    assert isinstance(asked.result, Words) and asked.result.words == ("What", "is", "dropout?")
    assert asked.result.strongest() == 2 and "“dropout”" in asked.sentence
    assert told.title == "Glossary: dropout" and len(told.result.words) == len(found(engine, key, "What is dropout?").texts[0].split())


def test_the_map_holds_every_passage_and_puts_the_question_among_the_nearest(engine: InlineEngine) -> None:
    result = engine.submit("search", "minilm", {"text": "What is dropout?"}, want="part", change="map").result().result
    assert isinstance(result, MeaningMap) and len(result.points) == len(collect())
    assert result.titles[result.nearest[0]] == "Glossary: dropout"
    assert np.linalg.norm(result.question - result.points[result.nearest[0]]) < 0.35 * np.ptp(result.points)
    with pytest.raises(ValueError):
        MeaningMap(np.zeros((2, 2)), ("a",), ("a",), ("a",), np.zeros(2), ())
    with pytest.raises(ValueError):
        MeaningMap(np.zeros((1, 2)), ("a",), ("a",), ("a",), np.zeros(2), (1,))


def test_a_ranking_stands_while_its_first_passage_stays() -> None:
    def ranking(*numbers: int) -> Passages:
        texts = tuple(map(str, numbers))
        return Passages(texts, -np.arange(len(numbers)), texts, texts, numbers, 9)

    assert compare(ranking(1, 2, 3, 4), ranking(1, 3, 9, 2)) == (2 / 3, True)
    assert compare(ranking(1, 2, 3), ranking(2, 1, 3)) == (1.0, False)
    assert compare(ranking(1, 2), ranking()) == (0.0, False) and compare(ranking(), ranking()) == (1.0, True)
    with pytest.raises(ValueError):
        Passages(("a",), np.ones(1), (), (), (), 1)
    with pytest.raises(ValueError):
        Passages(("a", "b"), np.array([0, 1]), ("a", "b"), ("", ""), (0, 1), 2)


def test_what_is_stored_is_what_the_network_says(engine: InlineEngine) -> None:
    stored, places = read(demo_folder("search") / "weights" / "passages.safetensors")
    known = [one for one in collect() if digest(one.whole) in places]
    assert len(known) >= 0.6 * len(collect()), "python -m demos.search.build stores the new ones"
    model = engine.load("search", "minilm")
    some = known[::37]
    fresh = model.minilm.meanings([one.whole for one in some])
    assert np.allclose([stored[digest(one.whole)] for one in some], fresh, atol=2e-3)


def test_a_new_passage_lands_among_its_like() -> None:
    meanings = np.eye(8, dtype=np.float32)
    places = np.arange(16, dtype=np.float32).reshape(8, 2)
    assert np.allclose(placed(meanings[3], meanings, places), places[3], atol=0.01)
    between = (meanings[2] + meanings[3]) / np.sqrt(2)
    assert np.allclose(placed(between, meanings, places), (places[2] + places[3]) / 2, atol=0.1)


def test_there_are_sixty_questions_and_each_has_a_passage_that_answers() -> None:
    rows = json.loads(QUESTIONS.read_text())
    assert len(rows["questions"]) == len(rows["riddles"]) == 60 and len(rows["beside"]) == 20
    assert [row["set"] for row in rows["questions"]].count("report") == 30
    pages = {one.page for one in collect()}
    for row in (*rows["questions"], *rows["riddles"]):
        answers = [answer for answer in row["answers"] if (answer["page"] or "./") in pages]
        assert answers
        for answer in answers:
            assert any(fits(one, [answer]) for one in collect()), f"{row['question']}: {answer}"


class Parrot:
    """Finds the glossary's first entry, whatever is asked."""

    def predict(self, text: str) -> Passages:
        one = next(one for one in collect() if one.page == "glossary")
        return Passages((one.title,), np.ones(1), (one.text,), (one.link,), (0,), 1, NOTHING_NEAR if "?" in text else "")

    def repeated(self, count: int) -> Parrot:
        return self


def test_the_evaluation_counts(tmp_path: Path) -> None:
    first = next(one for one in collect() if one.page == "glossary")
    rows = [{"question": "a?", "set": "choose", "answers": [{"page": "glossary", "says": first.text[:20]}]},
            {"question": "b?", "set": "report", "answers": [{"page": "spam", "says": first.text[:20]}]}]
    path = tmp_path / "questions.json"
    path.write_text(json.dumps({"questions": rows, "riddles": rows[:1], "beside": ["c", "d?"]}))
    figures = evaluate.evaluate(path, lambda key: Parrot(), ("minilm",), "test")
    three = [f for f in figures if f.metric == "hit_in_three"]
    assert [(f.value, f.items) for f in three[:3]] == [(0.5, 2), (0.0, 1), (1.0, 1)] and three[3].items == len(entries())
    assert three[3].value == pytest.approx(1 / len(entries()))
    assert [f.value for f in figures if f.metric == "said_nothing_fits"] == [0.5, 1.0]
    assert figures[-1].metric == "milliseconds_a_query" and f"{len(collect()):,} passages" in three[0].note
    path.write_text("[]")
    with pytest.raises(BadInput):
        evaluate.evaluate(path, lambda key: Parrot(), ("minilm",), "test")


def figure(method: str, metric: str, which: str) -> Figure:
    return next(f for f in read_figures(demo_folder("search")) if (f.method, f.metric) == (method, metric) and which in f.data)


def test_the_figures_are_what_was_asked_for() -> None:
    classical, deep = comparable(read_figures(demo_folder("search")), "bm25", "minilm")
    assert deep.items == 60 and deep.metric == "hit_in_three" and gain(classical, deep) > 0.2
    assert figure("minilm", "milliseconds_a_query", "1,000 passages").value < 50
    assert figure("minilm", "hit_in_three", "set aside").items == 30


def test_the_card_tells_of_mistakes_that_were_counted(engine: InlineEngine) -> None:
    said = " ".join(DEMO.card.weak_at)
    for metric, which in (("hit_in_three", "questions in other words"), ("hit_in_three", "words"), ("hit_in_three", "glossary")):
        for key in KEYS:
            one = figure(key, metric, which)
            assert f"for {one.value * one.items:.0f} of {one.items}" in said
    assert "not yet counted" not in said and len([sample for sample in DEMO.samples if sample.fails]) >= 3
    for key in KEYS:
        plain, denied = (found(engine, key, f"When is the classical method {word}better?") for word in ("", "not "))
        assert plain.numbers[0] == denied.numbers[0]
