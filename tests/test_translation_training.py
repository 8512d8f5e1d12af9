"""How the classical translation learns: IBM Model 1 against a plain one, counts, repeatable; and the hub's network, tiny."""

from __future__ import annotations

import json
import lzma
from pathlib import Path
from typing import Any

import numpy as np
import pytest


from demos.errors import BadInput
from demos.pins import is_pinned
from demos.text_results import Translation
from demos.translation import DEMO, evaluate, nllb, pairs, train
from demos.translation.classical import WordForWord
from demos.translation.counting import NULL, Pairs, bigrams, corpus, strongest
from demos.translation.learning import becomes, learn, spelling
from demos.translation.table import WordTable

THINGS = {"house": "casa", "dog": "cachorro", "book": "livro", "tree": "árvore", "cat": "gato", "boat": "barco"}
LOOKS = {"red": "vermelho", "big": "grande", "old": "velho", "small": "pequeno"}
VERBS = {"sees": "vê", "finds": "encontra", "has": "tem"}
TOY = [(f"{name} {verb} the {look} {thing}{mark}", f"{name} {VERBS[verb]} o {there} {as_}{mark}")
       for name, verb, mark in (("Tom", "sees", "."), ("Anna", "finds", "!"), ("Tom", "has", "!"), ("Anna", "sees", "."))
       for look, as_ in LOOKS.items() for thing, there in THINGS.items()]
TOY += [("Tom sleeps.", "Tom dorme."), ("Anna sleeps!", "Anna dorme!")] * 6


def plainly(source: list[list[str]], target: list[list[str]], rounds: int) -> dict[tuple[str, str], float]:
    """IBM Model 1 as the textbook writes it, word by word."""
    chance = {(f, e): 1.0 for fs, es in zip(source, target) for f in ["", *fs] for e in es}
    for _ in range(rounds):
        count: dict[tuple[str, str], float] = dict.fromkeys(chance, 0.0)
        for fs, es in zip(source, target):
            for e in es:
                whole = sum(chance[f, e] for f in ["", *fs])
                for f in ["", *fs]:
                    count[f, e] += chance[f, e] / whole
        total: dict[str, float] = {}
        for (f, _), value in count.items():
            total[f] = total.get(f, 0.0) + value
        chance = {(f, e): value / total[f] for (f, e), value in count.items()}
    return chance


def test_the_fast_model_1_is_the_textbooks() -> None:
    source = [one.lower().split() for one, _ in TOY[::5]]
    target = [one.lower().split() for _, one in TOY[::5]]
    first, second = corpus(source, 1), corpus(target, 1)
    beside = Pairs(first, second)
    expected = plainly(source, target, 5)
    found = {(first.words[f] if f != NULL else "", second.words[e]): value
             for f, e, value in zip(beside.origin, beside.target, beside.learn(5))}
    assert found.keys() == expected.keys()
    assert max(abs(found[key] - expected[key]) for key in expected) < 1e-9
    best = beside.best(beside.learn(5))
    assert len(best) == len(second.numbers) and best.min() >= -1
    assert [first.words[first.numbers[best[place]]] for place in (3, 4)] == ["house.", "red"], "Tom vê o casa vermelho."


def test_the_strongest_rows_and_the_counts_of_neighbours() -> None:
    kept = strongest(np.array([1, 1, 1, 2, 2]), np.arange(5), np.array([0.2, 0.5, 0.3, 0.01, 0.9]), 2, 0.05)
    assert kept.tolist() == [1, 2, 4]
    assert strongest(np.array([1]), np.array([0]), np.array([0.01]), 2, 0.05).tolist() == []
    side = corpus([["a", "b"], ["a", "c"], ["a", "b"]], 1)
    rows, follows, alone = bigrams(side, 1)
    said = {(side.words[x], side.words[y]): value for (x, y), value in zip(rows.tolist(), follows.tolist())}
    assert said["a", "b"] == pytest.approx(2 / 3) and said["", "a"] == 1 and said["b", ""] == 1
    assert alone.sum() == pytest.approx(1)


