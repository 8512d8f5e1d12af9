"""Trains all methods on the German credit data: `python -m demos.credit_decision.train DATA [KEY ...]` writes weights/.

DATA holds german.data. Learnt from are all 1,000 loans; what can be set (how freely the weights of the logistic
regression may grow, how many trees, how many epochs) is chosen by four-fold cross-validation of the same rows, by log
loss. How good that is, evaluate.py measures with this same procedure inside each of five outer folds. Seed 0
throughout; no augmentation. It takes about a minute on one core.
"""

from __future__ import annotations

import sys
from pathlib import Path

from demos.credit_decision.data import read_loans
from demos.credit_decision.fields import SCHEMA
from demos.tabular_train import recipes, train

RECIPES = recipes(trees=(40, 80, 120, 200), epochs=(5, 10, 20, 40))
TARGET = Path(__file__).with_name("weights")


def main(data: Path, *keys: str) -> None:
    """Train the methods of these keys, or all, on the folder and write the weights."""
    wanted = tuple(recipe for recipe in RECIPES if not keys or recipe.key in keys)
    train(SCHEMA, *read_loans(data), wanted, TARGET)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
