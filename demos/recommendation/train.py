"""Trains the network: `python -m demos.recommendation.train DATA`; DATA holds MovieLens latest-small.

Split: the same as in train_classical.py, which is to be run first: 55 people are left out whole; of the other 494 each fifth
in turn chooses how long to learn, and then the network learns from all of them for so long. Seed 0. Half of what each person
liked is hidden from it at each look as augmentation. It starts from factors (starting.py), and small steps of AdamW
follow. Width, rate and what is hidden are a first try, not yet chosen: with them no epoch was better than the start on the
fifth that was tried. `--folds 0,1` measures after each epoch with these fifths alone and writes nothing; `--epochs N`
learns for so long without choosing.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch

from demos.recommendation.catalogue import CATALOGUE, Film, read_catalogue
from demos.recommendation.data import SEED, Ratings, folds, hold_back, read_ratings, split_people
from demos.recommendation.measuring import best, ndcg, recall
from demos.recommendation.network import Autoencoder
from demos.recommendation.starting import BLUR, LOUD, factors
from demos.recommendation.train_classical import TARGET, learnable, weighed
from demos.weights import locate

WIDTH, HIDDEN, RATE, BATCH, MOST_EPOCHS, BLUR_COUNTS = 128, 0.5, 3e-4, 50, 20, 0.002
DRAWN = 800  # films on the map, the best known


def start(liked: np.ndarray, films: Sequence[Film]) -> Autoencoder:
    """A network whose layers are factors of what people liked `(u, n)`; nothing in it is left to chance."""
    network, found = Autoencoder(len(films), WIDTH, HIDDEN), torch.from_numpy(factors(liked, films, WIDTH))
    with torch.no_grad():
        for layer in (network.read, network.squeeze):
            layer.bias.zero_()
        network.squeeze.bias[WIDTH:] = BLUR
        network.read.weight.copy_(found.T)
        network.squeeze.weight.zero_()[:WIDTH] = torch.eye(WIDTH)
        network.unfold.weight.copy_(LOUD * found)
        network.unfold.bias.copy_(torch.log(torch.from_numpy(liked.sum(axis=0)) + 1))
    return network


def learn(network: Autoencoder, liked: np.ndarray, epochs: int,
          after: Callable[[int, float], None] = lambda epoch, loss: None) -> Autoencoder:
    """Teach it to unfold what people liked `(u, n)`; `after` is called with each epoch and its mean loss."""
    torch.manual_seed(SEED)
    rows = torch.from_numpy(liked[liked.sum(axis=1) > 0])
    optimiser = torch.optim.AdamW(network.parameters(), RATE, weight_decay=0.0)
    for epoch in range(1, epochs + 1):
        network.train()
        total = 0.0
        for chosen in torch.randperm(len(rows)).split(BATCH):
            scores, apart = network(rows[chosen])
            share = rows[chosen] / rows[chosen].sum(dim=1, keepdim=True)
            loss = (-(torch.log_softmax(scores, dim=1) * share).sum(dim=1) + BLUR_COUNTS * apart).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            total += loss.item() * len(chosen)
        network.eval()
        after(epoch, total / len(rows))
    return network


def tried(ratings: Ratings, films: dict[str, Film], which: Sequence[int], epochs: int = MOST_EPOCHS) -> np.ndarray:
    """Mean Recall@20 and NDCG@20 `(epochs + 1, 2)` before the first epoch and after each, of all who choose."""
    marks: list[np.ndarray] = []
    for number in which:
        rows, choose = folds(ratings)[number]
        columns = learnable(ratings.only(rows))
        given, asked = hold_back(ratings.only(choose).liked, ratings.people[choose])
        asked = np.concatenate([asked[:, columns], np.delete(asked, columns, axis=1)], axis=1)
        network, measured = start(weighed(ratings.only(rows), columns), [films[ratings.films[i]] for i in columns]), []

        def mark(epoch: int, loss: float) -> None:
            with torch.inference_mode():
                scores = network.eval()(torch.from_numpy(given[:, columns].astype(np.float32)))[0].numpy()
            found = best(scores, given[:, columns])
            measured.append(np.stack([recall(found, asked), ndcg(found, asked)]))
            print(f"fold {number}, epoch {epoch}: loss {loss:.4f}, Recall@20 {measured[-1][0].mean():.4f}, "
                  f"NDCG@20 {measured[-1][1].mean():.4f}", file=sys.stderr, flush=True)

        mark(0, float("nan"))
        learn(network, weighed(ratings.only(rows), columns), epochs, mark)
        marks.append(np.stack(measured))
    return np.concatenate(marks, axis=2).mean(axis=2)


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


def main(data: Path, target: Path = TARGET, only: Sequence[int] = (), epochs: int = 0) -> None:
    """Choose how long to learn, learn from all but the people left out, and write network.safetensors in float16."""
    from safetensors.torch import save_file

    films = dict(read_catalogue(locate(CATALOGUE, Path())))
    ratings = read_ratings(data, films)
    ratings = ratings.only(split_people(ratings)[0])
    if only or not epochs:
        marks = tried(ratings, films, only or range(5))
        epochs = int(marks[:, 0].argmax())
        print(f"best after {epochs} epochs: Recall@20 {marks[epochs, 0]:.4f}, NDCG@20 {marks[epochs, 1]:.4f}", flush=True)
    if only:
        return
    columns = learnable(ratings)
    liked = weighed(ratings, columns)
    network = learn(start(liked, [films[ratings.films[i]] for i in columns]), liked, epochs)
    stored = {name: value.half().contiguous() for name, value in network.state_dict().items()}
    about = {"seed": SEED, "people": len(ratings.people), "epochs": epochs, "rate": RATE}
    save_file({**stored, "places": torch.from_numpy(drawn(network, DRAWN)).half()}, target / "network.safetensors",
              metadata={"about": json.dumps(about, sort_keys=True)})


if __name__ == "__main__":
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("data", type=Path)
    reader.add_argument("--folds", default="", help="fifths to measure with, such as 0,1")
    reader.add_argument("--epochs", type=int, default=0)
    said = reader.parse_args()
    main(said.data, only=[int(number) for number in said.folds.split(",") if number], epochs=said.epochs)
