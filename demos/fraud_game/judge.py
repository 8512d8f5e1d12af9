"""What all methods share: the answer about one payment, why it came out so, and a thief's payments one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from demos.fraud_game.features import OUTCOMES, SHOP_WORDS
from demos.fraud_game.moment import SHOP, TURNED, code, lined_up, read_series, robbed, whose
from demos.fraud_game.payments import SHOPS, Payments
from demos.fraud_game.people import Person
from demos.fraud_game.verdict import Verdict
from demos.fraud_game.words import LOOKED_AT, NOT_LOOKED_AT, PUSHED, PUSHED_LITTLE, PUSHED_SAID
from demos.results import Labels, View
from demos.tabular_models import as_labels
from demos.tabular_reasons import shapley
from demos.tabular_results import Pushes

TOLD = 0.005  # of a chance: what pushed less is not told
REASONS = 2


@dataclass(frozen=True, eq=False)
class Case:
    """One payment to be judged: the customer's earlier ones, and its row `(6,)`."""

    person: Person
    row: np.ndarray

    def usual(self) -> np.ndarray:
        """The row `(6,)` of a payment as this customer makes them."""
        return code(self.person.usual())


class Judge:
    """A method. Subclasses give `odds`, and `pushes` where what they see is not what was asked for; nothing is written."""

    bar: float  # log-odds from which a payment is among the 100 most suspicious of a day

    def odds(self, payments: Payments, reports: np.ndarray, places: np.ndarray) -> np.ndarray:
        """The log-odds `(m,)` that the payments at these places were a thief's."""
        raise NotImplementedError

    def chances(self, person: Person, rows: np.ndarray) -> np.ndarray:
        """The chance `(n,)` of each row `(n, 6)` behind this customer's payments."""
        return share(self.odds(*lined_up(person, rows)))

    def predict(self, customer: str, **values: Any) -> Labels:
        """Stolen or honest, with the chance of each; the note says whether people at the bank would look at it."""
        case = Case(whose(customer), code(values))
        chance, bar = float(self.chances(case.person, case.row[None])[0]), float(share(self.bar))
        labels = as_labels(chance, OUTCOMES)
        note = (LOOKED_AT if chance >= bar else NOT_LOOKED_AT).format(bar=f"{100 * bar:.0f}")
        return Labels(labels.names, labels.scores, note=note)

    def explain(self, customer: str, **values: Any) -> list[View]:
        """What each fact added, compared with a usual payment of this customer."""
        reasons = self.pushes(Case(whose(customer), code(values)))
        return [View("reasons", PUSHED, sentence(reasons), reasons)]

    def pushes(self, case: Case) -> Pushes:
        """What each thing that was said of the payment added to the chance (exact Shapley values)."""
        usual = case.usual()
        start, end = map(float, self.chances(case.person, np.stack([usual, case.row])))
        shares = shapley(lambda rows: self.chances(case.person, rows), case.row, usual)
        return Pushes(tuple(one.label for one in TURNED), in_words(case.row), in_words(usual), shares, start, end, OUTCOMES[0])

    def judge(self, customer: str, series: str) -> Verdict:
        """The verdict on the last of a thief's payments, after all before it. Raises BadInput for what is no list."""
        thefts = read_series(series)
        person, last = robbed(whose(customer), thefts[:-1]), thefts[-1]
        values = {"amount": last.amount, "shop": last.shop, "distance": last.distance, "minutes": last.minutes,
                  "hour": float((person.time[-1] + last.minutes / 60) % 24), "reports": 0.0}
        case = Case(person, code(values))
        reasons = self.pushes(case)
        told = [(f"{reasons.labels[i]}: {reasons.answers[i]}", float(reasons.shares[i])) for i in reasons.strongest()
                if abs(reasons.shares[i]) >= TOLD]
        rest, bar = self.earlier(case), float(share(self.bar))
        if reasons.end >= bar:  # whoever is stopped wants to know what spoke against them
            told = [reason for reason in told if reason[1] > 0]
        return Verdict(reasons.end, bar, tuple((told + rest)[:REASONS] if not rest else told[:1] + rest))

    def earlier(self, case: Case) -> list[tuple[str, float]]:
        """The earlier payment that pushed most, where the method reads payments one by one."""
        return []


def sentence(reasons: Pushes) -> str:
    """The strongest reasons in one sentence."""
    start, end = (round(100 * chance) for chance in (reasons.start, reasons.end))
    told = [f"{reasons.labels[i]}: {reasons.answers[i]} ({100 * float(reasons.shares[i]):+.0f})"
            for i in reasons.strongest()[:3] if abs(reasons.shares[i]) >= TOLD]
    return PUSHED_SAID.format(start=start, end=end, told="; ".join(told)) if told else PUSHED_LITTLE.format(end=end)


def share(odds: np.ndarray | float) -> np.ndarray:
    """Log-odds as chances."""
    return 1 / (1 + np.exp(-np.asarray(odds, dtype=np.float64)))


def in_words(row: np.ndarray) -> tuple[str, ...]:
    """Every part of a row `(6,)` in words."""
    return tuple(SHOP_WORDS[SHOPS[int(value)]] if one is SHOP else f"{value:,.0f} {one.unit}".strip()
                 for one, value in zip(TURNED, row))
