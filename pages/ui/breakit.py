"""Break it: the input made harder step by step, a curve of certainty, and where the answer flips."""

from __future__ import annotations

import time
from html import escape
from typing import Any

import streamlit as st

from demos.base import Demo, Method
from demos.jobs import Step, Sweep
from demos.perturb import CHANGES, Change
from demos.picture_results import Made
from demos.results import Boxes, Text, Transcript
from demos.story_results import Story
from demos.taste_results import Suggestions
from pages.ui import words
from pages.ui.asks import Asked, Given, ask, settle
from pages.ui.charts import sweep_chart
from pages.ui.found import found_html
from pages.ui.place import Place
from pages.ui.results import headline, made_html
from pages.ui.shown import shown

REDRAW_S = 0.8  # while strengths come in; each drawing of the chart is a new one to the browser


@st.fragment
def break_it(demo: Demo, classical: Method, deep: Method, given: Given, options: dict[str, dict]) -> None:
    """Choose a change and a strength; each press redraws this part of the page alone."""
    titles = {CHANGES[key].title: key for key in demo.changes}
    _take_from_address(demo)
    chosen = st.pills(words.CHOOSE, list(titles), key=f"break_{demo.name}", persist_state="session")
    if chosen is None:
        return
    change = CHANGES[titles[chosen]]
    left, right = st.columns([1, 1.6], gap="large")
    with left:
        index = _strength(demo, change)
        jobs = {m.family: ask(demo.name, m.key, given, "sweep", change.key, options=options[m.family])
                for m in (deep, classical)}
        drawing = _Drawing(demo, change, index, jobs, st.container(), Place(), right)
    settle([(job, drawing.draw) for job in jobs.values()])


def _take_from_address(demo: Demo) -> None:
    """Choose what the page's address names (`?break=darkness`), once each time that it names another one."""
    wanted, taken = st.query_params.get("break", ""), f"_broken_{demo.name}"
    if st.session_state.get(taken, "") != wanted:
        st.session_state[taken] = wanted
        if wanted in demo.changes:
            st.session_state[f"break_{demo.name}"] = CHANGES[wanted].title


class _Drawing:
    """The changed input, both answers and the curve, drawn as the strengths come in."""

    def __init__(self, demo: Demo, change: Change, index: int, jobs: dict[str, Asked], *places: Any) -> None:
        self.demo, self.change, self.index, self.jobs = demo, change, index, jobs
        self.input, self.answers, right = places
        self.chart, self.said = Place(right), Place(right)
        self.over = Place(self.input)  # what was found, drawn on the changed picture
        self.input_drawn, self.whole, self.times, self.last = False, False, 0, 0.0

    def draw(self, _: Asked) -> None:
        """Draw what is new: the input once, the rest not too often and once more at the end."""
        if self.whole:
            return
        self.whole = all(job.done for job in self.jobs.values())
        if not self.whole and time.monotonic() - self.last < REDRAW_S:
            return
        self.last, self.times = time.monotonic(), self.times + 1
        sweeps = {family: sweep for family, job in self.jobs.items() if (sweep := _sweep(job)) is not None}
        step = next((s.steps[self.index] for s in sweeps.values() if len(s.steps) > self.index), None)
        if step is not None and issubclass(self.demo.result, Boxes):
            self._draw_over(step, sweeps)
        elif step is not None and issubclass(self.demo.result, Made):
            self._draw_made(sweeps)
        elif step is not None and not self.input_drawn:
            self.input_drawn = True  # a player drawn anew would fall silent
            with self.input:
                shown(step.look, how(self.change, step.strength, self.index))
        self.answers.html(_answers_html(sweeps, self.index))
        self._draw_curve(sweeps)

    def _draw_over(self, step: Step, sweeps: dict[str, Sweep]) -> None:
        """The changed picture with what both methods still find in it."""
        found = {family: sweep.steps[self.index].result for family, sweep in sweeps.items()
                 if len(sweep.steps) > self.index and sweep.steps[self.index].result is not None}
        self.over.html(found_html(step.look, found, how(self.change, step.strength, self.index)))

    def _draw_made(self, sweeps: dict[str, Sweep]) -> None:
        """What the deep network makes at this strength."""
        steps = sweeps["deep"].steps if "deep" in sweeps else ()
        if len(steps) > self.index and (made := steps[self.index].result) is not None:
            said = how(self.change, steps[self.index].strength, self.index)
            self.over.html(f'<div class="dl-shown">{made_html(made)}<span class="dl-sure">{words.FAMILY["deep"]}: '
                           f"{escape(said)}</span></div>")

    def _draw_curve(self, sweeps: dict[str, Sweep]) -> None:
        lines = [str(job.error) for job in self.jobs.values() if job.error is not None]
        lines += [flip(family, self.change, sweep.steps) for family, sweep in sorted(sweeps.items())
                  if len(sweep.steps) == len(self.change.strengths)]
        lines = lines or [words.TRYING]
        if sum(item.is_file for item in self.demo.inputs) > 1:
            lines.append(words.ONLY_THE_FIRST.format(label=self.demo.inputs[0].label))
        cut_s = max((sweep.cut_s for sweep in sweeps.values()), default=0.0)
        if cut_s:
            lines.append(words.ONLY_THE_BEGINNING.format(seconds=cut_s))
        if sweeps:
            label = words.CERTAINTY.get(self.demo.result.__name__, words.FIRST_ANSWER)
            # while it grows, each drawing is a chart of its own; whole, it is the same one for every strength
            key = f"sweep_{self.change.key}_{'whole' if self.whole else self.times}"
            self.chart.draw("plotly_chart", sweep_chart(self.change, sweeps, self.index, label),
                            config={"displayModeBar": False}, alt=" ".join(lines), key=key)
        self.said.html("".join(f"<p>{escape(line)}</p>" for line in lines))


