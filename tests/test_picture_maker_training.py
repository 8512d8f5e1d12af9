"""How the makers of pictures learn: repeatable training, what it learns from, the mixture, the reader, the figures."""

from __future__ import annotations

import itertools
from contextlib import nullcontext
from pathlib import Path

import numpy as np
import pytest
import torch

from demos.picture_maker import asked, choose, course, data, evaluate, network, train, train_classical, train_reader
from demos.picture_maker.mixture import Mixture, load_mixture
from demos.picture_maker.reader import Reader, frechet

TINY = network.Plan(8, 1, 2, (8, 16), drop=0.2, told=16)


def bars(count: int, side: int = 8) -> tuple[np.ndarray, np.ndarray]:
    """Pictures `(n, side, side, 1)` uint8 of a bright bar, upright for kind 0 and lying for kind 1, and the kinds."""
    pictures, kinds = np.zeros((count, side, side, 1), np.uint8), np.arange(count) % 2
    for number, kind in enumerate(kinds):
        place = 1 + number % (side - 3)
        pictures[number][:, place:place + 2] = 255
        if kind:
            pictures[number] = pictures[number].transpose(1, 0, 2)
    return pictures, kinds


def lesson(plan: network.Plan = TINY, mirrored: bool = True) -> course.Lesson:
    rows = []
    for count in (40, 12):
        pictures, kinds = bars(count, plan.side)
        rows += [torch.from_numpy(data.scaled(pictures)), torch.from_numpy(kinds)]
    return course.Lesson(plan, *rows, mirrored=mirrored)


def test_the_networks_fit_are_small_and_listen_to_time_and_kind(tmp_path: Path) -> None:
    for plan, millions in ((network.DIGITS, 1.13), (network.TILES, 1.98)):
        made = network.PictureNet(plan)
        assert sum(one.numel() for one in made.parameters()) / 1e6 == pytest.approx(millions, abs=0.01)
    torch.manual_seed(0)
    made = network.PictureNet(TINY).eval()
    for weight in made.parameters():  # as if it had learnt: most blocks begin as nothing
        torch.nn.init.normal_(weight, std=0.2)
    network.save_network(made.state_dict(), tmp_path / "tiny.safetensors", {"seed": 0})
    again = network.load_network(TINY, tmp_path / "tiny.safetensors", "cpu")
    x, time, kinds = torch.randn(2, 1, 8, 8), torch.tensor([0.2, 0.9]), torch.tensor([0, 2])
    with torch.inference_mode():
        said = made(x, time, kinds)
        assert said.shape == x.shape and not said.allclose(made(x, time.flip(0), kinds), atol=1e-3)
        assert not said.allclose(made(x, time, kinds.flip(0)), atol=1e-3)
        assert (again(x, time, kinds) - said).abs().max() < 0.02 * said.abs().max()


