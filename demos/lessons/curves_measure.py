"""Measures how right two methods are with few and with many examples: `python -m demos.lessons.curves_measure DATA`.

Writes curves.json. The examples are drawn anew from the part to learn from, with the seeds 0 to 4 (digits: 0 to 2), and
each time the same untouched part is asked; the median, lowest and highest of the draws are kept. Nothing is chosen here:
settings are those that the demos use, or were set beforehand. It takes about six minutes on one core.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

TARGET = Path(__file__).with_name("curves.json")
Learner = Callable[[np.ndarray, int], float]  # the examples' numbers and a seed -> how right on the untouched part


def spam(data: Path) -> tuple[int, dict[str, Learner], int]:
    """Naive Bayes and MiniLM with a head; right as the mean over spam and over honest messages."""
    from demos.linear_words import LinearWords
    from demos.spam.data import read_messages, split
    from demos.spam.train import describe, fit_bayes, fit_head

    parts = split(read_messages(data / "sms_spam" / "SMSSpamCollection"))
    (texts, labels), (others, truth) = parts["learn"], parts["test"]
    means, asked, is_spam = describe(texts), describe(others), np.array(truth) == 1

    def balanced(scores: np.ndarray) -> float:
        return float(((scores > 0)[is_spam].mean() + (scores <= 0)[~is_spam].mean()) / 2)

    def bayes(chosen: np.ndarray, seed: int) -> float:
        learnt = fit_bayes(([texts[i] for i in chosen], [labels[i] for i in chosen]), 1, 0.3)
        words = tuple(bytes(learnt["vocabulary"]).decode().split("\n"))
        return balanced(LinearWords(("spam", "not spam"), words, learnt["weights"], float(learnt["bias"][0]), None,
                                    1).scores(others))

    def head(chosen: np.ndarray, seed: int) -> float:
        learnt = fit_head(means[chosen], [labels[i] for i in chosen], 0.1)
        return balanced(asked @ learnt["head.weight"][0] + learnt["head.bias"][0])

    return len(texts), {"classical": bayes, "deep": head}, len(others)


def churn(data: Path) -> tuple[int, dict[str, Learner], int]:
    """Logistic regression and eight small networks; right as how often the leaver of two is put first (AUC)."""
    from sklearn.metrics import roc_auc_score

    from demos.customer_churn.data import read_customers
    from demos.customer_churn.fields import SCHEMA
    from demos.tabular_linear import learn_linear
    from demos.tabular_network import learn_network

    customers = read_customers(data / "tabular")
    order = np.random.default_rng(0).permutation(len(customers.left))
    known, asked = order[2000:], order[:2000]

    def learner(learn: Callable, setting: float) -> Learner:
        def right(chosen: np.ndarray, seed: int) -> float:
            rows = known[chosen]
            model = learn(SCHEMA, customers.rows[rows], customers.left[rows], (setting,))[0]
            return float(roc_auc_score(customers.left[asked], model.chances(customers.rows[asked])))
        return right

    return len(known), {"classical": learner(learn_linear, 0.1), "deep": learner(learn_network, 12)}, len(asked)


def digits(data: Path) -> tuple[int, dict[str, Learner], int]:
    """A linear SVM on outlines (HOG) and a network of five layers, both taught from nothing; right as it is said."""
    import torch
    from skimage.feature import hog
    from sklearn.svm import LinearSVC

    from demos.picture_maker.reader import Reader

    stored = np.load(data / "mnist.npz")
    pictures, truth, asked, asked_truth = (stored[name] for name in ("train_images", "train_labels", "test_images", "test_labels"))

    def outlines(some: np.ndarray) -> np.ndarray:
        return np.array([hog(one, 9, (7, 7), (2, 2)) for one in some], np.float32)

    asked_outlines = outlines(asked)

    def svm(chosen: np.ndarray, seed: int) -> float:
        model = LinearSVC(C=1.0, random_state=0).fit(outlines(pictures[chosen]), truth[chosen])
        return float((model.predict(asked_outlines) == asked_truth).mean())

    def network(chosen: np.ndarray, seed: int) -> float:
        torch.manual_seed(seed)
        reader, steps = Reader(), 400
        optimiser = torch.optim.Adam(reader.parameters(), 3e-3)
        falling = torch.optim.lr_scheduler.OneCycleLR(optimiser, 3e-3, total_steps=steps)
        x = torch.from_numpy(pictures[chosen, None].astype(np.float32) / 127.5 - 1)
        y = torch.from_numpy(truth[chosen].astype(np.int64))
        for _ in range(steps):
            some = torch.randint(len(x), (64,))
            loss = torch.nn.functional.cross_entropy(reader(x[some]), y[some])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            falling.step()
        return float((reader.eval().read(asked[..., None])[0] == asked_truth).mean())

    return len(pictures), {"classical": svm, "deep": network}, len(asked)


TASKS = {"spam": (spam, (20, 50, 100, 250, 500, 1000, 2480), 5), "churn": (churn, (50, 100, 250, 500, 1000, 2500, 5000), 5),
         "digits": (digits, (50, 100, 250, 1000, 4000, 16000), 3)}


def measure(data: Path, name: str) -> dict[str, object]:
    """One task's curve: for each method the middle, lowest and highest of the draws at each count."""
    task, counts, draws = TASKS[name]
    size, learners, asked = task(data)
    found: dict[str, object] = {"counts": counts, "draws": draws, "asked": asked}
    for family, right in learners.items():
        tried = []
        for count in counts:
            tried.append([right(np.random.default_rng((seed, count)).choice(size, min(count, size), replace=False), seed)
                          for seed in range(draws)])
            print(name, family, count, np.round(tried[-1], 3), file=sys.stderr, flush=True)
        for key, function in (("middle", np.median), ("low", np.min), ("high", np.max)):
            found[f"{family}_{key}"] = [round(float(function(some)), 4) for some in tried]
    return found


def main(data: Path, *names: str) -> None:
    """Measure the tasks of these names, or all, and keep the others as they are."""
    for name in names or TASKS:
        found = measure(data, name)
        kept = json.loads(TARGET.read_text()) if TARGET.exists() else {}
        TARGET.write_text(json.dumps({key: {**kept, name: found}[key] for key in TASKS if key in {*kept, name}}) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