def _strength(demo: Demo, change: Change) -> int:
    """The place of the chosen strength among the change's strengths."""
    places = list(range(len(change.strengths)))
    return st.select_slider(words.STRENGTH, places, value=places[len(places) // 2],
                            format_func=lambda n: how(change, change.strengths[n], n),
                            key=f"strength_{demo.name}_{change.key}")


def how(change: Change, strength: float, place: int = 1) -> str:
    """'blurred by 3 %', or 'unchanged' for the first strength."""
    return words.UNCHANGED if place == 0 else change.says.format(strength=strength)


def _sweep(job: Asked) -> Sweep | None:
    if not job.done:
        return job.partial
    return None if job.error else job.result(0)


def _answers_html(sweeps: dict[str, Sweep], index: int) -> str:
    """What both methods say at the chosen strength."""
    rows = []
    for family in ("classical", "deep"):
        said = said_at(sweeps[family].steps if family in sweeps else (), index)
        rows.append(f'<tr><td style="white-space: nowrap"><span class="dl-dot {family}"></span>{words.FAMILY[family]}</td>'
                    f"<td>{escape(said)}</td></tr>")
    return f'<table class="dl-table">{"".join(rows)}</table>'


def said_at(steps: tuple[Step, ...], index: int) -> str:
    """The answer at one strength, or where it stands."""
    if len(steps) <= index:
        return words.WORKING
    step = steps[index]
    return step.error if step.result is None else headline(step.result)


def flip(family: str, change: Change, steps: tuple[Step, ...]) -> str:
    """The sentence that names the point where the answer is no longer the first one."""
    who = words.WHO[family]
    first = steps[0]
    for number, step in enumerate(steps[1:], start=1):
        if not step.same:
            before = how(change, steps[number - 1].strength, number - 1)
            after = how(change, step.strength, number)
            if isinstance(first.result, Story):
                return words.FLIPS_STORY.format(who=who, before=before, after=after)
            if isinstance(first.result, (Text, Transcript)):
                return words.FLIPS_WORDS.format(who=who, before=before, after=after)
            if isinstance(first.result, Boxes) and first.result.names:
                return words.FLIPS_BOXES.format(who=who, before=before, after=after)
            if isinstance(first.result, Suggestions) and step.result is not None:
                return words.FLIPS_LIST.format(who=who, before=before, after=after)
            if isinstance(first.result, Made):
                return words.FLIPS_MADE.format(who=who, before=before, after=after)
            return words.FLIPS.format(who=who, first=said_at(steps, 0), before=before, after=after,
                                      then=said_at(steps, number))
    return words.HOLDS_OF.get(type(first.result).__name__, words.HOLDS).format(who=who)
