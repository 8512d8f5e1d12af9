"""Translation: known answers, what must survive, long and odd texts, directions, alignments, the hub's network."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any

import pytest

from conftest import ROOT
from demos import demo_folder, get_demo
from demos.engine import InlineEngine
from demos.errors import BadInput
from demos.figures import read_figures
from demos.samples import holds
from demos.text_results import Translation
from demos.translation import cutting, lists
from demos.translation.direction import evidence, settle
from demos.translation.keeping import lost_numbers, rewritten
from demos.translation.tokens import joined, sentence, tokens

DEMO = get_demo("translation")
SAMPLES = {sample.key: sample for sample in DEMO.samples}
BOTH = ("model1", "marian")


@lru_cache(maxsize=None)
def model(key: str) -> Any:
    return InlineEngine(device="cpu").load(DEMO.name, key)


def say(text: str, direction: str = "auto", key: str = "marian") -> str:
    return model(key).predict(text, direction).text


# --- known answers --------------------------------------------------------------------------------

@pytest.mark.parametrize("key", [key for key, sample in SAMPLES.items() if sample.expect and not sample.fails])
def test_the_network_translates_the_plain_samples(key: str) -> None:
    assert holds(SAMPLES[key].expect, model("marian").predict(SAMPLES[key].inputs["text"]))


def test_the_samples_that_fail_really_fail() -> None:
    said = {key: say(SAMPLES[key].inputs["text"]) for key, sample in SAMPLES.items() if sample.fails}
    assert set(said) == {"cats", "bat", "mango"}
    assert "gatos" in said["cats"] and "cães" in said["cats"] and "morcego" in said["bat"] and "sleeve" in said["mango"]
    assert {"gatos", "cães"} <= set(say(SAMPLES["cats"].inputs["text"], key="model1").replace(".", "").split())


def test_the_classical_method_translates_word_for_word() -> None:
    said = say("The old house was very big.", key="model1")
    assert {"velha", "casa", "era", "muito", "grande"} & set(re.findall(r"\w+", said.lower())) >= {"casa", "muito", "grande"}
    assert {"old", "very", "big"} <= set(say("A velha casa era muito grande.", "pt-en", key="model1").lower().rstrip(".").split())


@pytest.mark.parametrize("key", BOTH)
def test_the_same_text_gets_the_same_answer_and_calls_may_overlap(key: str) -> None:
    texts = [sample.inputs["text"] for sample in DEMO.samples]
    before = [model(key).predict(text) for text in texts]
    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(model(key).predict, texts * 3)) == before * 3


def test_the_engine_lives_through_threads_that_come_and_go() -> None:
    """Loaded by a thread that ends and asked by many new ones, as in the worker."""
    code = """
import threading
from demos import demo_folder
from demos.translation import EN_PT
from demos.translation.engine import Engine
from demos.weights import locate
made = []
def run(work):
    thread = threading.Thread(target=work); thread.start(); thread.join()
run(lambda: None)
run(lambda: made.append(Engine(locate(EN_PT, demo_folder("translation")))))
for _ in range(60):
    run(lambda: made.append(made[0].translate("The cat drinks milk.")))