def test_a_course_learns_and_does_the_same_again_and_after_a_break(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(course, "CHECK", 10)
    monkeypatch.setattr(course, "WARM", 5)
    monkeypatch.setattr(course, "RATE", 5e-3)

    def run(steps: int, end: int, kept: Path | None = None) -> course.Course:
        one = course.Course(lesson(), steps)
        if kept:
            one.resume(kept)
        while one.done < end:
            one.step()
        return one

    whole, again, broken = run(40, 40), run(40, 40), run(40, 23)
    broken.keep(tmp_path / "kept.pt")
    mended = run(40, 40, tmp_path / "kept.pt")
    for other in (again, mended):
        assert other.best_loss == whole.best_loss and other.best_step == whole.best_step
        assert all(torch.equal(value, other.best[name]) for name, value in whole.best.items())
    assert whole.best_step == 40 and whole.best_loss < 1.5, "standing still costs 2: the noise, and the bars"
    with pytest.raises(ValueError, match="was begun for 40 steps, not for 50"):
        run(50, 41, tmp_path / "kept.pt")


def test_what_a_step_learns_from_is_mirrored_and_sometimes_unnamed() -> None:
    drawn = course.Course(lesson(), 10)
    pictures, kinds, times, noises = drawn.draw()
    assert set(kinds.tolist()) == {0, 1, 2} and (kinds == 2).sum() < 25
    assert 0 < times.min() and times.max() < 1 and pictures.shape == noises.shape == (course.BATCH, 1, 8, 8)
    upright = bars(40)[0][::2]
    as_they_are = {one.tobytes() for one in data.scaled(upright)}
    shown = [one.numpy().tobytes() in as_they_are for one, kind in zip(pictures, kinds) if kind == 0]
    assert any(shown) and len(as_they_are) < 40


def test_the_command_goes_on_where_it_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train, "read_lesson", lambda name, folder: lesson())
    kept, target = tmp_path / "kept.pt", tmp_path / "weights" / "digits.safetensors"
    assert not train.train("digits", tmp_path, 6, 0.0, kept, target)
    assert kept.exists() and not target.exists()
    assert train.train("digits", tmp_path, 6, 5.0, kept, target)
    first = target.read_bytes()
    assert train.train("digits", tmp_path, 6, 5.0, None, target) and target.read_bytes() == first
    assert network.load_network(TINY, target, "cpu").plan == TINY


def test_a_mixture_draws_what_it_learnt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from safetensors.numpy import save_file

    monkeypatch.setattr(train_classical, "CLOUDS", (1, 5))
    monkeypatch.setattr(train_classical, "ROUNDED", (0.01, 1.0))
    pictures, kinds = bars(200)
    rows = data.scaled(pictures) + np.random.default_rng(0).normal(0, 0.05, (200, 1, 8, 8)).astype(np.float32)
    mixture, about = train_classical.fit((rows[:160], kinds[:160]), (rows[160:], kinds[160:]))
    assert about["clouds"] == 5 and about["rounded"] == 0.01, "five places where a bar can be"
    save_file(mixture.arrays(), tmp_path / "bars.safetensors")
    loaded = load_mixture(tmp_path / "bars.safetensors")
    asked_for = np.repeat([0, 1], 30)
    drawn = loaded.draw(7, asked_for)
    assert drawn.shape == (60, 1, 8, 8) and np.array_equal(drawn[:4], loaded.draw(7, asked_for[:4]))
    assert np.abs(drawn - mixture.draw(7, asked_for)).max() < 0.02, "half precision is enough"
    clean = data.scaled(pictures)
    nearest = ((drawn[:, None] - clean[None]) ** 2).mean(axis=(2, 3, 4))
    assert (kinds[nearest.argmin(axis=1)] == asked_for).mean() > 0.95 and np.median(nearest.min(axis=1)) < 0.1
    same, other = (train_classical.fit((rows, kinds), (rows, kinds))[0].arrays() for _ in range(2))
    assert all(np.array_equal(same[name], other[name]) for name in same)


def test_the_spread_of_draws_is_that_of_the_clouds() -> None:
    shapes = np.array([[[[2.0, 0], [1, 0.5]]]])
    mixture = Mixture(np.zeros(4), np.eye(4)[:2], np.ones((1, 1)), np.array([[[3.0, -1]]]), shapes, (1, 2, 2))
    drawn = mixture.draw(0, np.zeros(4000, int)).reshape(4000, 4)
    assert np.allclose(drawn.mean(axis=0), [3, -1, 0, 0], atol=0.1)
    assert np.allclose(np.cov(drawn[:, :2], rowvar=False), [[4, 2], [2, 1.25]], atol=0.2)


def scikit_digits() -> tuple[np.ndarray, np.ndarray]:
    """1,797 small digits that come with scikit-learn, as `(n, 28, 28, 1)` uint8."""
    from sklearn.datasets import load_digits

    loaded = load_digits()
    large = np.kron(loaded.images.clip(0, 15) * 17, np.ones((3, 3))).astype(np.uint8)
    return np.pad(large, ((0, 0), (2, 2), (2, 2)))[..., None], loaded.target.astype(np.int64)


