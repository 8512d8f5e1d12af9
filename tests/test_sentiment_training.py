"""How the sentiment methods are trained: the split leaks nothing, and the same seed gives the same weights."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
import torch

from demos.minilm import MINILM, load_minilm
from demos.sentiment import train, train_classical, train_parts
from demos.sentiment.data import hold_back, joined, parts_of, read_phrases
from demos.weights import locate

GOOD, BAD = ("good", "lovely", "fine", "warm"), ("bad", "dull", "awful", "cold")
PHRASES = [(f"{word} {thing}", int(words is GOOD)) for words in (GOOD, BAD) for word in words
           for thing in ("film", "actors", "music", "story", "pictures", "ending", "jokes", "songs")]


def test_texts_are_joined_as_people_write_them() -> None:
    assert joined("it 's bad , but -lrb- really -rrb- ca n't , they 're `` fine '' .") == \
        "it's bad, but (really) can't, they're \"fine\"."
    assert joined("does n't work .") == "doesn't work."


def test_no_part_of_a_held_back_sentence_is_learnt_from() -> None:
    sentences = [" ".join(f"{word}{n}" for word in "abcdefghij") + " ." for n in range(20)]
    parts = [" ".join(sentence.split()[i:j]) for sentence in sentences for i in range(8) for j in range(i + 1, 10)]
    rows = list(dict.fromkeys([*sentences, *parts]))
    (learn, _), (held, truth) = hold_back((rows, [0] * len(rows)), count=5)
    assert len(held) == 5 == len(truth) and {joined(s) for s in sentences} >= set(held), "whole sentences only"
    assert not any(f" {phrase} " in f" {sentence} " for phrase in learn for sentence in held)
    assert len(learn) == len(rows) - len(rows) // 4
    assert hold_back((rows, [0] * len(rows)), count=5)[1][0] == held


def test_a_table_of_phrases_is_read_and_each_counts_once(tmp_path: Path) -> None:
    path = tmp_path / "train.tsv"
    path.write_text('sentence\tlabel\n"quoted" words \t1\ntwice\t0\ntwice\t0\n')
    assert read_phrases(path) == (['"quoted" words', "twice"], [1, 0])


@lru_cache(maxsize=None)
def learnt(run: int) -> dict[str, torch.Tensor]:
    texts, labels = zip(*PHRASES)
    return train.learn(load_minilm(locate(MINILM, Path()), "cpu"), list(texts), list(labels), epochs=4, rate=3e-3)


def test_the_same_seed_gives_the_same_steps_that_know_the_phrases(tmp_path: Path) -> None:
    from safetensors.torch import save_file

    from demos.adapter import load_judge

    first, second = learnt(1), learnt(2)
    assert list(first) == list(second) and all(torch.equal(first[name], second[name]) for name in first)
    assert sum(value.numel() for value in first.values()) < 700_000 and {v.dtype for v in first.values()} == {torch.float16}
    save_file(first, tmp_path / "steps.safetensors")
    judge = load_judge(locate(MINILM, Path()), tmp_path / "steps.safetensors", "cpu", ("positive", "negative"))
    texts, labels = zip(*PHRASES)
    assert ((judge.scores(list(texts)) > 0) == np.array(labels)).mean() > 0.9


def test_batches_hold_every_phrase_once_in_like_lengths() -> None:
    lengths = np.random.default_rng(0).integers(3, 40, 5000)
    chosen = train.batches(lengths, epoch=0)
    assert sorted(np.concatenate(chosen)) == list(range(5000))
    assert np.mean([np.ptp(lengths[one]) for one in chosen]) < 5
    assert [list(one) for one in train.batches(lengths, 0)] == [list(one) for one in chosen]
    assert [list(one) for one in train.batches(lengths, 1)] != [list(one) for one in chosen]


def test_each_part_is_found_where_it_stands() -> None:
    texts = ["good", "a good film that is good", "bad", "that is", "not so bad", "o"]
    assert parts_of(texts) == {1: [(3, 12, 19), (0, 2, 6)], 4: [(2, 7, 10)], 5: []}
    many = [f"{n} good" for n in range(5)]
    assert sum(map(len, parts_of([*many, "good"]).values())) == 3, "in three texts at most"


def test_a_part_is_the_mean_of_its_own_words_and_the_whole_comes_first() -> None:
    places = [(0, 0), (0, 1), (2, 6), (7, 11), (0, 0)]  # "a good film" between the special tokens
    rows, shares, truth = train_parts.spans([(places, 1, [(0, 2, 6)]), (places[:3], 2, [(0, 7, 11)])], [1, 0, 1], 6)
    assert rows.tolist() == [0, 0, 1] and truth.tolist() == [0, 1, 1], "what was cut off is left out"
    assert torch.allclose(shares[0], torch.tensor([0.2] * 5 + [0])) and shares[1].tolist() == [0, 0, 1, 0, 0, 0]


def test_mixed_steps_are_the_weighted_sum_of_both() -> None:
    dice = torch.Generator().manual_seed(0)
    both = [{"head.weight": torch.randn(1, 4, generator=dice), "head.bias": torch.randn(1, generator=dice),
             "a.A": torch.randn(rank, 4, generator=dice), "a.B": torch.randn(5, rank, generator=dice)} for rank in (2, 3)]
    found = train.mixed([(0.5, both[0]), (0.3, both[1])], sharp=2.0)
    expected = 0.5 * both[0]["a.B"] @ both[0]["a.A"] + 0.3 * both[1]["a.B"] @ both[1]["a.A"]
    assert torch.allclose(found["a.B"].float() @ found["a.A"].float(), expected, atol=1e-2)
    assert torch.allclose(found["head.weight"].float(), both[0]["head.weight"] + 0.6 * both[1]["head.weight"], atol=1e-2)


def test_learning_with_the_parts_repeats_and_knows_the_phrases(tmp_path: Path) -> None:
    texts = [f"the {phrase} was here" for phrase, _ in PHRASES] + [phrase for phrase, _ in PHRASES]
    labels = [label for _, label in PHRASES] * 2
    runs = [train_parts.learn_parts(load_minilm(locate(MINILM, Path()), "cpu"), texts, labels, epochs=epochs)
            for epochs in (1, 1, 6)]
    assert all(torch.equal(runs[0][name], runs[1][name]) for name in runs[0]) and list(runs[0]) == list(learnt(1))
    target = tmp_path / "steps.safetensors"
    from safetensors.torch import save_file

    from demos.adapter import load_judge

    save_file(runs[2], target)
    judge = load_judge(locate(MINILM, Path()), target, "cpu", ("positive", "negative"))
    assert ((judge.scores(texts) > 0) == np.array(labels)).mean() > 0.9


def test_the_classical_method_is_trained_alike_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(f"the {a} had {b} and it was seen", label) for a, label in PHRASES for b in ("much to say", "little to say")]
    (tmp_path / "train.tsv").write_text("sentence\tlabel\n" + "".join(f"{text}\t{label}\n" for text, label in rows))
    monkeypatch.setattr(train_classical, "hold_back", lambda given: hold_back(given, count=20))
    digests = set()
    for name in ("one", "two"):
        target = tmp_path / f"{name}.safetensors"
        train_classical.main(tmp_path, target)
        digests.add(hashlib.sha256(target.read_bytes()).hexdigest())
        assert not target.with_suffix(".trial").exists()
    assert len(digests) == 1
