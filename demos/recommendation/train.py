"""Trains the network: `python -m demos.recommendation.train DATA`; DATA holds MovieLens latest-small.

Split: the same as in train_classical.py, which is to be run first: 55 people are left out whole, and the other 494 choose,
each fifth in turn, by Recall@20. The teacher's settings are the best of six on all fifths (0.336 there; EASE 0.326); the
pupil's width, rate, warmth and steps the best of three on the first two fifths (all five: 0.337). Then it learns from all 494.
Seed 0; it starts from chance. Augmentation is all there is: every step shows it 128 made-up people (teacher.py), each a part
of what somebody rated, half of them mixed with somebody else, and it learns to rank the films that they have not rated as the
teacher does. Adam, the rate falling to 0 by a cosine. `--folds 0,1` measures with these fifths alone and writes nothing.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from torch.nn.functional import log_softmax

from demos.recommendation.catalogue import CATALOGUE, Film, read_catalogue
from demos.recommendation.data import SEED, Ratings, folds, hold_back, read_ratings, split_people
from demos.recommendation.measuring import best, ndcg, recall
from demos.recommendation.network import Autoencoder
from demos.recommendation.teacher import made_up, teacher
from demos.recommendation.train_classical import TARGET, learnable, weighed
from demos.weights import locate

WIDTH, RATE, STEPS, BATCH, WARMTH = 256, 3e-3, 600, 128, 0.1
LEAST = 3  # films that somebody must have rated for made-up people to be drawn from them
DRAWN = 800  # films on the map, the best known
NEVER = -1e4


def learn(rated: np.ndarray, said: np.ndarray, steps: int = STEPS,
          after: Callable[[int, float], None] = lambda step, loss: None) -> Autoencoder:
    """A pupil of `said` `(n, n)` that practises on parts and mixtures of people `(u, n)`; `after` hears each step's loss."""
    torch.manual_seed(SEED)
    network = Autoencoder(rated.shape[1], WIDTH)
    people, told = torch.from_numpy(rated[(rated > 0).sum(axis=1) >= LEAST]), torch.from_numpy(said)
    optimiser = torch.optim.Adam(network.parameters(), RATE)
    falling = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    for step in range(1, steps + 1):
        given = made_up(people, BATCH)
        seen = given > 0
        # the more somebody has rated, the larger the teacher's scores: their length takes that out
        heard = given @ told / given.norm(dim=1, keepdim=True).clamp_min(1e-6) / WARMTH
        wanted = torch.softmax(heard.masked_fill(seen, NEVER), dim=1)
        scores = log_softmax(network(given).masked_fill(seen, NEVER), dim=1)
        loss = -(wanted * scores.masked_fill(seen, 0)).sum(dim=1).mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        falling.step()
        after(step, loss.item())
    return network.eval()


def tried(ratings: Ratings, films: dict[str, Film], which: Sequence[int]) -> np.ndarray:
    """Recall@20 and NDCG@20 `(2, people)` of the pupils of the other fifths, for those who choose."""
    marks: list[np.ndarray] = []
    for number in which:
        rows, choose = folds(ratings)[number]
        columns = learnable(ratings.only(rows))
        given, asked = hold_back(ratings.only(choose).liked, ratings.people[choose])
        asked = np.concatenate([asked[:, columns], np.delete(asked, columns, axis=1)], axis=1)
        rated = weighed(ratings.only(rows), columns)
        said = teacher(rated, [films[ratings.films[i]] for i in columns])
        liked = given[:, columns].astype(np.float32)
        scores = learn(rated, said)(torch.from_numpy(liked)).detach().numpy()
        for name, one in (("teacher", liked @ said), ("network", scores)):
            found = best(one, given[:, columns])
            mark = np.stack([recall(found, asked), ndcg(found, asked)])
            print(f"fold {number}, {name}: Recall@20 {mark[0].mean():.4f}, NDCG@20 {mark[1].mean():.4f}", file=sys.stderr,
                  flush=True)
        marks.append(mark)
    return np.concatenate(marks, axis=1)


def drawn(network: Autoencoder, count: int) -> np.ndarray:
    """Places `(n, 2)` of the best known films: t-SNE of what the last layer holds of them; NaN for all others."""
    from sklearn.manifold import TSNE

    vectors = network.unfold.weight.detach().numpy()
    places, count = np.full((len(vectors), 2), np.nan, np.float32), min(count, len(vectors))
    around = min(25, (count - 1) / 3)
    found = TSNE(2, perplexity=around, init="pca", metric="cosine", random_state=SEED).fit_transform(vectors[:count])
    found -= found.mean(axis=0)
    places[:count] = found / np.abs(found).max()
    return places


def main(data: Path, target: Path = TARGET, only: Sequence[int] = ()) -> None:
    """Learn from all but the people left out, and write network.safetensors in float16; or only measure with fifths."""
    from safetensors.torch import save_file

    films = dict(read_catalogue(locate(CATALOGUE, Path())))
    ratings = read_ratings(data, films)
    ratings = ratings.only(split_people(ratings)[0])
    if only:
        mark = tried(ratings, films, only).mean(axis=1)
        print(f"fifths {', '.join(map(str, only))}: Recall@20 {mark[0]:.4f}, NDCG@20 {mark[1]:.4f}")
        return
    columns = learnable(ratings)
    rated = weighed(ratings, columns)
    network = learn(rated, teacher(rated, [films[ratings.films[i]] for i in columns]),
                    after=lambda step, loss: print(f"step {step}: {loss:.5f}") if step % 100 == 0 else None)
    stored = {name: value.half().contiguous() for name, value in network.state_dict().items()}
    about = {"seed": SEED, "people": len(ratings.people), "steps": STEPS, "rate": RATE}
    save_file({**stored, "places": torch.from_numpy(drawn(network, DRAWN)).half()}, target / "network.safetensors",
              metadata={"about": json.dumps(about, sort_keys=True)})


if __name__ == "__main__":
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("data", type=Path)
    reader.add_argument("--folds", default="", help="fifths to measure with, such as 0,1")
    said_ = reader.parse_args()
    main(said_.data, only=[int(number) for number in said_.folds.split(",") if number])
