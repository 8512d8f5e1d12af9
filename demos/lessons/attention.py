"""Heads of MiniLM with something to tell, the sentences they were found with, and those they were tried on."""

from __future__ import annotations

import numpy as np

# name of the label -> layer and head, both counted from 0
KNOWN = {"it": (3, 1), "before": (0, 2), "after": (1, 8), "outside": (2, 7)}

# sentence, and the noun that its last "it" stands for: one head of the 72 finds it in most of these
FOUND_WITH = (
    ("The dog ran home because it was hungry", "dog"), ("I washed the car because it was dirty", "car"),
    ("The cake fell down when it was cut", "cake"), ("She bought a house although it was old", "house"),
    ("The train stopped because it had no power", "train"), ("He read the letter and then burned it", "letter"),
    ("The cat slept where it was warm and it purred", "cat"), ("We ate the soup while it was hot", "soup"),
    ("The bird sang until it was dark and it flew away", "bird"), ("My phone broke when I dropped it", "phone"),
    ("The tree fell because it was rotten", "tree"), ("They sold the boat because it was slow", "boat"))
TRIED_ON = (
    ("The animal did not cross the street because it was tired", "animal"),
    ("The trophy does not fit into the suitcase because it is too big", "trophy"),
    ("The child took the ball and threw it", "ball"), ("The shop closed because it made no money", "shop"),
    ("I like this song because it is sad", "song"), ("The horse was lame so it stayed in the stable", "horse"),
    ("The window broke when the wind blew it open", "window"), ("The machine stopped because it was too hot", "machine"),
    ("She lost her ring and never found it", "ring"), ("The river rose until it flooded the village", "river"),
    ("He opened the door because it was locked and he had the key", "door"), ("The lamp is bright but it is ugly", "lamp"))


def most_looked_at(pieces: tuple[str, ...], shares: np.ndarray, place: int) -> int:
    """Which other piece is looked at most from a place, by one head's shares `(n, n)`."""
    row = shares[place].copy()
    row[place] = -1
    return int(row.argmax())


def last_it(pieces: tuple[str, ...]) -> int | None:
    """Where the last "it" stands, None where there is none."""
    places = [place for place, piece in enumerate(pieces) if piece.strip().casefold() == "it"]
    return places[-1] if places else None


def sheet(shares: np.ndarray, chosen: tuple[int, int] | None) -> np.ndarray:
    """`(rows, columns)` in [0, 1]: all heads `(layers, heads, n, n)` as small pictures, a line of 0.25 between them.

    Each head's picture has where it looks from down and where it looks to across; the chosen one has a bright frame.
    """
    layers, heads, count, _ = shares.shape
    side = count + 2
    found = np.full((layers * side, heads * side), 0.0)
    for layer in range(layers):
        for head in range(heads):
            part = found[layer * side:(layer + 1) * side, head * side:(head + 1) * side]
            part[:] = 1.0 if (layer, head) == chosen else 0.25
            part[1:-1, 1:-1] = np.sqrt(shares[layer, head])  # small shares are seen too
    return np.clip(found, 0, 1)
