"""The ready-made payments of the fraud page, its own words, and what a visitor should know before trusting an answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from demos.base import Card, Sample
from demos.figures import in_hundred, read_figures

_HERE = Path(__file__).parent
_OURS = "made up for this page by the project; the customer is one of the simulation's"
OUTCOME_PAIR = ("stolen", "honest")

# why
LOOKED_AT = ("At the bank, people would look at this payment: from a chance of {bar} in 100 on, it is among the hundred most "
             "suspicious of a day.")
NOT_LOOKED_AT = ("At the bank, nobody would look at this payment: the hundred most suspicious of a day begin at a chance of "
                 "{bar} in 100.")
PUSHED = "What pushed the answer"
PUSHED_SAID = ("Such a payment as this customer usually makes: {start} in 100 “stolen”. This one: {end} in 100. Most of it came from "
               "{told}.")
PUSHED_LITTLE = "This is much like this customer's other payments: the chance of “stolen” stays near {end} in 100."
EARLIER_TITLE = "The ten payments before"
EARLIER = "[{euros} €, {shop}, {ago}]"
EARLIER_SAID = "Each was left out once, to see what its being there does. Most came from {which}: it pushes towards {way}."
EARLIER_NONE = "Each was left out once, to see what its being there does: none of them matters much here."
AFTER_ONE = "after {which}"
TRICK_WORDS = {"far": "where a copied card was used far away", "till": "where a crooked till charged cards once more",
               "test": "where small test payments came before a large one", "series": "where a card's number was used online in a row",
               "wallet": "where a lost card was used near home for small sums"}


def ago(hours: float) -> str:
    """'5 minutes before', '3 hours before', '2 days before'."""
    for size, name in ((24.0, "day"), (1.0, "hour")):
        if hours >= size:
            return f"{hours / size:.0f} {name}{'' if round(hours / size) == 1 else 's'} before"
    return f"{60 * hours:.0f} min before"


def _payment(key: str, title: str, expect: str, fails: str = "", **values: Any) -> Sample:
    whole = {"amount": 25, "shop": "supermarket", "hour": 14, "distance": 5, "customer": "ana", "minutes": 900, "reports": 0}
    return Sample(key, title, {**whole, **values}, _OURS, expect, fails)


SAMPLES = (
    _payment("groceries", "Ana buys groceries", "honest", amount=19, hour=17),
    _payment("far", "Ana's card, far away", "stolen", amount=740, shop="electronics", hour=18, distance=1250, minutes=45),
    _payment("journey", "David eats out on his journey", "honest", customer="david", amount=24, shop="restaurant", hour=20,
             distance=2230, minutes=420),
    _payment("till", "Ana's card, at a till with reports", "stolen",
             "The network says honest. Ten thefts were known at this till, which the boosted trees were given as one of their "
             "twelve facts and weigh heavily; the network learnt more from the row of payments, and that row looks ordinary.",
             amount=40, hour=3, minutes=300, reports=10),
    _payment("night", "Carla orders something at four", "honest", customer="carla", amount=38, shop="online", hour=4,
             distance=0, minutes=200),
    _payment("wallet", "Elena's lost card, next door", "stolen",
             "Both methods say honest, and are very sure: a small sum, near home, by day. So does Elena herself buy things.",
             customer="elena", amount=34, hour=15, distance=5, minutes=180),
    _payment("laptop", "Bruno buys a computer on a trip", "honest",
             "The boosted trees say stolen: far above what he usually spends, and far from home. It is his own new computer.",
             customer="bruno", amount=950, shop="electronics", hour=12, distance=150, minutes=1400),
    _payment("sleepless", "Elena cannot sleep", "honest",
             "Both methods say stolen: one more order online, twenty minutes after the last, at four in the night. It is Elena "
             "who orders.", customer="elena", amount=300, shop="online", hour=4, distance=0, minutes=20),
)


def _counted(metric: str, key: str, setup: str = "") -> str:
    found = next((f for f in read_figures(_HERE) if (f.metric, f.method, f.setup) == (metric, key, setup)), None)
    return "–" if found is None else in_hundred(found.value)


def weak_at() -> tuple[str, ...]:
    """Where the methods fail, with the counts of figures.json."""
    def stopped(trick: str) -> str:
        return (f"{_counted('theft_stopped', 'boosting', TRICK_WORDS[trick])} in 100 by the boosted trees, "
                f"{_counted('theft_stopped', 'gru', TRICK_WORDS[trick])} by the network, "
                f"{_counted('theft_stopped', 'forest', TRICK_WORDS[trick])} by the isolation forest")

    return (
        f"A lost card used near home for small sums looks like its owner: stopped are {stopped('wallet')}.",
        f"A crooked till that charges cards once more: {stopped('till')}. It is known only after customers have complained.",
        f"Most alarms are wrong: of the hundred most suspicious payments of a day {_counted('desk_right', 'boosting')} in 100 "
        f"were stolen by the boosted trees' choice, {_counted('desk_right', 'gru')} by the network's and "
        f"{_counted('desk_right', 'forest')} by the forest's. The others are honest people at a shop.",
        "Honest people who do something new are taken for thieves: see the computer and the order at night among the samples.",
        "A patient thief: ten payments of 500 € in an electronics shop near Ana's home, one a day, all get past both methods, "
        "5,000 € in all. No thief of the simulation is so patient, so nothing was learnt against it.",
        "Thieves learn. These invented ones do not: what they do in the weeks that are measured is what they did before, which "
        "flatters every method that learnt from it.",
        "Place is only a distance from home, so two shops in opposite directions seem to lie side by side.",
    )


CARD = Card(
    learnt_from="Eight weeks of payments from this project's simulator (simulate.py, after Le Borgne and others 2022): 10,000 "
                "invented customers, 1.4 million payments in 20 weeks, one in 200 of them stolen. All methods learnt from the "
                "same weeks; the isolation forest was not told which payments were stolen.",
    weak_at=weak_at(),
    never_for="Never use it to block a real card: it knows nothing of real thieves, and whoever is stopped for nothing stands at "
              "a till without money.",
    licence="Simulator, payments, weights and words are this project's own. The idea of the simulator: Le Borgne, Siblini, "
            "Lebichot and Bontempi, “Reproducible Machine Learning for Credit Card Fraud Detection” (2022).",
)
