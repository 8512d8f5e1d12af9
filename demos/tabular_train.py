"""Trains the methods of a table's demo and stores what they learnt; each demo's train.py says from what."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np

from demos.tabular_fields import Schema
from demos.tabular_linear import learn_linear
from demos.tabular_measures import FOLDS, INNER, SEED, Recipe, fit
from demos.tabular_models import store
from demos.tabular_network import learn_network
from demos.tabular_trees import learn_boosted, learn_tree

FREEDOM = (0.03, 0.1, 0.3, 1.0)  # C of the logistic regression


def recipes(trees: tuple[int, ...], epochs: tuple[int, ...], freedom: tuple[float, ...] = FREEDOM) -> tuple[Recipe, ...]:
    """The four methods with the settings among which is chosen: of boosting, the network, the logistic regression."""
    return (Recipe("logistic", learn_linear, freedom), Recipe("boosting", learn_boosted, trees),
            Recipe("tree", learn_tree, (3,)), Recipe("network", learn_network, epochs))


def differs(schema: Schema, rows: np.ndarray) -> list[str]:
    """The fields whose preset is not the table's typical answer: the commonest option, the median to one part in fifty."""
    found = []
    for field, column in zip(schema.fields, rows.T):
        typical = np.bincount(column.astype(int)).argmax() if field.options else np.median(column)
        if abs(field.code(field.input.preset) - typical) > (0 if field.options else typical / 50):
            found.append(field.name)
    return found


def train(schema: Schema, rows: np.ndarray, truth: np.ndarray, made: tuple[Recipe, ...], folder: Path) -> None:
    """Learn every recipe from all rows and write the weights; prints each file's digest and size.

    Raises ValueError where the presets, which reasons are counted from, are not the table's typical answers.
    """
    if wrong := differs(schema, rows):
        raise ValueError(f"not the typical answers: {', '.join(wrong)}")
    for recipe in made:
        model, setting = fit(recipe, schema, rows, truth)
        path = folder / f"{recipe.key}.safetensors"
        store(model, path, json.dumps({"seed": SEED, "rows": len(rows), "setting": setting, "inner": INNER,
                                       "folds": FOLDS}, sort_keys=True))
        print(recipe.key, setting, hashlib.sha256(path.read_bytes()).hexdigest(), f"{path.stat().st_size / 1e6:.3f} MB",
              flush=True)
