"""What thieves do in the simulation: five kinds of theft, each a few payments with somebody's card.

The crooked till and the sudden large sums stem from the scenarios of Le Borgne et al. (2022); test payments and series
online are the patterns that card companies warn of. How often each kind comes up is set here, not taken from real cards.
"""

from __future__ import annotations

import numpy as np

from demos.fraud_game.payments import CASH, ONLINE, SHOPS, TRICKS, Payments, joined

A_DAY = {"far": 2.5, "test": 3.5, "series": 1.5, "wallet": 2.0}  # thefts a day among 10,000 customers
CROOKED, TWICE, LASTS = 6, 2.0, 14.0  # tills at a time; payments a day at each; days
PER = 10_000  # customers that the numbers above are for


def thefts(chance: np.random.Generator, good: Payments, customers: int, days: int, tills: int, merchants: int,
           abroad: int) -> Payments:
    """Every theft of these days; `good` are the honest payments, among which crooked tills find their victims.

    Tills are numbered: those of the region, then the online shops, then those far away.
    """
    scale, found, first = customers / PER, [], 0
    for trick, make in (("far", _far), ("test", _test), ("series", _series), ("wallet", _wallet)):
        cases = chance.poisson(A_DAY[trick] * scale * days)
        pieces, gaps, euros, shop, distance = make(chance, cases)
        case = np.repeat(np.arange(cases), pieces)
        starts = np.repeat(chance.uniform(0, 24.0 * days, cases), pieces)
        if trick == "wallet":  # somebody who finds one goes shopping by day
            starts = np.floor(starts / 24) * 24 + 8 + (starts % 24) / 2
        time = starts + _since_start(gaps, case)
        till = np.where(shop == ONLINE, tills + chance.integers(merchants, size=len(case)),
                        np.where(distance > 60, tills + merchants + chance.integers(abroad, size=len(case)),
                                 chance.integers(tills, size=len(case))))
        who = np.repeat(chance.integers(customers, size=cases), pieces)
        found.append(_stolen(trick, time, who, euros, shop, till, distance, first + case))
        first += cases
    return joined([*found, _crooked(chance, good, days, tills, scale, first)])


def _since_start(gaps: np.ndarray, case: np.ndarray) -> np.ndarray:
    """Hours since a theft's first payment, from the hours between its payments."""
    whole = np.cumsum(gaps)
    begins = np.flatnonzero(np.diff(case, prepend=-1))
    return whole - np.repeat(whole[begins], np.diff([*begins, len(case)]))


def _between(chance: np.random.Generator, low: float, high: float, count: int) -> np.ndarray:
    """Numbers whose logarithm is spread evenly."""
    return np.exp(chance.uniform(np.log(low), np.log(high), count))


def _far(chance: np.random.Generator, cases: int) -> tuple[np.ndarray, ...]:
    """A copied card, used far away in dear shops and cash machines within hours."""
    pieces = chance.integers(2, 7, cases)
    count = int(pieces.sum())
    dear = [SHOPS.index(name) for name in ("electronics", "jeweller", "clothes", "cash")]
    shop = chance.choice(dear, count, p=(.35, .2, .2, .25))
    euros = _between(chance, 80, 1200, count)
    distance = np.repeat(_between(chance, 80, 9000, cases), pieces)
    return pieces, chance.exponential(1.0, count), np.where(shop == CASH, np.clip(np.round(euros, -1), 50, 500), euros), \
        shop, distance


def _test(chance: np.random.Generator, cases: int) -> tuple[np.ndarray, ...]:
    """One to three payments of a euro or so, to see whether the card works, and then one or two large ones."""
    small, large = chance.integers(1, 4, cases), chance.integers(1, 3, cases)
    pieces = small + large
    place = np.arange(int(pieces.sum())) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    tries = place < np.repeat(small, pieces)
    euros = np.where(tries, chance.uniform(0.5, 3, len(place)), _between(chance, 200, 1500, len(place)))
    return pieces, chance.uniform(2, 20, len(place)) / 60, euros, np.full(len(place), ONLINE), np.zeros(len(place))


def _series(chance: np.random.Generator, cases: int) -> tuple[np.ndarray, ...]:
    """A card's number used online again and again within an hour or two, for sums that nobody asks about."""
    pieces = chance.integers(4, 11, cases)
    count = int(pieces.sum())
    return pieces, chance.exponential(8 / 60, count), _between(chance, 25, 250, count), np.full(count, ONLINE), \
        np.zeros(count)


def _wallet(chance: np.random.Generator, cases: int) -> tuple[np.ndarray, ...]:
    """A lost card, used near its owner's home for small sums that need no number."""
    pieces = chance.integers(2, 6, cases)
    count = int(pieces.sum())
    usual = [SHOPS.index(name) for name in ("supermarket", "petrol", "clothes")]
    return pieces, chance.uniform(0.2, 3, count), chance.uniform(10, 50, count), chance.choice(usual, count), \
        chance.uniform(0, 10, count)


def _crooked(chance: np.random.Generator, good: Payments, days: int, tills: int, scale: float, first: int) -> Payments:
    """Tills that charge cards of the last days once more, for two weeks, until somebody notices."""
    rounds = max(1, round(CROOKED * scale * days / LASTS))
    order = np.argsort(good.till, kind="stable")
    where = np.searchsorted(good.till[order], np.arange(tills + 1))
    found = []
    for number in range(rounds):
        till, start = int(chance.integers(tills)), chance.uniform(0, days - LASTS)
        visits = order[where[till]:where[till + 1]]
        visits = visits[(good.time[visits] / 24 >= start) & (good.time[visits] / 24 < start + LASTS)]
        victims = chance.permutation(visits)[:chance.poisson(TWICE * LASTS)]
        later = good.time[victims] + chance.uniform(0.2, 72, len(victims))
        found.append(_stolen("till", later, good.customer[victims], good.amount[victims] * chance.uniform(1, 3, len(victims)),
                             good.shop[victims], good.till[victims], good.distance[victims],
                             first + np.arange(len(victims))))  # each victim is a theft of its own
        first += len(victims)
    return joined(found)


def _stolen(trick: str, time: np.ndarray, who: np.ndarray, euros: np.ndarray, shop: np.ndarray, till: np.ndarray,
            distance: np.ndarray, case: np.ndarray) -> Payments:
    return Payments(time.astype(np.float64), who.astype(np.int32), np.round(np.clip(euros, 0.5, 5000), 2).astype(np.float32),
                    shop.astype(np.int8), till.astype(np.int32), distance.astype(np.float32), case.astype(np.int32),
                    np.full(len(time), TRICKS.index(trick), np.int8))
