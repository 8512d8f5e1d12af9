"""How does it make new things? The dice of the story network, and pictures coming out of the noise."""

from __future__ import annotations

from html import escape

import streamlit as st

from demos import get_demo
from demos.lessons import Lesson
from demos.picture_maker.asked import DIGITS
from demos.picture_results import Made
from demos.story_results import Story
from demos.story_writer.settings import SETTINGS
from pages.ui.asks import Asked, Given, ask, digest, settle
from pages.ui.lesson import answered, bars_html, part, show_lesson
from pages.ui.made_view import made_view
from pages.ui.place import Place
from pages.ui.results import percent
from pages.ui.story import piece_name, steps_html

STORY, PICTURE = get_demo("story_writer"), get_demo("picture_maker")
PIECES = 10  # of words: the fewest that it writes
SHOWN = 6  # sides of the dice


def throw_again() -> None:
    """Another throw of the dice."""
    st.session_state["throws"] = st.session_state.get("throws", 1) % 99 + 1


@st.fragment
def story(lesson: Lesson) -> None:
    """A few pieces of a story, and the dice that each of them came from."""
    said = lesson.labels
    left, right = part(lesson, "story")
    with left:
        text = st.text_input(said["begin"], said["begin_text"], max_chars=200, key="begin", bind="query-params")
        daring = st.slider(said["daring"], 0.0, 2.0, 0.8, 0.1, key="daring", bind="query-params")
        st.button(said["throw"], icon=":material/casino:", on_click=throw_again, key="throw")
        number = st.session_state.get("throws", 1)
        st.caption(said["throw_number"].format(number=number))
        piece = st.slider(said["piece"], 1, PIECES, 1, key="piece") - 1
    with right:
        place = Place()
    if not text.strip():
        place.html(f'<div class="dl-told">{escape(said["nothing"])}</div>')
        return
    wishes = {one.name: one.default for one in SETTINGS}
    inputs = {**wishes, "text": text, "temperature": daring, "length": float(PIECES), "seed": float(number)}
    job = ask(STORY.name, STORY.method("deep").key, Given(inputs, digest(inputs), ""))

    def draw(job: Asked) -> None:
        found: Story | None = answered(job, place)
        if found is not None:
            place.html(dice_html(lesson, found, min(piece, len(found.pieces) - 1)))

    settle([(job, draw)])


def dice_html(lesson: Lesson, found: Story, piece: int) -> str:
    """The story with one piece marked, and the likeliest sides of its dice."""
    said = lesson.labels
    text = steps_html(found, piece, ())
    if not found.pieces:
        return text
    rows, chosen = [], found.pieces[piece]
    sides = [*chosen.likeliest[:SHOWN], *(side for side in chosen.likeliest[SHOWN:] if side[0] == chosen.number)]
    for number, name, own, drawn in sides:
        came = f" ({said['came']})" if number == chosen.number else ""
        rows.append((piece_name(name) + came, f"<b>{percent(drawn)}</b> ({percent(own)})", drawn))
    rare = ""
    if chosen.number not in {side[0] for side in sides}:
        rare = f"<p>{escape(said['rare'].format(piece=piece_name(chosen.text)))}</p>"
    drawn_html = bars_html(rows, wide=True, families=["deep"] * len(rows))
    return f'{text}<p>{escape(said["sides_said"])}</p>{drawn_html}{rare}'


@st.fragment
def picture(lesson: Lesson) -> None:
    """Sixteen pictures of a digit on their way out of the noise."""
    said = lesson.labels
    st.header(said["picture_title"], anchor=False)
    st.html(f"<p>{escape(said['picture_said'])}</p>")
    digit = st.segmented_control(said["digit"], DIGITS, default="3", required=True, key="digit", bind="query-params")
    left, right = st.columns(2, gap="large")
    steps = left.select_slider(said["steps"], [1, 2, 4, 8, 16, 32], 8, key="steps", bind="query-params")
    strict = right.slider(said["strict"], 0.0, 4.0, 1.0, 0.5, key="strict", bind="query-params")
    inputs = {"what": digit, "seed": 1.0, "steps": float(steps), "guidance": strict}
    place, shown = Place(), st.container()
    job = ask(PICTURE.name, PICTURE.method("deep").key, Given(inputs, digest(inputs), ""))
    ended: list[Made] = []

    def draw(job: Asked) -> None:
        made: Made | None = answered(job, place)
        if made is not None:
            ended.append(made)
            told = said["read_as"].format(right=sum(name == digit for name in made.names), digit=digit)
            place.html(f'<div class="dl-told">{escape(told)}</div>')

    settle([(job, draw)])
    if ended:
        with shown:
            made_view(ended[0], key="lesson_made")


def play(lesson: Lesson) -> None:
    """Words first, then pictures."""
    story(lesson)
    picture(lesson)


show_lesson("generating", play)
