"""The duel: two cards of equal height, classical beside deep, and the verdict under both."""

from __future__ import annotations

import re
from html import escape

from demos import demo_folder
from demos.base import Demo, Method
from demos.figures import caution, comparable, gain, headline, in_hundred, read_figures
from demos.jobs import Answer, Look
from demos.results import Labels, Match, Result
from demos.samples import holds
from pages.ui import words
from pages.ui.asks import Asked, Given
from pages.ui.icons import icon_html
from pages.ui.results import answer_html, details_html, in_counts, megabytes, seconds


def duel_html(demo: Demo, classical: Method, deep: Method, jobs: dict[str, Asked], given: Given,
              look: Look | None = None) -> str:
    """Both cards and the verdict, as far as the answers have come; `look` is what was given, to draw on."""
    cards = card_html(demo, classical, jobs["classical"], look) + card_html(demo, deep, jobs["deep"], look)
    answers = {family: _answer(job) for family, job in jobs.items()}
    verdict = ""
    if answers["classical"] and answers["deep"] and all(job.done for job in jobs.values()):
        verdict = verdict_html(demo, classical, deep, answers, given)
    return f'<div class="dl-duel" data-input="{escape(given.digest[:16])}">{cards}</div>{verdict}'


def _answer(job: Asked) -> Answer | None:
    """The answer, whole or so far."""
    if not job.done:
        return job.partial
    return None if job.error else job.result(0)


def card_html(demo: Demo, method: Method, job: Asked, look: Look | None = None) -> str:
    """One method's card: kind, answer, certainty, bars, and its seconds, megabytes and figure."""
    answer = _answer(job)
    kind = f'<div class="dl-kind"><b>{words.FAMILY[method.family]}:</b> {escape(method.title)}</div>'
    if job.error is not None:
        middle = f'<div class="dl-wait" role="alert">{escape(str(job.error))}</div>'
    elif answer is None or answer.result is None:
        middle = f'<div class="dl-wait" role="status">{escape(waiting(job))}</div>'
    else:
        sure = certainty(demo, method, answer.result)
        notes = "".join(f'<div class="dl-note">{escape(note)}</div>' for note in answer.notes)
        note = getattr(answer.result, "note", "")
        notes += f'<div class="dl-note">{escape(note)}</div>' if note else ""
        beware = caution(demo, method)
        warning = f'<div class="dl-caution">{escape(beware)}</div>' if beware else ""
        middle = (icon_html(demo, answer.result) + answer_html(answer.result) + warning + f'<div class="dl-sure">{escape(sure)}</div>'
                  + details_html(answer.result, method.family, look) + notes)
    if not job.done and answer is not None:
        middle += (f'<div class="dl-progress" role="progressbar" aria-valuenow="{100 * job.fraction:.0f}" '
                   f'aria-label="{words.WORKING}"><div style="width:{100 * job.fraction:.0f}%"></div></div>')
    facts = facts_html(demo, method, answer if job.done else None)
    return f'<section class="dl-card {method.family}">{kind}{middle}{facts}</section>'


def waiting(job: Asked) -> str:
    """What a visitor reads before the first answer."""
    if job.place:
        said = words.WAITING_PLACE.format(place=job.place)
    elif job.state == "running" and job.units is None:
        said = words.LOADING
    else:
        said = words.WORKING
    left = job.estimate_s
    return f"{said} {words.ABOUT_LEFT.format(seconds=seconds(max(left, 0.1)))}" if left else said


