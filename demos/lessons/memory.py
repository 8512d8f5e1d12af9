"""Networks that read letter by letter and carry a memory along: a plain one and an LSTM, every number of them shown.

The plain one is Elman's (1990); the LSTM is Hochreiter and Schmidhuber's (1997) with the forget gate of Gers and others
(2000). Taught by memory_train.py; the numbers equal PyTorch's, the tests hold every gate and slope beside it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from demos.lessons.neuron import BENDS, softmax

ALPHABET = " abcdefghijklmnopqrstuvwxyz.,;:!?'\"-\n*"  # the last one stands for every other letter
PLAINER = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "—": "-", "–": "-", "é": "e", "\t": " ", "\r": " "})
GATES = ("input", "forget", "content", "output")  # in PyTorch's order
LONGEST = 300  # letters of a visitor's text
_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Reader:
    """A recurrent layer and what it guesses from its memory; `gates` is 4 for an LSTM, 1 for the plain network.

    `into` `(gates * size, letters)`, `again` `(gates * size, size)`, `bias` `(gates * size,)`, `out` `(letters, size)`,
    `out_bias` `(letters,)`.
    """

    into: np.ndarray
    again: np.ndarray
    bias: np.ndarray
    out: np.ndarray
    out_bias: np.ndarray

    @property
    def size(self) -> int:
        """How many numbers it remembers."""
        return self.again.shape[1]

    @property
    def count(self) -> int:
        """How many numbers it has learnt."""
        return sum(part.size for part in (self.into, self.again, self.bias, self.out, self.out_bias))


@dataclass(frozen=True)
class Reading:
    """What happened at each letter of a text.

    `memory` is `(n, size)`, `guesses` for the letter after it `(n, letters)`; of an LSTM there are `gates` by name and
    `cells`, each `(n, size)`. Gates lie between 0 (shut) and 1 (open), "content" between -1 and 1.
    """

    letters: str
    memory: np.ndarray
    guesses: np.ndarray
    gates: dict[str, np.ndarray]
    cells: np.ndarray | None


def plain(text: str) -> str:
    """The text in the letters that the networks know: small ones, with `*` for those that they do not."""
    return "".join(letter if letter in ALPHABET else "*" for letter in text.translate(PLAINER).lower())


def numbers(text: str) -> np.ndarray:
    """`(n,)` places of the letters in the alphabet."""
    return np.array([ALPHABET.index(letter) for letter in plain(text)], int)


def read(reader: Reader, text: str) -> Reading:
    """The text letter by letter; the memory begins empty."""
    if len(reader.into) == reader.size:
        memory = np.zeros((len(text) + 1, reader.size))
        for place, letter in enumerate(numbers(text)):
            memory[place + 1] = np.tanh(reader.into[:, letter] + reader.again @ memory[place] + reader.bias)
        return _reading(reader, text, memory[1:], {}, None)
    rows: list[tuple[np.ndarray, ...]] = []
    held, cell = np.zeros(reader.size), np.zeros(reader.size)
    for letter in numbers(text):
        sums = (reader.into[:, letter] + reader.again @ held + reader.bias).reshape(4, reader.size)
        gates = tuple(np.tanh(one) if name == "content" else BENDS["sigmoid"](one) for name, one in zip(GATES, sums))
        cell = gates[1] * cell + gates[0] * gates[2]
        held = gates[3] * np.tanh(cell)
        rows.append((*gates, cell, held))
    parts = [np.stack(part) for part in zip(*rows)] if rows else [np.zeros((0, reader.size))] * 6
    return _reading(reader, text, parts[5], dict(zip(GATES, parts)), parts[4])


def _reading(reader: Reader, text: str, memory: np.ndarray, gates: dict[str, np.ndarray],
             cells: np.ndarray | None) -> Reading:
    sums = memory @ reader.out.T + reader.out_bias
    guesses = np.stack([softmax(one) for one in sums]) if len(sums) else sums
    return Reading(plain(text), memory, guesses, gates, cells)


def likeliest(guess: np.ndarray, count: int = 3) -> list[tuple[str, float]]:
    """The likeliest next letters with their shares."""
    return [(ALPHABET[place], float(guess[place])) for place in np.argsort(-guess)[:count]]


def what_is_left(reader: Reader, reading: Reading) -> np.ndarray:
    """`(n,)`: how much a small change of the memory at each letter changes it at the last letter; 1 at the last itself.

    The size (Frobenius norm) of the product of all slopes from there to the end, which is what learning passes back:
    near 0, it learns nothing from that far (the vanishing gradient; Bengio, Simard and Frasconi 1994).
    """
    size, last = reader.size, len(reading.letters) - 1
    slopes = _plain_slopes if reading.cells is None else _lstm_slopes
    passed = np.eye(size) if reading.cells is None else np.hstack([np.zeros((size, size)), np.eye(size)])
    left = np.ones(last + 1)
    for place in range(last, 0, -1):
        passed = passed @ slopes(reader, reading, place)
        left[place - 1] = np.linalg.norm(passed[:, -size:]) / np.sqrt(size)
    return left


def _plain_slopes(reader: Reader, reading: Reading, place: int) -> np.ndarray:
    return (1 - reading.memory[place] ** 2)[:, None] * reader.again


def _lstm_slopes(reader: Reader, reading: Reading, place: int) -> np.ndarray:
    """How memory and cells at a place change with those before it: `(2 size, 2 size)`, the memory first."""
    opened, kept, content, shown = (reading.gates[name][place] for name in GATES)
    again = reader.again.reshape(4, reader.size, reader.size)
    cells, before = np.tanh(reading.cells[place]), reading.cells[place - 1]
    by_memory = ((content * opened * (1 - opened))[:, None] * again[0] + (before * kept * (1 - kept))[:, None] * again[1]
                 + (opened * (1 - content**2))[:, None] * again[2])
    through = (shown * (1 - cells**2))[:, None]
    top = np.hstack([through * by_memory + (cells * shown * (1 - shown))[:, None] * again[3], through * np.diag(kept)])
    return np.vstack([top, np.hstack([by_memory, np.diag(kept)])])


@lru_cache(maxsize=2)
def load(kind: str) -> Reader:
    """The trained network of a kind, "lstm" or "plain"."""
    from safetensors.numpy import load_file

    stored = load_file(_HERE / f"memory_{kind}.safetensors")
    return Reader(*(stored[name].astype(np.float64) for name in ("into", "again", "bias", "out", "out_bias")))


@lru_cache(maxsize=1)
def cells() -> dict[str, dict[str, float]]:
    """Cells of the LSTM that follow something a reader can name: their place, sign and measured correlation."""
    return json.loads((_HERE / "memory_cells.json").read_text())
