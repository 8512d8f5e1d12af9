"""One step of learning in a network small enough to write down: two inputs, two hidden neurons, one answer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from demos.lessons.network import Network, forward, gradients, loss

RATE = 1.0
START = Network((np.array([[0.5, -0.4], [0.3, 0.8]]), np.array([[0.6], [-0.9]])),
                (np.array([0.1, -0.2]), np.array([0.05])), "tanh")
GIVEN = np.array([[1.0, 0.5]])


@dataclass(frozen=True)
class Step:
    """All numbers of one step: sums and answers on the way there, blames and slopes on the way back, and what it brought."""

    before: Network
    after: Network
    hidden_sums: np.ndarray  # (2,)
    hidden: np.ndarray  # (2,)
    sum: float
    answer: float
    blame: float  # of the last sum
    blames: np.ndarray  # (2,) of the hidden sums
    slopes_in: np.ndarray  # (2, 2) of the first layer's weights
    slopes_out: np.ndarray  # (2,) of the last layer's weights
    loss: float
    answer_after: float
    loss_after: float


def one_step(goal: float, network: Network = START, given: np.ndarray = GIVEN, rate: float = RATE) -> Step:
    """Forward, backward and one step of plain gradient descent, for one point whose right answer is `goal`."""
    kinds = np.array([goal])
    passed = forward(network, given)
    by_weight, by_bias = gradients(network, given, kinds)
    after = Network(tuple(w - rate * g for w, g in zip(network.weights, by_weight)),
                    tuple(b - rate * g for b, g in zip(network.biases, by_bias)), network.bend)
    return Step(network, after, passed.sums[0][0], passed.answers[1][0], float(passed.sums[1][0, 0]),
                float(passed.answers[2][0, 0]), float(by_bias[1][0]), by_bias[0], by_weight[0], by_weight[1][:, 0],
                loss(network, given, kinds), float(forward(after, given).answers[2][0, 0]), loss(after, given, kinds))
