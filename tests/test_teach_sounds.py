"""Teaching sounds: known answers, lessons that repeat, odd recordings, files and figures."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from demos import demo_folder, get_demo
from demos.engine import InlineEngine
from demos.errors import BadInput
from demos.figures import read_figures
from demos.media import as_wav, decode_sound
from demos.results import Heatmap
from demos.samples import is_expected, sample_inputs
from demos.teach_it import examples as of_pictures
from demos.teach_it.answering import nearest
from demos.teach_it.examples import TaughtInput
from demos.teach_it.head_start import read_head_start
from demos.teach_it.results import Lesson, Nearest
from demos.teach_it.taught import LARGEST_FILE, NONE, NOT_OURS, pack, unpack
from demos.teach_it.kinds import SOUNDS
from demos.teach_sounds.examples import SETS, SecondsInput, TaughtSoundsInput, ready_made
from demos.teach_sounds.make_samples import EACH, NAMES
from demos.teach_sounds.noises import noise
from demos.teach_sounds.page_words import SET_SOURCES
from demos.teach_sounds.seconds import RATE, heard
from demos.teach_sounds.spoken import GROUPS
from made_files import ODD_FILES
from sound_makers import in_a_row, kept

DEMO = get_demo("teach_sounds")
SAMPLES = {sample.key: sample for sample in DEMO.samples}
BOTH = ("mfcc_svm", "network")


@pytest.fixture(scope="module")
def models(engine: InlineEngine) -> dict[str, Any]:
    return {key: engine.load(DEMO.name, key) for key in BOTH}


@pytest.fixture(scope="module")
def steps(models: dict[str, Any]) -> list[tuple[float, Lesson]]:
    """A small lesson, with everything that was said on the way."""
    return list(models["network"].teach(SecondsInput().read((("clapping", kept("clap", 5)), ("ringing", kept("bell", 4))))))


# --- known answers ----------------------------------------------------------------------------------

def answer(models: dict[str, Any], method: str, key: str) -> Any:
    given = sample_inputs(DEMO, SAMPLES[key])
    return models[method].predict(decode_sound(given["audio"]), ready_made(given["taught"]))


@pytest.mark.parametrize("key", [key for key, sample in SAMPLES.items() if not sample.fails])
@pytest.mark.parametrize("method", BOTH)
def test_the_samples_are_answered(key: str, method: str, models: dict[str, Any]) -> None:
    assert is_expected(SAMPLES[key], answer(models, method, key))


def test_samples_that_fail_do_fail(models: dict[str, Any]) -> None:
    assert {key for key, sample in SAMPLES.items() if sample.fails} == {"falling", "rising", "yes", "tune"}
    said = {(key, method): answer(models, method, key).names[0] for key in ("falling", "rising", "yes", "tune") for method in BOTH}
    assert said["falling", "mfcc_svm"] == "up" and said["falling", "network"] == "down"
    assert said["rising", "mfcc_svm"] == "up" and said["rising", "network"] == "down"
    assert said["yes", "mfcc_svm"] == "go" and said["yes", "network"] == "no"
    assert said["tune", "mfcc_svm"] == "stop" and said["tune", "network"] == NONE


def test_the_nearest_example_to_one_that_was_taught_is_that_one_and_can_be_heard(models: dict[str, Any]) -> None:
    taught = ready_made("noises")
    kept_sound = taught.kept["sounds"][EACH + 6]
    for method, family in (("mfcc_svm", "classical"), ("network", "deep")):
        found = nearest(models[method].rows([heard(kept_sound)])[0], taught, family)
        assert found.names[0] == "whistle" and found.numbers[0] == 7 and found.alike[0] > 0.99
        assert (found.sounds[0] == kept_sound).all() and found.sounds.shape == (5, RATE)


def test_the_views_show_when_and_at_which_pitch(models: dict[str, Any]) -> None:
    taught = ready_made("noises")
    where, near = models["network"].explain(noise("bell", 900), taught)
    assert isinstance(where.result, Heatmap) and where.over.shape == (448, 448, 3) and "pitches" in where.sentence
    assert isinstance(near.result, Nearest) and "your sound is most like" in near.sentence
    near, stripes = models["mfcc_svm"].explain(noise("bell", 900), taught)
    assert isinstance(near.result, Nearest) and stripes.result.image.dtype == np.uint8


def test_the_loudest_second_is_heard_and_named(models: dict[str, Any]) -> None:
    taught = ready_made("noises")
    long = np.concatenate([0.002 * np.random.default_rng(0).standard_normal(3 * RATE), noise("bell", 900), np.zeros(RATE)])
    for method in BOTH:
        found = models[method].predict(long.astype(np.float32), taught)
        assert found.names[0] == "bell" and "5.0 seconds" in found.note and "from 3.0" in found.note.replace("2.9", "3.0")


# --- lessons ----------------------------------------------------------------------------------------

def test_a_lesson_tells_how_far_it_is_and_what_was_taught_is_known(steps: list[tuple[float, Lesson]], models: dict[str, Any]) -> None:
    done = [share for share, _ in steps]
    assert done == sorted(done) and done[-1] == 1.0 and len(steps) >= 6
    last = steps[-1][1]
    assert last.names == ("clapping", "ringing") and last.counts == (5, 4)
    assert last.practice is not None and last.practice.confused["deep"].sum() == 9
    taught = unpack(last.data, SOUNDS)
    for method in BOTH:
        said = [models[method].predict(noise(name, 900), taught).names[0] for name in ("clap", "bell")]
        assert said == ["clapping", "ringing"], method
    again = SecondsInput().read((("clapping", kept("clap", 5)), ("ringing", kept("bell", 4))))
    *_, (_, other) = models["network"].teach(again)
    assert other.data == last.data, "the same lesson is the same file"


def test_the_ready_made_lessons_hold_what_the_synthesiser_makes() -> None:
    for key in SETS:
        taught = ready_made(key)
        assert taught.names == NAMES[key] and taught.counts == (EACH,) * len(NAMES[key]) and taught.kind == SOUNDS.key
        assert len((demo_folder(DEMO.name) / "samples" / f"{key}.safetensors").read_bytes()) < LARGEST_FILE
    kept_sounds = ready_made("whistles").kept["sounds"]
    made = [one for one in kept_sounds if np.array_equal(one, np.frombuffer(kept("up", 1, 20_000)[0], np.uint8))]
    assert len(made) == 1, "from its seed"


# --- recordings -------------------------------------------------------------------------------------

def take(engine: InlineEngine, data: bytes) -> Any:
    return engine.submit(DEMO.name, "network", {"audio": data}, want="part", change="take")


def test_one_recording_gives_several_examples(engine: InlineEngine) -> None:
    cuts = take(engine, as_wav(in_a_row("clap", 5))).result().result
    assert cuts.sounds.shape == (5, RATE) and cuts.sounds.dtype == np.uint8 and cuts.thumbs.shape == (5, 48, 48, 3)


@pytest.mark.parametrize("name", sorted(name for name in ODD_FILES() if name.startswith(("nothing", "noise", "text", "pdf")) or "silence" in name))
def test_what_is_no_sound_gets_a_sentence(name: str, engine: InlineEngine) -> None:
    for want, change, more in (("answer", "", {"taught": "noises"}), ("part", "take", {})):
        error = engine.submit(DEMO.name, "network", {"audio": ODD_FILES()[name], **more}, want=want, change=change).error
        assert isinstance(error, BadInput) and str(error).endswith(".")


def test_silence_gets_a_sentence_from_both(engine: InlineEngine) -> None:
    for method in BOTH:
        error = engine.submit(DEMO.name, method, {"audio": as_wav(np.zeros(RATE)), "taught": "noises"}).error
        assert isinstance(error, BadInput) and "Nothing is heard" in str(error)


# --- files ------------------------------------------------------------------------------------------

def altered(**changes: Any) -> bytes:
    from safetensors.numpy import load, save

    return save({**load(pack(ready_made("whistles"))), **changes})


def about(**changes: Any) -> np.ndarray:
    whole = {"version": 1, "kind": "sounds", "names": ["a", "b", "c"], **changes}
    return np.frombuffer(json.dumps(whole).encode(), np.uint8)


HOSTILE = {
    "sounds of another length": lambda: altered(sounds=np.zeros((36, 8_000), np.uint8)),
    "a sound too few": lambda: altered(sounds=np.zeros((35, 16_000), np.uint8)),
    "sounds of another kind of number": lambda: altered(sounds=np.zeros((36, 16_000), np.float16)),
    "rows as wide as a picture's": lambda: altered(classical_rows=np.zeros((36, 3016), np.float16)),
    "not a number": lambda: altered(classical_weights=np.full((78, 3), np.nan, np.float32)),
    "says that it is of pictures": lambda: altered(about=about(kind="pictures")),
    "a kind that is none": lambda: altered(about=about(kind=["sounds"])),
    "six names": lambda: altered(about=about(names=list("abcdef"))),
    "one more array": lambda: altered(more=np.zeros(3, np.float32)),
    "no labels": lambda: altered(labels=np.zeros((36, 1), np.uint8)),
    "cut": lambda: pack(ready_made("whistles"))[:5000],
    "nothing": lambda: b"",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_not_ours_gets_a_sentence(name: str) -> None:
    with pytest.raises(BadInput) as error:
        TaughtSoundsInput().read(HOSTILE[name]())
    assert len(str(error.value)) < 250 and str(error.value).endswith(".")


def test_files_of_both_kinds_are_opened_on_their_own_page_only() -> None:
    sounds, pictures = pack(ready_made("whistles")), pack(of_pictures.ready_made("smiles"))
    assert TaughtSoundsInput().read(sounds).kind == "sounds" and TaughtInput().read(pictures).kind == "pictures"
    with pytest.raises(BadInput, match="holds a lesson of sounds, which has a page of its own"):
        TaughtInput().read(sounds)
    with pytest.raises(BadInput, match="holds a lesson of pictures"):
        TaughtSoundsInput().read(pictures)
    assert NOT_OURS not in str(pytest.raises(BadInput, TaughtSoundsInput().read, "smiles").value)


@pytest.mark.parametrize("examples", [(("a", kept("clap", 2)), ("b", kept("bell", 3))), (("a", kept("clap", 3)), ("b", (*kept("bell", 2), b"x"))),
                                      (("a", kept("clap", 3)), ("b", (bytes(15_999),) * 3)), "noises", ()])
def test_a_lesson_needs_three_to_fifty_seconds_of_each(examples: Any) -> None:
    with pytest.raises(BadInput):
        SecondsInput().read(examples)


# --- figures ----------------------------------------------------------------------------------------

def test_the_curve_and_the_figures_agree() -> None:
    five = {f.method: f.value for f in read_figures(demo_folder(DEMO.name)) if f.metric == "accuracy" and "5 examples" in f.data}
    curve = read_head_start(demo_folder(DEMO.name))
    assert curve.sizes[0] == 1 and curve.sizes[-1] == 20 and curve.seeds >= 10
    at = curve.sizes.index(5)
    for family, key in (("classical", "mfcc_svm"), ("deep", "network")):
        assert abs(curve.curves[family][0][at] - five[key]) < 0.001


def test_sixty_sounds_are_taught_within_five_seconds() -> None:
    taught = next(f for f in read_figures(demo_folder(DEMO.name)) if f.metric == "seconds_to_learn")
    assert taught.items == 60 and taught.value < 5


def test_the_card_counts_what_was_measured() -> None:
    found, said = read_figures(demo_folder(DEMO.name)), " ".join(DEMO.card.weak_at)
    for things, sentence in (("yes, no", "the network named {network} of 80 rightly, the classical method {mfcc_svm}."),
                             ("whistles that", "the network named {network} rightly, the classical method {mfcc_svm}.")):
        rows = {f.method: round(f.value * f.items) for f in found if f.metric == "accuracy" and "ready-made" in f.data and things in f.things}
        assert sentence.format(**rows) in said
    near, far = ({f.method: f"{100 * f.value:.0f}" for f in found if f.metric == "strangers_named_none" and name in f.data}
                 for name in ("Ten words", "ready-made"))
    assert f"to {near['network']} in 100, the classical method to {near['mfcc_svm']}." in said
    assert f"it was {far['network']} and {far['mfcc_svm']} in 100" in said


def test_the_page_counts_the_voices_of_its_words() -> None:
    assert len(GROUPS["both"][0] + GROUPS["both"][1]) == 13 and "thirteen computer voices" in SET_SOURCES["words"]
    assert set(NAMES) == set(SETS) == set(SET_SOURCES)