@pytest.fixture(scope="module")
def reader() -> Reader:
    """A reader that has learnt from 600 digits of scikit-learn."""
    pictures, digits = scikit_digits()
    with pytest.MonkeyPatch.context() as change:
        change.setattr(train_reader, "BATCH", 32)
        change.setattr(torch, "autocast", lambda *_: nullcontext())  # 16 bits are slow where the processor has no such numbers
        weights, right = train_reader.learn((pictures[:600], digits[:600]), (pictures[1500:], digits[1500:]), 5)
    assert right > 0.8
    made = Reader().eval()
    made.load_state_dict(weights)
    assert (made.read(pictures[1500:])[0] == digits[1500:]).mean() == pytest.approx(right)
    return made


def test_the_reader_reads(reader: Reader) -> None:
    said, measured = reader.read(scikit_digits()[0][1500:])
    assert measured.shape == (297, 64)
    assert abs(frechet(measured, measured)) < 1e-6 < frechet(measured[said < 5], measured[said >= 5])


@pytest.mark.slow
def test_the_reader_learns_the_same_again() -> None:
    pictures, digits = scikit_digits()
    rows = (pictures[:128], digits[:128]), (pictures[1500:1600], digits[1500:1600]), 1
    once, again = (train_reader.learn(*rows)[0] for _ in range(2))
    assert all(torch.equal(once[name], again[name]) for name in once)


def test_the_frechet_distance_is_the_known_one_for_gaussians() -> None:
    chance = np.random.default_rng(0)
    first, second = chance.normal(0, 1, (20000, 3)), chance.normal([1, 0, 0], 2, (20000, 3))
    assert frechet(first, second) == pytest.approx(1 + 3 * (2 - 1) ** 2, rel=0.05)


def test_tiles_are_sorted_by_their_names_and_variants_stay_together(tmp_path: Path) -> None:
    names = [f"{folder}/{thing}_{number}.png" for folder in ("mon/animals", "item/weapon", "dngn/wall", "player/hand1",
                                                             "mon/tentacles") for thing in "abcdefgh" for number in "12"]
    chance = np.random.default_rng(0)
    tiles = chance.integers(0, 255, (len(names), 32, 32, 4)).astype(np.uint8)
    tiles[..., 3] = 255
    tiles[0, 8:, :, 3] = tiles[0, :, 8:, 3] = 0  # a badge
    tiles[3] = tiles[2]  # twice
    tiles[32, 20:, :, 3] = 0  # a wall with a hole
    np.savez(tmp_path / "crawl_tiles_32_rgba.npz", images=tiles, names=np.array(names))
    (learn, learn_kinds), (choose, choose_kinds) = (data.read_tiles(tmp_path, part) for part in ("learn", "choose"))
    assert len(learn) + len(choose) == 3 * 16 - 3 and set(learn_kinds) == {0, 1, 4}
    known = {tile[..., :3].tobytes(): name[:-6] for tile, name in zip(tiles, names)}
    things = [{known[one.tobytes()] for one in part} for part in (learn, choose)]
    assert things[1] and not things[0] & things[1] and len(choose_kinds) == len(choose) <= 8
    assert tuple(data.KINDS) == asked.TILES


def test_digits_are_split_once_and_alpha_lies_on_white(tmp_path: Path) -> None:
    numbers = np.zeros((60_000, 1, 1), np.uint8)
    np.savez(tmp_path / "mnist.npz", train_images=numbers, train_labels=np.arange(60_000) % 10 * 1,
             test_images=numbers[:7], test_labels=np.zeros(7, np.uint8))
    sizes = [len(data.read_digits(tmp_path, part)[1]) for part in ("learn", "reader", "choose", "test")]
    assert sizes == [40_000, 15_000, 5_000, 7]
    ends = sorted(data.DIGIT_PARTS.values())
    assert ends[0][0] == 0 and all(a[1] == b[0] for a, b in itertools.pairwise(ends))
    tile = np.array([[[[10, 20, 30, 255], [10, 20, 30, 0], [0, 0, 0, 128]]]], np.uint8)
    assert data.on_white(tile).tolist() == [[[[10, 20, 30], [255, 255, 255], [127, 127, 127]]]]
    grey = np.arange(256, dtype=np.uint8).reshape(1, 16, 16, 1)
    assert np.array_equal(data.as_pictures(data.scaled(grey)), grey.repeat(3, axis=-1))


