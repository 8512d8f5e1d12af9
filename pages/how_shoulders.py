"""Must it learn everything anew? A handful of pictures for a network from nothing and for one that was taught before."""

from __future__ import annotations

from html import escape

import streamlit as st

from demos import get_demo
from demos.lessons import Lesson
from demos.lessons.curves import curves
from demos.picture_results import png_uri
from demos.teach_it.examples import SETS
from demos.teach_it.scratch import MOST, Race
from pages.ui import words
from pages.ui.asks import Asked, ask_part, settle
from pages.ui.lesson import bars_html, part, picture, show_lesson
from pages.ui.place import Place
from pages.ui.toy_charts import learning_chart

DEMO = get_demo("teach_it")


def race_html(lesson: Lesson, race: Race, done: bool) -> str:
    """Both networks' bars, the sentence, and what they learnt from."""
    said, asked = lesson.labels, race.asked
    rows = ((said[name], f"<b>{escape(said['right_of'].format(right=right, all=asked))}</b>", right / asked)
            for name, right in (("scratch", race.scratch[-1]), ("pretrained", race.pretrained)))
    told = said["told"].format(steps=race.steps, scratch=race.scratch[-1], pretrained=race.pretrained, all=asked)
    guess = said["guessing"].format(guess=round(asked / len(race.names)), all=asked)
    weights = said["weights"].format(count=f"{race.weights:,}") if done else words.WORKING
    return (f'{bars_html(rows, wide=True)}<div class="dl-told">{escape(told)} {escape(guess)}</div>'
            f'<p class="dl-below">{escape(weights)}</p>')


def thumbs_html(lesson: Lesson, race: Race) -> str:
    """The pictures that were learnt from, a row for each name."""
    each = len(race.thumbs) // len(race.names)
    rows = ""
    for number, name in enumerate(race.names):
        pictures = "".join(f'<img src="{png_uri(thumb)}" alt="{escape(name)}">'
                           for thumb in race.thumbs[number * each:(number + 1) * each])
        rows += f'<div class="dl-learnt"><b>{escape(name)}</b><span>{pictures}</span></div>'
    return f"<p>{escape(lesson.labels['learnt_from'])}</p>{rows}"


@st.fragment
def run_race(lesson: Lesson) -> None:
    """A set and how many of it; both networks answer while the small one learns."""
    said = lesson.labels
    left, right = part(lesson, "race")
    with left:
        key = st.pills(said["set"], list(SETS), default=SETS[0], required=True, key="set", format_func=lambda one: said[one],
                       bind="query-params", wrap=True)
        size = st.slider(said["size"], 1, MOST, 5, key="size", bind="query-params")
        learnt = Place()
    with right:
        place = Place()
        place.html(f'<div class="dl-wait" role="status">{words.WORKING}</div>')
    job = ask_part(DEMO.name, DEMO.method("deep").key, "scratch", {"key": key, "size": float(size)})

    def draw(job: Asked) -> None:
        if job.error is not None:
            place.html(f'<div class="dl-told" role="alert">{escape(str(job.error))}</div>')
            return
        answer = job.result(0) if job.done else job.partial
        if answer is not None and answer.result is not None:
            place.html(race_html(lesson, answer.result, job.done))
            learnt.html(thumbs_html(lesson, answer.result))

    settle([(job, draw)])


def curve(lesson: Lesson) -> None:
    """The measured curve of the page on teaching."""
    said = lesson.labels
    st.header(said["curve_title"], anchor=False)
    found = curves()["pictures"]
    picture(learning_chart(found, int(found.counts[3]), said["size"]), "shoulders", said["curve_said"])


def play(lesson: Lesson) -> None:
    """The race, then the curve."""
    run_race(lesson)
    curve(lesson)


show_lesson("shoulders", play)
