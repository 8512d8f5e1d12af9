"""The ready-made customers of the churn page, and what a visitor should know before trusting it."""

from __future__ import annotations

from pathlib import Path

from demos.base import Card, Sample
from demos.customer_churn.fields import SCHEMA
from demos.tabular_outcomes import mistakes
from demos.tabular_told import Groups, TableTold

_HERE = Path(__file__).parent
_OURS = "made up for this page by the project; nobody in the data"


def _customer(key: str, title: str, fails: str = "", **answers: str | float) -> Sample:
    """A customer: the answers that are given here, typical ones for the rest."""
    whole = {field.name: answers.get(field.name, field.input.preset) for field in SCHEMA.fields}
    if set(answers) - set(whole):
        raise ValueError("an answer to nothing that is asked")
    return Sample(key, title, whole, _OURS, fails=fails)


SAMPLES = (
    _customer("fresh", "Two months in", tenure=2, partner="no"),
    _customer("ordinary", "An ordinary customer",
              "Points, trees and network all hold it against this customer that the bills come without paper. Nobody "
              "leaves for that: it goes together with something that the table does not hold.", tenure=29),
    _customer("faithful", "Six years, contract for two", tenure=70, contract="two_years", payment="bank", lines="several",
              internet="dsl", security="yes", backup="yes", support="yes", partner="yes", dependents="yes"),
    _customer("telephone", "Telephone only", tenure=20, contract="year", payment="mailed", paperless="no", internet="none"),
    _customer("films", "Everything streamed",
              "All but the small tree take streamed films and television for a reason to leave. Each of them makes the "
              "bill dearer, and the price may be what drives people away; the table cannot tell the two apart.",
              tenure=8, lines="several", television="yes", films="yes", senior="yes"),
    _customer("switch", "From fibre to DSL", tenure=12, internet="dsl", payment="card"),
)
_CALLED = ("how many are called", "of those who leave, how many are called", "of those who stay, how many are called",
           "of those called, how many leave")
TOLD = TableTold(
    outcome=SCHEMA.outcomes[0],
    ways="What would have kept them?",
    promises="This is what would have changed this model's answer, and no promise about the customer: those who have "
             "a contract for two years stay longer, and giving one to somebody who wants to leave may not help.",
    bar="Call from a chance of",
    fair="Who gets the call?",
    caption="The company calls whoever is likely enough to leave, and offers something. A person sets the threshold: "
            "a low one annoys many who would have stayed, a high one misses many who go.",
    groups=(
        Groups("Customers, by sex", "Telco churn", "sex", SCHEMA.outcomes[0], _CALLED,
               "No method was told the sex, and here it hardly matters: women and men left about as often."),
        Groups("Customers, by age", "Telco churn", "age", SCHEMA.outcomes[0], _CALLED,
               "People of 65 and older left more often in this table, so more of them are called."),
    ),
    lines=(
        "Where the groups are alike, one threshold treats them nearly alike. Where they differ, the four shares "
        "cannot all be equal at once: that is arithmetic, whatever the method (Kleinberg and others 2016; "
        "Chouldechova 2017).",
        "A call is a small thing. The same counting looks different where a threshold decides on a loan, a job or a flat.",
    ),
)
CARD = Card(
    learnt_from="Telco churn, a sample by IBM of 7,043 customers of an invented company in California; 1,869 of them "
                "left within a month. All methods learnt from the same 15 answers. Sex was not told to them.",
    weak_at=(
        *mistakes(_HERE, ("logistic", "network"), "age", SCHEMA.outcomes, "customers"),
        "The company is an invented one, and the table was made to show software. Real customers are harder to guess.",
        "What would a discount do? It cannot say: prices here follow from the services alone, so nobody in the table "
        "ever paid less than a neighbour for the same.",
        "A contract binds. That people with a long one stay says little about whether they are content.",
        "One month only: it does not know seasons, rivals or a bad week of the network.",
    ),
    never_for="Do not use it to decide who gets help or a better price, and not on real customers.",
    licence="Telco churn: sample data of IBM (the repository that holds it is under Apache-2.0). No row of it is in "
            "this project; the weights are its own.",
)
