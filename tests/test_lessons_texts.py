"""Lessons about words: a rule for spam, what heads look at, and networks that read letter by letter."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from demos import demo_folder
from demos.attending import MOST_PIECES, heads, orders
from demos.attention_results import Heads, Orders
from demos.errors import BadInput
from demos.lessons import FOLDER, get_lesson
from demos.lessons.attention import FOUND_WITH, KNOWN, TRIED_ON, last_it, most_looked_at, sheet
from demos.lessons.memory import ALPHABET, GATES, cells, likeliest, load, numbers, plain, read, what_is_left
from demos.lessons.rules import SEEN, SPAM, UNSEEN, count_right, judge, words_of
from demos.minilm import MINILM, MiniLM, load_minilm
from demos.weights import locate


@pytest.fixture(scope="module")
def minilm() -> MiniLM:
    return load_minilm(locate(MINILM, demo_folder("search")), "cpu")


# --- programs -------------------------------------------------------------------------------------

def test_the_program_of_ten_lines_learns(capsys: pytest.CaptureFixture[str]) -> None:
    folder = FOLDER.with_name("frameworks")
    exec(compile((folder / "pytorch.txt").read_text(), "pytorch.txt", "exec"), {})
    assert "[0.],\n        [1.],\n        [1.],\n        [0.]" in capsys.readouterr().out
    assert {path.stem for path in folder.glob("*.txt")} == {"pytorch", "tensorflow", "keras", "jax"}
    for path in folder.glob("*.txt"):
        assert path.read_text().count("\n") <= 17
        compile(path.read_text(), path.name, "exec")


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


# --- memory ---------------------------------------------------------------------------------------

STORY = 'the old king said: "my son, you shall have the half of it'


def in_torch(kind: str) -> torch.nn.Module:
    reader = load(kind)
    layer = {"lstm": torch.nn.LSTM, "plain": torch.nn.RNN}[kind](len(ALPHABET), reader.size, batch_first=True).double()
    for name, value in (("weight_ih_l0", reader.into), ("weight_hh_l0", reader.again), ("bias_ih_l0", reader.bias),
                        ("bias_hh_l0", np.zeros_like(reader.bias))):
        getattr(layer, name).data = torch.tensor(value)
    return layer.requires_grad_(False)


def spread(text: str) -> torch.Tensor:
    return torch.nn.functional.one_hot(torch.tensor(numbers(text)), len(ALPHABET)).double()[None]


@pytest.mark.parametrize("kind", ["lstm", "plain"])
def test_memory_equals_pytorchs_and_guesses_add_up(kind: str) -> None:
    mine = read(load(kind), STORY)
    assert np.allclose(mine.memory, in_torch(kind)(spread(STORY))[0][0].numpy(), atol=1e-12)
    assert np.allclose(mine.guesses.sum(axis=1), 1)
    assert likeliest(mine.guesses[STORY.index("shall hav") + 8], 1)[0][0] == "e"


def test_every_gate_equals_pytorchs_cell() -> None:
    mine, reader = read(load("lstm"), STORY), load("lstm")
    cell = torch.nn.LSTMCell(len(ALPHABET), reader.size).double().requires_grad_(False)
    cell.weight_ih.data, cell.weight_hh.data = torch.tensor(reader.into), torch.tensor(reader.again)
    cell.bias_ih.data, cell.bias_hh.data = torch.tensor(reader.bias), torch.zeros(4 * reader.size, dtype=torch.float64)
    held, kept = torch.zeros(1, reader.size).double(), torch.zeros(1, reader.size).double()
    for place, letter in enumerate(spread(STORY)[0]):
        sums = letter[None] @ cell.weight_ih.T + held @ cell.weight_hh.T + cell.bias_ih
        for name, one in zip(GATES, sums[0].chunk(4)):
            bent = one.tanh() if name == "content" else one.sigmoid()
            assert np.allclose(mine.gates[name][place], bent.numpy(), atol=1e-12)
        held, kept = cell(letter[None], (held, kept))
        assert np.allclose(mine.cells[place], kept[0].numpy(), atol=1e-12)


@pytest.mark.parametrize("kind", ["lstm", "plain"])
def test_what_is_left_equals_autograd(kind: str) -> None:
    layer, size, text, place = in_torch(kind), load(kind).size, STORY[:12], 4
    given = spread(text)
    with torch.no_grad():
        _, state = layer(given[:, :place + 1])

    def last(kept: torch.Tensor) -> torch.Tensor:
        if kind == "plain":
            return layer(given[:, place + 1:], kept[None, None])[1][0, 0]
        return layer(given[:, place + 1:], (state[0], kept[None, None]))[1][1][0, 0]

    at = (state if kind == "plain" else state[1])[0, 0]
    slopes = torch.autograd.functional.jacobian(last, at)
    left = what_is_left(load(kind), read(load(kind), text))
    assert left[-1] == 1 and np.isclose(left[place], slopes.norm().item() / np.sqrt(size), rtol=1e-9)


def test_the_plain_network_forgets_and_the_lstm_keeps() -> None:
    kept, lost = (what_is_left(load(kind), read(load(kind), STORY))[-21] for kind in ("lstm", "plain"))
    assert lost < 0.01 < 0.05 < kept
    told = get_lesson("memory").engineer
    assert all(f"{load(kind).count:,}" in told for kind in ("lstm", "plain"))


def test_named_cells_are_there_and_odd_letters_are_read() -> None:
    assert {"quote", "word", "sentence", "vowel"} == set(cells())
    assert all(0 <= about["cell"] < load("lstm").size and 0.3 < abs(about["correlation"]) < 1 for about in cells().values())
    assert plain("“Ä\x00🦜”—É") == '"***"-*'
    assert read(load("lstm"), "").memory.shape == (0, 128)
