"""What is known of a customer of a telephone company: the columns of IBM's Telco churn sample.

Left out are the monthly price and what was paid in all: the price follows from the services (see data.py, which
measures it), so that a form could hold answers that contradict each other. Sex is not told to the models.
"""

from __future__ import annotations

from demos.inputs import ChoiceInput, NumberInput
from demos.tabular_fields import Field, Schema

PLAN, EXTRAS, PERSON = "The contract", "Extras of the internet", "The person"
YES_NO = (("no", "no"), ("yes", "yes"))
CONTRACT = (("month", "from month to month"), ("year", "for a year"), ("two_years", "for two years"))
INTERNET = (("none", "none"), ("dsl", "DSL"), ("fibre", "fibre"))
LINES = (("none", "none"), ("one", "one line"), ("several", "several lines"))
PAYMENT = (("electronic", "electronic cheque"), ("mailed", "cheque by post"), ("bank", "bank transfer, automatic"),
           ("card", "credit card, automatic"))


def _extra(name: str, label: str, usual: str = "no") -> Field:
    return Field(ChoiceInput(name, label, options=YES_NO, default=usual), EXTRAS, reach=("no", "yes"),
                 needs=("internet", "none"))


def _person(name: str, label: str, usual: str = "no") -> Field:
    return Field(ChoiceInput(name, label, options=YES_NO, default=usual), PERSON)


SCHEMA = Schema((
    Field(NumberInput("tenure", "Customer for", low=0, high=72, default=29, unit="months", step=1), PLAN, log=True),
    Field(ChoiceInput("contract", "Contract", options=CONTRACT, default="month"), PLAN, reach=("year", "two_years"), only=1,
          cost=2, ordered=True),
    Field(ChoiceInput("payment", "Pays by", options=PAYMENT, default="electronic"), PLAN, reach=("mailed", "bank", "card")),
    Field(ChoiceInput("paperless", "Bills without paper", options=YES_NO, default="yes"), PLAN, reach=("no", "yes")),
    Field(ChoiceInput("lines", "Telephone", options=LINES, default="one"), PLAN, ordered=True),
    Field(ChoiceInput("internet", "Internet", options=INTERNET, default="fibre"), PLAN, reach=("dsl", "fibre"), cost=3),
    _extra("security", "Online security"), _extra("backup", "Online backup"), _extra("protection", "Device protection"),
    _extra("support", "Technical support"), _extra("television", "Streamed television"), _extra("films", "Streamed films"),
    _person("senior", "65 or older"), _person("partner", "Lives with a partner"), _person("dependents", "Has dependents"),
), ("leaves", "stays"), "stays",
    (((("internet", "none"), ("lines", "none")), "A customer has a telephone line, or internet, or both. Please choose at "
                                                 "least one of them."),))

# the column of each field in the file, and what stands there for each option
COLUMNS: dict[str, tuple[str, tuple[str, ...]]] = {
    "tenure": ("tenure", ()), "contract": ("Contract", ("Month-to-month", "One year", "Two year")),
    "payment": ("PaymentMethod", ("Electronic check", "Mailed check", "Bank transfer (automatic)",
                                  "Credit card (automatic)")),
    "paperless": ("PaperlessBilling", ("No", "Yes")), "lines": ("MultipleLines", ("No phone service", "No", "Yes")),
    "internet": ("InternetService", ("No", "DSL", "Fiber optic")), "security": ("OnlineSecurity", ("No", "Yes")),
    "backup": ("OnlineBackup", ("No", "Yes")), "protection": ("DeviceProtection", ("No", "Yes")),
    "support": ("TechSupport", ("No", "Yes")), "television": ("StreamingTV", ("No", "Yes")),
    "films": ("StreamingMovies", ("No", "Yes")), "senior": ("SeniorCitizen", ("0", "1")),
    "partner": ("Partner", ("No", "Yes")), "dependents": ("Dependents", ("No", "Yes")),
}
