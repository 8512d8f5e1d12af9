"""What is deep learning? Three areas, one inside the other, and a rule written by hand against what was learnt."""

from __future__ import annotations

from html import escape

import streamlit as st

from demos import get_demo, list_demos
from demos.lessons import Lesson
from demos.lessons.rules import LONGEST, SEEN, SPAM, UNSEEN, count_right, judge, words_of
from demos.text_results import Judged
from pages.ui import words
from pages.ui.asks import Asked, ask_part, settle
from pages.ui.lesson import bars_html, show_lesson
from pages.ui.many_texts import answer
from pages.ui.place import Place

DEMO = get_demo("spam")
SHOWN = 7  # methods named in each area


def area(lesson: Lesson, kind: str, titles: list[str], inside: str = "") -> str:
    """One area: its name, what it means, what stands in it, and the area inside."""
    more = lesson.labels["more"].format(count=len(titles) - SHOWN)
    listed = [*titles[:SHOWN], *([more] if len(titles) > SHOWN else [])]
    return (f'<div class="dl-area {kind}"><b>{escape(lesson.labels[kind])}</b><p>{escape(lesson.labels[f"{kind}_said"])}</p>'
            f'<ul>{"".join(f"<li>{escape(title)}</li>" for title in listed)}</ul>{inside}</div>')


def nest(lesson: Lesson) -> None:
    """The three areas with the methods of the dashboard in them."""
    st.header(lesson.labels["nest_title"], anchor=False)
    st.html(f"<p>{escape(lesson.labels['nest_said'])}</p>")
    by_family = {family: [f"{demo.title}: {demo.method(family).title}" for demo in list_demos()]
                 for family in ("classical", "deep")}
    deep = area(lesson, "dl", by_family["deep"])
    st.html(area(lesson, "ai", lesson.labels["ai_examples"].split(", "), area(lesson, "ml", by_family["classical"], deep)))


@st.fragment
def beat_it(lesson: Lesson) -> None:
    """The visitor's rule on ten messages, then on thirty that it has not seen, beside both learnt methods."""
    said = lesson.labels
    st.header(said["rule_title"], anchor=False)
    st.html(f"<p>{escape(said['rule_said'])}</p>")
    left, right = st.columns([2, 3], gap="large")
    with left:
        rule = words_of(st.text_area(said["rule"], said["rule_start"], key="rule", max_chars=LONGEST, height=120,
                                     bind="query-params"))
        st.html(score_html([(said["you"], "", count_right(rule, SEEN), len(SEEN))], said["seen"]))
        tried = st.toggle(said["test"], key="tried", bind="query-params")
        scores = Place()
    with right:
        st.html(messages_html(lesson, rule))
    if tried:
        against_machines(lesson, rule, scores)


def against_machines(lesson: Lesson, rule: tuple[str, ...], scores: Place) -> None:
    """The thirty messages: how many each gets, and where the visitor's rule fails."""
    raw = "\n".join(text for text, _ in UNSEEN).encode()
    jobs = {family: ask_part(DEMO.name, DEMO.method(family).key, "many", {"table": raw, "form": "lines"})
            for family in ("classical", "deep")}
    mine, said = count_right(rule, UNSEEN), lesson.labels
    verdict = Place()

    def draw(_: Asked) -> None:
        rows, best = [(said["you"], "", mine, len(UNSEEN))], ("", 0)
        for family, job in jobs.items():
            if job.done and job.error is None:
                found = machine_right(job.result(0).result)
                rows.append((DEMO.method(family).title, family, found, len(UNSEEN)))
                best = max(best, (DEMO.method(family).title, found), key=lambda one: one[1])
            elif job.error is not None:
                verdict.html(f'<div class="dl-told" role="alert">{escape(str(job.error))}</div>')
        waiting = "" if all(job.done for job in jobs.values()) else f'<p class="dl-wait">{words.WORKING}</p>'
        scores.html(score_html(rows, said["unseen"]) + waiting)
        if len(rows) == 1 + len(jobs):
            line = "verdict_beaten" if best[1] > mine else "verdict_won"
            told = said[line].format(best=best[0], right=best[1], mine=mine)
            verdict.html(f'<div class="dl-told">{escape(told)}</div>')

    settle([(job, draw) for job in jobs.values()])
    with st.expander(said["missed"]):
        wrong = [(text, truth) for text, truth in UNSEEN if judge(rule, text) != truth]
        st.html("".join(f"<p><b>{escape(said['missed_spam' if truth == SPAM else 'missed_honest'])}</b>: {escape(text)}</p>"
                        for text, truth in wrong) or f"<p>{escape(said['none_missed'])}</p>")


def machine_right(judged: Judged) -> int:
    """How many of the thirty a learnt method gets."""
    return sum(answer(judged, number)[0] == truth for number, (_, truth) in enumerate(UNSEEN))


def score_html(rows: list[tuple[str, str, int, int]], title: str) -> str:
    """Who gets how many, as bars: name, family, right, all."""
    bars = ((name, f"<b>{right} of {count}</b>", right / count) for name, _, right, count in rows)
    return f"<p>{escape(title)}</p>{bars_html(bars, families=[family for _, family, _, _ in rows])}"


def messages_html(lesson: Lesson, rule: tuple[str, ...]) -> str:
    """The ten messages, what the rule says of each, and whether that is right."""
    rows = []
    for text, truth in SEEN:
        found = judge(rule, text)
        mark = "✓" if found == truth else "✗"
        rows.append(f'<tr><td>{escape(text)}</td><td class="verdict">{escape(lesson.labels["called"])} {escape(found)} '
                    f"<b>{mark}</b></td></tr>")
    return f'<table class="dl-table dl-messages">{"".join(rows)}</table>'


def play(lesson: Lesson) -> None:
    """The rule first: something to do within the first screen."""
    beat_it(lesson)
    nest(lesson)


show_lesson("deep_learning", play)
