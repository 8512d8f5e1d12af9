"""What is asked of somebody who wants a loan: the columns of the German credit data, with their codes as corrected.

The data set that is known as “German credit” was given to the UCI archive in 1994; its code table is wrong in many
places. What the codes mean is taken from Grömping (2019), “South German Credit Data: Correcting a Widely Used Data
Set”, Report 4/2019, Beuth University of Applied Sciences Berlin: the loans are from 1973 to 1975.
"""

from __future__ import annotations

from demos.inputs import ChoiceInput, NumberInput
from demos.tabular_fields import Field, Schema

LOAN, MONEY, LIFE = "The loan", "Money", "Work and home"

# Each option's place is the number in the file's code, from the first on: A11 is the first of `status`.
STATUS = (("none", "none"), ("below", "below 0 DM"), ("low", "0 to 199 DM"),
          ("good", "200 DM and more, or wages come in here"))
HISTORY = (("late", "was late in the past"), ("trouble", "trouble, or loans elsewhere"),
           ("new", "no loans, or all paid back"), ("regular", "loans paid regularly so far"),
           ("paid", "all loans of this bank paid back"))
PURPOSE = (("other", "something else"), ("new_car", "a new car"), ("used_car", "a used car"),
           ("furniture", "furniture"), ("television", "radio or television"), ("appliances", "household appliances"),
           ("repairs", "repairs"), ("holiday", "a holiday"), ("training", "retraining"), ("business", "a business"))
UNUSED = 7  # education: the code is in the table, and no loan has it
SAVINGS = (("none", "none, or not known"), ("small", "below 100 DM"), ("some", "100 to 499 DM"),
           ("more", "500 to 999 DM"), ("large", "1,000 DM and more"))
WORK = (("none", "out of work"), ("new", "less than a year"), ("short", "1 to 3 years"), ("long", "4 to 6 years"),
        ("longest", "7 years and more"))
RATE = (("most", "35 % and more"), ("much", "25 to 34 %"), ("some", "20 to 24 %"), ("little", "less than 20 %"))
OTHERS = (("none", "nobody"), ("applicant", "a second borrower"), ("guarantor", "a guarantor"))
PROPERTY = (("none", "none, or not known"), ("car", "a car or the like"), ("insurance", "savings plan or life insurance"),
            ("house", "land or a house"))
PLANS = (("bank", "at another bank"), ("stores", "at a shop"), ("none", "none"))
HOUSING = (("free", "lives for free"), ("rent", "pays rent"), ("own", "owns it"))
JOB = (("unskilled_new", "none or unskilled, from elsewhere"), ("unskilled", "unskilled"), ("skilled", "skilled"),
       ("leading", "leading, self-employed or highly qualified"))


def _choice(name: str, label: str, options: tuple[tuple[str, str], ...], usual: str) -> ChoiceInput:
    return ChoiceInput(name, label, options=options, default=usual)


AGE = Field(NumberInput("age", "Age", low=18, high=80, default=33, unit="years", step=1), LIFE)
SCHEMA = Schema((
    Field(NumberInput("amount", "Amount", low=250, high=20_000, default=2_300, unit="DM", step=50,
                      help="In Deutsche Mark of the 1970s. Whoever released the data altered the amounts, and nobody "
                           "knows how; only their order is as it was."),
          LOAN, reach=(500, 1_000, 1_500, 2_000, 3_000, 4_000, 5_000, 6_000, 8_000, 10_000), only=-1, span=1_000, log=True),
    Field(NumberInput("duration", "To be paid back in", low=4, high=72, default=18, unit="months", step=1),
          LOAN, reach=(6, 12, 18, 24, 30, 36, 48, 60), span=6),
    Field(_choice("purpose", "What it is for", PURPOSE, "furniture"), LOAN),
    Field(_choice("rate", "Part of the income that goes into it", RATE, "little"), LOAN, ordered=True),
    Field(_choice("others", "Who else answers for it", OTHERS, "none"), LOAN, reach=("applicant", "guarantor"), cost=2),
    Field(_choice("status", "Current account here", STATUS, "good"), MONEY, reach=("below", "low", "good"), only=1,
          cost=1.5, ordered=True),
    Field(_choice("savings", "Savings", SAVINGS, "none"), MONEY, reach=("small", "some", "more", "large"), only=1,
          cost=1.5, ordered=True),
    Field(_choice("history", "Loans before", HISTORY, "new"), MONEY),
    Field(_choice("plans", "Other instalments to pay", PLANS, "none"), MONEY, reach=("none",), cost=2),
    Field(_choice("property", "Most valuable property", PROPERTY, "insurance"), MONEY, ordered=True),
    Field(_choice("work", "In this job for", WORK, "short"), LIFE, ordered=True),
    Field(_choice("job", "Kind of job", JOB, "skilled"), LIFE, ordered=True),
    Field(_choice("housing", "Home", HOUSING, "rent"), LIFE),
    AGE,
), ("pays back", "does not pay back"), "pays back")

# where each field stands in a line of the file, and the number of its first code
COLUMNS = {"status": (0, 1), "duration": (1, 0), "history": (2, 0), "purpose": (3, 0), "amount": (4, 0), "savings": (5, 1),
           "work": (6, 1), "rate": (7, 1), "others": (9, 1), "property": (11, 1), "age": (12, 0), "plans": (13, 1),
           "housing": (14, 1), "job": (16, 1)}
OUTCOME, PAID = 20, "1"