def test_a_word_becomes_none_one_or_several() -> None:
    source, target = corpus([["i", "see"], ["do", "see"]], 1), corpus([["eu", "estou", "vendo"], ["vendo"]], 1)
    forward, backward = np.array([0, 0, 1, 1]), np.array([0, 2, -1, 0])
    found = becomes(source, target, forward, backward)
    word = {name: number for number, name in enumerate(source.words)}
    made = {tuple(target.words[one] for one in row) for row in found[word["i"]]}
    assert made == {("eu", "estou")} and dict(found[word["do"]]) == {(): 1}
    assert sum(found[word["see"]].values()) == 2


def test_names_keep_their_capital() -> None:
    assert spelling(("", "tom", "the", "london"), [["The", "boy", "Tom"], ["Tom", "the", "end", "London"]]) == [
        "", "Tom", "the", "London"]


@pytest.fixture(scope="module")
def toy() -> dict[str, np.ndarray]:
    return learn(TOY)


def test_it_learns_words_order_and_names_from_a_toy_language(toy: dict[str, np.ndarray]) -> None:
    weights, score = train.choose(toy, TOY[:20], ((1.0, 0.0, 0.0, 3.0), (1.0, 1.0, 1.0, 0.5)))
    assert weights.tolist() == [1.0, 1.0, 1.0, 0.5] and score > 90, "word pairs put the adjective behind"
    model = WordForWord(WordTable({**toy, "weights": weights}))
    assert model.predict("Anna has the small boat.", "en-pt").text == "Anna tem o barco pequeno."
    assert model.predict("Tom encontra o gato velho!", "pt-en").text == "Tom finds the old cat!"


def test_learning_twice_gives_the_same(toy: dict[str, np.ndarray]) -> None:
    again = learn(TOY)
    assert toy.keys() == again.keys()
    assert all(np.array_equal(toy[name], again[name]) and toy[name].dtype == again[name].dtype for name in toy)


def test_the_script_writes_the_same_file_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train, "HELD_BACK", 6)
    monkeypatch.setattr(train, "TRIED", train.TRIED[:2])
    rows = [*TOY, ("Astray.", "Perdido " * 5), ("Half a line", "")]
    (tmp_path / "pairs.tsv").write_text("\n".join("\t".join(row) for row in rows) + "\nno tab\n")
    assert len(train.read_pairs(tmp_path / "pairs.tsv")) == len(TOY)
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        train.main(tmp_path / "pairs.tsv", tmp_path / name / "model1.safetensors")
    assert (tmp_path / "one/model1.safetensors").read_bytes() == (tmp_path / "two/model1.safetensors").read_bytes()


