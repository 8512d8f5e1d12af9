"""The ready-made applicants of the credit page, its words on fairness, and what a visitor should know before trusting it."""

from __future__ import annotations

from pathlib import Path

from demos.base import Card, Sample
from demos.credit_decision.fields import SCHEMA
from demos.tabular_outcomes import mistakes
from demos.tabular_told import Groups, TableTold

_HERE = Path(__file__).parent
_OURS = "made up for this page by the project; nobody in the data"


def _applicant(key: str, title: str, fails: str = "", **answers: str | float) -> Sample:
    """An applicant: the answers that are given here, typical ones for the rest."""
    whole = {field.name: answers.get(field.name, field.input.preset) for field in SCHEMA.fields}
    if set(answers) - set(whole):
        raise ValueError("an answer to nothing that is asked")
    return Sample(key, title, whole, _OURS, fails=fails)


SAMPLES = (
    _applicant("shop", "Opening a shop",
               "The boosted trees and the network both trust this applicant less with 1,000 DM than with 8,000 DM. No "
               "banker would. Hardly anybody in the data borrowed so little for so long, so there they only guess.",
               amount=9_000, duration=48, purpose="business", status="below", history="regular", property="car",
               job="leading", age=36),
    _applicant("student", "A student, for a television", amount=1_500, duration=12, purpose="television", rate="some",
               status="low", savings="small", property="none", work="new", job="unskilled", age=22),
    _applicant("family", "New furniture for a family", amount=3_200, duration=24, rate="much", savings="some",
               history="paid", property="house", work="long", housing="own", age=41),
    _applicant("ordinary", "An ordinary applicant"),
    _applicant("late", "Out of work, and late before", amount=2_500, duration=24, purpose="new_car", status="none",
               history="late", property="none", work="none", housing="free", age=29),
    _applicant("owner", "Owns a house",
               "The trees, the points and the network all trust whoever owns a house a little less than the same person "
               "without any property. In the data owners paid back less often than people with nothing. Nobody knows why "
               "(perhaps the code table is wrong there too), and the methods take it as it comes.",
               status="low", property="house"),
    _applicant("careful", "Hardly feels the instalments",
               "The trees, the points and the network trust people least of whose income the instalments take the "
               "smallest part. It is so in the data, and hardly the truth: the bank may have let only safe people "
               "borrow that much of what they earn.",
               status="low", rate="little", amount=1_200, duration=12),
)

_INCOMES = ("how many are picked as well paid", "of the well paid, how many are picked",
            "of the others, how many are picked", "of those picked, how many are well paid")
_WELL_PAID = "earns more than 50,000 dollars"
TOLD = TableTold(
    outcome=SCHEMA.outcomes[0],
    ways="What would have changed it?",
    promises="This is what would have changed this model's answer, and no promise: whoever changes an answer on a "
             "form has not changed what made people pay back.",
    bar="Lend from a chance of",
    fair="Fair to whom?",
    caption="A model gives chances; a person sets the threshold. Whoever is above it gets the loan. Move it, and see "
            "whom that reaches.",
    groups=(
        Groups("Loans, by age", "German credit", "age", SCHEMA.outcomes[0],
               ("how many get the loan", "of those who pay back, how many get it", "of those who do not, how many get it",
                "of the loans given, how many are paid back"),
               "Only about two in ten were 25 or younger, so their shares waver: count a few people more or less."),
        Groups("Incomes, by sex", "Adult", "sex", _WELL_PAID, _INCOMES,
               "These loans cannot say how women were treated: the code that most studies read as “women” stands, in "
               "one, for women who were not single and for single men. So women and men are shown on another table: "
               "who earned more than 50,000 dollars in the US census of 1994. Nobody applied for anything there."),
        Groups("Incomes, by age", "Adult", "age", _WELL_PAID, _INCOMES,
               "Here a difference may be right: older people do earn more. Whether it should count is a question for people."),
    ),
    lines=(
        "Leaving the question out does not make a model blind: the other answers carry it along. Press the switch and look.",
        "Three things that people call fair (as many chosen of each group, as many of the deserving, as many of the "
        "chosen who deserve it) cannot all be equal where one group holds more who belong: that is arithmetic, "
        "whatever the method (Kleinberg and others 2016 and Chouldechova 2017 say more). Make one equal above, and "
        "see the others drift apart. Which one should be equal is not for a model to say.",
    ),
)
CAUTION = "A lesson about loans of the 1970s, no judgement on anybody."
CARD = Card(
    learnt_from="The German credit data: 1,000 loans of a bank in southern Germany from 1973 to 1975, given to a "
                "public archive in 1994 by Hans Hofmann. All methods learnt from the same 14 answers. Left out: sex "
                "and marriage (one muddled code), being a foreigner, the telephone, and three more.",
    weak_at=(
        *mistakes(_HERE, ("boosting", "network"), "age", SCHEMA.outcomes, "loans"),
        "The code table that came with it is wrong in many places: accounts with 200 DM and more were called “no "
        "account”. Here the codes mean what Ulrike Grömping (2019) traced back to the older German books on these "
        "loans.",
        "The amounts were altered before the data was given away, by a rule that nobody remembers; only their order is right.",
        "Only people who were given a loan are in it. Of those who were refused, nobody knows whether they would have paid.",
        "Three in ten did not pay back because such loans were picked on purpose, far more than the bank had. So "
        "every chance here is too dark.",
        "A house, or small instalments, count against people here (see the samples). The methods learn what goes "
        "together, not what causes what.",
        "Boosted trees trust a loan of 2,000 DM more than one of 1,000 DM, all else the same.",
    ),
    never_for="Never use it to decide about a person. In the European Union people also have a right not to be judged "
              "like this by a machine alone (GDPR, article 22).",
    licence="German credit data (Hofmann 1994) and Adult (Becker and Kohavi 1996): UCI archive, CC BY 4.0. Codes "
            "after Grömping (2019). No row of either is in this project; the weights are its own.",
)
