"""Trains both methods: `python -m demos.spam.train DATA` writes their weights; DATA holds SMSSpamCollection.

Messages alike but for numbers and punctuation count once. Of the rest, drawn with seed 0, three fifths are learnt
from, 15 in 100 choose, and a quarter is the test, which is not read here. Chosen were, for naive Bayes, how much is
added to each count and whether pairs of neighbours count; for the network, how strict its head is. MiniLM itself
stays as it is: only a head of 384 weights is learnt on what it makes of a message.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from demos.linear_words import as_arrays, load_words, terms
from demos.minilm import MINILM, load_minilm
from demos.spam.data import SEED, Rows, read_messages, split
from demos.weights import locate

ADDED = tuple((longest, added) for longest in (1, 2) for added in (0.03, 0.1, 0.3, 1.0))
STRICT = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 10.0)
SEEN = 2  # messages that a term must be in
TARGET = Path(__file__).with_name("weights")


def fit_bayes(rows: Rows, longest: int, added: float) -> dict[str, np.ndarray]:
    """Multinomial naive Bayes as one weight for each term, ready for `linear_words`."""
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.naive_bayes import MultinomialNB

    counter = CountVectorizer(analyzer=lambda text: [term for term, _ in terms(text, longest)], min_df=SEEN)
    model = MultinomialNB(alpha=added).fit(counter.fit_transform(rows[0]), rows[1])
    weights = model.feature_log_prob_[1] - model.feature_log_prob_[0]
    return as_arrays(list(counter.get_feature_names_out()), weights,
                     float(model.class_log_prior_[1] - model.class_log_prior_[0]), None, longest)


def fit_head(means: np.ndarray, labels: list[int], strictness: float) -> dict[str, np.ndarray]:
    """A logistic regression on MiniLM's means `(n, 384)`, for unscaled means, as `adapter` reads it."""
    from sklearn.linear_model import LogisticRegression

    middle, spread = means.mean(axis=0), means.std(axis=0) + 1e-4  # one of the 384 never moves
    model = LogisticRegression(C=strictness, max_iter=2000).fit((means - middle) / spread, labels)
    weight = model.coef_[0] / spread
    bias = model.intercept_[0] - middle @ weight
    return {"head.weight": weight[None].astype(np.float32), "head.bias": np.array([bias], np.float32)}


def describe(texts: list[str]) -> np.ndarray:
    """MiniLM's means `(n, 384)` float32 of the messages."""
    minilm = load_minilm(locate(MINILM, Path()), "cpu")
    found = np.zeros((len(texts), 384), np.float32)
    for numbers, means in minilm.batches(texts):
        found[numbers] = means.numpy()
    return found


def f1(scores: np.ndarray, labels: list[int]) -> float:
    """The harmonic mean of precision and recall, for scores `(n,)` above 0 for spam."""
    said, truth = scores > 0, np.array(labels) == 1
    return float(2 * (said & truth).sum() / max(1, said.sum() + truth.sum()))


def write(name: str, arrays: dict[str, np.ndarray], about: dict[str, object]) -> None:
    """Store the arrays; one entry of words, as several would be written in another order each time."""
    from safetensors.numpy import save_file

    TARGET.mkdir(exist_ok=True)
    save_file(arrays, TARGET / f"{name}.safetensors", metadata={"about": json.dumps(about, sort_keys=True)})
    print(name, about)


def main(data: Path) -> None:
    """Train both methods with each choice and keep the one with the best F1 on the part that chooses."""
    parts = split(read_messages(data / "SMSSpamCollection"))
    learn, choose = parts["learn"], parts["choose"]
    about = {"seed": SEED, "messages": len(learn[0])}
    tried = []
    for longest, added in ADDED:
        arrays = fit_bayes(learn, longest, added)
        write("bayes", arrays, {**about, "longest": longest, "added": added})
        score = f1(load_words(TARGET / "bayes.safetensors", ("spam", "not spam")).scores(choose[0]), choose[1])
        tried.append((score, -longest, added, arrays))
        print(f"longest {longest}, added {added:g}: F1 {score:.4f}", file=sys.stderr)
    score, longest, added, arrays = max(tried, key=lambda one: one[:3])
    write("bayes", arrays, {**about, "longest": -longest, "added": added, "f1_where_chosen": round(score, 4)})
    means, others = describe(learn[0]), describe(choose[0])
    heads = [(f1(others @ head["head.weight"][0] + head["head.bias"][0], choose[1]), -strict, head)
             for strict in STRICT for head in [fit_head(means, learn[1], strict)]]
    print([(one[0], -one[1]) for one in heads], file=sys.stderr)
    score, strict, head = max(heads, key=lambda one: one[:2])
    write("head", head, {**about, "C": -strict, "f1_where_chosen": round(score, 4)})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
