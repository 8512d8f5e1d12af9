"""Trains the two networks that read letters: `python -m demos.lessons.memory_train STORIES plain|lstm|cells`.

STORIES is the folder with stories.jsonl.xz, as for the story writer, with its split: "learn" teaches, "choose" chooses
and measures the cells. Seed 0; 64 places of the stories side by side, 128 letters a step, the memory carried on; Adam,
the rate falling from 0.004 to 0 along a half cosine; the last step is kept. Nothing else was tried. On one core the LSTM
takes about 10 minutes, the plain network 3. "cells" finds, for each thing that a reader can name, the cell that follows
it best on one half of the stories held back, and writes its correlation on the other half.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file

from demos.lessons.memory import ALPHABET, load, numbers, plain, read
from demos.story_writer.stories import read_stories

SIZES = {"lstm": 128, "plain": 128}
STEPS, SIDE, LENGTH, RATE = 2400, 64, 128, 0.004
HERE = Path(__file__).parent


class Letters(torch.nn.Module):
    """A recurrent layer over letters and what it guesses."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        layer = {"lstm": torch.nn.LSTM, "plain": torch.nn.RNN}[kind]
        self.layer = layer(len(ALPHABET), SIZES[kind], batch_first=True)
        self.out = torch.nn.Linear(SIZES[kind], len(ALPHABET))
        if kind == "lstm":  # remember at first (Jozefowicz and others 2015)
            torch.nn.init.ones_(self.layer.bias_ih_l0.data[SIZES[kind]:2 * SIZES[kind]])

    def forward(self, letters: torch.Tensor, state: object = None) -> tuple[torch.Tensor, object]:
        """Guesses `(n, time, letters)` before softmax, and the state after them, from places `(n, time)`."""
        spread = torch.nn.functional.one_hot(letters, len(ALPHABET)).float()
        memory, state = self.layer(spread, state)
        return self.out(memory), state


def train(data: Path, kind: str) -> None:
    """One network, from all stories that teach."""
    torch.manual_seed(0)
    stream = numbers("\n".join(read_stories(data, "learn"))[:SIDE * LENGTH * STEPS])
    columns = torch.from_numpy(stream[:len(stream) // SIDE * SIDE].reshape(SIDE, -1))
    network = Letters(kind)
    course = torch.optim.Adam(network.parameters(), RATE)
    falling = torch.optim.lr_scheduler.CosineAnnealingLR(course, STEPS)
    state, recent = None, []
    for step in range(1, STEPS + 1):
        start = (step - 1) * LENGTH % (columns.shape[1] - LENGTH - 1)
        part = columns[:, start:start + LENGTH + 1]
        guesses, state = network(part[:, :-1], state)
        state = tuple(one.detach() for one in state) if kind == "lstm" else state.detach()
        loss = torch.nn.functional.cross_entropy(guesses.flatten(0, 1), part[:, 1:].flatten())
        course.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        course.step()
        falling.step()
        recent.append(loss.item())
        if step % 100 == 0:
            print(f"step {step} of {STEPS}: {np.mean(recent) / np.log(2):.3f} bits a letter", file=sys.stderr, flush=True)
            recent = []
    stored = network.state_dict()
    save_file({"into": stored["layer.weight_ih_l0"].numpy(), "again": stored["layer.weight_hh_l0"].numpy(),
               "bias": (stored["layer.bias_ih_l0"] + stored["layer.bias_hh_l0"]).numpy(),
               "out": stored["out.weight"].numpy(), "out_bias": stored["out.bias"].numpy()},
              HERE / f"memory_{kind}.safetensors")


def facts(text: str) -> dict[str, np.ndarray]:
    """`(n,)` for each thing that a reader can name: what holds after each letter of a text."""
    found: dict[str, list[float]] = {"quote": [], "word": [], "sentence": [], "vowel": []}
    quoted, since_space, since_stop = False, 0, 0
    for letter in text:
        quoted = (not quoted) if letter == '"' else quoted and letter != "\n"
        since_space = 0 if letter in " \n" else since_space + 1
        since_stop = 0 if letter in ".!?" else since_stop + 1
        for name, value in zip(found, (quoted, min(since_space, 12), min(since_stop, 80), letter in "aeiou")):
            found[name].append(float(value))
    return {name: np.array(values) for name, values in found.items()}


def name_cells(data: Path, letters: int = 60_000) -> None:
    """Write the cells that follow what a reader can name."""
    whole = plain("\n".join(read_stories(data, "choose")))[:2 * letters]
    halves = [(facts(part), np.tanh(read(load("lstm"), part).cells)) for part in (whole[:letters], whole[letters:])]
    named = {}
    for name in halves[0][0]:
        one, other = ([np.corrcoef(known[name], cells[:, cell])[0, 1] for cell in range(cells.shape[1])]
                      for known, cells in halves)
        best = int(np.argmax(np.abs(one)))
        named[name] = {"cell": best, "correlation": round(float(other[best]), 3), "letters": len(whole) - letters}
    (HERE / "memory_cells.json").write_text(json.dumps(named, indent=1) + "\n")
    print(json.dumps(named))


def held_back(data: Path, kind: str, letters: int = 100_000) -> float:
    """Bits a letter on stories that it has not learnt from."""
    text = plain("\n".join(read_stories(data, "choose")))[:letters]
    guesses = read(load(kind), text).guesses[np.arange(letters - 1), numbers(text)[1:]]
    return float(-np.log2(guesses).mean())


if __name__ == "__main__":
    folder, wanted = Path(sys.argv[1]), sys.argv[2]
    if wanted == "cells":
        name_cells(folder)
    else:
        train(folder, wanted)
        print(f"{wanted}: {held_back(folder, wanted):.3f} bits a letter on stories held back")
