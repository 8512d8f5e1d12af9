"""Trains the classical method: `python -m demos.sentiment.train_classical DATA`; DATA holds train.tsv of SST-2.

The same split as train.py: 500 whole sentences, drawn with seed 0, choose the strictness C and whether pairs of
neighbours are counted; no part of them is learnt from. Words seen in one phrase only are left out. Nothing is left
to chance after the split. sentences_872.tsv and the reviews are not read here.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from demos.linear_words import as_arrays, load_words, terms
from demos.sentiment.data import SEED, hold_back, read_phrases

CHOICES = ((1, 2.0), (1, 8.0), (2, 2.0), (2, 8.0))  # longest term, C
SEEN = 2  # phrases that a term must be in
TARGET = Path(__file__).with_name("weights") / "tfidf.safetensors"


def fit(texts: list[str], labels: list[int], longest: int, strictness: float) -> dict[str, np.ndarray]:
    """The arrays of a logistic regression on TF-IDF, as `linear_words` reads them."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    counter = TfidfVectorizer(analyzer=lambda text: [term for term, _ in terms(text, longest)], min_df=SEEN,
                              sublinear_tf=True)
    rows = counter.fit_transform(texts)
    model = LogisticRegression(C=strictness, solver="liblinear", random_state=SEED).fit(rows, labels)
    return as_arrays(list(counter.get_feature_names_out()), model.coef_[0], float(model.intercept_[0]),
                     counter.idf_, longest)


def main(data: Path, target: Path = TARGET) -> None:
    """Train with each choice, keep the one that is right most often on the sentences held back, and write it."""
    from safetensors.numpy import save_file

    (texts, labels), (held, truth) = hold_back(read_phrases(data / "train.tsv"))
    target.parent.mkdir(exist_ok=True)
    best = (-1.0, (0, 0.0))
    for choice in CHOICES:
        arrays = fit(texts, labels, *choice)
        about = {"seed": SEED, "phrases": len(texts), "longest": choice[0], "C": choice[1]}
        trial = target.with_suffix(".trial")
        # one entry: several would be written in another order each time, and the digest would change
        save_file(arrays, trial, metadata={"about": json.dumps(about, sort_keys=True)})
        shares = load_words(trial, ("positive", "negative")).shares(held)
        right = float(((shares > 0.5) == np.array(truth)).mean())
        print(f"{about}: right {right:.4f} of {len(held)} held back", file=sys.stderr, flush=True)
        if right > best[0]:
            best = right, choice
            trial.replace(target)
    target.with_suffix(".trial").unlink(missing_ok=True)
    print(f"chosen: {best}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
