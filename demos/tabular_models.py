"""What every model of a table's rows shares: the answer, its reasons, and what would have changed it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from demos.results import Labels, View
from demos.tabular_fields import Schema, in_words
from demos.tabular_reasons import nearest_changes, shapley
from demos.tabular_results import Pushes, Ways

REASONS = "What pushed the answer"
ALREADY = "The model already says “{wished}”, so nothing has to change."
NO_WAY = ("No change of up to three of the answers that a person can change would have turned this model's answer "
          "round.")
HALF = 0.5


class TabularModel:
    """A model of rows. Subclasses give `chances`; none of them writes to itself after it was made."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema

    def chances(self, rows: np.ndarray) -> np.ndarray:
        """The chance `(n,)` in [0, 1] of the first outcome, for rows `(n, F)`."""
        raise NotImplementedError

    def arrays(self) -> dict[str, np.ndarray]:
        """All that was learnt, ready to be stored."""
        raise NotImplementedError

    def predict(self, **values: Any) -> Labels:
        """The two outcomes with their chances. Raises BadInput for a value that is not accepted."""
        chance = float(self.chances(self.schema.row(values)[None])[0])
        return as_labels(chance, self.schema.outcomes)

    def explain(self, **values: Any) -> list[View]:
        """What each answer added, compared with a typical row."""
        reasons = self.reasons(self.schema.row(values))
        return [View("reasons", REASONS, reasons_sentence(reasons), reasons)]

    def reasons(self, row: np.ndarray) -> Pushes:
        """The share of each answer of a row `(F,)` in the chance of the first outcome."""
        usual, fields = self.schema.usual(), self.schema.fields
        start, end = (float(chance) for chance in self.chances(np.stack([usual, row])))
        return Pushes(tuple(field.input.label for field in fields), in_words(fields, row), in_words(fields, usual),
                      shapley(self.chances, row, usual), start, end, self.schema.outcomes[0])

    def ways(self, bar: float = HALF, **values: Any) -> Ways:
        """The easiest changes with which the model would have said what is wished for.

        `bar` is the chance of the first outcome from which the model says it.
        """
        row, schema = self.schema.row(values), self.schema
        now, up = float(self.chances(row[None])[0]), schema.wished == schema.outcomes[0]

        def good(chances: np.ndarray) -> np.ndarray:
            return (chances >= bar) == up

        if good(np.array([now]))[0]:
            return Ways((), np.zeros(0), now, bar, schema.outcomes[0], ALREADY.format(wished=schema.wished))
        found = nearest_changes(self.chances, schema, row, good)
        steps = tuple(tuple((field.name, field.input.label, field.say(before), field.say(after))
                            for field, before, after in zip(schema.fields, row, changed) if before != after)
                      for changed, _ in found)
        return Ways(steps, np.array([chance for _, chance in found]), now, bar, schema.outcomes[0],
                    "" if found else NO_WAY)


def as_labels(chance: float, outcomes: tuple[str, str]) -> Labels:
    """Both outcomes, the likelier one first."""
    pairs = sorted(zip((chance, 1 - chance), outcomes), key=lambda pair: -pair[0])
    return Labels(tuple(name for _, name in pairs), np.array([share for share, _ in pairs]))


def reasons_sentence(reasons: Pushes) -> str:
    """The strongest reasons in one sentence."""
    start, end = (round(100 * share) for share in (reasons.start, reasons.end))
    told = [f"{reasons.labels[i]}: {reasons.answers[i]} ({100 * float(reasons.shares[i]):+.0f})"
            for i in reasons.strongest()[:3] if abs(reasons.shares[i]) >= 0.005]
    if not told:
        return f"The answers are typical or hardly count: the chance of “{reasons.outcome}” stays near {end} in 100."
    return (f"From {start} in 100 for typical answers to {end} in 100 for these, chance of “{reasons.outcome}”; most of "
            f"it came from {'; '.join(told)}.")


def store(model: TabularModel, path: Path, about: str) -> None:
    """Write a model's arrays with one line about how they were learnt."""
    from safetensors.numpy import save_file

    path.parent.mkdir(exist_ok=True)
    # one entry: several would be written in another order each time, and the digest would change
    save_file({name: np.ascontiguousarray(value) for name, value in model.arrays().items()}, path, {"about": about})
