"""Bet first: what a visitor may guess about an input before the answers appear, and who was right once they have."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from demos.base import Bet, Demo
from demos.picture_results import Made
from demos.results import Labels, Result
from demos.samples import holds
from demos.series_results import Life
from demos.story_results import Story
from demos.taste_results import Suggestions

WHO = ("both", "deep", "classical", "neither")
MOST_CHOICES, OTHERS = 5, 3  # to press; beside the one that came, where a guess is what comes next
STEP = 4  # places in a list of suggestions between two that are offered
Answers = Mapping[str, Result | None]  # by family; None where a method declined or has not answered


@dataclass(frozen=True)
class Question:
    """What is asked about one input: how, in which words ("" for the frame's own), and what can be pressed, if anything."""

    bet: Bet
    text: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Round:
    """One guess ("" where the answer was looked at without one) and whose point it was; None where that is not known.

    `over`: nobody can say who was right, and the visitor has said so.
    """

    guess: str
    you: bool | None = None
    deep: bool | None = None
    classical: bool | None = None
    over: bool = False

    @property
    def counts(self) -> bool:
        """Whether it is a round of the score."""
        return self.you is not None


@dataclass(frozen=True)
class Score:
    """The points of all rounds that count."""

    rounds: int
    you: int
    deep: int
    classical: int


def score(rounds: Iterable[Round]) -> Score:
    """Add up the rounds that count."""
    counted = [one for one in rounds if one.counts]
    return Score(len(counted), *(sum(bool(getattr(one, who)) for one in counted) for who in ("you", "deep", "classical")))


def bet_of(demo: Demo) -> Bet:
    """The demo's own, or what its kind of answer suggests: the answer itself among a few names, else who will be right."""
    if demo.bet is not None:
        return demo.bet
    names = tuple(dict.fromkeys(sample.expect for sample in demo.samples if sample.expect))
    if issubclass(demo.result, Labels) and len(names) > 1:
        return Bet("pick", demo.question, names)
    return Bet("who", "")


def waits(bet: Bet, answers: Answers) -> bool:
    """Whether the question cannot be put yet, as it is about what the methods say."""
    if bet.kind == "next":
        return answers.get("deep") is None
    about_answers = (bet.kind == "pick" and not bet.choices) or (bet.kind == "amount" and bet.known is None)
    return about_answers and all(one is None for one in answers.values())


def pose(demo: Demo, named: str, truth: str, answers: Answers) -> Question:
    """The question about an input. Its choices and their order depend on `named`, the input's name, and never on who is right.

    Where its own kind of bet makes no sense for this input, the question is who will be right.
    """
    bet, dice = bet_of(demo), random.Random(f"{demo.name} {named}")
    options: tuple[str, ...] = ()
    match bet.kind:
        case "pick":
            options = _choices(bet, truth, answers, dice)
        case "next":
            options = _nexts(answers, dice)
        case "amount" if bet.known is not None or any(counted(one) is not None for one in answers.values()):
            return Question(bet, bet.question, ())
    if len(options) < 2:
        return Question(replace(bet, kind="who"), bet.question if bet.kind == "who" else "", WHO)
    return Question(bet, bet.question, options)


def _choices(bet: Bet, truth: str, answers: Answers, dice: random.Random) -> tuple[str, ...]:
    """All names where they are few; else the true one among others; none where the true one is not known."""
    if bet.choices and len(bet.choices) <= MOST_CHOICES:
        return bet.choices
    if bet.choices:
        others = sorted(set(bet.choices) - {truth})
        some = [truth, *dice.sample(others, MOST_CHOICES - 1)] if truth else []
    else:  # the names without their certainties, so their order says nothing
        some = next((sorted(one.names) for one in answers.values() if isinstance(one, Labels)), [])
        return tuple(some) if len(some) <= MOST_CHOICES + 1 else ()
    dice.shuffle(some)
    return tuple(some)


def _nexts(answers: Answers, dice: random.Random) -> tuple[str, ...]:
    """What the deep network came up with among what else it might have been."""
    deep = answers.get("deep")
    came = answer_of(deep)
    others: list[str] = []
    if isinstance(deep, Suggestions):
        others = list(deep.titles[STEP::STEP])
    elif isinstance(deep, Story) and deep.pieces:
        # a piece that begins a word stands after a space
        others = [text.strip() for _, text, *_ in deep.pieces[0].likeliest if re.fullmatch(r" [A-Za-z]{2,}", text)]
        others = [one for one in dict.fromkeys(others) if not came.casefold().startswith(one.casefold())]
    if not came or len(others) < OTHERS:
        return ()
    some = [came, *others[:OTHERS]]
    dice.shuffle(some)
    return tuple(some)


def answer_of(result: Result | None) -> str:
    """What is to be foreseen of an answer: the first word of a story, the first film; "" where there is none."""
    if isinstance(result, Suggestions):
        return result.titles[0] if result.titles else ""
    if isinstance(result, Story):
        return next(iter(re.findall(r"[A-Za-z]+(?:['’-][A-Za-z]+)*", result.text)), "")
    return ""


def counted(result: Result | None) -> float | None:
    """The number in an answer: flights left, pictures that were read as asked."""
    if isinstance(result, Life):
        return float(result.expected[-1])
    if isinstance(result, Made) and result.names:
        return float(result.names.count(result.asked))
    return None


def judge(question: Question, guess: str, sample: str, truth: str, answers: Answers) -> Round:
    """Whose point it is; without a known truth nobody's yet. `sample` is the sample's key, "" for a visitor's own input."""
    bet, deep = question.bet, answers.get("deep")
    right = {family: one is not None and holds(truth, one) for family, one in answers.items()} if truth else {}
    if bet.kind == "next" or (bet.kind == "amount" and bet.known is None):
        # no answer is the right one here: who foresees the network takes the point, else the network does
        if deep is None:
            return Round(guess)
        hit = guess == answer_of(deep) if bet.kind == "next" else abs(float(guess) - (counted(deep) or 0)) <= bet.near
        return Round(guess, hit, not hit, False)
    if bet.kind == "amount":
        return _nearest(guess, known(bet, sample), answers)
    if not truth:
        return Round(guess)
    you = guess == who_was_right(right) if bet.kind == "who" else guess == truth
    return Round(guess, you, right["deep"], right["classical"])


def who_was_right(right: Mapping[str, bool]) -> str:
    """The one of WHO that says which families were right."""
    return {(True, True): "both", (True, False): "deep", (False, True): "classical",
            (False, False): "neither"}[(right["deep"], right["classical"])]


def known(bet: Bet, sample: str) -> float | None:
    """A sample's true number, no larger than what can be guessed; None where it is not known."""
    number = bet.known(sample) if bet.known is not None and sample else None
    return None if number is None else min(number, bet.high)


def misses(guess: str, true: float, answers: Answers) -> dict[str, float]:
    """By how much each is off, in whole numbers, as each is said."""
    said = {"you": float(guess), **{family: number for family, one in answers.items() if (number := counted(one)) is not None}}
    return {who: abs(round(number) - true) for who, number in said.items()}


def _nearest(guess: str, true: float | None, answers: Answers) -> Round:
    """Whoever comes nearest takes the point; those who are equally near share it."""
    if true is None:
        return Round(guess)
    off = misses(guess, true, answers)
    return Round(guess, *(off.get(who, float("inf")) == min(off.values()) for who in ("you", "deep", "classical")))


def own_word(one: Round, word: str) -> Round:
    """The round as the visitor judges it, who alone can tell: "you", "deep", "both", or "nobody"."""
    if one.counts or word == "nobody":
        return replace(one, over=True)
    return replace(one, you=word in ("you", "both"), deep=word in ("deep", "both"), classical=False)


_CARRIED = re.compile(r"([a-z_]+\.~?[a-z0-9_]+)\.([01-]{3})")
MOST_CARRIED = 60


def carried(rounds: Mapping[str, Round]) -> str:
    """The rounds as a word for an address, for a page that is opened anew: whose points they were, and no guesses."""
    code = {True: "1", False: "0", None: "-"}
    return ",".join(f"{key}.{code[one.you]}{code[one.deep]}{code[one.classical]}" for key, one in rounds.items())


def taken_up(word: str) -> dict[str, Round]:
    """The rounds from such a word; what is no round in it is passed over."""
    code = {"1": True, "0": False, "-": None}
    found = (_CARRIED.fullmatch(part) for part in word.split(",")[:MOST_CARRIED])
    return {one[1]: Round("", *(code[letter] for letter in one[2])) for one in found if one}
