"""Makes up card payments: `python -m demos.fraud_game.simulate FOLDER` writes 20 weeks of 10,000 invented customers.

After the simulator of Le Borgne, Siblini, Lebichot and Bontempi, "Reproducible Machine Learning for Credit Card Fraud
Detection" (2022), which has customers with an average amount, shops near their homes and three kinds of theft. Ours adds
kinds of shops, hours, journeys, online shopping in one go and five kinds of theft (thefts.py), about one payment in 200.
Simplified: a customer's habits never change, there are no weekends and no wages, a place is known only by its distance
from home, and after a theft the customer goes on with a new card as before. Seed 0; the same seed gives the same bytes.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from demos.fraud_game.payments import CASH, ONLINE, SHOPS, Payments, joined, write_payments
from demos.fraud_game.thefts import thefts

SEED, CUSTOMERS, DAYS = 0, 10_000, 140
TILLS, MERCHANTS, ABROAD = 1000, 400, 1000  # tills of the region, online shops, tills far away
SIDE = 100.0  # km: the region is a square
SHARES = np.array([.38, .25, .10, .10, .03, .01, .13])  # of the region's tills, by shop
PRICE = np.array([1.0, 1.0, 1.5, 1.6, 5.0, 8.0, 2.0, 1.2])  # times the customer's average amount, by shop
FAVOURITES, NEAR = 12, 30
SMALL, LARGE = 0.15, 0.004  # share of online payments of a few euros; of payments far above the usual


@dataclass(frozen=True, eq=False)
class World:
    """Who and what there is: places in km, shops' kinds, customers' habits; the trip of each, if there is one."""

    homes: np.ndarray  # (c, 2)
    tills: np.ndarray  # (t, 2)
    shop: np.ndarray  # (t,)
    favourites: np.ndarray  # (c, 12) tills near home
    mean: np.ndarray  # (c,) euros
    rate: np.ndarray  # (c,) payments a day
    online: np.ndarray  # (c,) share of them
    hour: np.ndarray  # (c,) the middle of the customer's day
    leaves: np.ndarray  # (c,) day on which a journey begins; beyond the end for those who stay
    returns: np.ndarray  # (c,)
    away: np.ndarray  # (c,) km


def build(chance: np.random.Generator, customers: int, days: int) -> World:
    """Draw the world."""
    from scipy.spatial import cKDTree

    tills, homes = chance.uniform(0, SIDE, (TILLS, 2)), chance.uniform(0, SIDE, (customers, 2))
    near = cKDTree(tills).query(homes, NEAR)[1]
    chosen = chance.permuted(near, axis=1)[:, :FAVOURITES]
    leaves = np.where(chance.random(customers) < 0.5, chance.uniform(0, days, customers), 2.0 * days)
    return World(homes, tills, chance.choice(len(SHARES), TILLS, p=SHARES).astype(np.int8), chosen,
                 np.clip(np.exp(chance.normal(np.log(30), 0.6, customers)), 8, 150), chance.uniform(0.2, 1.8, customers),
                 chance.uniform(0.05, 0.45, customers), np.where(chance.random(customers) < 0.1, 21.5, 14.5), leaves,
                 leaves + chance.uniform(4, 14, customers), np.exp(chance.uniform(np.log(150), np.log(9000), customers)))


def honest(chance: np.random.Generator, world: World, days: int) -> Payments:
    """What customers pay themselves, day by day."""
    customers = len(world.mean)
    counts = chance.poisson(np.repeat(world.rate[:, None], days, axis=1)).ravel()
    who = np.repeat(np.repeat(np.arange(customers), days), counts)
    day = np.repeat(np.tile(np.arange(days), customers), counts)
    time = 24.0 * day + (world.hour[who] + chance.normal(0, 4, len(who))) % 24
    travels = (time / 24 >= world.leaves[who]) & (time / 24 < world.returns[who])
    till = world.favourites[who, chance.integers(FAVOURITES, size=len(who))]
    till = np.where(chance.random(len(who)) < 0.04, chance.integers(TILLS, size=len(who)), till)
    distance = np.hypot(*(world.homes[who] - world.tills[till]).T)
    shop = world.shop[till]
    abroad = TILLS + MERCHANTS + chance.integers(ABROAD, size=len(who))
    till = np.where(travels, abroad, till)
    shop = np.where(travels, chance.choice(len(SHARES), len(who), p=SHARES), shop)
    distance = np.where(travels, world.away[who] + chance.uniform(-20, 20, len(who)), distance)
    online = chance.random(len(who)) < world.online[who]
    till = np.where(online, TILLS + chance.integers(MERCHANTS, size=len(who)), till)
    shop, distance = np.where(online, ONLINE, shop), np.where(online, 0, distance)
    return made(time, who, amounts(chance, world, who, shop), shop, till, distance)


def sprees(chance: np.random.Generator, world: World, days: int) -> Payments:
    """Evenings on which a customer orders in several online shops, one after the other: honest, and they look odd."""
    count = chance.poisson(0.004 * days * len(world.mean))
    pieces = chance.integers(3, 7, count)
    begins = 24.0 * chance.integers(days, size=count) + chance.uniform(17, 23, count)
    who, time = np.repeat(chance.integers(len(world.mean), size=count), pieces), np.repeat(begins, pieces)
    time = time + chance.uniform(0, 1, len(who))
    shop = np.full(len(who), ONLINE)
    return made(time, who, amounts(chance, world, who, shop), shop, TILLS + chance.integers(MERCHANTS, size=len(who)),
                np.zeros(len(who)))


def amounts(chance: np.random.Generator, world: World, who: np.ndarray, shop: np.ndarray) -> np.ndarray:
    """Euros: the customer's average, times what the shop is like, times chance."""
    euros = world.mean[who] * PRICE[shop] * np.exp(chance.normal(-0.125, 0.5, len(who)))
    euros = np.where(chance.random(len(who)) < LARGE, euros * chance.uniform(3, 8, len(who)), euros)
    euros = np.where((shop == ONLINE) & (chance.random(len(who)) < SMALL), chance.uniform(0.5, 5, len(who)), euros)
    return np.where(shop == CASH, np.clip(np.round(euros, -1), 10, 500), np.clip(euros, 0.5, 5000))


def made(time: np.ndarray, who: np.ndarray, amount: np.ndarray, shop: np.ndarray, till: np.ndarray,
         distance: np.ndarray) -> Payments:
    """Honest payments of these columns."""
    return Payments(time, who.astype(np.int32), np.round(amount, 2).astype(np.float32), shop.astype(np.int8),
                    till.astype(np.int32), distance.astype(np.float32), np.full(len(time), -1, np.int32),
                    np.zeros(len(time), np.int8))


def simulate(seed: int = SEED, customers: int = CUSTOMERS, days: int = DAYS) -> Payments:
    """Payments of so many customers over so many days, customer by customer, each one's by time."""
    chance = np.random.default_rng(seed)
    world = build(chance, customers, days)
    good = joined([honest(chance, world, days), sprees(chance, world, days)])
    assert int(good.shop.max()) < len(SHOPS)
    bad = thefts(chance, good, customers, days, TILLS, MERCHANTS, ABROAD)
    whole = joined([good, bad])
    return whole.take(np.flatnonzero(whole.time < 24 * days)).in_order()


if __name__ == "__main__":
    found = simulate()
    write_payments(found, Path(sys.argv[1]), SEED)
    print(f"{len(found):,} payments, {int(found.stolen.sum()):,} stolen ({100 * found.stolen.mean():.2f} %)")
