"""Reads each rated film's description once with MiniLM: `python -m demos.recommendation.build_meanings DATA`.

DATA holds MovieLens latest-small; of it only the list of films is used, no rating. Nothing is left to chance. Every film
gets one sentence of title, genres, director and year, from the catalogue, and a byte for each of its 384 numbers.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from demos.minilm import MINILM, load_minilm
from demos.recommendation.catalogue import CATALOGUE, read_catalogue
from demos.recommendation.data import read_ratings
from demos.recommendation.describing import packed
from demos.recommendation.train_classical import TARGET
from demos.weights import locate


def main(data: Path, target: Path = TARGET) -> None:
    """Write meanings.safetensors."""
    from safetensors.numpy import save_file

    known = read_catalogue(locate(CATALOGUE, Path()))
    films = read_ratings(data, known).films
    meanings = load_minilm(locate(MINILM, Path()), "cpu").meanings([known[film].described for film in films])
    save_file({"films": np.array([int(film[2:]) for film in films], np.int32), **packed(meanings)},
              target / "meanings.safetensors")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
