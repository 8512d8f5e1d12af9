"""What a demo is made of: the card, its methods, their weights, and what a model can do.

Everything here is plain description: importing it loads no model library, so that menus, the
command line and tests can walk the demos for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, get_args

from demos.inputs import Input
from demos.results import Result, View

Tier = Literal["bundled", "package", "hub"]
Family = Literal["classical", "deep"]
Group = Literal["see", "say", "make", "numbers"]
GROUPS: tuple[Group, ...] = get_args(Group)  # in the order of the menu


@dataclass(frozen=True)
class WeightsFile:
    """One file of a model, put together from its parts.

    `parts` are `distribution:path/inside` for the package tier (several are joined in order, and
    `archive.zip!member` is a member of an archive), paths inside the demo's folder for the bundled
    tier, paths in the repository for the hub tier.
    `sha256` is the digest of the whole file.
    """

    name: str
    sha256: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Weights:
    """The numbers a model has learnt: where they come from, their digests, licence and size.

    `source` says in words where they come from; `repo` and `revision` (a commit hash) are for the
    hub tier only.
    """

    name: str
    tier: Tier
    files: tuple[WeightsFile, ...]
    license: str
    size_mb: float
    source: str
    repo: str = ""
    revision: str = ""

    def __post_init__(self) -> None:
        if not self.files:
            raise ValueError(f"{self.name}: weights without files")
        if self.tier == "hub" and not self.repo:
            raise ValueError(f"{self.name}: hub weights need a repository")


def bundled(name: str, sha256: str, license: str, size_mb: float, source: str, file: str = "") -> Weights:
    """A row of weights that the project trained: one file (`name`.safetensors, or `file`) in the demo's weights/."""
    file = file or f"{name}.safetensors"
    return Weights(name, "bundled", (WeightsFile(file, sha256, (f"weights/{file}",)),), license, size_mb, source)


@dataclass(frozen=True)
class Method:
    """One way to answer: classical or deep, the module that loads it, and its weights.

    `module` is a dotted name, imported on use; it holds `load(weights, device) -> Model`, where
    `weights` is None, the path of the only row, or a dictionary of paths by the rows' names.
    `inputs` are asked for by this method alone. `maker` and `larger` are for the page: whose work
    the method is, and that it is a bigger choice beside the default one.
    """

    key: str
    title: str
    family: Family
    module: str
    weights: tuple[Weights, ...] = ()
    summary: str = ""
    inputs: tuple[Input, ...] = ()
    larger: bool = False
    certainty: str = ""  # the honest sentence on certainty, where no figure says it better

    @property
    def tier(self) -> Tier:
        """The farthest tier its weights come from."""
        order: tuple[Tier, ...] = ("bundled", "package", "hub")
        return max((row.tier for row in self.weights), key=order.index, default="bundled")

    @property
    def size_mb(self) -> float:
        """Megabytes of weights."""
        return sum(row.size_mb for row in self.weights)


@dataclass(frozen=True)
class Sample:
    """Something to try: the value of each input, what it shows, and whose it is.

    A file is named by its path inside the demo's folder or as `distribution:path/inside`.
    `expect` is the true answer, in words of the deep method, where there is one. `fails` is for the
    card: it says which method gets this sample wrong, and why. `refused` are the keys of the methods
    that decline it with a sentence instead of an answer, such as a photo without a face.
    """

    key: str
    title: str
    inputs: Mapping[str, Any]
    source: str
    expect: str = ""
    fails: str = ""
    refused: tuple[str, ...] = ()


@dataclass(frozen=True)
class Card:
    """The last part of a page: what a visitor should know before trusting the answer."""

    learnt_from: str
    weak_at: tuple[str, ...]
    never_for: str
    licence: str
    lesson: str = ""  # url_path of the page of "How it works" that explains it


@dataclass(frozen=True)
class Part:
    """One more thing that a demo's models do for its page, beside the answer.

    The model has a method named `key`; it takes these inputs as keywords and returns a Result, or
    yields (fraction done, Result) as `stream` does. A `fresh` one measures time: it is done anew each time.
    """

    key: str
    inputs: tuple[Input, ...]
    fresh: bool = False


@dataclass(frozen=True)
class Bet:
    """What a visitor guesses before the answers appear, where the kind of answer does not say it by itself.

    "pick": the answer, out of `choices`; without any, out of the names that the methods choose between. "who": which of
    the two methods will be right. "next": what the deep network comes up with, among what else it might have been.
    "amount": a whole number from `low` to `high`; `known` says a sample's true one by its key, and where it is not
    known, the number in the deep network's own answer is to be guessed, `near` being near enough.
    """

    kind: Literal["pick", "who", "next", "amount"]
    question: str
    choices: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    near: int = 0
    known: Callable[[str], float | None] | None = None


@dataclass(frozen=True)
class Demo:
    """One demo. `question` is what the visitor asks, `title` the textbook's name for it.

    `task` is the Hugging Face name of the task; `changes` are keys of `perturb.CHANGES` for
    "Break it"; `explained` names whose views stand under "Why it said so"; `time_limit_s` ends a job
    that hangs. `caution` stands beside every answer, with how often the method is wrong. `group` and
    `order` say where the demo stands in the menu, `bet` what a visitor guesses first.
    """

    name: str
    question: str
    title: str
    icon: str
    task: str
    summary: str
    inputs: tuple[Input, ...]
    result: type[Result]
    methods: tuple[Method, ...]
    samples: tuple[Sample, ...]
    card: Card
    changes: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    caution: str = ""
    explained: tuple[Family, ...] = ("deep",)
    time_limit_s: float = 60.0
    group: Group = "see"
    order: int = field(default=100, compare=False)  # place in its group
    bet: Bet | None = None

    def method(self, key: str, tier: str = "") -> Method:
        """The method of this key, or the first of this family; `tier` narrows the choice.

        `tier` is a tier, or the name of a row of weights. Raises KeyError with a sentence.
        """
        fitting = [m for m in self.methods if key in (m.key, m.family)]
        if tier:
            fitting = [m for m in fitting if tier in (m.tier, m.key, *(row.name for row in m.weights))]
        if not fitting:
            known = ", ".join(m.key for m in self.methods)
            raise KeyError(f"{self.name} has no method {key!r}{f' in the tier {tier!r}' if tier else ''}; "
                           f"it has: {known}")
        return fitting[0]


class Model(Protocol):
    """A loaded model. `predict` and its siblings never write to self: calls may overlap.

    Optional beside `predict`: `explain(**inputs) -> list[View]`, and
    `stream(**inputs) -> Iterator[tuple[float, Result]]`, which yields how much is done (0 to 1) and
    the answer so far; its last pair is what `predict` returns; `briefly(**inputs) -> Result`, a
    cheaper answer that "Break it" can compare with others of its kind.
    """

    def predict(self, **inputs: Any) -> Result: ...


class Explaining(Model, Protocol):
    """A model that can show what it looked at."""

    def explain(self, **inputs: Any) -> list[View]: ...


class Streaming(Model, Protocol):
    """A model whose answer grows."""

    def stream(self, **inputs: Any) -> Iterator[tuple[float, Result]]: ...
