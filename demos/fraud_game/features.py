"""What both methods see of a payment: twelve facts worked out from the customer's past, or the payments themselves in a row.

Everything here takes payments customer by customer, each one's by time, and looks back only.
"""

from __future__ import annotations

import numpy as np

from demos.fraud_game.payments import ONLINE, SHOPS, Payments
from demos.inputs import ChoiceInput, NumberInput
from demos.tabular_fields import Field, Schema

OUTCOMES = ("stolen", "honest")
SHOP_WORDS = {"supermarket": "supermarket", "restaurant": "restaurant", "petrol": "petrol station", "clothes": "clothes shop",
              "electronics": "electronics shop", "jeweller": "jeweller", "cash": "cash machine", "online": "online shop"}
LONGEST, FASTEST = 30 * 24.0, 50_000.0  # hours since the last payment, km/h: more counts as this
SMALL = 5.0  # euros: what thieves try cards with
NEW = 30.0  # euros: what counts as usual for a customer without a past
STEPS, NUMBERS = 11, 8  # payments in a row, this one the last; numbers of each beside its shop
_APART = 1e5  # hours between two customers in one long line of time


def _number(name: str, label: str, usual: float, unit: str = "") -> Field:
    return Field(NumberInput(name, label, low=0, high=1e6, default=usual, unit=unit), "", log=True)


# the presets are those of a payment that nobody would look at; reasons are counted from there
SCHEMA = Schema((
    _number("amount", "Amount", 25, "€"), _number("times", "Of the customer's usual amount", 100, "%"),
    _number("hour", "Hour", 14, "h"), _number("distance", "From home", 3, "km"),
    _number("since", "Since the last payment", 1000, "min"), _number("speed", "Speed from the last place", 0, "km/h"),
    Field(ChoiceInput("shop", "Shop", options=tuple(SHOP_WORDS.items()), default="supermarket"), ""),
    _number("hourly", "Payments within this hour", 1), _number("daily", "Payments within this day", 1),
    _number("spent", "Spent within this day", 25, "€"), _number("small", "Sums below 5 € within this day", 0),
    _number("reports", "Thefts known at this till", 0),
), OUTCOMES, "honest")


def _line(payments: Payments) -> np.ndarray:
    """All customers' times one after the other `(n,)`, so that a window back is one search."""
    return payments.customer.astype(np.float64) * _APART + payments.time


def _before(line: np.ndarray, hours: float) -> np.ndarray:
    """The place of the first payment within so many hours before each `(n,)`."""
    return np.searchsorted(line, line - hours, "right")


def _sums(values: np.ndarray, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """The sum of the values from one place up to, not with, another."""
    total = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    return total[last] - total[first]


def since_last(payments: Payments) -> np.ndarray:
    """Hours since the customer's last payment `(n,)`, at most LONGEST."""
    gaps = np.full(len(payments), LONGEST)
    same = payments.customer[1:] == payments.customer[:-1]
    gaps[1:] = np.where(same, np.diff(payments.time), LONGEST)
    return np.clip(gaps, 0, LONGEST)


def speed(payments: Payments) -> np.ndarray:
    """How fast the card moved since the last payment in a shop, at least, km/h `(n,)`: nothing is known of directions."""
    count, there = len(payments), payments.shop != ONLINE
    last = np.maximum.accumulate(np.where(there, np.arange(count), -1))
    last = np.concatenate([[-1], last[:-1]])
    known = there & (last >= 0) & (payments.customer[last] == payments.customer)
    hours = np.maximum(payments.time - payments.time[last], 1 / 60)
    km = np.abs(payments.distance - payments.distance[last])
    return np.where(known, np.minimum(km / hours, FASTEST), 0.0)


def facts(payments: Payments, reports: np.ndarray) -> np.ndarray:
    """The twelve facts `(n, 12)` of each payment, as SCHEMA names them; `reports` `(n,)` are thefts known at its till."""
    line, here = _line(payments), np.arange(len(payments))
    euros = payments.amount.astype(np.float64)
    month, day, hour = (_before(line, hours) for hours in (30 * 24.0, 24.0, 1.0))
    usual = np.where(here > month, _sums(euros, month, here) / np.maximum(here - month, 1), NEW)
    return np.stack([
        euros, 100 * euros / usual, payments.time % 24, payments.distance, 60 * since_last(payments), speed(payments),
        payments.shop, here - hour + 1, here - day + 1, _sums(euros, day, here + 1),
        _sums(euros < SMALL, day, here + 1), reports], axis=1).astype(np.float64)


def numbers(payments: Payments, reports: np.ndarray) -> np.ndarray:
    """What the network sees of each payment beside its shop `(n, 8)` float32, all near 0 to 1."""
    turn = 2 * np.pi * (payments.time % 24) / 24
    squeezed = [np.log1p(payments.amount) / 5, np.sin(turn), np.cos(turn), np.log1p(60 * since_last(payments)) / 8,
                np.log1p(payments.distance) / 8, np.log1p(speed(payments)) / 8, np.log1p(reports) / 2, np.ones(len(payments))]
    return np.stack(squeezed, axis=1).astype(np.float32)


def rows_of(payments: Payments, places: np.ndarray) -> np.ndarray:
    """The places `(m, 11)` of each payment and the ten before it by the same customer; -1 where there is none."""
    back = places[:, None] + np.arange(1 - STEPS, 1)[None]
    same = (back >= 0) & (payments.customer[np.maximum(back, 0)] == payments.customer[places][:, None])
    return np.where(same, back, -1)


def in_rows(table: np.ndarray, shops: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The numbers `(m, 11, 8)` and shops `(m, 11)` int64 of these rows; what is missing is all zeros, its shop 8."""
    there = rows >= 0
    return table[rows] * there[..., None], np.where(there, shops[rows], len(SHOPS)).astype(np.int64)
