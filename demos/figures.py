"""Figures that a command measured and a page shows; never typed in by hand.

`figures.json` beside a demo is written by `python -m demos evaluate` and read by the pages.
"""

from __future__ import annotations

import datetime
import json
import platform
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from demos import demo_folder
from demos.base import Demo, Method

# How a metric is said: fractions as counts in a hundred, the rest as they are.
SAYS = {
    "accuracy": "right {count} times in 100",
    "word_error_rate": "{count} words in 100 wrong",
    "seconds_per_second": "{value:.2f} seconds of work for a second of sound",
    "invented_words": "{value:.0f} words invented",
    "average_precision": "average precision {count} in 100",
    "patch_accuracy": "right {count} times in 100",
    "people_found": "{count} in 100 found",
    "false_people": "{value:.2f} false alarms a picture",
    "seconds_a_picture": "{value:.2f} seconds of the processor a picture",
    "lane_error_px": "lane off by {value:.1f} px",
    "lines_found": "{count} in 100 found",
    "drawn_things_found": "{count} in 100 found",
    "accuracy_where_found": "right {count} times in 100 where both faces were found",
    "faces_found": "found both faces {count} times in 100",
    "strangers_called_the_same": "called the same person {count} times in 100",
    "drawings_found": "found a face {count} times in 100",
    "drawings_compared": "compared it all the same {count} times in 100",
    "largest_difference_in_millionths": "at most {value:.1f} millionths away from dlib's own numbers",
    "same_faces_as_dlib": "the same faces as dlib's own detector {count} times in 100",
    "seconds_a_photo": "{value:.2f} s to find the faces",
    "milliseconds_a_face": "{value:.0f} ms for the 128 numbers of a face",
    "dlib_takes_times_as_long_a_photo": "dlib's own detector takes {value:.1f} times as long",
    "dlib_takes_times_as_long_a_face": "dlib's own network takes {value:.1f} times as long",
    "among_first_two": "right with one of its first two names {count} times in 100",
    "named_and_placed": "right in name and place {count} times in 100",
    "named": "right in name {count} times in 100",
    "placed": "right in place {count} times in 100",
    "found": "found something {count} times in 100",
    "quiet": "found nothing, rightly, {count} times in 100",
    "doubted": "doubted {count} in 100",
    "auc": "puts the ill one of two chests first {count} times in 100",
    "sensitivity": "right {count} times in 100 where there was pneumonia",
    "specificity": "right {count} times in 100 where there was none",
    "strongest_word_confirmed": "the word shaded strongest matters most when left out {count} times in 100",
    "precision": "{count} in 100 of what it called spam was spam",
    "recall": "{count} in 100 of the spam was caught",
    "let_in": "let in {count} of 100",
    "declined": "declined {count} of 100",
    "chrf_en_pt": "{count} in 100 groups of letters as a person wrote them, into Portuguese (chrF)",
    "chrf_pt_en": "{count} in 100 groups of letters as a person wrote them, into English (chrF)",
    "milliseconds_a_sentence": "{value:.1f} milliseconds of the processor a sentence",
    "language_guessed": "guessed the language right {count} times in 100",
    "jobs_made_men": "{value:.0f} became men, tried",
    "came_back_as_somebody_else": "{value:.0f} came back as somebody else, tried",
    "milliseconds_each": "{value:.2f} milliseconds each",
    "hit_in_three": "the right passage among the first three {count} times in 100",
    "hit_first": "the right passage first {count} times in 100",
    "said_nothing_fits": "said that nothing fits {count} times in 100",
    "milliseconds_a_query": "{value:.1f} milliseconds of the processor a question",
    "chrf_spoken_en_pt": "{count} in 100 groups of letters as a person wrote them, from spoken English into Portuguese (chrF)",
    "chrf_spoken_pt_en": "{count} in 100 groups of letters as a person wrote them, from spoken Portuguese into English (chrF)",
    "chrf_into_english": "{count} in 100 groups of letters as in our own English (chrF)",
    "heard_back_wrongly_en": "{count} in 100 words of its English voice were written down wrongly",
    "heard_back_wrongly_pt": "{count} in 100 words of its Portuguese voice were written down wrongly",
    "seconds_to_first_words": "{value:.1f} s to the first words",
    "seconds_to_the_voice": "{value:.1f} s until the voice is there",
    "bits_per_byte": "{value:.2f} bits of surprise at each letter (fewer is better)",
    "read_as_asked": "{count} in 100 read as asked",
    "frechet_distance": "Fréchet distance {value:.2f} to real ones",
    "learnt_by_heart": "{count} in 100 nearly a picture that it learnt from",
    "seconds_for_16": "{value:.3f} seconds of the processor for sixteen",
    "names_come_back": "wrote a name of the beginning again {count} times in 100",
    "repeated": "the same four words in a row again {count} times in 100",
    "no_words": "{count} in 100 of its words are in none of the stories",
    "right_beginning": "told the right beginning from a wrong one {count} times in 100",
    "pairs_ordered": "puts the right one of two first {count} times in 100 (AUC)",
    "chances_off": "its chances are {count} in 100 off on average",
    "lead_over_logistic": "{value:+.3f} of AUC ahead of logistic regression",
    "price_explained_by_services": "services explain {count} in 100 of the differences in price",
    "strangers_named_none": "said “none of these” to {count} in 100 strangers",
    "known_named_none": "said it wrongly to {count} in 100 of what it was taught",
    "seconds_to_learn": "{value:.1f} seconds of the processor to learn",
    "off_by_flights": "off by {value:.1f} flights",
    "late_counts_more": "score {value:,.0f} where too late counts more (less is better)",
    "between_guesses": "the truth lay between its low and high guess {count} times in 100",
    "error_of_last_value": "{value:.2f} times the error of “same as the last value”",
    "series_won": "nearest of all methods {value:.0f} times",
    "tokens_a_second": "writes {value:.0f} pieces of words in a second of the processor",
    "recall_at_20": "{count} in 100 of what could be found was in its twenty films",
    "ndcg_at_20": "{count} in 100 where the films further up count more",
    "share_of_all_found": "{count} in 100 of all that these people liked was in its twenty films",
    "milliseconds_a_list": "{value:.1f} milliseconds of the processor a list",
    "desk_right": "{count} in 100 of its hundred most suspicious payments a day were stolen,",
    "desk_caught": "{count} in 100 stolen payments are among its hundred most suspicious of a day,",
    "money_saved": "{count} in 100 stolen euros saved at a hundred alarms a day,",
    "theft_stopped": "{count} in 100 stopped at a hundred alarms a day,",
    "lead_over_boosting": "average precision {value:+.3f} ahead of boosted trees",
}


