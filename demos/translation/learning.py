"""From sentence pairs to the arrays of the classical method: alignments, what each word becomes, how it is written."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np

from demos.translation.counting import RARE, Corpus, Pairs, bigrams, corpus, strongest
from demos.translation.tokens import plain, tokens

ROUNDS = 5  # of expectation and maximisation
LONGEST_OPTION = 3  # words that one word may become
MOST_OPTIONS, LEAST_OPTION = 8, 0.02
MOST_PARTNERS, LEAST_PARTNER = 6, 0.02  # of Model 1's own table, which is kept to align words


def learn(pairs: list[tuple[str, str]]) -> dict[str, np.ndarray]:
    """The arrays that table.py describes, from pairs of English and Portuguese sentences."""
    split = {"en": [tokens(english) for english, _ in pairs], "pt": [tokens(other) for _, other in pairs]}
    sides = {name: corpus([[plain(word) for word in one] for one in said]) for name, said in split.items()}
    arrays: dict[str, np.ndarray] = {}
    for name, side in sides.items():
        shown = "\n".join(spelling(side.words, split[name]))
        arrays[f"words.{name}"] = np.frombuffer(shown.encode("utf-8"), np.uint8).copy()
        follows = bigrams(side)
        arrays[f"pairs.{name}"] = follows[0].astype(np.uint16)
        arrays[f"follows.{name}"], arrays[f"alone.{name}"] = follows[1].astype(np.float16), follows[2]
    best: dict[str, np.ndarray] = {}
    for way in ("en-pt", "pt-en"):
        beside = Pairs(*(sides[name] for name in way.split("-")))
        chance = beside.learn(ROUNDS)
        best[way] = beside.best(chance)
        named = (beside.origin > RARE) & (beside.target > RARE)
        origin, target, chance = beside.origin[named], beside.target[named], chance[named]
        kept = strongest(origin, target, chance, MOST_PARTNERS, LEAST_PARTNER)
        arrays[f"stands.{way}.pairs"] = np.stack([origin, target], axis=1)[kept].astype(np.uint16)
        arrays[f"stands.{way}.chance"] = chance[kept].astype(np.float16)
    for way in ("en-pt", "pt-en"):
        first, second = way.split("-")
        found = becomes(sides[first], sides[second], best[way], best[f"{second}-{first}"])
        arrays |= {f"options.{way}.{name}": array for name, array in as_arrays(found, len(sides[first].words)).items()}
    return arrays


def spelling(words: tuple[str, ...], sentences: list[list[str]]) -> list[str]:
    """How each word is most often written where it does not begin a sentence: "Tom", "I", "house"."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for one in sentences:
        begins = True
        for token in one:
            if not begins:
                seen[plain(token)][token.replace("’", "'")] += 1
            begins = begins and not token[0].isalpha() or token in ".!?:"
    return [max(sorted(seen[word]), key=seen[word].get, default=word) if word in seen else word  # type: ignore[arg-type]
            for word in words]


def becomes(source: Corpus, target: Corpus, forward: np.ndarray,
            backward: np.ndarray) -> dict[int, Counter[tuple[int, ...]]]:
    """For each source word how often it became which target words, none or up to three side by side.

    A link counts where both directions agree; a target word without one joins its neighbour's partner where its own
    direction names it (a small part of Och and Ney's growing, 2003).
    """
    found: dict[int, Counter[tuple[int, ...]]] = defaultdict(Counter)
    for number in range(len(source.starts) - 1):
        begin, end = source.starts[number:number + 2]
        first, last = target.starts[number:number + 2]
        here, there = source.numbers[begin:end].tolist(), target.numbers[first:last].tolist()
        guess, back = forward[first:last].tolist(), backward[begin:end].tolist()
        link = [s if s >= 0 and back[s] == t else -1 for t, s in enumerate(guess)]
        for t, s in enumerate(guess):
            beside = link[max(t - 1, 0):t] + link[t + 1:t + 2]
            if link[t] < 0 <= s and s in beside:
                link[t] = s
        for s, word in enumerate(here):
            places = [t for t, partner in enumerate(link) if partner == s]
            if not places and s in guess:
                continue  # the two directions do not agree about it: that says nothing
            made = tuple(there[t] for t in places)
            if word > RARE and RARE not in made and len(places) <= LONGEST_OPTION and (
                    not places or places[-1] - places[0] == len(places) - 1):
                found[word][made] += 1
    return found


def as_arrays(found: dict[int, Counter[tuple[int, ...]]], words: int) -> dict[str, np.ndarray]:
    """The commonest options of each word by number, one after the other."""
    starts, rows, chances = [0], [], []
    for word in range(words):
        options = found.get(word, Counter())
        total = sum(options.values())
        best = sorted(options.items(), key=lambda one: (-one[1], one[0]))[:MOST_OPTIONS]
        for made, count in best:
            if count / total >= LEAST_OPTION and (count > 1 or total < 10):
                rows.append([*made, *[0] * (LONGEST_OPTION - len(made))])
                chances.append(count / total)
        starts.append(len(rows))
    return {"starts": np.array(starts, np.int32), "words": np.array(rows, np.uint16).reshape(-1, LONGEST_OPTION),
            "chance": np.array(chances, np.float16)}
