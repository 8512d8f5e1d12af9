"""A small network of layers that the lessons build and train: every number in it can be shown.

The numbers equal PyTorch's; the tests hold every gradient beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from demos.lessons.neuron import BENDS, SLOPES

CALM, SMALL = (0.9, 0.999), 1e-8  # Adam's means, and what keeps it from dividing by nothing (Kingma and Ba 2014)


@dataclass(frozen=True)
class Network:
    """Layers of weights `(in, out)` and biases `(out,)`; `bend` after each but the last, which has `end`.

    With a sigmoid at the end it tells two kinds apart, with "none" it draws a curve.
    """

    weights: tuple[np.ndarray, ...]
    biases: tuple[np.ndarray, ...]
    bend: str = "tanh"
    end: str = "sigmoid"

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many numbers go in, how many neurons each layer has."""
        return (len(self.weights[0]), *(layer.shape[1] for layer in self.weights))

    @property
    def count(self) -> int:
        """How many numbers it can learn."""
        return sum(part.size for part in (*self.weights, *self.biases))


@dataclass(frozen=True)
class Pass:
    """What every neuron summed and answered, layer by layer, each `(n, neurons)`; `answers` begin with the inputs."""

    sums: tuple[np.ndarray, ...]
    answers: tuple[np.ndarray, ...]


def build(sizes: tuple[int, ...], bend: str = "tanh", seed: int = 0, end: str = "sigmoid") -> Network:
    """A network that has learnt nothing: weights drawn by chance, small enough for their number (Glorot 2010)."""
    chance = np.random.default_rng(seed)
    pairs = list(zip(sizes, sizes[1:]))
    wider = 1.4 if bend == "relu" else 1.0  # for it turns half of what comes into nothing
    return Network(tuple(chance.normal(0, wider * np.sqrt(2 / sum(pair)), pair) for pair in pairs),
                   tuple(np.zeros(out) for _, out in pairs), bend, end)


def forward(network: Network, inputs: np.ndarray, masks: tuple[np.ndarray, ...] = ()) -> Pass:
    """The inputs `(n, in)` through all layers; the last answer is the chance of kind 1, or the curve's height.

    `masks` `(n, neurons)`, one for each hidden layer, multiply its answers (dropout).
    """
    sums, answers = [], [np.asarray(inputs, float)]
    for number, (weights, biases) in enumerate(zip(network.weights, network.biases), start=1):
        sums.append(answers[-1] @ weights + biases)
        answers.append(BENDS[network.end if number == len(network.weights) else network.bend](sums[-1]))
        if masks and number < len(network.weights):
            answers[-1] = answers[-1] * masks[number - 1]
    return Pass(tuple(sums), tuple(answers))


def loss(network: Network, inputs: np.ndarray, kinds: np.ndarray) -> float:
    """The mean surprise at the true kinds `(n,)` (cross-entropy, in nats); of a curve half the mean squared miss."""
    last = forward(network, inputs).sums[-1][:, 0]
    return float(np.mean(np.logaddexp(0, last) - kinds * last if network.end == "sigmoid" else (last - kinds) ** 2 / 2))


def gradients(network: Network, inputs: np.ndarray, kinds: np.ndarray,
              masks: tuple[np.ndarray, ...] = ()) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """How the loss changes with each weight and each bias, from the last layer back to the first (backpropagation)."""
    passed = forward(network, inputs, masks)
    blame = (passed.answers[-1] - np.asarray(kinds, float)[:, None]) / len(inputs)  # of the last sums, for both losses
    by_weight, by_bias = [], []
    for number in reversed(range(len(network.weights))):
        by_weight.insert(0, passed.answers[number].T @ blame)
        by_bias.insert(0, blame.sum(axis=0))
        if number:
            blame = blame @ network.weights[number].T * SLOPES[network.bend](passed.sums[number - 1])
            blame = blame * masks[number - 1] if masks else blame
    return by_weight, by_bias


def share_right(network: Network, inputs: np.ndarray, kinds: np.ndarray) -> float:
    """The share of points `(n, in)` whose kind `(n,)` the network names."""
    said = forward(network, inputs).answers[-1][:, 0] > 0.5
    return float((said == (np.asarray(kinds) > 0.5)).mean())


class Training:
    """A network on its way: Adam over all points at once, some steps at a time.

    `decay` pulls every weight towards 0 in each step; `dropout` is the share of hidden neurons that each step leaves out.
    """

    def __init__(self, network: Network, inputs: np.ndarray, kinds: np.ndarray, rate: float = 0.03, decay: float = 0.0,
                 dropout: float = 0.0) -> None:
        self.network, self.inputs, self.kinds, self.rate = network, inputs, np.asarray(kinds, float), rate
        self.decay, self.dropout, self._chance = decay, dropout, np.random.default_rng(0)
        self.done = 0
        self.history: list[float] = [loss(network, inputs, self.kinds)]
        self._means = [np.zeros_like(part) for part in (*network.weights, *network.biases)]
        self._spreads = [np.zeros_like(part) for part in self._means]

    def step(self) -> None:
        """One step of every weight and bias, down the slope of the loss."""
        self.done += 1
        masks = tuple((self._chance.random((len(self.inputs), size)) >= self.dropout) / (1 - self.dropout)
                      for size in self.network.sizes[1:-1]) if self.dropout else ()
        slopes = [slope for group in gradients(self.network, self.inputs, self.kinds, masks) for slope in group]
        moved = []
        for place, (part, slope) in enumerate(zip((*self.network.weights, *self.network.biases), slopes)):
            self._means[place] = CALM[0] * self._means[place] + (1 - CALM[0]) * slope
            self._spreads[place] = CALM[1] * self._spreads[place] + (1 - CALM[1]) * slope**2
            mean, spread = (kept[place] / (1 - calm**self.done)
                            for kept, calm in zip((self._means, self._spreads), CALM))
            pulled = part * (1 - self.rate * self.decay) if part.ndim > 1 else part
            moved.append(pulled - self.rate * mean / (np.sqrt(spread) + SMALL))
        half = len(self.network.weights)
        self.network = replace(self.network, weights=tuple(moved[:half]), biases=tuple(moved[half:]))
        self.history.append(loss(self.network, self.inputs, self.kinds))

    @property
    def right(self) -> float:
        """The share of points that it names right."""
        return share_right(self.network, self.inputs, self.kinds)


def drawn(network: Network, reach: float = 1.25, side: int = 60) -> list[np.ndarray]:
    """What every neuron answers at each place of the plane: for each layer `(neurons, side, side)`, row 0 below."""
    line = np.linspace(-reach, reach, side)
    plane = np.stack(np.meshgrid(line, line), axis=-1).reshape(-1, 2)
    return [answer.T.reshape(-1, side, side) for answer in forward(network, plane).answers[1:]]