print(set(made[1:]))
"""
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0 and "gato" in run.stdout, run.stderr[-500:]


# --- what must survive ----------------------------------------------------------------------------

KEPT = {
    "numbers": ("I ate 3 apples, 12 pears and 100 grapes in 1987.", ("3", "12", "100", "1987")),
    "many": ("Room 101, 25% off, call +55 11 98765-4321 or 0800 123.", ("101", "25", "98765-4321", "0800", "123")),
    "thousands": ("It has 12,345,678 bytes.", ("12.345.678",)),
    "times": ("The meeting is at 10:30 on 2024-03-01.", ("10:30", "2024-03-01")),
    "address": ("See https://example.com/a?b=1&c=2 and www.x.org/y_z.", ("https://example.com/a?b=1&c=2", "www.x.org/y_z")),
    "mail": ("Write to anna.smith@example.com or @anna about #music.", ("anna.smith@example.com", "@anna", "#music")),
    "emoji": ("I am happy 😀🎉 and you?", ("😀🎉",)),
    "markup": ("This is <b>very</b> bold & {odd}.", ("<b>", "</b>", "{", "}")),
    "script": ("東京 is a big city, and Я люблю it.", ("東京", "Я", "люблю")),
    "currency": ("It costs €50 or £20.", ("€50", "£20")),
    "names": ("Siobhan and Nguyen met Dr. Kowalczyk in Reykjavík with Müller.",
              ("Siobhan", "Nguyen", "Kowalczyk", "Reykjavík", "Müller")),
}


@pytest.mark.parametrize("name", KEPT)
def test_numbers_names_and_addresses_survive_in_the_network(name: str) -> None:
    text, parts = KEPT[name]
    said = say(text, "en-pt")
    assert [part for part in parts if part not in said] == [], said
    assert said != text


@pytest.mark.parametrize("name", [name for name in KEPT if name != "thousands"])
def test_they_survive_in_the_classical_method(name: str) -> None:
    text, parts = KEPT[name]
    assert [part for part in parts if part not in say(text, "en-pt", "model1")] == []


def test_forty_names_survive_both_ways() -> None:
    people = ("Tom Mary Fatima Chidi Yuki Priya Olga Hans Ingrid Mehmet Aisha Kofi Lars Wei Mateo Zanele Nikolai Leila "
              "Bjarne Siobhan Ravi Amara Dmitri Keiko Tariq Elif Jamal Sunita Pavel Noor").split()
    places = "Nairobi Kathmandu Winnipeg Aberdeen Timbuktu Osaka Lagos Denver Tallinn Quito".split()
    for direction, frame in (("en-pt", "My friend {} is waiting."), ("pt-en", "Meu amigo {} está esperando.")):
        lost = [name for name in people if name not in say(frame.format(name), direction)]
        assert len(lost) <= 1, lost
    assert sum(name in say(f"She lives in {name} now.", "en-pt") for name in places) >= 9


@pytest.mark.parametrize("key", BOTH)
def test_lines_stay_lines(key: str) -> None:
    text = "One cat.\n\n  - The dog sleeps. It is old.\n!!!\n1984\n\nThe end."
    said = say(text, "en-pt", key).split("\n")
    assert len(said) == 7 and said[1] == said[5] == "" and said[2].startswith("  - ") and said[3:5] == ["!!!", "1984"]


def test_numbers_are_written_as_the_language_does() -> None:
    assert "1.250,50" in say("The price is $1,250.50.", "en-pt")
    assert "1,250.50" in say("O preço é R$ 1.250,50.", "pt-en")
    assert "3.11" in say("It needs Python 3.11 and version 2.0.1.", "en-pt")
    assert rewritten("costs 1,250.50", "custa 1.250.50", "pt") == "custa 1.250,50"
    assert rewritten("custa 1.250,50", "costs 1,250,50", "en") == "costs 1,250.50"
    assert rewritten("1.5 of 2.0.1", "1,5 de 2.0.1", "pt") == "1,5 de 2.0.1"
    assert lost_numbers("5 p.m. and 12", "17:00 e 12") == {} == lost_numbers("às 17h30", "at 5:30 p.m.")
    assert lost_numbers("3 and 3 and 40", "3 e quatro") == {"3": 1, "40": 1}


def test_a_lost_number_is_put_back() -> None:
    from demos.translation.keeping import Keeper

    keeper = Keeper(frozenset("abcdefghijklmnopqrstuvwxyzABC0123456789 .,"))
    forgetful = lambda text: "dois gatos" if "cats" in text and any(c.isdigit() for c in text) else text.upper()  # noqa: E731
    assert keeper.translate("I have 2 cats", forgetful, "pt") == "I HAVE 2 CATS"
    assert keeper.translate("see @me now", lambda text: "it is lost", "pt") == "it is lost @me it is lost"


# --- long and odd texts ---------------------------------------------------------------------------

def test_a_long_text_is_cut_into_sentences_and_nothing_is_dropped() -> None:
    text = " ".join(f"On day {number} Mr. Brown saw {number * 3} birds." for number in range(1, 60))
    steps = list(model("marian").stream(text, "en-pt"))
    shares = [share for share, _ in steps]
    assert shares == sorted(shares) and shares[-1] == 1.0 and len(steps) >= 50
    assert all(re.search(rf"\b{number}\b", steps[-1][1].text) for number in range(1, 60))
    assert steps[-1][1].text.startswith(steps[3][1].text)


@pytest.mark.parametrize("key", BOTH)
def test_a_sentence_without_end_is_cut_and_says_so(key: str) -> None:
    text = ", ".join(f"the house number {number} is red" for number in range(100, 150))
    answer = model(key).predict(text, "en-pt")
    assert all(str(number) in answer.text for number in range(100, 150))
    assert "was cut into parts" in answer.note
    words = [f"w{number}" for number in range(333)]
    assert " ".join(cutting.clauses(" ".join(words))).split() == words
    assert max(len(part.split()) for part in cutting.clauses(" ".join(words))) <= cutting.LONGEST


@pytest.mark.parametrize("key", BOTH)
@pytest.mark.parametrize("text", ["!!!", "1984", "😀", ". . .", "a", "É", "\t", "İ", "ẞtraße", "中文", "<b></b>", "''''",
                                  "﷽", "x" * 3000, "ha " * 900, "¿¡«»", "\u0301", "𝓕𝓪𝓷𝓬𝔂", "nul"])
def test_odd_texts_get_an_answer(key: str, text: str) -> None:
    for direction in ("auto", "en-pt", "pt-en"):
        answer = model(key).predict(text, direction)
        assert isinstance(answer, Translation) and (answer.text.strip() or not text.strip())


@pytest.mark.parametrize("text", ["a@" * 2000, "(" * 4000, "<a" * 2000, "a\n" * 2000, "hi 😀 " * 650, "你好。" * 1300])
def test_texts_made_to_be_slow_are_not(text: str) -> None:
    began = time.process_time()
    assert model("marian").predict(text, "en-pt").text.count("\n") == text.rstrip().count("\n") + text.endswith("\n")
    model("marian").explain(text, "en-pt")
    model("model1").predict(text, "en-pt")
    assert time.process_time() - began < 5


@pytest.mark.parametrize("given", [{"text": ""}, {"text": " \x00 "}, {"text": "word " * 900}, {"text": b"\xff\xfe"},
                                   {"text": "hello", "direction": "en-fr"}, {"text": "hello", "way": "en-pt"}])
def test_what_cannot_be_used_gets_a_sentence(given: dict[str, Any]) -> None:
    error = InlineEngine(device="cpu").submit(DEMO.name, "marian", given).error
    assert error is not None and len(str(error)) < 400 and "lease" in str(error)


# --- directions, alignments -----------------------------------------------------------------------

def test_the_language_is_found() -> None:
    for text in ("Where is the dog?", "My friends went home.", "I like it", "Hello world"):
        assert settle(text, "auto") == ("en-pt", ""), text
    for text in ("Onde está o cachorro?", "Meus amigos foram para casa.", "Bom dia", "nao sei onde fica a casa"):
        assert settle(text, "auto") == ("pt-en", ""), text
    assert evidence("1984 !!!") == 0 and "not clear" in settle("1984", "auto")[1]
    assert settle("Onde está o meu cachorro?", "en-pt") == ("en-pt", "This looks like Portuguese, but English was chosen.")
    with pytest.raises(BadInput):
        settle("hello", "en-fr")


def test_the_answer_names_its_languages_and_its_words() -> None:
    answer = model("model1").predict("The cat drinks milk.", "en-pt")
    assert answer.languages == ("English", "Portuguese")
    (rows,) = answer.alignment.sentences
    assert dict((word, origin) for word, origin, _ in rows)["leite"] == "milk" and all(sure == 1 for *_, sure in rows)
    assert sentence([word for word, *_ in rows], True) == answer.text
    (view,) = model("marian").explain("The cat drinks milk.", "en-pt")
    pairs = {word: (origin, sure) for word, origin, sure in view.result.sentences[0]}
    assert pairs["gato"][0] == "cat" and pairs["leite"][0] == "milk" and pairs["gato"][1] > 0.5
    assert "IBM Model 1" in view.sentence


def test_words_that_are_not_in_the_table_are_named() -> None:
    answer = model("model1").predict("The flibbertigibbet sleeps.", "en-pt")
    assert "flibbertigibbet" in answer.text and "1 word is not in its table" in answer.note


def test_portuguese_joins_its_small_words() -> None:
    assert joined("a casa de o homem e de as mulheres em uma rua por a a".split()) == (
        "a casa do homem e das mulheres numa rua pela a".split())
    assert "do rio" in say("He is at the bank of the river.", "en-pt", "model1")


@pytest.mark.parametrize("text", ['He said: "no, (never)!"', "It's 5 o'clock.", "a, b; c: d!", "Mr. O'Neil's well-known dog"])
def test_words_become_the_same_sentence_again(text: str) -> None:
    assert sentence(tokens(text), True).replace(" ", "") == (text[0].upper() + text[1:]).replace(" ", "")


# --- lists and figures ----------------------------------------------------------------------------

def test_the_lists_are_whole_and_the_lesson_holds() -> None:
    for direction in ("en-pt", "pt-en"):
        assert len(lists.IDIOMS[direction]) >= 8 and len(lists.PAIRS[direction]) >= 6
        for text in [s for s, _ in lists.IDIOMS[direction]] + [s for pair in lists.PAIRS[direction] for s in pair]:
            assert "\n" not in text and len(say(text, direction).split("\n")) == 1
    became = [lists.gender(say(lists.JOB_SENTENCE.format(job=job), "en-pt")) for job in lists.JOBS]
    assert became.count("man") > 3 * became.count("woman") > 0
    assert [lists.gender(one) for one in ("Ela é médica.", "O médico.", "É médico.")] == ["woman", "man", ""]


def test_the_figures_are_what_was_asked_for() -> None:
    value = {(f.method, f.metric): f.value for f in read_figures(demo_folder(DEMO.name))}
    assert value["marian", "chrf_en_pt"] >= 0.71 and value["marian", "chrf_pt_en"] >= 0.72
    assert value["model1", "chrf_en_pt"] < value["marian", "chrf_en_pt"]
    assert value["marian", "milliseconds_a_sentence"] <= 20
