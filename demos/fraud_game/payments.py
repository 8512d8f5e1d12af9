"""Card payments as columns, how they are stored, and the weeks that are learnt from, chosen by and measured on."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

SHOPS = ("supermarket", "restaurant", "petrol", "clothes", "electronics", "jeweller", "cash", "online")
ONLINE, CASH = SHOPS.index("online"), SHOPS.index("cash")
TRICKS = ("honest", "far", "till", "test", "series", "wallet")
WEEK = 7 * 24.0  # hours
DELAY = WEEK  # until a theft is known: customers read their statements late
REMEMBERED = 4 * WEEK  # how long a till's reports count

# weeks from the first one on; those between are the delay, in which the labels of what was learnt from come in
WEEKS = {"train": (4, 12), "validation": (13, 15), "test": (16, 20)}
FILE = "payments.safetensors"


@dataclass(frozen=True, eq=False)
class Payments:
    """n payments: hours since the start, customer, euros, shop kind, till, km from home, theft (-1: none), kind of theft."""

    time: np.ndarray  # (n,) float64
    customer: np.ndarray  # (n,) int32
    amount: np.ndarray  # (n,) float32
    shop: np.ndarray  # (n,) int8, place in SHOPS
    till: np.ndarray  # (n,) int32
    distance: np.ndarray  # (n,) float32
    case: np.ndarray  # (n,) int32
    trick: np.ndarray  # (n,) int8, place in TRICKS

    def __len__(self) -> int:
        return len(self.time)

    def take(self, places: np.ndarray) -> Payments:
        """These payments alone, in this order."""
        return Payments(*(getattr(self, one.name)[places] for one in fields(self)))

    def in_order(self) -> Payments:
        """Customer by customer, each one's payments by time."""
        return self.take(np.lexsort((self.time, self.customer)))

    def within(self, part: str) -> np.ndarray:
        """The places `(m,)` of the payments of one part of the weeks."""
        first, last = WEEKS[part]
        return np.flatnonzero((self.time >= first * WEEK) & (self.time < last * WEEK))

    @property
    def stolen(self) -> np.ndarray:
        """Whether each payment was a thief's `(n,)`."""
        return self.case >= 0


def joined(parts: list[Payments]) -> Payments:
    """Several lots of payments as one."""
    return Payments(*(np.concatenate([getattr(part, one.name) for part in parts]) for one in fields(Payments)))


def write_payments(payments: Payments, folder: Path, seed: int) -> None:
    """Store the columns in the folder."""
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    columns = {one.name: np.ascontiguousarray(getattr(payments, one.name)) for one in fields(payments)}
    save_file(columns, folder / FILE, {"about": json.dumps({"seed": seed, "payments": len(payments)}, sort_keys=True)})


def read_payments(folder: Path) -> Payments:
    """The columns in the folder. Raises FileNotFoundError where simulate.py has not written them."""
    from safetensors.numpy import load_file

    columns = load_file(folder / FILE)
    return Payments(*(columns[one.name] for one in fields(Payments)))


def reports(payments: Payments) -> np.ndarray:
    """How many thefts at its till were known when each payment was made `(n,)`: of the four weeks before the delay."""
    far = 1e6  # hours between two tills in one long line of time
    line = payments.till.astype(np.float64) * far + payments.time
    known = np.sort(line[payments.stolen])
    return (np.searchsorted(known, line - DELAY, "right")
            - np.searchsorted(known, line - DELAY - REMEMBERED, "left")).astype(np.float32)
