"""The story writer's network: its memory, what it looks at, its training and how it is stored."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
import torch

from demos.story_writer.course import Course, Plan
from demos.story_writer.deep import StoryNetwork, first_seen
from demos.story_writer.network import CONTEXT, Network, Shape
from demos.story_writer.storing import packed, read_network, unpacked, write_network
from demos.story_writer.tokens import COUNT, STORY, read_tokens
from demos.story_writer.train import PLANS, held_back, train
from demos.story_writer.writing import Taste, write

TINY = Shape(32, 2, 2)


@lru_cache(maxsize=None)
def network(seed: int = 0) -> Network:
    """A small network none of whose parts is zero, as if trained."""
    torch.manual_seed(seed)
    made = Network(TINY)
    for weight in made.parameters():
        torch.nn.init.normal_(weight, std=0.3)
    return made.requires_grad_(False).eval()


@lru_cache(maxsize=None)
def some_ids(count: int) -> list[int]:
    return [STORY, *np.random.default_rng(1).integers(1, COUNT, count - 1).tolist()]


# --- the network ----------------------------------------------------------------------------------

def test_the_memory_changes_no_answer_even_when_the_context_is_full() -> None:
    model, ids = StoryNetwork(network(), "cpu"), some_ids(2 * CONTEXT + 90)
    memory, worst = None, 0.0
    for at in range(len(ids)):
        logs, memory = model.step(ids[at:at + 1], memory)
        if at % 7 == 0 or at in (CONTEXT - 1, CONTEXT, CONTEXT + 1):
            alone, _ = model.step(ids[:at + 1])
            worst = max(worst, float(np.abs(logs - alone).max()))
    assert worst < 1e-4
    in_two = model.step(ids[100:200], model.step(ids[:100])[1])[0]
    assert np.abs(in_two - model.step(ids[:200])[0]).max() < 1e-4


def test_a_token_changes_only_what_comes_after_it() -> None:
    ids = torch.tensor([some_ids(50)])
    other = ids.clone()
    other[0, 30] = 77
    one, two = network()(ids)[0], network()(other)[0]
    assert torch.equal(one[0, :30], two[0, :30]) and not torch.allclose(one[0, 30:], two[0, 30:])


def test_the_order_of_the_words_before_matters() -> None:
    model, ids = StoryNetwork(network(), "cpu"), some_ids(20)
    swapped = [*ids[:5], ids[6], ids[5], *ids[7:]]
    assert np.abs(model.step(ids)[0] - model.step(swapped)[0]).max() > 0.01


@pytest.mark.parametrize("count", [1, 2, 129, 256, 257, 258, 385, 700])
def test_the_surprise_at_each_token_is_what_reading_up_to_it_gives(count: int) -> None:
    model, ids = StoryNetwork(network(), "cpu"), some_ids(count)
    bits = model.surprises(ids)
    assert bits.shape == (count - 1,)
    for at in {1, count // 2, count - 1} - {0, count}:
        assert bits[at - 1] == pytest.approx(-model.step(ids[:at])[0][ids[at]] / np.log(2), abs=1e-3)


def test_forgetting_keeps_at_least_half_of_the_context() -> None:
    for count in range(1, 2000):
        assert count <= CONTEXT and first_seen(count) == 0 or CONTEXT / 2 < count - first_seen(count) <= CONTEXT


def test_what_the_heads_look_at_adds_up_and_never_lies_ahead() -> None:
    looks = StoryNetwork(network(), "cpu").looks(some_ids(40))
    assert looks.shape == (TINY.layers, TINY.heads, 40, 40) and looks.dtype == np.float32
    assert np.allclose(looks.sum(axis=-1), 1, atol=1e-5) and (np.triu(looks, 1) == 0).all()
    assert StoryNetwork(network(), "cpu").looks(some_ids(300)).shape[-1] <= CONTEXT


def test_the_three_sizes_are_as_large_as_they_say_and_fit() -> None:
    counts = {size: sum(w.numel() for w in Network(plan.shape).parameters()) for size, plan in PLANS.items()}
    assert counts == {size: plan.shape.weights for size, plan in PLANS.items()}
    assert 0.25e6 < counts["small"] < 0.4e6 and 1.5e6 < counts["medium"] < 2.5e6 and 5e6 < counts["large"] < 10e6
    assert sum(counts.values()) * 1.02 < 12e6, "at one byte a weight all three are under 12 MB"


# --- training and storing -------------------------------------------------------------------------

def small_plan(steps: int = 8) -> Plan:
    return Plan(TINY, steps, batch=2, rate=0.01, token_rate=0.01)


@lru_cache(maxsize=None)
def stream() -> np.ndarray:
    """Some 2,000 tokens in which few follow each other."""
    chance = np.random.default_rng(0)
    said = [f"The {chance.choice(['fox', 'king'])} {chance.choice(['ran', 'sang'])} in the wood." for _ in range(300)]
    return read_tokens().stream([" ".join(said)])


def state(course: Course) -> dict[str, torch.Tensor]:
    return {name: value.clone() for name, value in course.network.state_dict().items()}


def test_training_twice_gives_the_same_weights_and_learns(tmp_path: Path) -> None:
    one, two = (train(stream(), small_plan(), 1e9, tmp_path / f"{n}.pt") for n in range(2))
    assert all(torch.equal(a, b) for a, b in zip(state(one).values(), state(two).values()))
    fresh = held_back(Course(stream(), small_plan()).network, stream())
    assert fresh == pytest.approx(12, abs=0.2) and held_back(one.network, stream()) < fresh - 2


def test_a_training_that_was_broken_off_goes_on_as_if_it_had_not_been(tmp_path: Path) -> None:
    whole, path = train(stream(), small_plan(), 1e9, tmp_path / "whole.pt"), tmp_path / "parts.pt"
    calls = 1
    while (parts := train(stream(), small_plan(), 0, path)) is None:  # no minutes: one step a call
        calls += 1
    assert calls == small_plan().steps
    assert all(torch.equal(a, b) for a, b in zip(state(whole).values(), state(parts).values()))


def test_one_turn_reads_each_window_once_and_the_next_cuts_elsewhere() -> None:
    course = Course(np.arange(60 * CONTEXT).astype(np.uint16), small_plan())
    turn = [course.windows(step) for step in range(29)]  # 29 batches of 2 are a turn
    starts = torch.cat(turn)[:, 0]
    assert len(set(starts.tolist())) == 58 and len({int(start) % CONTEXT for start in starts}) == 1
    assert int(course.windows(29)[0, 0]) % CONTEXT != int(starts[0]) % CONTEXT


def test_a_byte_a_weight_is_near_enough_and_always_the_same_file(tmp_path: Path) -> None:
    kept = unpacked(packed(network().state_dict()))
    for name, matrix in network().state_dict().items():
        assert ((kept[name] - matrix).abs() <= 0.6 * matrix.abs().amax(dim=1, keepdim=True) / 127).all()
    digests = set()
    for turn in range(3):
        write_network(network(), tmp_path / f"{turn}.safetensors", {"seed": 0, "steps": 5})
        digests.add(hashlib.sha256((tmp_path / f"{turn}.safetensors").read_bytes()).hexdigest())
    assert len(digests) == 1 and (tmp_path / "0.safetensors").stat().st_size < 1.1 * TINY.weights
    read = read_network(tmp_path / "0.safetensors")
    assert read.shape == TINY and torch.equal(read.tokens.weight, kept["tokens.weight"])
    zeros = unpacked(packed({"w": torch.zeros(2, 3)}))["w"]
    assert torch.equal(zeros, torch.zeros(2, 3))


def test_the_same_seed_writes_the_same() -> None:
    model, ids = StoryNetwork(network(), "cpu"), some_ids(5)
    one, two, other = ([step.token for step in write(model, ids, 40, Taste(1.0, 0, 1.0), seed)] for seed in (3, 3, 4))
    assert one == two != other and STORY not in one and len(one) == 40
