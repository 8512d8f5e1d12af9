"""The training of the traffic signs: whole tracks are kept back, changes keep a sign's meaning, and it repeats."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from demos.errors import BadInput
from demos.results import Labels
from demos.traffic_signs import augment, train
from demos.traffic_signs.deep import load
from demos.traffic_signs.evaluate import evaluate, write_beside
from demos.traffic_signs.learning import BATCH, Lesson, learn, pack
from demos.traffic_signs.names import NAMES, OTHER, SIGNS
from demos.traffic_signs.network import SignNetwork
from demos.traffic_signs.pictograms import picture
from demos.traffic_signs.sheets import Signs, held_back, read_part


def drawn(number: int) -> np.ndarray:
    ground = Image.new("RGB", (32, 32), (110, 120, 115))
    ground.paste(picture(number, 32), (0, 0), picture(number, 32))
    return np.asarray(ground)


@pytest.fixture(scope="module")
def signs() -> Signs:
    """Two tracks of three pictures for every sign."""
    numbers = np.repeat(np.arange(SIGNS), 6)
    return Signs(np.stack([drawn(number) for number in numbers]), numbers, np.arange(len(numbers)) // 3)


@pytest.fixture
def folder(tmp_path: Path, signs: Signs) -> Path:
    """The signs as the data's sheets and tables."""
    for part, name in (("train", "a.webp"), ("test_half", "b.webp")):
        sheet = signs.pictures.reshape(SIGNS, 6, 32, 32, 3).transpose(0, 2, 1, 3, 4).reshape(SIGNS * 32, 6 * 32, 3)
        Image.fromarray(sheet).save(tmp_path / name, "WEBP", lossless=True)
        with (tmp_path / f"{part}.csv").open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("sheet", "row", "col", "label", "track"))
            for place, number in enumerate(signs.numbers):
                track = place % 6 // 3 if part == "train" else ""
                writer.writerow((name, place // 6, place % 6, number, track))
    return tmp_path


def test_the_sheets_are_read_in_the_order_of_the_table(folder: Path, signs: Signs) -> None:
    read = read_part(folder, "train")
    assert (read.pictures == signs.pictures).all() and (read.numbers == signs.numbers).all()
    assert (read.tracks == signs.tracks).all()
    assert (read_part(folder, "test_half").tracks == -1).all()


def test_whole_tracks_are_kept_back_and_each_once(signs: Signs) -> None:
    folds = np.stack([held_back(signs, fold, 10) for fold in range(10)])
    assert (folds.sum(axis=0) == 1).all()
    for fold in folds:
        assert not set(signs.tracks[fold]) & set(signs.tracks[~fold])
    counts = folds.sum(axis=1)
    assert counts.min() >= 0.5 * counts.mean(), "small classes do not all lie in the first folds"


def test_mirroring_keeps_the_meaning() -> None:
    """A mirrored pictogram is the pictogram of the number that the table gives."""
    table = augment.mirrored_numbers()
    for number in (12, 13, 15, 17, 18, 26, 35, 19, 20, 33, 34, 36, 37, 38, 39):
        mirrored = drawn(number)[:, ::-1].astype(int)
        differences = [np.abs(mirrored - drawn(other)).mean() for other in range(SIGNS)]
        assert int(np.argmin(differences)) == table[number], NAMES[number]
    assert table[OTHER] == OTHER and table[0] == table[14] == -1


@pytest.mark.parametrize("how", [augment.STRONG, augment.GENTLE])
def test_changes_keep_range_and_shape_and_repeat(signs: Signs, how: augment.Change) -> None:
    batch = torch.from_numpy(signs.pictures[:64]).permute(0, 3, 1, 2).float() / 255
    numbers = torch.from_numpy(signs.numbers[:64])
    first, second = (augment.change(batch.clone(), numbers.clone(), torch.Generator().manual_seed(3), how) for _ in range(2))
    other, _ = augment.change(batch.clone(), numbers.clone(), torch.Generator().manual_seed(4), how)
    assert torch.equal(first[0], second[0]) and torch.equal(first[1], second[1]) and not torch.equal(first[0], other)
    assert first[0].shape == batch.shape and 0 <= first[0].min() and first[0].max() <= 1
    assert (first[0] - batch).abs().mean() > 0.03, "something is changed"


def test_gentle_changes_leave_more_of_a_sign(signs: Signs) -> None:
    batch = torch.from_numpy(signs.pictures[:64]).permute(0, 3, 1, 2).float() / 255
    numbers = torch.full((64,), 14)  # no mirrored sign among them
    strong, gentle = (float((augment.change(batch, numbers, torch.Generator().manual_seed(3), replace(how, grain=0))[0]
                             - batch).abs().mean()) for how in (augment.STRONG, augment.GENTLE))
    assert gentle < 0.8 * strong


def test_learning_goes_on_from_given_weights(signs: Signs) -> None:
    lesson = Lesson(signs, pack(signs.pictures), np.random.default_rng(0).integers(0, 255, (50, 32, 32, 3), np.uint8))
    first, _ = learn(lesson, 0, 12 * BATCH)
    after, _ = learn(lesson, 0, 2 * BATCH, augment.GENTLE, 1e-6, first)
    assert all(torch.allclose(after[name], first[name], atol=1e-4) for name in first if name.endswith("weight"))


def test_what_is_kept_lies_half_way() -> None:
    before, after = ({"a.weight": torch.full((2, 2), value), "a.count": torch.tensor(count)}
                     for value, count in ((1.0, 3), (2.0, 5)))
    found = train.mean(before, after)
    assert torch.equal(found["a.weight"], torch.full((2, 2), 1.5)) and found["a.count"] == 5


@pytest.mark.slow
def test_learning_repeats_exactly_and_learns(signs: Signs) -> None:
    lesson = Lesson(signs, pack(signs.pictures), np.random.default_rng(0).integers(0, 255, (50, 32, 32, 3), np.uint8))
    runs = [learn(lesson, 0, 12 * BATCH) for _ in range(2)]
    assert all(torch.equal(runs[0][0][name], runs[1][0][name]) for name in runs[0][0])
    assert runs[0][1].shape == (held_back(signs, 0, 10).sum(), SIGNS + 1)
    longer, said = learn(lesson, 0, 40 * BATCH)
    right = (said[:, :SIGNS].argmax(1) == signs.numbers[held_back(signs, 0, 10)]).mean()
    assert right > 5 / SIGNS, "far better than chance after forty steps"


def test_the_svm_learns_mirrored_signs_under_their_own_numbers(signs: Signs) -> None:
    rows, numbers = train.describe(signs)
    extra = numbers[len(signs.numbers):]
    mirrored = {*augment.SAME_MIRRORED, *augment.BECOMES_MIRRORED}
    assert rows.shape == (len(numbers), 1956) and set(extra) == mirrored and len(extra) == 6 * len(mirrored)


class Always:
    """A model that says one thing."""

    def predict_many(self, images: list[np.ndarray]) -> list[Labels]:
        return [Labels((NAMES[14], NAMES[1]), np.array([0.9, 0.1]), (14, 1)) for _ in images]


def test_figures_and_the_table_are_counted_rightly(folder: Path, tmp_path: Path) -> None:
    figures = evaluate(folder, lambda _: Always(), ("hog_svm",), "python -m demos evaluate traffic_signs x")
    values = {f.metric: f.value for f in figures}
    assert values["accuracy"] == pytest.approx(1 / SIGNS) and values["among_first_two"] == pytest.approx(2 / SIGNS)
    assert values["right_when_80_to_100_sure"] == values["accuracy"] and values["milliseconds_each"] > 0
    write_beside(tmp_path, folder, lambda _: Always(), ("hog_svm",), "python -m demos evaluate traffic_signs x")
    written = json.loads((tmp_path / "confusion.json").read_text())
    assert written["items"] == 6 * SIGNS and [14, 14, 6] in written["pairs"]["hog_svm"] and [3, 14, 6] in written["pairs"]["hog_svm"]


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="test_half.csv"):
        evaluate(tmp_path, lambda _: Always(), ("hog_svm",), "x")


def test_what_is_stored_answers_as_what_was_learnt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, signs: Signs) -> None:
    torch.manual_seed(0)
    networks = [SignNetwork() for _ in range(2)]
    for network in networks:
        network(torch.rand(16, 3, 32, 32))  # so that the running means are not those of the start
    monkeypatch.setattr(train, "FOLDER", tmp_path)
    train.store_networks([network.state_dict() for network in networks])
    first = (tmp_path / "signs.safetensors").read_bytes()
    train.store_networks([network.state_dict() for network in networks])
    assert (tmp_path / "signs.safetensors").read_bytes() == first, "its digest would change"
    batch = torch.from_numpy(signs.pictures[:9]).permute(0, 3, 1, 2).float() / 255
    with torch.inference_mode():
        expected = torch.stack([network.eval()(batch).softmax(1) for network in networks]).mean(0).numpy()
    found = load(tmp_path / "signs.safetensors", "cpu").scores(signs.pictures[:9])
    assert np.allclose(found, expected, atol=2e-3), "half precision changes the third digit at most"
