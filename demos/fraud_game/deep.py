"""The deep method: a recurrent network that reads the customer's last ten payments and the one that is judged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file

from demos.fraud_game.features import SHOP_WORDS, STEPS, in_rows, numbers, rows_of
from demos.fraud_game.judge import Case, Judge, share
from demos.fraud_game.moment import code, lined_up, whose
from demos.fraud_game.network import PaymentGRU
from demos.fraud_game.payments import SHOPS, Payments
from demos.fraud_game.words import AFTER_ONE, EARLIER, EARLIER_NONE, EARLIER_SAID, EARLIER_TITLE, OUTCOME_PAIR, ago
from demos.results import View
from demos.text_results import Words

AT_ONCE = 16384
LEAST = 0.05  # of log-odds: what moved less is not told


class Network(Judge):
    """The network on its device."""

    def __init__(self, network: PaymentGRU, bar: float, device: str) -> None:
        self.network, self.bar, self.device = network.to(device).eval(), bar, device

    def odds(self, payments: Payments, reports: np.ndarray, places: np.ndarray) -> np.ndarray:
        table, rows = numbers(payments, reports), rows_of(payments, places)
        found = []
        with torch.inference_mode():
            for at in range(0, len(rows), AT_ONCE):
                given = (torch.from_numpy(part).to(self.device)
                         for part in in_rows(table, payments.shop, rows[at:at + AT_ONCE]))
                found.append(self.network(*given).double().cpu().numpy())
        return np.concatenate(found)

    def explain(self, customer: str, **values: Any) -> list[View]:
        """What each thing said of the payment added, and what each of the ten payments before it did."""
        case = Case(whose(customer), code(values))
        words, moved = self.without_each(case)
        most = int(np.abs(moved).argmax())
        sentence = EARLIER_NONE if abs(moved[most]) < LEAST else EARLIER_SAID.format(
            which=words[most], way=OUTCOME_PAIR[0 if moved[most] > 0 else 1])
        return [*super().explain(customer, **values), View("earlier", EARLIER_TITLE, sentence, Words(words, moved, OUTCOME_PAIR))]

    def without_each(self, case: Case) -> tuple[tuple[str, ...], np.ndarray]:
        """The ten payments before in words, and the log-odds `(10,)` that each one's being there adds."""
        payments, reports, places = lined_up(case.person, case.row[None])
        now = int(places[0])
        before = np.arange(max(0, now - STEPS + 1), now)
        whole = float(self.odds(payments, reports, places)[0])
        moved = []
        for one in before:
            rest = np.delete(np.arange(now + 1), one)
            moved.append(whole - float(self.odds(payments.take(rest), reports[rest], np.array([now - 1]))[0]))
        hours = payments.time[now] - payments.time[before]
        words = tuple(EARLIER.format(euros=f"{payments.amount[i]:,.0f}", shop=SHOP_WORDS[SHOPS[int(payments.shop[i])]],
                                     ago=ago(hour)) for i, hour in zip(before, hours))
        return words, np.array(moved)

    def earlier(self, case: Case) -> list[tuple[str, float]]:
        words, moved = self.without_each(case)
        most = int(moved.argmax())
        if moved[most] < LEAST:
            return []
        chance = float(self.chances(case.person, case.row[None])[0])
        odds = np.log(max(chance, 1e-12) / max(1 - chance, 1e-12))
        return [(AFTER_ONE.format(which=words[most].strip("[]")), chance - float(share(odds - moved[most])))]


def load(weights: Path, device: str) -> Network:
    """Read what train.py wrote, onto a device."""
    arrays = load_file(weights)
    bar = float(arrays.pop("bar")[0])
    network = PaymentGRU()
    network.load_state_dict(arrays)
    return Network(network, bar, device)
