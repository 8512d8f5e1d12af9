"""Trains all methods on the Telco churn sample: `python -m demos.customer_churn.train DATA [KEY ...]` writes weights/.

DATA holds telco_churn.csv. Learnt from are all 7,043 customers; what can be set (how freely the weights of the logistic
regression may grow, how many trees, how many epochs) is chosen by four-fold cross-validation of the same rows, by log
loss. How good that is, evaluate.py measures with this same procedure inside each of five outer folds. Seed 0
throughout; no augmentation. It takes about two minutes on one core.
"""

from __future__ import annotations

import sys
from pathlib import Path

from demos.customer_churn.data import read_customers
from demos.customer_churn.fields import SCHEMA
from demos.tabular_train import recipes, train

RECIPES = recipes(trees=(50, 100, 200), epochs=(3, 6, 12))
TARGET = Path(__file__).with_name("weights")


def main(data: Path, *keys: str) -> None:
    """Train the methods of these keys, or all, on the folder and write the weights."""
    wanted = tuple(recipe for recipe in RECIPES if not keys or recipe.key in keys)
    customers = read_customers(data)
    train(SCHEMA, customers.rows, customers.left, wanted, TARGET)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