class Copies:
    """A method that hands out what it learnt from; for digits, the nines of scikit-learn whatever is asked."""

    def __init__(self, tiles: np.ndarray) -> None:
        self.tiles, (pictures, digits) = tiles, scikit_digits()
        self.nines = pictures[digits == 9]

    def draw(self, what: str, seed: int, count: int) -> np.ndarray:
        return data.scaled(self.tiles[:count] if what in asked.TILES else self.nines[:count])


def test_the_figures_say_who_copies_and_who_does_not_listen(reader: Reader) -> None:
    pictures, digits = (one[:600] for one in scikit_digits())
    chance = np.random.default_rng(0)
    learnt, held = (chance.integers(0, 255, (count, 32, 32, 3)).astype(np.uint8) for count in (30, 40))
    fixed = {"date": "2026-01-01", "command": "none", "machine": "none"}
    written = evaluate.made(Copies(learnt), asked.DIGITS, 20)[..., :1]
    read, distance = evaluate.on_digits("m", written, reader, (pictures, digits), pictures[300:], fixed)
    assert read.items == 200 and read.value < 0.3 and read.low < read.value < read.high  # type: ignore[operator]
    assert "read as 9, " in read.note
    assert distance.value > 5 * frechet(reader.read(pictures[:300])[1], reader.read(pictures[300:])[1])

    def by_heart(drawn: np.ndarray) -> float:
        return evaluate.by_heart("m", drawn, learnt, held, "tiles", "tiles", fixed).value

    assert by_heart(learnt[:8]) == 1 and by_heart((learnt[:8] // 2) * 2) == 1, "a faint copy is one too"
    assert by_heart(chance.integers(0, 255, (8, 32, 32, 3)).astype(np.uint8)) < 0.5
    assert 0 < evaluate.speed("m", Copies(learnt), fixed).value < 1


def test_all_figures_are_measured_from_a_folder(tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures, digits = scikit_digits()
    tiles = np.random.default_rng(0).integers(0, 255, (60, 32, 32, 4)).astype(np.uint8) | [0, 0, 0, 255]
    np.savez(tmp_path / "mnist.npz", train_images=pictures[:900, ..., 0], train_labels=digits[:900],
             test_images=pictures[900:, ..., 0], test_labels=digits[900:])
    np.savez(tmp_path / "crawl_tiles_32_rgba.npz", images=tiles, names=np.array([f"mon/{chr(65 + n)}.png" for n in range(60)]))
    monkeypatch.setattr(data, "DIGIT_PARTS", {"learn": (0, 600), "choose": (600, 900)})
    monkeypatch.setattr(evaluate, "load_reader", lambda path, device: reader)
    found = evaluate.evaluate(tmp_path, lambda key: Copies(tiles[..., :3]), ("one", "two"), "a command", limit=100)
    assert [one.metric for one in found] == ["read_as_asked", "frechet_distance", "learnt_by_heart", "learnt_by_heart",
                                              "seconds_for_16"] * 2
    assert {one.method for one in found} == {"one", "two"} and found[0].items == 100
    assert all(one.command == "a command" and one.date and one.machine for one in found)


def test_steps_and_guidance_are_measured_on_pictures_made(reader: Reader) -> None:
    torch.manual_seed(0)
    blank = network.PictureNet(network.DIGITS).eval()
    right, distance = choose.measure(blank, reader, scikit_digits()[0][:200], 2, 2, 1.5)
    assert right == pytest.approx(0.1, abs=0.2) and distance > 1, "who learnt nothing leaves the noise as it is"
