"""How pictures are made: along known flows, from a seed, in steps, on a walk; and by the classical method at once."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import torch

from demos.compare import compare
from demos.picture_maker import asked, deep, flow, network, seeing
from demos.picture_maker.classical import FromMixtures
from demos.picture_maker.mixture import Mixture
from demos.picture_maker.reader import Reader
from demos.picture_results import Made


class Known(torch.nn.Module):
    """A network that was never trained: goes where a function of pictures, times and kinds says."""

    def __init__(self, go: object, kinds: int = 2) -> None:
        super().__init__()
        self.go, self.plan, self.asked = go, network.Plan(8, 1, kinds, (8,)), 0
        self.weight = torch.nn.Parameter(torch.zeros(1))

    def forward(self, x: torch.Tensor, times: torch.Tensor, kinds: torch.Tensor) -> torch.Tensor:
        self.asked += len(x)
        return self.go(x, times[:, None, None, None], kinds[:, None, None, None])  # type: ignore[operator]


def test_a_seed_is_a_noise_and_more_pictures_leave_the_first_as_they_are() -> None:
    few, many = flow.noise(3, 2, (1, 8, 8)), flow.noise(3, 5, (1, 8, 8))
    assert np.array_equal(few, many[:2]) and few.dtype == np.float32
    assert not np.allclose(few[0], few[1]) and not np.allclose(few, flow.noise(4, 2, (1, 8, 8)))
    assert abs(flow.noise(5, 200, (1, 8, 8)).std() - 1) < 0.02


def test_the_walk_keeps_its_ends_and_its_length() -> None:
    first, last = flow.noise(0, 2, (1, 28, 28))
    places = flow.walk(first, last, 9)
    assert np.allclose(places[0], first, atol=1e-5) and np.allclose(places[-1], last, atol=1e-5)
    lengths = np.linalg.norm(places.reshape(9, -1), axis=1)
    assert lengths.min() > 0.97 * min(lengths[0], lengths[-1]), "half way a straight walk would have 7 tenths of it"
    assert np.allclose(flow.walk(first, first, 3), first)


def test_a_straight_flow_arrives_with_any_number_of_steps() -> None:
    noises, picture = flow.noise(1, 3, (1, 8, 8)), torch.full((1, 1, 8, 8), 0.25)
    to_it = Known(lambda x, times, kinds: (picture - x) / (1 - times))
    for steps in (1, 2, 7):
        moments = list(flow.flow(to_it, noises, np.zeros(3), steps, 1.0))
        assert len(moments) == steps + 1 and [one.time for one in moments] == pytest.approx(np.linspace(0, 1, steps + 1))
        assert np.array_equal(moments[0].now, noises)
        assert all(np.allclose(one.guess, 0.25, atol=1e-5) for one in moments)
        assert np.allclose(moments[-1].now, 0.25, atol=1e-5)


def test_more_steps_come_nearer_on_a_curved_flow() -> None:
    noises = flow.noise(2, 2, (1, 8, 8))
    growing = Known(lambda x, times, kinds: x)
    true = noises * np.e
    errors = [np.abs(flow.make(growing, noises, np.zeros(2), steps, 1.0) - true).max() for steps in (2, 4, 8, 16, 32)]
    assert all(later < before / 2.5 for before, later in itertools.pairwise(errors)) and errors[-1] < 0.02


def test_guidance_goes_further_the_way_that_is_asked_for_and_costs_a_second_look() -> None:
    by_kind = Known(lambda x, times, kinds: torch.where(kinds == 2, 0.5, kinds.float()).expand(x.shape))
    zeros = np.zeros((2, 1, 8, 8), np.float32)
    plain = flow.make(by_kind, zeros, np.array([0, 1]), 3, 1.0)
    assert np.allclose(plain[0], 0) and np.allclose(plain[1], 1) and by_kind.asked == 2 * 5
    further = flow.make(by_kind, zeros, np.array([0, 1]), 3, 2.0)
    assert np.allclose(further[0], -0.5) and np.allclose(further[1], 1.5, atol=1e-6) and by_kind.asked == 3 * 2 * 5


def test_the_loss_is_nought_for_who_knows_the_way_and_two_parts_for_who_stands_still() -> None:
    pictures, noises = torch.full((50, 1, 8, 8), 0.5), torch.from_numpy(flow.noise(0, 50, (1, 8, 8)))
    knows = Known(lambda x, times, kinds: (0.5 - x) / (1 - times))
    stands = Known(lambda x, times, kinds: 0 * x)
    given = pictures, torch.zeros(50, dtype=torch.long), torch.linspace(0, 0.9, 50), noises
    assert float(flow.loss(knows, *given)) < 1e-9
    assert float(flow.loss(stands, *given)) == pytest.approx(1 + 0.25, abs=0.05)


class Says7(Reader):
    """A reader that takes every picture for a 7."""

    def read(self, pictures: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        assert pictures.shape[1:] == (28, 28, 1) and pictures.dtype == np.uint8
        return np.full(len(pictures), 7), np.zeros((len(pictures), 64))


@pytest.fixture
def maker(monkeypatch: pytest.MonkeyPatch) -> deep.FromNoise:
    """The deep method with known flows in place of networks: digits end grey, tiles red."""
    ends = {"digits": torch.zeros(1, 1, 1), "tiles": torch.tensor([1.0, -1, -1])[:, None, None]}
    fakes = {name: Known(lambda x, times, kinds, end=end: (end - x) / (1 - times)) for name, end in ends.items()}
    for name, fake in fakes.items():
        fake.plan = deep.PLANS[name]
    return deep.FromNoise(fakes, Says7())  # type: ignore[arg-type]


def test_the_deep_method_shows_the_way(maker: deep.FromNoise) -> None:
    made = maker.predict("7", 5, 6)
    assert made.frames.shape == made.guesses.shape == (7, 16, 28, 28, 3)  # type: ignore[union-attr]
    assert made.captions[0] == "noise" and made.captions[1] == "after 1 of 6 steps" and len(made.captions) == 7
    assert np.array_equal(made.frames[0], maker.predict("3", 5, 2).frames[0]), "the seed alone makes the noise"
    assert np.array_equal(made.pictures, made.guesses[-1]) and (abs(made.pictures.astype(int) - 128) <= 1).all()
    assert made.says == "16 of 16 read as 7" and made.names == ("7",) * 16 and made.asked == "7"
    assert maker.predict("3", 5, 2).says == "0 of 16 read as 3"
    red = maker.predict("weapon", 5, 2)
    assert red.pictures[0, 0, 0].tolist() == [255, 0, 0] and red.says == "16 weapons" and red.names == ()
    brief = maker.briefly("7", 5, 6)
    assert np.array_equal(brief.pictures, made.pictures) and len(brief.frames) == 1 and brief.says == made.says
    shares, growing = zip(*maker.stream("7", 5, 4))
    assert shares == (0, 0.25, 0.5, 0.75, 1) and [one.says for one in growing[:2]] == ["noise", "after 1 of 4 steps"]
    assert maker.more_steps("7", 1).captions == tuple(
        ["1 step", "2 steps", "4 steps", "8 steps", "16 steps", "32 steps"])
    walked = maker.walk("creature", 1, 2)
    assert walked.frames.shape == (9, 1, 32, 32, 3) and walked.captions[-1] == "9 of 9"
    with pytest.raises(ValueError):
        asked.set_of("10")


def test_the_network_shows_what_it_guesses_at_five_moments(maker: deep.FromNoise) -> None:
    views = maker.explain("7", 5)
    assert [view.key for view in views] == ["step0", "step2", "step4", "step6", "step8"]
    assert all(view.result.image.shape == (448, 448, 3) for view in views)  # type: ignore[attr-defined]
    first = views[0].result.image  # type: ignore[attr-defined]
    assert first[:, :224].std() > 40 and abs(first[:, 224:].astype(int) - 128).max() <= 1, "noise beside the guess"
    assert views[0].sentence == seeing.FIRST and views[-1].sentence == seeing.LAST
    assert [view.title for view in maker.explain("weapon", 5, 2)] == ["Noise", "After 1 of 2 steps", "After 2 of 2 steps"]


def test_how_strictly_it_is_asked_reaches_the_flow(maker: deep.FromNoise, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[float] = []
    real = deep.flow
    monkeypatch.setattr(deep, "flow", lambda *given: seen.append(given[-1]) or real(*given))
    maker.predict("7", 5, 2, 3.5)
    maker.predict("7", 5, 2)
    assert seen == [3.5 * asked.GUIDANCE["digits"], asked.GUIDANCE["digits"]]


def test_pictures_are_compared_by_what_is_read_in_them_or_by_their_pixels() -> None:
    chance = np.random.default_rng(0)
    first, others = (chance.integers(0, 256, (2, 4, 8, 8, 3)).astype(np.uint8) for _ in range(2))
    plain, same, another = (Made(frames, ("a", "b")) for frames in (first, first, others))
    assert compare(plain, same) == (pytest.approx(1), True) and compare(plain, another)[0] < 0.2
    half = np.concatenate([first[:, :2], others[:, 2:]], axis=1)
    assert compare(plain, Made(half, ("a", "b")))[0] == pytest.approx(0.5, abs=0.1)
    assert compare(plain, Made(first[:, :2], ("a", "b"))) == (0, False)
    blank = Made(np.zeros_like(first), ("a", "b"))
    assert compare(plain, blank) == (0, False), "one colour is like nothing"
    read, misread = (Made(first, ("a", "b"), names=names) for names in (("1", "1", "2", "1"), ("1", "7", "2", "7")))
    assert compare(read, misread) == (0.5, True) and compare(read, read) == (1, True)


def test_as_json_holds_the_finished_pictures_alone() -> None:
    import base64
    import io

    from PIL import Image

    frames = np.arange(2 * 3 * 4 * 5 * 3, dtype=np.uint8).reshape(2, 3, 4, 5, 3)
    made = Made(frames, ("a", "b"), frames, says="three", names=("1", "2", "3"), asked="2")
    plain = made.as_json()
    assert plain["type"] == "Made" and plain["steps"] == 1 and plain["names"] == ["1", "2", "3"]
    read = [np.asarray(Image.open(io.BytesIO(base64.b64decode(one.partition(",")[2])))) for one in plain["pictures"]]
    assert np.array_equal(np.stack(read), made.pictures)


def test_made_pictures_check_themselves() -> None:
    frames = np.zeros((2, 3, 4, 4, 3), np.uint8)
    assert Made(frames, ("a", "b")).pictures.shape == (3, 4, 4, 3)
    for broken in ({"frames": frames[0]}, {"frames": frames.astype(float)}, {"frames": frames[:, :0]},
                   {"captions": ("a",)}, {"guesses": frames[:1]}, {"names": ("1", "2")}):
        with pytest.raises(ValueError):
            Made(**{"frames": frames, "captions": ("a", "b"), **broken})


def test_the_classical_method_draws_at_once() -> None:
    def flat(size: tuple[int, int, int], kinds: int) -> Mixture:
        d = int(np.prod(size))
        return Mixture(np.linspace(-1, 1, d), np.full((1, d), 0.1), np.ones((kinds, 1)), np.zeros((kinds, 1, 1)),
                       np.ones((kinds, 1, 1, 1)), size)

    method = FromMixtures({"digits": flat((1, 28, 28), 10), "tiles": flat((3, 32, 32), 5)}, Says7())
    made = method.predict("4", 9)
    assert made.frames.shape == (1, 16, 28, 28, 3) and made.guesses is None and made.says == "0 of 16 read as 4"
    assert np.array_equal(made.frames, method.predict("4", 9).frames)
    assert method.predict("treasure", 9).frames.shape == (1, 16, 32, 32, 3)