def test_the_sentences_for_the_pairs_are_drawn_the_same_each_time(tmp_path: Path) -> None:
    (tmp_path / "pd_children_stories").mkdir()
    (tmp_path / "sms_spam").mkdir()
    story = {"split": "train", "text": 'Once there was a dog. "Who are you?" said the cat. it has no capital. Yes.'}
    with lzma.open(tmp_path / "pd_children_stories/stories.jsonl.xz", "wt") as out:
        out.write(json.dumps(story) + "\n" + json.dumps({**story, "split": "validation", "text": "Not to be read at all."}))
    with lzma.open(tmp_path / "imdb.jsonl.xz", "wt") as out:
        out.write(json.dumps({"text": "A fine film.<br /><br />See it twice! 10/10 <3"}))
    (tmp_path / "sms_spam/SMSSpamCollection").write_text("ham\tI am at home now.\nspam\tYou won a large prize.\n")
    found = pairs.sentences(tmp_path)
    assert sorted(found) == ["A fine film.", "I am at home now.", "Once there was a dog.", "See it twice!", "Who are you?"]
    assert pairs.sentences(tmp_path) == found
    target = tmp_path / "pairs.tsv"
    pairs.main(tmp_path, target)
    whole = target.read_text()
    target.write_text(whole[:len(whole) // 2])  # stopped in the middle of a line
    pairs.main(tmp_path, target)
    assert target.read_text() == whole and whole.count("\n") == 5


def test_the_evaluation_measures_what_it_says(tmp_path: Path) -> None:
    class Parrot:
        def predict(self, text: str, direction: str) -> Translation:
            return Translation(text, ("English", "Portuguese"))

    load: Any = lambda key: Parrot()
    for name, lines in zip(evaluate.NAMES, (["The dog is here.", "Yes."], ["O cachorro está aqui.", "Sim."])):
        (tmp_path / name).write_text("\n".join(lines) + "\n")
    rows = {f.metric: f for f in evaluate.evaluate(tmp_path, load, ("marian",), "test")}
    assert 0 < rows["chrf_en_pt"].value < 0.4 and rows["chrf_en_pt"].items == 2
    assert rows["language_guessed"].value == 1.0 and rows["milliseconds_a_sentence"].value < 20
    assert rows["jobs_made_men"].value == 0 and rows["came_back_as_somebody_else"].value == 0
    same, low, high = evaluate.chrf(["One.", "Two three."], ["One.", "Two three."])
    assert same == low == high == 1.0
    (tmp_path / evaluate.NAMES[0]).write_text("one line\n")
    with pytest.raises(BadInput):
        evaluate.evaluate(tmp_path, load, ("marian",), "test")
    (tmp_path / evaluate.NAMES[1]).unlink()
    with pytest.raises(FileNotFoundError):
        evaluate.evaluate(tmp_path, load, ("marian",), "test")


# --- the hub's network, a tiny one made here -------------------------------------------------------

@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import M2M100Config, M2M100ForConditionalGeneration

    torch.manual_seed(0)
    where = tmp_path_factory.mktemp("nllb")
    words = ["<s>", "<pad>", "</s>", "<unk>", "eng_Latn", "por_Latn", "deu_Latn", "the", "dog", "cat", "runs", "."]
    spelled = Tokenizer(models.WordLevel({word: number for number, word in enumerate(words)}, unk_token="<unk>"))
    spelled.pre_tokenizer = pre_tokenizers.Whitespace()
    spelled.add_special_tokens(["<s>", "<pad>", "</s>", "eng_Latn", "por_Latn", "deu_Latn"])
    spelled.save(str(where / "tokenizer.json"))
    network = M2M100ForConditionalGeneration(M2M100Config(
        vocab_size=len(words), d_model=16, encoder_layers=1, decoder_layers=1, encoder_attention_heads=2,
        decoder_attention_heads=2, encoder_ffn_dim=32, decoder_ffn_dim=32, decoder_start_token_id=2, eos_token_id=2,
        pad_token_id=1, bos_token_id=0, max_position_embeddings=256))
    network.save_pretrained(where)
    torch.save(network.state_dict(), where / "pytorch_model.bin")  # as the hub has it
    (where / "model.safetensors").unlink()
    return where


def test_any_pair_of_languages_is_asked_for_by_its_code(folder: Path) -> None:
    model = nllb.load(folder, "cpu")
    answer = model.predict("the dog runs.\n\n!!!", "en-pt")
    assert answer.languages == ("English", "Portuguese") and answer.text.split("\n")[1:] == ["", "!!!"]
    assert answer == model.predict("the dog runs.\n\n!!!", "en-pt")
    german = model.predict("the dog runs.", "en-pt", target="deu_Latn")
    assert german.languages == ("English", "German") and "deu_Latn" not in german.text
    with pytest.raises(BadInput, match="Both languages are English"):
        model.predict("the dog", "pt-en", source="eng_Latn")


def test_the_network_is_given_what_its_authors_give_it(folder: Path) -> None:
    """Language code, words, end; and the answer begins with the other language's code."""
    model = nllb.load(folder, "cpu")
    seen: dict[str, Any] = {}
    real = model.network.generate
    model.network.generate = lambda **given: seen.update(given) or real(**given)  # type: ignore[method-assign]
    model.one("the cat", "eng_Latn", "por_Latn")
    assert seen["input_ids"].tolist() == [[4, 7, 9, 2]] and seen["forced_bos_token_id"] == 5
    assert not seen["do_sample"]


def test_the_larger_choice_is_described_and_lists_its_languages() -> None:
    method = DEMO.method("nllb_600m")
    assert method.larger and method.tier == "hub" and [item.name for item in method.inputs] == ["source", "target"]
    assert len(nllb.NAMES) == 202 and nllb.NAMES["por_Latn"] == "Portuguese"
    assert all(item.read("deu_Latn") == "deu_Latn" and item.preset == "auto" for item in method.inputs)
    assert not is_pinned(method.weights[0]) or len(method.weights[0].revision) == 40
