"""What the page of the translation has beside the template: the way back, and lists of sentences that are hard."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from demos.base import Demo, Method
from demos.compare import compare
from demos.results import Text
from demos.text_results import Translation
from demos.translation import lists
from demos.translation import words as said
from pages.ui import words
from pages.ui.asks import Asked, Given, ask, ask_part, settle
from pages.ui.place import Place
from pages.ui.rows import rows_table

CODES = {"English": "en", "Portuguese": "pt"}


def draw_translation(demo: Demo, classical: Method, deep: Method, given: Given) -> None:
    """Everything between "Break it" and the card, by the two methods that come with the project."""
    methods = {"classical": classical, "deep": demo.method("deep")}
    st.header(said.THERE, anchor=False)
    st.caption(said.THERE_CAPTION)
    draw_back(demo, methods, given)
    draw_lists(demo, methods)


def answer(job: Asked) -> Translation | None:
    """The whole answer of a job, or None where there is none."""
    return job.result(0).result if job.done and job.error is None else None


def translated(demo: Demo, method: Method, lines: list[str], way: str) -> Asked:
    """Ask for these lines in the other language; they stay lines."""
    return ask_part(demo.name, method.key, "translate", {"text": "\n".join(lines), "direction": way})


def finished(jobs: list[Asked]) -> bool:
    """Wait for these jobs, and say what went wrong with one of them."""
    waiting = st.empty()
    if not all(job.done for job in jobs):
        waiting.caption(words.WORKING)
    settle([(job, lambda _: None) for job in jobs])
    waiting.empty()
    for job in jobs:
        if job.error is not None:
            st.info(str(job.error))
            return False
    return True


def draw_back(demo: Demo, methods: dict[str, Method], given: Given) -> None:
    """Both translations, each translated back by its own method."""
    place = Place()
    forth = {family: ask(demo.name, method.key, given) for family, method in methods.items()}
    settle([(job, lambda _: None) for job in forth.values()])
    rows = []
    for family, method in methods.items():
        there = answer(forth[family])
        if there is None or not there.text.strip():
            continue
        here, other = (CODES[name] for name in there.languages)
        job = translated(demo, method, [there.text], f"{other}-{here}")
        settle([(job, lambda _: None)])
        back = answer(job)
        if back is not None:
            kept, _ = compare(Text(str(given.inputs["text"])), Text(back.text))
            who = f'<span style="white-space: nowrap"><span class="dl-dot {family}"></span>{words.FAMILY[family]}</span>'
            rows.append((who, cell(there.text, other), cell(back.text, here), said.KEPT.format(count=f"{100 * kept:.0f}")))
        place.html(rows_table(said.BACK_HEAD, rows))


def cell(text: str, language: str = "") -> str:
    """Words from outside as HTML, with their language for those who listen."""
    return f'<span class="dl-lines" lang="{language}">{escape(text)}</span>' if language else escape(text)


@st.fragment
def draw_lists(demo: Demo, methods: dict[str, Method]) -> None:
    """Lists to press; each press redraws this part of the page alone."""
    st.header(said.TRY, anchor=False)
    st.caption(said.TRY_CAPTION)
    titles = {title: key for key, title in said.LISTS.items()}
    chosen = st.pills(said.TRY, list(titles), key=f"list_{demo.name}", label_visibility="collapsed",
                      persist_state="session")
    if chosen is None:
        return
    if titles[chosen] == "gender":
        draw_gender(demo, methods["deep"])
        return
    way = st.radio(said.INTO, list(said.DIRECTION), format_func=said.DIRECTION.get, horizontal=True,
                   key=f"way_{demo.name}", persist_state="session")
    if titles[chosen] == "idioms":
        draw_idioms(demo, methods, way)
    else:
        draw_pairs(demo, methods, way)


def both(demo: Demo, methods: dict[str, Method], lines: list[str], way: str) -> dict[str, list[str]] | None:
    """What both methods make of these lines."""
    jobs = {family: translated(demo, method, lines, way) for family, method in methods.items()}
    if not finished(list(jobs.values())):
        return None
    return {family: job.result(0).result.text.split("\n") for family, job in jobs.items()}


def draw_idioms(demo: Demo, methods: dict[str, Method], way: str) -> None:
    """Idioms, what they mean, and what both methods make of them."""
    rows = lists.IDIOMS[way]
    made = both(demo, methods, [sentence for sentence, _ in rows], way)
    if made:
        st.html(rows_table(said.IDIOM_HEAD, [
            (cell(sentence, way[:2]), escape(meaning), cell(old, way[-2:]), cell(new, way[-2:]))
            for (sentence, meaning), old, new in zip(rows, made["classical"], made["deep"])]))
        st.html(f'<div class="dl-told">{escape(said.IDIOM_SAID)}</div>')


def draw_pairs(demo: Demo, methods: dict[str, Method], way: str) -> None:
    """Sentences two by two that differ in one word."""
    lines = [sentence for pair in lists.PAIRS[way] for sentence in pair]
    made = both(demo, methods, lines, way)
    if made:
        rows: list[tuple[str, ...]] = list(zip(lines, made["classical"], made["deep"]))
        st.html(rows_table(said.PAIR_HEAD, [tuple("<br>".join(cell(one, way[:2] if place == 0 else way[-2:]) for one in two)
                                             for place, two in enumerate(zip(*rows[number:number + 2])))
                                       for number in range(0, len(rows), 2)]))
        st.html(f'<div class="dl-told">{escape(said.PAIR_SAID)}</div>')


def draw_gender(demo: Demo, deep: Method) -> None:
    """Whom the network takes for a man and whom for a woman, and what is left after the way there and back."""
    jobs = translated(demo, deep, [lists.JOB_SENTENCE.format(job=job) for job in lists.JOBS], "en-pt")
    english = translated(demo, deep, [sentence for sentence, _ in lists.THERE_AND_BACK], "pt-en")
    if not finished([jobs, english]):
        return
    there = answer(english).text.split("\n")  # type: ignore[union-attr]
    again = translated(demo, deep, there, "en-pt")
    if not finished([again]):
        return
    made = answer(jobs).text.split("\n")  # type: ignore[union-attr]
    became = [lists.gender(line) for line in made]
    women = [job for job, one in zip(lists.JOBS, became) if one == "woman"]
    st.html(f'<div class="dl-told">{escape(said.GENDER_SAID)} <b>{escape(counted(became, women))}</b></div>')
    st.html(rows_table(said.GENDER_HEAD, [(escape(job), cell(line, "pt"), said.BECAME[one])
                                     for job, line, one in zip(lists.JOBS, made, became)]))
    back = answer(again).text.split("\n")  # type: ignore[union-attr]
    rows = [(sentence, was, one, line, lists.gender(line))
            for (sentence, was), one, line in zip(lists.THERE_AND_BACK, there, back)]
    changed = sum(now not in (was, "") for _, was, _, _, now in rows)
    st.html(f'<div class="dl-told">{escape(said.BACK_SAID.format(changed=changed, all=len(rows)))}</div>')
    st.html(rows_table(said.BACK_GENDER_HEAD, [(cell(sentence, "pt"), cell(one, "en"), cell(line, "pt"), said.BECAME[was],
                                           said.BECAME[now]) for sentence, was, one, line, now in rows]))
    st.html(f'<div class="dl-told">{escape(said.GENDER_LESSON)}</div>')


def counted(became: list[str], women: list[Any]) -> str:
    """How many jobs became men and how many women."""
    return said.GENDER_COUNT.format(all=len(became), man=became.count("man"), woman=became.count("woman"),
                                    names=", ".join(women) or "none")