@dataclass(frozen=True)
class Figure:
    """One measured number with everything needed to measure it again.

    `value` is a fraction where the metric is one (accuracy, word_error_rate); `low` and `high` are
    the 95 % interval. `items` counts what `things` names. `date`, `command` and `machine` say when,
    how and where; `note` is what an honest reader should know, such as an overlap with the training;
    `setup` is what was done to the method first, if anything ("after learning …").
    """

    method: str
    metric: str
    value: float
    data: str
    items: int
    things: str
    date: str
    command: str
    machine: str
    low: float | None = None
    high: float | None = None
    note: str = ""
    setup: str = ""

    @property
    def is_share(self) -> bool:
        """Whether it is said as a count in a hundred."""
        return "{count}" in SAYS.get(self.metric, "")

    def sentence(self) -> str:
        """Such as 'right 63 times in 100 on 5,000 pictures'."""
        template = SAYS.get(self.metric, self.metric.replace("_", " ") + " {value:.3g}")
        said = f"{template.format(count=in_hundred(self.value), value=self.value)} on {self.items:,} {self.things}"
        return f"{said}, {self.setup}" if self.setup else said


def in_hundred(share: float) -> str:
    """A fraction as a count in a hundred, such as '98'; near none and near all with one decimal."""
    if 0 < share < 0.015 or 0.985 < share < 1:
        return f"{min(max(100 * share, 0.1), 99.9):.1f}"
    return f"{100 * share:.0f}"


def today() -> str:
    """The date in ISO form."""
    return datetime.date.today().isoformat()


def machine() -> str:
    """This machine in a few words: system, processor cores, device."""
    import os

    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def wilson(right: int, items: int) -> tuple[float, float]:
    """The 95 % Wilson score interval of a proportion (Wilson 1927)."""
    z, p = 1.96, right / items
    middle = (p + z * z / (2 * items)) / (1 + z * z / items)
    half = z / (1 + z * z / items) * (p * (1 - p) / items + z * z / (4 * items * items)) ** 0.5
    return max(0.0, middle - half), min(1.0, middle + half)


def read_figures(folder: Path) -> list[Figure]:
    """The figures beside a demo, in the order they were written; none when not yet measured."""
    path = folder / "figures.json"
    try:
        return list(_figures(path, path.stat().st_mtime_ns))
    except FileNotFoundError:
        return []


