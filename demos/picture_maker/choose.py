"""Measures how many steps and how much guidance serve digits best: `python -m demos.picture_maker.choose DATA`.

DATA holds mnist.npz. Seeds of its own, and real digits of the part "choose"; the test part is not read. The best go
into asked.py. Needs the weights of the digits and of the reader.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from demos.picture_maker.data import as_pictures, read_digits
from demos.picture_maker.evaluate import READER
from demos.picture_maker.flow import make, noise
from demos.picture_maker.network import DIGITS, PictureNet, load_network
from demos.picture_maker.reader import Reader, frechet, load_reader

EACH = 20  # pictures of each digit
SEED = 5000
TRIED = [(8, guidance) for guidance in (1.25, 1.5, 2.0)] + [(steps, 1.5) for steps in (4, 12)]


def measure(network: PictureNet, reader: Reader, real: np.ndarray, each: int, steps: int,
            guidance: float) -> tuple[float, float]:
    """The share that is read as asked, and the Fréchet distance to real digits `(n, 28, 28, 1)` uint8."""
    kinds = np.repeat(np.arange(10), each)
    noises = noise(SEED, len(kinds), (1, DIGITS.side, DIGITS.side))
    made = [make(network, noises[start:start + 100], kinds[start:start + 100], steps, guidance)
            for start in range(0, len(kinds), 100)]
    said, measured = reader.read(as_pictures(np.concatenate(made))[..., :1])
    return float((said == kinds).mean()), frechet(measured, reader.read(real)[1])


def main(data: Path, weights: Path, each: int) -> None:
    """Print a line for each choice."""
    reader, real = load_reader(READER, "cpu"), read_digits(data, "choose")[0]
    network = load_network(DIGITS, weights, "cpu")
    half = len(real) // 2
    print(f"real digits from real ones: {frechet(reader.read(real[:half])[1], reader.read(real[half:])[1]):.3f}")
    for steps, guidance in TRIED:
        right, distance = measure(network, reader, real, each, steps, guidance)
        print(f"{steps} steps, guidance {guidance:g}: {100 * right:.1f} in 100 as asked, Fréchet {distance:.3f}",
              flush=True)


if __name__ == "__main__":
    given = [Path(one) for one in sys.argv[1:]]
    main(given[0], given[1] if len(given) > 1 else READER.with_name("digits.safetensors"), EACH)
