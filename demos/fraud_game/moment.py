"""One payment after a customer's others: how it is asked for, and how it is put behind them on the clock."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from demos.errors import BadInput
from demos.fraud_game.features import SHOP_WORDS
from demos.fraud_game.payments import ONLINE, SHOPS, Payments
from demos.fraud_game.people import Person, people
from demos.inputs import ChoiceInput, NumberInput, TextInput

PAYMENT, BEFORE = "The payment", "Whose card, and what came before"
WHO = {"ana": "Ana, who spends little", "bruno": "Bruno, who orders online", "carla": "Carla, who works at night",
       "david": "David, on a journey", "elena": "Elena, who spends much"}
AMOUNT = NumberInput("amount", "Amount", low=1, high=1500, default=40, unit="€", step=1, group=PAYMENT)
SHOP = ChoiceInput("shop", "Shop", options=tuple(SHOP_WORDS.items()), default="supermarket", group=PAYMENT)
HOUR = NumberInput("hour", "Hour of the day", low=0, high=23, default=14, unit="h", step=1, group=PAYMENT)
DISTANCE = NumberInput("distance", "From the owner's home", low=0, high=9000, default=5, unit="km", step=5, group=PAYMENT,
                       help="Counts in shops only; online nobody knows where the buyer is.")
CUSTOMER = ChoiceInput("customer", "Whose card", options=tuple(WHO.items()), default="ana", group=BEFORE)
MINUTES = NumberInput("minutes", "Since the card was last used", low=1, high=2880, default=600, unit="min", step=1,
                      group=BEFORE)
REPORTS = NumberInput("reports", "Thefts already known at this till", low=0, high=20, default=0, step=1, group=BEFORE)
INPUTS = (AMOUNT, SHOP, HOUR, DISTANCE, CUSTOMER, MINUTES, REPORTS)
TURNED = (AMOUNT, SHOP, HOUR, DISTANCE, MINUTES, REPORTS)  # what is said of the payment itself
SERIES = TextInput("series", "The thief's payments", max_chars=1000)
MOST = 10  # payments that a thief makes
BROKEN = ("This is no list of payments. Please give up to ten lines of: euros, minutes waited, shop, km from home.")
APART = 12.0  # hours without a payment: what lies before stays where it was on the clock


@dataclass(frozen=True)
class Theft:
    """One payment of a thief: euros, minutes waited before it, shop, km from the owner's home."""

    amount: float
    minutes: float
    shop: str
    distance: float

    def line(self) -> str:
        """As a part's input holds it."""
        return f"{self.amount:g}, {self.minutes:g}, {self.shop}, {self.distance:g}"


def read_series(text: str) -> list[Theft]:
    """The payments of a text, one a line. Raises BadInput for anything else."""
    found = []
    for line in text.splitlines():
        parts = [part.strip() for part in line.split(",")]
        if len(parts) != 4:
            raise BadInput(BROKEN)
        found.append(Theft(AMOUNT.read(parts[0]), MINUTES.read(parts[1]), SHOP.read(parts[2]), DISTANCE.read(parts[3])))
    if not 1 <= len(found) <= MOST:
        raise BadInput(BROKEN)
    return found


def code(values: dict[str, float | str]) -> np.ndarray:
    """The row `(6,)` of a payment: amount, shop, hour, distance, minutes, reports."""
    return np.array([float(SHOPS.index(str(values[one.name])) if one is SHOP else values[one.name]) for one in TURNED])


def robbed(person: Person, thefts: list[Theft]) -> Person:
    """The customer's payments with a thief's after them."""
    if not thefts:
        return person
    shop = np.array([SHOPS.index(one.shop) for one in thefts])
    distance = np.where(shop == ONLINE, 0.0, [one.distance for one in thefts])
    time = person.time[-1] + np.cumsum([one.minutes for one in thefts]) / 60
    return Person(np.append(person.time, time), np.append(person.amount, [one.amount for one in thefts]),
                  np.append(person.shop, shop), np.append(person.distance, distance),
                  np.append(person.reports, np.zeros(len(thefts))))


def on_the_clock(time: np.ndarray, hour: float, minutes: float) -> np.ndarray:
    """The times of the earlier payments and of this one `(n + 1,)`, so that the clock shows `hour` after `minutes`.

    The payments of the same day move along; what lies at least twelve hours before them stays, or moves by a whole day.
    """
    times = np.append(time, time[-1] + minutes / 60)
    move = (hour - times[-1] + 12) % 24 - 12
    if abs(move) < 1 and int(times[-1] % 24) == int(hour):
        return times  # within the hour that was asked for
    breaks = np.flatnonzero(np.diff(time) >= APART)
    first = int(breaks[-1]) + 1 if len(breaks) else 0
    times[first:] += move
    if first and times[first] - times[first - 1] < 1:
        times[:first] -= 24
    return times


def lined_up(person: Person, rows: np.ndarray) -> tuple[Payments, np.ndarray, np.ndarray]:
    """Each payment of the rows `(n, 6)` behind the customer's own: payments, thefts known, the places `(n,)` of the new.

    Each row gets a customer number of its own, so that all can be asked about at once.
    """
    size, count = len(person.time) + 1, len(rows)
    time = np.concatenate([on_the_clock(person.time, row[2], row[4]) for row in rows])
    shop = rows[:, 1].astype(int)

    def column(old: np.ndarray, new: np.ndarray) -> np.ndarray:
        return np.concatenate([np.repeat(old[None], count, axis=0), new[:, None]], axis=1).ravel()

    distance = column(person.distance, np.where(shop == ONLINE, 0.0, rows[:, 3]))
    none = np.full(size * count, -1)
    payments = Payments(time, np.repeat(np.arange(count), size), column(person.amount, rows[:, 0]).astype(np.float32),
                        column(person.shop, shop).astype(np.int8), none, distance.astype(np.float32), none, none)
    return payments, column(person.reports, rows[:, 5]), np.arange(1, count + 1) * size - 1


def whose(customer: str) -> Person:
    """The customer of this key."""
    return people()[customer]
