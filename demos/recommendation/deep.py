"""The deep method: the autoencoder's list, what each rated film did to it, and the map of films that it learnt."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from demos.recommendation.bubble import bubble_of
from demos.recommendation.learnt import Learnt, read_learnt
from demos.recommendation.network import Autoencoder, load_network
from demos.recommendation.ranking import listed, order_of
from demos.recommendation.words import PULLS, PULLS_BY_LEAVING_OUT
from demos.results import View
from demos.taste_results import Bubble, FilmMap, Pulls, Suggestions

NEAREST = 12  # films on the map among which the visitor is put


class Network:
    """The network, the learnt films and their places on the map `(n, 2)`; no call writes to it."""

    def __init__(self, network: Autoencoder, learnt: Learnt, places: np.ndarray, device: str = "cpu") -> None:
        self.network, self.learnt, self.places, self.device = network, learnt, places, device

    @torch.inference_mode()
    def scores(self, given: np.ndarray) -> np.ndarray:
        """`(u, n)` logarithms of the share that each film has in what such a person likes, from `(u, n)` liked."""
        liked = torch.from_numpy(np.ascontiguousarray(given, dtype=np.float32)).to(self.device)
        return torch.log_softmax(self.network(liked), dim=1).cpu().numpy()

    def predict(self, liked: str, surprise: float = 0.0) -> Suggestions:
        """Twenty films for who rated these; raises BadInput where nothing can be suggested from them."""
        asked = self.learnt.asked(liked)
        return listed(self.scores(asked.row(len(self.learnt.films)))[0], asked, self.learnt, surprise)

    def bubble(self, liked: str) -> Bubble:
        """The lists from "more of the same" to "surprise me"."""
        asked = self.learnt.asked(liked)
        return bubble_of(self.scores(asked.row(len(self.learnt.films)))[0], asked, self.learnt)

    def explain(self, liked: str, surprise: float = 0.0) -> list[View]:
        """How far each suggestion falls when one of the films that were liked is left out."""
        asked = self.learnt.asked(liked)
        whole = asked.row(len(self.learnt.films))
        without = np.repeat(whole, len(asked.liked), axis=0)
        without[np.arange(len(asked.liked)), asked.liked] = 0
        scores = self.scores(np.concatenate([whole, without]))
        places = order_of(scores[0], asked, self.learnt.films, surprise)
        fallen = (scores[0, places] - scores[1:, places]).T
        names = [tuple(self.learnt.films[i].named for i in some) for some in (places, asked.liked)]
        return [View("pulls", PULLS, PULLS_BY_LEAVING_OUT, Pulls(*names, fallen))]

    @torch.inference_mode()
    def map(self, liked: str, surprise: float = 0.0) -> FilmMap:
        """The best known films by what the network learnt of them, and the visitor among those that fit best."""
        asked = self.learnt.asked(liked)
        row = asked.row(len(self.learnt.films))
        scores = self.scores(row)[0]
        drawn = np.flatnonzero(np.isfinite(self.places).all(axis=1))
        shown = {int(place): i for i, place in enumerate(drawn)}
        films = [self.learnt.films[i] for i in drawn]
        return FilmMap(self.places[drawn], tuple(film.named for film in films),
                       tuple(film.genres[0] if film.genres else "" for film in films), self._place(row, drawn),
                       tuple(shown[int(i)] for i in asked.seen if int(i) in shown),
                       tuple(shown[int(i)] for i in order_of(scores, asked, self.learnt.films, surprise)
                             if int(i) in shown))

    def _place(self, row: np.ndarray, drawn: np.ndarray) -> np.ndarray:
        """Where a person belongs `(2,)`: the middle of the films nearest in direction to their numbers, nearer ones more."""
        taste = self.network.taste(torch.from_numpy(row).to(self.device))[0].cpu().numpy()
        vectors = self.network.unfold.weight.detach().cpu().numpy()[drawn]
        near = vectors @ taste / np.maximum(np.linalg.norm(vectors, axis=1) * np.linalg.norm(taste), 1e-9)
        best = np.argsort(-near, kind="stable")[:NEAREST]
        weights = np.exp(5 * (near[best] - near[best[0]]))
        return weights @ self.places[drawn][best] / weights.sum()


def load(weights: dict[str, Path], device: str) -> Network:
    """Read the network, the learnt films and the catalogue."""
    network, places = load_network(weights["network"], device)
    return Network(network, read_learnt(weights["films"], weights["movies"]), places.numpy(), device)