def certainty(demo: Demo, method: Method, result: Result) -> str:
    """One honest sentence on how sure the answer is: by measure where that was measured, else by the scores."""
    if isinstance(result, Match):
        return f"{words.OF_PAIRS.format(count=in_counts(float(result.scores[0])), name=result.names[0])} {method.certainty}"
    if not isinstance(result, Labels) or len(result.scores) < 2:
        return method.certainty
    first, second = map(float, result.scores[:2])
    for figure in read_figures(demo_folder(demo.name)):
        found = re.fullmatch(r"right_when_(\d+)_to_(\d+)_sure", figure.metric)
        if found and figure.method == method.key and int(found[1]) <= 100 * first <= int(found[2]):
            count = f"{in_hundred(figure.value)} times in 100"
            return f"{words.RIGHT_WHEN.format(count=count)} {method.certainty}"
    if first < 2 * second:
        return words.WAVERS.format(other=result.names[1])
    return words.VERY_SURE if first >= 0.8 else words.FAIRLY_SURE


def facts_html(demo: Demo, method: Method, answer: Answer | None) -> str:
    """Seconds, megabytes, and how good it was when measured."""
    figure = headline(demo, method)
    took = seconds(answer.seconds) if answer else "–"
    if figure is None:
        good, on = "–", words.NO_FIGURE
    elif not figure.is_share:
        good = f"{figure.value:.2f}"
        on = figure.sentence().removeprefix(f"{good} ")
    else:
        count = in_hundred(figure.value)
        good = f"{count} in 100"
        on = figure.sentence().replace(f"{count} times in 100 ", "").replace(f"{count} words in 100 ", "words ")
        on = on.replace(f"{count} in 100 ", "")
    cells = ((took, words.FROM_CACHE if answer and answer.from_cache else words.TO_ANSWER), (megabytes(method.size_mb), words.OF_WEIGHTS), (good, on))
    return '<div class="dl-facts">' + "".join(
        f"<div><b>{escape(value)}</b><span>{escape(label)}</span></div>" for value, label in cells) + "</div>"


def verdict_html(demo: Demo, classical: Method, deep: Method, answers: dict[str, Answer], given: Given) -> str:
    """Who was right where that is known, who is better by measure, and at what cost."""
    said = []
    if given.truth:
        right = tuple(holds(given.truth, answers[family].result) for family in ("classical", "deep"))
        truth = words.TRUTH.format(truth=given.truth.rstrip("."))
        said.append(f"<b>{words.WHO_WAS_RIGHT[right]}</b> {escape(truth)}")
    else:
        kind, of = demo.inputs[0].kind, words.ONLY_YOU_OF
        only = of.get(demo.result.__name__) or of.get(kind) or words.ONLY_YOU.format(what=words.WHAT[kind])
        said.append(f"<b>{escape(only)}</b>")
    said += [escape(line) for line in (_by_measure(demo, classical, deep), _cost(classical, deep, answers)) if line]
    return f'<div class="dl-verdict">{" ".join(said)}</div>'


def _by_measure(demo: Demo, classical: Method, deep: Method) -> str:
    """Both figures on the same data, and which method they favour; empty where none were measured."""
    pair = comparable(read_figures(demo_folder(demo.name)), classical.key, deep.key)
    if pair is None:
        return ""
    better = gain(*pair)
    who = words.EVEN if abs(better) < 0.01 else words.DEEP_WINS if better > 0 else words.CLASSICAL_WINS
    theirs, ours = pair
    return f"{who} {words.MEASURED.format(deep=ours.sentence(), classical=theirs.sentence().split(' on ')[0])}"


def _cost(classical: Method, deep: Method, answers: dict[str, Answer]) -> str:
    time_ratio = answers["deep"].seconds / max(answers["classical"].seconds, 1e-4)
    time = _ratio(time_ratio, words.SLOWER, words.FASTER, words.AS_LONG)
    if not (classical.size_mb and deep.size_mb):  # some have no weights at all
        return words.COST_OF_TIME.format(time=time)
    size = _ratio(deep.size_mb / classical.size_mb, words.LARGER, words.SMALLER, words.AS_LARGE)
    return words.COST.format(time=time, size=size)


def _ratio(value: float, more: str, less: str, same: str) -> str:
    if 0.67 < value < 1.5:
        return same
    n = value if value > 1 else 1 / value
    return (more if value > 1 else less).format(n=f"{n:,.0f}" if n >= 3 else f"{n:.1f}")