@lru_cache(maxsize=64)
def _figures(path: Path, mtime_ns: int) -> tuple[Figure, ...]:
    """A file's figures, read once for each time it was written: a page asks for them at every drawing."""
    return tuple(Figure(**row) for row in json.loads(path.read_text())["figures"])


AS_GOOD, FAR_LARGER = 0.01, 100  # in accuracy and the like; times the megabytes
HIGHER_IS_BETTER = {"accuracy": True, "pairs_ordered": True, "named_and_placed": True, "word_error_rate": False, "average_precision": True,
                    "chrf_en_pt": True, "chrf_pt_en": True, "chrf_spoken_en_pt": True, "hit_in_three": True, "bits_per_byte": False,
                    "read_as_asked": True, "frechet_distance": False, "off_by_flights": False, "recall_at_20": True}


def comparable(rows: list[Figure], first: str, second: str) -> tuple[Figure, Figure] | None:
    """A figure of each of two methods that may be held against each other: same metric, same data.

    Where a method was measured in several setups, its best one counts. None when there is no such pair.
    """
    for metric, higher in HIGHER_IS_BETTER.items():
        for mine in (f for f in rows if f.method == first and f.metric == metric):
            theirs = [f for f in rows if (f.method, f.metric, f.data, f.items) ==
                      (second, metric, mine.data, mine.items)]
            if theirs:
                return mine, (max if higher else min)(theirs, key=lambda f: f.value)
    return None


def gain(first: Figure, second: Figure) -> float:
    """By how much the second of two comparable figures is better, as a fraction; negative when worse."""
    return second.value - first.value if HIGHER_IS_BETTER[first.metric] else first.value - second.value


MOST = 24  # figures in one table
BESIDE = {"named", "placed", "sensitivity", "specificity", "precision", "recall"}  # an accuracy alone would hide which mistakes are made


def parted(figures: list[Figure], lead: Figure | None = None, most: int = MOST) -> tuple[list[Figure], list[Figure]]:
    """Those to show first, by which methods are held against each other, and the others; all first where there are at most `most`.

    First come those on the data and in the setup of `lead`, or of the first figure. How often a method is right at each
    certainty is left out: that stands with the answer itself.
    """
    figures = [one for one in figures if not one.metric.startswith("right_when")]
    if len(figures) <= most:
        return figures, []
    lead = lead or figures[0]
    first = [one for one in figures if (one.data, one.setup) == (lead.data, lead.setup) and one.metric in {*HIGHER_IS_BETTER, *BESIDE}]
    return first, [one for one in figures if one not in first]


def classical_wins(demo: Demo) -> tuple[Figure, Figure] | None:
    """The figures of the classical and the deep method where the classical one is as good or better, whatever the sizes."""
    pair = comparable(read_figures(demo_folder(demo.name)), demo.method("classical").key, demo.method("deep").key)
    return pair if pair is not None and gain(*pair) < AS_GOOD else None


def classical_is_enough(demo: Demo) -> tuple[Figure, Figure] | None:
    """The same, where the deep method is far larger too."""
    return classical_wins(demo) if demo.method("deep").size_mb >= FAR_LARGER * demo.method("classical").size_mb > 0 else None


def headline(demo: Demo, method: Method) -> Figure | None:
    """The figure to show for a method: the one that can be held against the other family's, else its first."""
    rows = read_figures(demo_folder(demo.name))
    rival = demo.method("deep" if method.family == "classical" else "classical")
    pair = comparable(rows, rival.key, method.key)
    return pair[1] if pair else next((f for f in rows if f.method == method.key), None)


def caution(demo: Demo, method: Method) -> str:
    """What must stand beside every answer of a demo that asks for it, with how often this method is wrong."""
    figure = headline(demo, method) if demo.caution else None
    if figure is None or figure.metric not in HIGHER_IS_BETTER or not figure.is_share:
        return demo.caution
    share = 1 - figure.value if HIGHER_IS_BETTER[figure.metric] else figure.value
    return f"{demo.caution} It was wrong {in_hundred(share)} times in 100 on {figure.items:,} {figure.things}."


def write_figures(folder: Path, figures: list[Figure]) -> None:
    """Write the figures, keeping those on other data that were measured before."""
    fresh = {(f.method, f.metric, f.data, f.setup) for f in figures}
    kept = [f for f in read_figures(folder) if (f.method, f.metric, f.data, f.setup) not in fresh]
    rows = [{k: round(v, 5) if isinstance(v, float) else v for k, v in asdict(f).items()}
            for f in [*figures, *kept]]
    (folder / "figures.json").write_text(json.dumps({"figures": rows}, indent=1) + "\n")
