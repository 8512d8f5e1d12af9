"""Three networks of the dashboard with what they are asked, for measuring what fewer bits do to them.

Each takes one example at a time, as a small device does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from demos import demo_folder

TAUGHT, RANGES, CHOOSE = 1000, 30, 100  # training pictures for the last step, for ranges of numbers, to choose the rounding
ASKED = {"pictures": 300, "signs": 1000, "sentences": 436}  # examples of the test part


@dataclass(frozen=True, eq=False)
class Task:
    """A network that gives scores `(1, k)`, and `given`, which makes its named inputs of an example.

    `asked` are the test's examples and `truth` the numbers of their names. `ranges` show how large the numbers inside
    become; `choose` are others with their truth. Both are empty where ranges are found anew for each example.
    """

    network: nn.Module
    given: Callable[[Any], dict[str, np.ndarray]]
    asked: Sequence[Any]
    truth: np.ndarray
    ranges: Sequence[Any] = ()
    choose: tuple[Sequence[Any], np.ndarray] = ((), np.zeros(0, int))


def spread(count: int, wanted: int) -> np.ndarray:
    """So many places from the first to the last."""
    return np.linspace(0, count - 1, min(count, wanted)).astype(int)


def pictures(data: Path) -> Task:
    """EfficientNet-Lite0 with a last step for CIFAR-10's ten names."""
    from demos.image_recognition import LITE0
    from demos.image_recognition.deep import load
    from demos.image_recognition.sheets import read_part
    from demos.image_recognition.teaching import teach
    from demos.weights import locate

    model = load(locate(LITE0, demo_folder("image_recognition")), "cpu")
    known, names = read_part(data / "cifar10_jpeg_copy", "train")
    taken = spread(len(names), TAUGHT)
    weights, bias = teach(model, known[taken], names[taken])
    network, last = model.parts.run, nn.Linear(*weights.shape)
    last.load_state_dict({"weight": torch.from_numpy(weights.T.copy()), "bias": torch.from_numpy(bias)})
    network._fc = last.requires_grad_(False)
    return _task(network.eval(), lambda one: {"given": model._batch([one]).numpy()}, "pictures", (known, names),
                 read_part(data / "cifar10_jpeg_copy", "test"))


class Together(nn.Module):
    """The sign reader's networks as one: the mean of their certainties."""

    def __init__(self, networks: Sequence[nn.Module]) -> None:
        super().__init__()
        self.networks = nn.ModuleList(networks)

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        """`(1, 3, 32, 32)` in [0, 1] -> certainties `(1, 43)`."""
        return torch.stack([network(given).softmax(dim=1) for network in self.networks]).mean(dim=0)[:, :-1]


def signs(data: Path) -> Task:
    """The networks that read traffic signs."""
    from demos.traffic_signs.sheets import read_part

    reader = _loaded("traffic_signs")
    known, asked = (read_part(data / "gtsrb_32", part) for part in ("train", "test_half"))
    return _task(Together(reader.networks), lambda one: {"given": reader.batch(one[None]).contiguous().numpy()}, "signs",
                 (known.pictures, known.numbers), (asked.pictures, asked.numbers))


class Judging(nn.Module):
    """MiniLM and the head that was taught to it, from pieces of words to scores for blame and praise."""

    def __init__(self, judge: Any) -> None:
        super().__init__()
        self.network, self.head = judge.minilm.network, nn.Linear(len(judge.weight), 2)
        self.head.load_state_dict({"weight": torch.stack([-judge.weight, judge.weight]), "bias": torch.stack([-judge.bias, judge.bias])})

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Numbers and mask of the pieces, both `(1, n)`."""
        hidden = self.network(input_ids=ids, attention_mask=mask).last_hidden_state
        share = mask[..., None].to(hidden.dtype)
        return self.head((hidden * share).sum(dim=1) / share.sum(dim=1))


def sentences(data: Path) -> Task:
    """The network that tells praise from blame."""
    from demos.sentiment.data import joined, read_phrases

    judge, (texts, labels) = _loaded("sentiment"), read_phrases(data / "sst2" / "sentences_872.tsv")
    taken = spread(len(texts), ASKED["sentences"])

    def given(text: str) -> dict[str, np.ndarray]:
        return dict(zip(("ids", "mask"), (one.numpy() for one in judge.minilm.padded(judge.minilm.encode([text])))))

    return Task(Judging(judge).eval(), given, [joined(texts[i]) for i in taken], np.array(labels)[taken].astype(int))


def _loaded(name: str) -> Any:
    from demos.engine import InlineEngine

    return InlineEngine("cpu").load(name, "deep")


def _task(network: nn.Module, given: Callable[[Any], dict[str, np.ndarray]], name: str, known: tuple[np.ndarray, np.ndarray],
          test: tuple[np.ndarray, np.ndarray]) -> Task:
    """A task on pictures; ranges and choice come from the training part, seed 0."""
    order = np.random.default_rng(0).permutation(len(known[1]))
    choose, taken = order[RANGES:RANGES + CHOOSE], spread(len(test[1]), ASKED[name])
    return Task(network, given, test[0][taken], test[1][taken], known[0][order[:RANGES]], (known[0][choose], known[1][choose]))


TASKS = {"sentences": sentences, "signs": signs, "pictures": pictures}
