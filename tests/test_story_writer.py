"""The story writer as visitors ask it: stories, choices, surprise, attention, reasons, and texts that are odd."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from conftest import sample_input
from demos import demo_folder
from demos.compare import compare
from demos.engine import InlineEngine
from demos.errors import BadInput
from demos.figures import read_figures
from demos.perturb import CHANGES
from demos.samples import sample_inputs
from demos.story_results import Looks, Piece, Story, Surprise
from demos.story_writer import DEMO, NETWORKS, mistakes
from demos.story_writer.settings import SETTINGS
from demos.story_writer.tokens import read_tokens

OURS = ("ngrams", *NETWORKS)
DEEP = DEMO.method("deep").key
SHORT = {"length": 12.0}
ODD = ("Zoë’s 🐇 ran", "<story>", "<b>bold</b> & [x](y) $z$", "日本語の話", "?", "a" * 2000, "word " * 399)


@pytest.fixture(scope="module")
def models(engine: InlineEngine) -> dict[str, Any]:
    return {key: engine.load(DEMO.name, key) for key in OURS}


def numbers(story: Story) -> tuple[int, ...]:
    return tuple(piece.number for piece in story.pieces)


# --- stories --------------------------------------------------------------------------------------

@pytest.mark.parametrize("key", OURS)
def test_once_upon_a_time(models: dict[str, Any], key: str) -> None:
    story = models[key].predict("Once upon a", length=10)
    first = story.pieces[0]
    assert first.likeliest[0][1] == " time" and first.likeliest[0][2] > 0.2
    assert story.start == "Once upon a" and len(story.pieces) == 10
    assert story.text == "".join(piece.text for piece in story.pieces)


@pytest.mark.parametrize("key", OURS)
def test_spaces_at_the_end_and_curly_quotes_change_nothing(models: dict[str, Any], key: str) -> None:
    plain = models[key].predict('"Who is there?" she', **SHORT)
    assert numbers(models[key].predict("“Who is there?” she  \n", **SHORT)) == numbers(plain)


@pytest.mark.parametrize("key", OURS)
def test_the_story_grows_word_by_word_and_ends_as_predicted(models: dict[str, Any], key: str) -> None:
    shares, stories = zip(*models[key].stream("The king", length=30))
    assert list(shares) == sorted(shares) and shares[-1] == 1.0 and len(stories) > 10
    assert all(later.text.startswith(earlier.text) for earlier, later in zip(stories, stories[1:]))
    assert stories[-1] == models[key].predict("The king", length=30)


@pytest.mark.parametrize("key", OURS)
def test_a_chosen_piece_is_kept_and_the_story_goes_on_from_it(models: dict[str, Any], key: str) -> None:
    story = models[key].predict("The old fox went", length=20)
    other = next(one[0] for one in story.pieces[5].likeliest if one[0] != story.pieces[5].number)
    chosen = (*numbers(story)[:5], other)
    *_, (_, on) = models[key].go_on("The old fox went", " ".join(map(str, chosen)), length=20)
    assert numbers(on)[:6] == chosen and len(on.pieces) == 20
    assert on.pieces[:5] == story.pieces[:5] and on.pieces[5].likeliest[:10] == story.pieces[5].likeliest[:10]
    *_, (_, longer) = models[key].go_on("The old fox went", " ".join(map(str, numbers(story))), length=10)
    assert numbers(longer)[:20] == numbers(story) and len(longer.pieces) == 21, "one more than was chosen"


def test_the_settings_do_what_they_say(models: dict[str, Any]) -> None:
    model = models["small"]
    sure = model.predict("There was once a", temperature=0, length=20)
    assert all(piece.number == piece.likeliest[0][0] and piece.likeliest[0][3] == 1 for piece in sure.pieces)
    assert numbers(model.predict("There was once a", temperature=0, length=20, seed=7)) == numbers(sure)
    few = model.predict("There was once a", top_k=2, length=30, temperature=2)
    assert all(sum(drawn > 0 for *_, drawn in piece.likeliest) <= 2 for piece in few.pieces)
    told = {numbers(model.predict("There was once a", seed=seed, length=20)) for seed in range(4)}
    assert len(told) == 4
    narrow = model.predict("There was once a", top_p=5, length=20)
    assert numbers(narrow) == numbers(sure), "the likeliest alone"


@pytest.mark.parametrize("key", OURS)
@pytest.mark.parametrize("text", ODD)
def test_odd_texts_get_a_story_surprise_and_a_reason(engine: InlineEngine, key: str, text: str) -> None:
    given = {"text": text, "length": 10, "temperature": 0.5}
    story = engine.submit(DEMO.name, key, given).result().result
    assert len(story.pieces) == 10 and story.start == text.strip()
    found = engine.submit(DEMO.name, key, {"text": text}, "part", "surprise").result().result
    assert "".join("".join(found.words).split()) != "" and found.bits.sum() > 0
    (view,) = engine.submit(DEMO.name, key, given, "explain").result().views
    assert view.sentence.endswith(".")


@pytest.mark.parametrize("given", [
    {"text": "  \n "}, {"text": "x" * 2001}, {"text": "A king", "temperature": 3}, {"text": "A king", "length": "many"},
    {"text": "A king", "top_p": float("nan")}, {"text": b"\xff\xfe"}])
def test_what_cannot_be_used_gets_a_sentence(engine: InlineEngine, given: dict[str, Any]) -> None:
    with pytest.raises(BadInput) as told:
        engine.submit(DEMO.name, "small", given).result()
    assert str(told.value).endswith(".") and "/" not in str(told.value)


@pytest.mark.parametrize("chosen", ["4096", "-1", "1 x", "1.5", "²", "9" * 30])
def test_pieces_that_are_not_there_get_a_sentence(engine: InlineEngine, chosen: str) -> None:
    with pytest.raises(BadInput, match="please give numbers from 0 to 4,095"):
        engine.submit(DEMO.name, "small", {"text": "A king", "chosen": chosen}, "part", "go_on").result()


def test_a_long_text_is_read_from_its_end_and_says_so(models: dict[str, Any]) -> None:
    long = "The king sat in the castle and sang. " * 50
    assert "sees 256 pieces" in models["small"].predict(long, **SHORT).note
    assert models["small"].predict("The king", **SHORT).note == "" == models["ngrams"].predict(long, **SHORT).note


# --- surprise, attention, reasons -------------------------------------------------------------------

@pytest.mark.parametrize("key", OURS)
def test_a_word_of_today_surprises_most(models: dict[str, Any], key: str) -> None:
    found = models[key].surprise("The old man opened his laptop and sat down.")
    words = [word.strip() for word in found.words]
    assert "".join(found.words) == "The old man opened his laptop and sat down."
    assert words[int(found.bits.argmax())] == "laptop" and found.bits.max() > 15
    ids = read_tokens().ids("The old man opened his laptop and sat down.")
    assert found.bits.sum() == pytest.approx(models[key].surprises(ids).sum(), rel=1e-5)


@pytest.mark.parametrize("key", NETWORKS)
def test_a_head_looks_back_and_at_what_it_is_asked_for(models: dict[str, Any], key: str) -> None:
    text = "The little rabbit ran into the wood."
    shape = models[key].network.shape
    found = [models[key].attention(text, layer, head) for layer in (1, shape.layers) for head in (1, shape.heads)]
    assert all((one.layers, one.heads) == (shape.layers, shape.heads) for one in found)
    assert "".join(found[0].pieces) == text and (np.triu(found[0].shares, 1) == 0).all()
    assert all((one.shares.sum(axis=1) <= 1.001).all() for one in found)
    assert not np.allclose(found[0].shares, found[-1].shares)
    with pytest.raises(BadInput, match=f"has {shape.layers} layers with {shape.heads} heads"):
        models[key].attention(text, shape.layers + 1, 1)
    assert len(models[key].attention("word " * 399, 1, 1).pieces) <= 256


def test_the_table_has_no_attention(models: dict[str, Any]) -> None:
    with pytest.raises(BadInput, match="it only counts"):
        models["ngrams"].attention("The rabbit")


def test_for_the_table_only_the_last_words_count(models: dict[str, Any]) -> None:
    text = "Long ago in a far land there was an old king who had a daughter and"
    (table,), (network,) = (models[key].explain(text) for key in ("ngrams", DEEP))
    assert np.allclose(table.result.weights[:-5], 0, atol=1e-6) and abs(table.result.weights[-1]) > 0.5
    assert abs(network.result.weights[:-5]).max() > 0.1, "the network hears those before too"
    assert table.result.words == tuple(text.split()) and "did most" in table.sentence


# --- the answers check themselves, and break ------------------------------------------------------

def test_answers_check_themselves() -> None:
    with pytest.raises(ValueError):
        Piece(1, "a", ((1, "a", 1.5, 0.0),))
    with pytest.raises(ValueError):
        Surprise(("a",), np.array([1.0, 2.0]))
    with pytest.raises(ValueError):
        Looks(("a", "b"), np.zeros((2, 3)), 1, 1)


def test_a_story_is_alike_by_what_it_held_likely() -> None:
    def story(*likely: tuple[int, float]) -> Story:
        return Story("x", "", (Piece(1, "x", tuple((number, "x", share, share) for number, share in likely)),))

    first = story((1, 0.5), (2, 0.3))
    assert compare(first, first) == (1.0, True) and compare(first, story((3, 0.9))) == (0.0, False)
    kept, same = compare(first, story((2, 0.8), (1, 0.1)))
    assert kept == pytest.approx(0.5) and same
    assert compare(Story("", "", ()), Story("", "", ())) == (1.0, True)
    assert first.brief() == first and len(Story("xx", "", first.pieces * 9).brief().pieces) == 1


def test_the_table_forgets_nothing_by_a_forgotten_beginning_and_the_network_does(models: dict[str, Any]) -> None:
    text = "There was once a king who had a daughter. She was so"
    half = CHANGES["forgotten"].apply(text, 60)
    assert half.endswith("She was so") and len(half.split()) == 4
    kept = {key: compare(models[key].predict(text, **SHORT), models[key].predict(half, **SHORT))[0]
            for key in ("ngrams", DEEP)}
    assert kept["ngrams"] == 1.0 > kept[DEEP]


def test_words_of_today_replace_the_longer_words() -> None:
    change = CHANGES["modern"]
    assert change.apply("The King and the queen sat.", 100) == "The Laptop and the internet sat."
    assert change.apply("The King and the queen sat.", 0) == "The King and the queen sat."
    for changed in ("modern", "forgotten"):
        for strength in CHANGES[changed].strengths:
            assert CHANGES[changed].apply("", strength) == "" and CHANGES[changed].apply("a", strength) == "a"
    assert CHANGES["forgotten"].apply("One two three", 100) == "three"


# --- samples, figures, mistakes -------------------------------------------------------------------

def test_the_samples_that_fail_really_fail(models: dict[str, Any]) -> None:
    for key in OURS:
        counted = models[key].predict(sample_input(DEMO, "sum"), **SHORT).pieces[0]
        assert counted.likeliest[0][1] != " ten" and not counted.text.startswith(" ten")
        found = models[key].surprise(sample_input(DEMO, "robot"))
        bits = dict(zip((word.strip() for word in found.words), found.bits))
        assert bits["robot"] > 15 and bits["laptop"] > 25, "as the card says"
    assert all(set(sample_inputs(DEMO, sample)) == {"text", *(item.name for item in SETTINGS)} for sample in DEMO.samples)


def test_the_figures_are_there_and_are_what_was_asked_for() -> None:
    value = {(f.method, f.metric): f.value for f in read_figures(demo_folder(DEMO.name))}
    bits = [value[key, "bits_per_byte"] for key in (*NETWORKS, "ngrams")]
    assert all(0.5 < one < 3 for one in bits) and bits[:-1] == sorted(bits[:-1]), "the larger, the fewer"
    assert all(value[key, "tokens_a_second"] >= 60 for key in OURS)
    for metric in ("repeated", "no_words", "names_come_back", "right_beginning"):
        assert all((key, metric) in value for key in OURS)


def test_mistakes_are_counted() -> None:
    begun = "The fox saw Tom and then Tom ran, and Will saw Will, who will go. Then He went."
    assert mistakes.names_of(begun) == {"Tom"}
    assert mistakes.repeats("a b c d a b c d") == mistakes.Counts(1, 5)
    assert mistakes.unknown("The fox flubbed home", {"the", "fox", "home"}) == mistakes.Counts(1, 3)
    found = mistakes.counted([(begun, " Tom came."), (begun, " He came.")], {"tom", "he", "came"})
    assert found["names_come_back"] == mistakes.Counts(1, 2) and found["no_words"].hits == 0


def test_a_network_knows_the_right_beginning_where_it_can_and_a_table_cannot() -> None:
    class Remembers:
        def __init__(self, reach: int) -> None:
            self.reach = reach

        def surprises(self, ids: list[int]) -> np.ndarray:
            return np.array([0.0 if ids[at] in ids[max(0, at - self.reach):at] else 1.0 for at in range(1, len(ids))])

    texts = [" ".join([word] * 300) for word in ("fox", "king", "frog", "wood")]
    tokens = read_tokens()
    long = [f"{text} " + " ".join(["tree sun moon", text][place % 2] for place in range(40)) for text in texts]
    assert mistakes.right_beginnings(Remembers(4), tokens, long, 4).hits == 0
    mixed = ["fox " * 110 + "the and " * 10 + "fox " * 200, "king " * 110 + "the and " * 10 + "king " * 200]
    found = mistakes.right_beginnings(Remembers(1000), tokens, mixed, 2)
    assert found.items == 2
