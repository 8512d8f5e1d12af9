"""The lessons: their texts are whole, their maths equals PyTorch's, and what they promise to happen happens."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from demos import get_demo
from demos.glossary import entries
from demos.lessons import FOLDER, Lesson, get_lesson, list_lessons, read_lesson
from demos.lessons.backprop import GIVEN, RATE, START, one_step
from demos.lessons.descent import ending, height, roll, slope
from demos.lessons.fitting import FEW, MANY, NEW, RIDGE, cross_validated, curve, heights, miss
from demos.lessons.fitting import network, polynomial, sample
from demos.lessons.network import Network, Training, build, drawn, forward, gradients, loss
from demos.lessons.neuron import BENDS, SLOPES, ends, learn_line, right, softmax, summed
from demos.lessons.points import SHAPES, points
from demos.lessons.seeing import FILTERS, convolve, grey, parse_window, pool, shown

TORCH = {"relu": torch.relu, "sigmoid": torch.sigmoid, "tanh": torch.tanh, "none": lambda sums: sums}


def name_of(lesson: Lesson) -> str:
    return lesson.name


# --- texts ----------------------------------------------------------------------------------------

@pytest.mark.parametrize("lesson", list_lessons(), ids=name_of)
def test_a_lesson_is_whole(lesson: Lesson) -> None:
    assert lesson.question.endswith("?") and lesson.answer[-1] in ".?" and lesson.answer.count(".") <= 1
    assert lesson.icon.startswith(":material/") and get_demo(lesson.demo)
    known = {entry.term for entry in entries()}
    assert len(lesson.terms) >= 4 and set(lesson.terms) <= known
    for text in (lesson.try_this, lesson.what_happens, lesson.curious, lesson.engineer):
        assert len(text) > 80


def test_a_broken_lesson_says_where_it_is_wrong(tmp_path: Path) -> None:
    text = (FOLDER / "neuron.md").read_text()
    for broken, says in ((text.replace("## What happens", "## What?"), "What happens"),
                         (text.replace("demo: spam", "page: spam"), "demo")):
        (tmp_path / "mine.md").write_text(broken)
        with pytest.raises(ValueError, match=says) as caught:
            read_lesson(tmp_path / "mine.md")
        assert "mine.md" in str(caught.value)
    with pytest.raises(KeyError, match="neuron"):
        get_lesson("nothing")


# --- a neuron -------------------------------------------------------------------------------------

@pytest.mark.parametrize("bend", BENDS)
def test_bends_and_their_slopes_equal_pytorchs(bend: str) -> None:
    sums = torch.linspace(-30, 30, 601, dtype=torch.float64, requires_grad=True)
    answers = TORCH[bend](sums)
    answers.sum().backward()
    assert np.allclose(BENDS[bend](sums.detach().numpy()), answers.detach().numpy(), atol=1e-12)
    assert np.allclose(SLOPES[bend](sums.detach().numpy()), sums.grad.numpy(), atol=1e-12)


def test_softmax_equals_pytorchs_and_bears_large_sums() -> None:
    sums = np.array([3.0, -1.0, 2.5])
    assert np.allclose(softmax(sums), torch.softmax(torch.tensor(sums), 0).numpy(), atol=1e-15)
    assert softmax(np.array([5000.0, 0.0])).tolist() == [1.0, 0.0]


def test_a_neuron_learns_the_line_that_pytorch_learns() -> None:
    where, kinds = points("line")
    mine = learn_line(where, kinds, (1.0, -3.0, 1.0), 40, 1.5)
    weights = torch.tensor([1.0, -3.0], dtype=torch.float64, requires_grad=True)
    bias = torch.tensor(1.0, dtype=torch.float64, requires_grad=True)
    descent = torch.optim.SGD([weights, bias], 1.5)
    for _ in range(40):
        descent.zero_grad()
        sums = torch.tensor(where) @ weights + bias
        torch.nn.functional.binary_cross_entropy_with_logits(sums, torch.tensor(kinds)).backward()
        descent.step()
    assert np.allclose(mine[-1], [*weights.detach().numpy(), bias.item()], atol=1e-9)
    assert right(where, kinds, mine[-1]) >= 185 > right(where, kinds, mine[0])


def test_the_line_is_drawn_where_the_sum_is_nothing() -> None:
    line = np.array([2.0, -1.0, 0.7])
    assert np.allclose(summed(ends(line, 1.3), line[:2], line[2]), 0) and np.isnan(ends(np.zeros(3), 1)).all()


# --- layers and learning --------------------------------------------------------------------------

def torched(network: Network) -> tuple[list[torch.Tensor], list[torch.Tensor]]:
    return tuple([torch.tensor(part, requires_grad=True) for part in parts] for parts in (network.weights, network.biases))


def torch_loss(network: Network, weights: list[torch.Tensor], biases: list[torch.Tensor], inputs: np.ndarray,
               kinds: np.ndarray) -> torch.Tensor:
    passed = torch.tensor(inputs)
    for number, (weight, bias) in enumerate(zip(weights, biases), start=1):
        passed = passed @ weight + bias
        if number < len(weights):
            passed = TORCH[network.bend](passed)
    return torch.nn.functional.binary_cross_entropy_with_logits(passed[:, 0], torch.tensor(kinds))


@pytest.mark.parametrize("bend", ["tanh", "relu", "sigmoid"])
@pytest.mark.parametrize("sizes", [(2, 1), (2, 3, 1), (2, 5, 4, 3, 1)])
def test_every_gradient_equals_pytorchs(sizes: tuple[int, ...], bend: str) -> None:
    network = build(sizes, bend, seed=3)
    where, kinds = points("moons")
    weights, biases = torched(network)
    theirs = torch_loss(network, weights, biases, where, kinds)
    theirs.backward()
    by_weight, by_bias = gradients(network, where, kinds)
    assert loss(network, where, kinds) == pytest.approx(theirs.item(), abs=1e-12)
    for mine, its in zip((*by_weight, *by_bias), (*weights, *biases)):
        assert np.allclose(mine, its.grad.numpy(), atol=1e-12)


def test_training_takes_the_steps_of_pytorchs_adam() -> None:
    network = build((2, 4, 1), "tanh")
    where, kinds = points("circles")
    training = Training(network, where, kinds, 0.03)
    weights, biases = torched(network)
    adam = torch.optim.Adam([*weights, *biases], 0.03)
    for _ in range(50):
        training.step()
        adam.zero_grad()
        torch_loss(network, weights, biases, where, kinds).backward()
        adam.step()
    for mine, its in zip((*training.network.weights, *training.network.biases), (*weights, *biases)):
        assert np.allclose(mine, its.detach().numpy(), atol=1e-8)
    assert training.history[-1] < training.history[0] and len(training.history) == 51


def test_what_each_neuron_draws_is_its_answer_there() -> None:
    network = build((2, 3, 2, 1), "tanh")
    planes = drawn(network, reach=1.0, side=5)
    assert [plane.shape for plane in planes] == [(3, 5, 5), (2, 5, 5), (1, 5, 5)]
    answers = forward(network, np.array([[0.5, -1.0]])).answers  # the lowest row, fourth column
    assert all(np.allclose(plane[:, 0, 3], answer[0]) for plane, answer in zip(planes, answers[1:]))


@pytest.mark.parametrize("shape", SHAPES)
def test_points_are_the_same_each_time_and_half_of_each_kind(shape: str) -> None:
    where, kinds = points(shape)
    assert where.shape == (200, 2) and kinds.sum() == 100 and np.abs(where).max() < 1.3
    assert np.array_equal(where, points(shape)[0])


# --- what the lessons say that happens ------------------------------------------------------------

def trained(shape: str, sizes: tuple[int, ...], bend: str = "tanh") -> float:
    training = Training(build(sizes, bend), *points(shape), 0.03)
    for _ in range(400):
        training.step()
    return training.right


def test_four_corners_need_a_hidden_layer() -> None:
    assert trained("xor", (2, 1)) < 0.65 and trained("xor", (2, 3, 1)) > 0.95


def test_the_spiral_is_learnt_in_a_moment() -> None:
    training = Training(build((2, 12, 12, 1), "relu"), *points("spiral"), 0.03)
    while training.right < 0.95 and training.done < 2000:
        training.step()
    assert training.done < 600


def test_the_slope_is_that_of_the_height() -> None:
    for place in np.random.default_rng(0).uniform(-2, 2, (20, 2)):
        tried = [(height(place + move) - height(place - move)) / 2e-6 for move in np.eye(2) * 1e-6]
        assert np.allclose(slope(place), tried, atol=1e-6)


def test_the_ball_creeps_leaps_and_is_caught_behind_the_hill() -> None:
    start, other = (-1.8, 1.8), (1.8, 1.6)
    assert [ending(roll(start, rate, 30)) for rate in (0.05, 0.2, 0.6)] == ["way", "low", "way"]
    assert ending(roll(other, 0.2, 30)) == "high" and ending(roll((0.6, 1.9), 1.3, 30)) == "gone"


@pytest.mark.parametrize("goal", [0.0, 1.0])
def test_the_written_step_is_pytorchs(goal: float) -> None:
    step = one_step(goal)
    weights, biases = torched(START)
    before = torch_loss(START, weights, biases, GIVEN, np.array([goal]))
    before.backward()
    assert step.loss == pytest.approx(before.item()) and step.loss_after < step.loss
    assert np.allclose(step.slopes_in, weights[0].grad.numpy())
    assert np.allclose(step.slopes_out, weights[1].grad.numpy()[:, 0])
    assert np.allclose(step.blames, biases[0].grad.numpy()) and step.blame == pytest.approx(step.answer - goal)
    assert np.allclose(step.after.weights[0], START.weights[0] - RATE * weights[0].grad.numpy())


# --- learning too much ----------------------------------------------------------------------------

def missed(count: int, degree: int, decay: float = 0.0) -> tuple[float, float]:
    (x, y), (new_x, new_y) = sample(count), sample(NEW, 99)
    weights = polynomial(x, y, degree, decay)
    return miss(heights(weights, x), y), miss(heights(weights, new_x), new_y)


def test_freedom_learns_by_heart_and_data_and_decay_cure_it() -> None:
    calm, wild = missed(FEW, 3), missed(FEW, 12)
    assert wild[0] < calm[0] and wild[1] > 200 * calm[1]
    assert missed(MANY, 12)[1] < 0.4 and missed(FEW, 12, RIDGE)[1] < 0.5
    found = cross_validated(*sample(FEW), range(0, 13))
    assert missed(FEW, min(found, key=lambda degree: found[degree]))[1] < 0.35


def test_the_ridge_is_scikit_learns() -> None:
    from numpy.polynomial import chebyshev
    from sklearn.linear_model import Ridge

    x, y = sample(FEW)
    theirs = Ridge(alpha=RIDGE * len(x)).fit(chebyshev.chebvander(x, 6)[:, 1:], y)
    assert np.allclose(polynomial(x, y, 6, RIDGE)[1:], theirs.coef_)


@pytest.mark.parametrize("cure", range(3))
def test_each_cure_helps_the_network_at_new_points(cure: int) -> None:
    new_x, new_y = sample(NEW, 99)
    free, _ = network(FEW, False, False, False)
    held, steps = network(FEW, *(number == cure for number in range(3)))
    assert free.count == 673 and miss(curve(free, sample(FEW)[0]), sample(FEW)[1]) < 0.15
    assert miss(curve(held, new_x), new_y) < 0.85 * miss(curve(free, new_x), new_y)
    assert steps < 1500 if cure == 2 else steps == 1500


def test_a_curves_gradients_equal_pytorchs_with_masks() -> None:
    net = build((1, 4, 3, 1), "tanh", seed=1, end="none")
    x, y = sample(FEW)
    chance = np.random.default_rng(0)
    masks = tuple((chance.random((FEW, size)) < 0.7) / 0.7 for size in (4, 3))
    weights, biases = torched(net)
    passed = torch.tensor(x[:, None])
    for weight, bias, mask in zip(weights, biases, (*masks, None)):
        passed = passed @ weight + bias
        passed = passed if mask is None else torch.tanh(passed) * torch.tensor(mask)
    (((passed[:, 0] - torch.tensor(y)) ** 2).mean() / 2).backward()
    by_weight, by_bias = gradients(net, x[:, None], y, masks)
    for mine, its in zip((*by_weight, *by_bias), (*weights, *biases)):
        assert np.allclose(mine, its.grad.numpy(), atol=1e-12)


# --- seeing ---------------------------------------------------------------------------------------

@pytest.mark.parametrize("name", FILTERS)
def test_convolution_and_pooling_equal_pytorchs(name: str) -> None:
    bright = np.random.default_rng(0).random((17, 24))
    window = np.array(FILTERS[name], float)
    theirs = torch.nn.functional.conv2d(torch.tensor(bright)[None, None], torch.tensor(window)[None, None])
    assert np.allclose(convolve(bright, window), theirs[0, 0].numpy(), atol=1e-12)
    pooled = torch.nn.functional.max_pool2d(theirs, 2)[0, 0].numpy()
    assert np.allclose(pool(convolve(bright, window)), pooled, atol=1e-12)


def test_the_upright_window_does_not_see_what_lies_flat() -> None:
    flat = np.zeros((9, 9))
    flat[5:] = 1
    assert not convolve(flat, FILTERS["upright"]).any() and convolve(flat.T, FILTERS["upright"]).max() == 4
    assert np.array_equal(convolve(flat, FILTERS["nothing"]), flat[1:-1, 1:-1])


def test_pictures_are_made_small_and_grey_and_shown_as_they_are() -> None:
    picture = np.zeros((240, 360, 3), np.uint8)
    picture[:, 180:] = 255
    bright = grey(picture)
    assert bright.shape == (80, 120) and bright.min() == 0 and bright.max() == pytest.approx(1)
    assert shown(bright)[0, 0].tolist() == [0, 0, 0] and shown(bright)[0, -1].tolist() == [255] * 3
    assert shown(np.array([[-2.0, 0.0, 2.0]]))[0, :, 0].tolist() == [0, 128, 255]
    assert grey(np.zeros((5, 7, 3), np.uint8)).shape == (5, 7)


@pytest.mark.parametrize(("text", "good"), [
    ("1,2,3,4,5,6,7,8,9", True), (" -1, 0.5,0,0,0,0,0,0,1e1", True), ("1,2,3", False), ("a,b,c,d,e,f,g,h,i", False),
    ("nan,0,0,0,0,0,0,0,0", False), ("inf,0,0,0,0,0,0,0,0", False), ("", False), ("1e9,0,0,0,0,0,0,0,0", False)])
def test_a_window_is_nine_numbers(text: str, good: bool) -> None:
    assert (parse_window(text) is not None) == good
