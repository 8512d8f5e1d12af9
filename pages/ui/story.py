"""What the story writer's page has beside the template: words to choose, all sizes, surprise, and where a head looks."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import Any

import streamlit as st

from demos import demo_folder
from demos.base import Demo, Method
from demos.figures import read_figures
from demos.story_results import Looks, Piece, Story, Surprise
from demos.story_writer import words as said
from demos.weights import method_state
from pages.ui import words
from pages.ui.asks import Asked, Given, ask, ask_part, settle
from pages.ui.labels import unmarked
from pages.ui.looks import looks_html
from pages.ui.place import Place
from pages.ui.results import answer_html, in_counts, megabytes, percent, surprise_html


def draw_story(demo: Demo, classical: Method, deep: Method, given: Given) -> None:
    """Everything between "Break it" and the card."""
    methods = {"deep": deep, "classical": classical}
    choose_words(demo, methods, given)
    draw_sizes(demo, given)
    draw_surprise(demo, methods, given)
    draw_looks(demo, deep, given)


def so_far(job: Asked) -> Any:
    """A job's result, whole or as far as it has come; None where there is none."""
    answer = job.partial if not job.done else None if job.error else job.result(0)
    return answer.result if answer else None


def piece_name(text: str) -> str:
    """A piece of a word as a visitor reads it; one that goes on with a word begins with dots."""
    if not text:
        return said.THE_END
    if not text.strip():
        return said.PARAGRAPH if "\n" in text else "␣"
    return f"…{text}" if text[0].isalpha() else text.strip()


# --- choosing words -------------------------------------------------------------------------------

class Steps:
    """Where a visitor stands in a story, and which pieces they chose: kept until they give something else."""

    def __init__(self, demo: Demo, method: Method, given: Given) -> None:
        self.key, self.slider = f"steps_{demo.name}", f"step_{demo.name}"
        about = (method.key, given.digest)
        if st.session_state.get(self.key, {}).get("about") != about:
            st.session_state[self.key] = {"about": about, "pieces": (), "own": ()}
            st.session_state[self.slider] = 1
        self.pieces: tuple[int, ...] = st.session_state[self.key]["pieces"]  # the first ones, by their numbers
        self.own: tuple[int, ...] = st.session_state[self.key]["own"]  # the places of those that were pressed
        self.count = max(int(given.inputs["length"]), len(self.pieces) + 1)  # of the story's pieces

    def press(self, before: tuple[int, ...], number: int, goes_on: bool) -> None:
        """Choose a piece after those before it, and step on; where it came already, the story goes on as it did."""
        place = len(before)
        if not goes_on:
            own = (*(one for one in self.own if one < place), place)
            st.session_state[self.key].update(pieces=(*before, number), own=own)
        self.move(place + 2)

    def move(self, step: int) -> None:
        """Stand at a step, counted from 1."""
        st.session_state[self.slider] = step

    def forget(self) -> None:
        """Go back to the story as it was."""
        st.session_state.pop(self.key, None)


@st.fragment
def choose_words(demo: Demo, methods: dict[str, Method], given: Given) -> None:
    """The story step by step: what may come at each, as bars to press; each press redraws this part alone."""
    st.header(said.CHOOSE, anchor=False)
    st.caption(said.CHOOSE_CAPTION)
    who = st.radio(said.WHOSE, list(methods), format_func=said.WHO.get, horizontal=True, key=f"whose_{demo.name}")
    method = methods[who]
    steps = Steps(demo, method, given)
    if steps.pieces:
        chosen = " ".join(map(str, steps.pieces))
        job = ask_part(demo.name, method.key, "go_on", {**given.inputs, "chosen": chosen})
    else:
        job = ask(demo.name, method.key, given)  # the duel's own
    left, right = st.columns([1.5, 1], gap="large")
    with left:
        text, told = Place(), Place()
        step = _step(steps)
    with right:
        bars = st.container(key=f"bars_{who}")
    drawn: list[int] = []

    def draw(job: Asked) -> None:
        story = so_far(job)
        if job.error is not None:
            text.html(f'<div class="dl-told" role="alert">{escape(str(job.error))}</div>')
        elif story is None:
            text.html(f'<div class="dl-wait" role="status">{words.WORKING}</div>')
        else:
            text.html(steps_html(story, step, steps.own))
            if not drawn and (job.done or len(story.pieces) > step):
                drawn.append(step)  # buttons can be drawn only once
                told.html(f"<p>{escape(step_line(story, step, steps.own))}</p>")
                with bars:
                    draw_bars(story, step, steps)

    settle([(job, draw)])


def _step(steps: Steps) -> int:
    """The place of the chosen step among the story's pieces."""
    step = st.slider(said.STEP, 1, steps.count, key=steps.slider)
    with st.container(horizontal=True):
        st.button(said.BACK, icon=":material/arrow_back:", on_click=steps.move, args=(step - 1,), disabled=step < 2)
        st.button(said.ON, icon=":material/arrow_forward:", on_click=steps.move, args=(step + 1,), disabled=step >= steps.count)
        if steps.pieces:
            st.button(said.ANEW, icon=":material/undo:", on_click=steps.forget)
    return step - 1


def draw_bars(story: Story, step: int, steps: Steps) -> None:
    """What may come at a step, as buttons that are bars."""
    st.markdown(f"**{said.BEFORE}**")
    if step >= len(story.pieces):
        st.caption(said.ENDED)
        return
    piece = story.pieces[step]
    before = tuple(one.number for one in story.pieces[:step])
    most = max(max(own, drawn) for _, _, own, drawn in piece.likeliest) or 1.0
    rules = "".join(f".st-key-bar_{place} button {{ --own: {100 * own / most:.1f}%; --drawn: {100 * drawn / most:.1f}%;"
                    f"{' border-color: var(--ink);' if number == piece.number else ''} }}"
                    for place, (number, _, own, drawn) in enumerate(piece.likeliest))
    st.html(f"<style>{rules}</style>")
    for place, (number, text, own, _) in enumerate(piece.likeliest):
        came = f" ({said.IT_CAME})" if number == piece.number else ""
        st.button(f"**{unmarked(piece_name(text))}** {percent(own)}{came}", key=f"bar_{place}", width="stretch",
                  on_click=steps.press, args=(before, number, number == piece.number and step + 1 < steps.count))
    st.caption(said.KEY)


def steps_html(story: Story, step: int, own: tuple[int, ...]) -> str:
    """The story with the step's piece marked, those pressed underlined, and what comes after it faint."""
    spans = []
    for place, piece in enumerate(story.pieces):
        kind = " ".join(name for name, holds in (("now", place == step), ("own", place in own), ("later", place > step))
                        if holds)
        space = piece.text[:len(piece.text) - len(piece.text.lstrip())]
        shown = piece.text[len(space):] or ("¶" if place == step else "")
        spans.append(f'{escape(space)}<span class="{kind}">{escape(shown)}</span>' if kind else escape(piece.text))
    return (f'<div class="dl-text lines dl-story"><span class="begun">{escape(story.start)}</span>'
            f"{''.join(spans)}</div>")


def step_line(story: Story, step: int, own: tuple[int, ...]) -> str:
    """One sentence on what was likely at a step and what came."""
    if step >= len(story.pieces):
        return said.ENDED
    piece: Piece = story.pieces[step]
    shares = {number: (text, share) for number, text, share, _ in piece.likeliest}
    best, share = next(iter(shares.values()))
    came = said.YOURS if step in own else f", {in_counts(shares[piece.number][1])}" if piece.number in shares else ""
    return said.STEP_SAID.format(number=step + 1, best=piece_name(best), best_share=in_counts(share),
                                 piece=piece_name(piece.text), share=came)


# --- every size -----------------------------------------------------------------------------------

@st.fragment
def draw_sizes(demo: Demo, given: Given) -> None:
    """The same beginning for every network that is here, the smallest first."""
    here = [method for method in demo.methods
            if method.family == "deep" and method_state(method, demo_folder(demo.name)) == "ready"]
    if len(here) < 2:
        return
    here.sort(key=lambda method: method.size_mb)
    st.header(said.SCALE, anchor=False)
    st.caption(said.SCALE_CAPTION)
    if not st.toggle(said.SCALE_ASK, key=f"sizes_{demo.name}", persist_state="session"):
        return
    bits = {figure.method: figure.value for figure in read_figures(demo_folder(demo.name))
            if figure.metric == "bits_per_byte"}
    jobs = {method.key: ask(demo.name, method.key, given) for method in here}
    place = Place()

    def draw(_: Asked) -> None:
        cards = "".join(size_card(method, jobs[method.key], bits.get(method.key)) for method in here)
        place.html(f'<div class="dl-sizes">{cards}</div>')

    settle([(job, draw) for job in jobs.values()])
    table = demo.method("classical").key
    line = f" {said.SCALE_TABLE.format(bits=bits[table])}" if table in bits else ""
    st.html(f'<div class="dl-told">{escape(said.SCALE_SAID + line)}</div>')


def size_card(method: Method, job: Asked, bits: float | None) -> str:
    """One size: what it writes, how large it is, and how well it learnt."""
    story = so_far(job)
    if job.error is not None:
        middle = f'<div class="dl-wait" role="alert">{escape(str(job.error))}</div>'
    else:
        middle = answer_html(story) if story else f'<div class="dl-wait" role="status">{words.WORKING}</div>'
    measured = said.SCALE_FACTS.format(bits=bits) if bits else words.NO_FIGURE
    return (f'<section class="dl-card deep flat"><div class="dl-kind"><b>{escape(method.title)}</b></div>{middle}'
            f'<div class="dl-facts"><div><b>{megabytes(method.size_mb)}</b><span>{words.OF_WEIGHTS}</span></div>'
            f"<div><span>{escape(measured)}</span></div></div></section>")


# --- surprise and attention -----------------------------------------------------------------------

def draw_surprise(demo: Demo, methods: dict[str, Method], given: Given) -> None:
    """The visitor's own text, shaded by how little each method expected its words."""
    st.header(said.SURPRISE, anchor=False)
    st.caption(said.SURPRISE_CAPTION)
    watched = []
    for family, column in zip(("classical", "deep"), st.columns(2, gap="large")):
        job = ask_part(demo.name, methods[family].key, "surprise", {"text": given.inputs["text"]})
        watched.append((job, partial(_draw_surprise, Place(column), family)))
    settle(watched)


def _draw_surprise(place: Place, family: str, job: Asked) -> None:
    found: Surprise | None = so_far(job)
    kind = f'<div class="dl-kind"><b>{words.FAMILY[family]}</b></div>'
    if found is None:
        middle, line = "", str(job.error) if job.error is not None else words.WORKING
    else:
        most = int(found.bits.argmax())
        middle = surprise_html(found)
        line = said.SURPRISE_SAID.format(word=found.words[most].strip(), bits=float(found.bits[most]))
    place.html(f'<section class="dl-card {family} flat">{kind}{middle}<span>{escape(line)}</span></section>')


@st.fragment
def draw_looks(demo: Demo, deep: Method, given: Given) -> None:
    """The visitor's own text, shaded by where a chosen head looks from a chosen piece."""
    st.header(said.LOOKS, anchor=False)
    caption, controls, place = Place(), st.container(horizontal=True), Place()
    layer, head = (int(st.session_state.get(f"{name}_{demo.name}_{deep.key}", 1)) for name in ("layer", "head"))
    job = ask_part(demo.name, deep.key, "attention",
                   {"text": given.inputs["text"], "layer": float(layer), "head": float(head)})
    place.html(f'<div class="dl-wait" role="status">{words.WORKING}</div>')
    settle([(job, lambda _: None)])
    found: Looks | None = so_far(job)
    if found is None or not found.pieces:
        place.html(f'<div class="dl-told" role="alert">{escape(str(job.error or words.NOTHING["Text"]))}</div>')
        return
    caption.draw("caption", said.LOOKS_CAPTION.format(layers=found.layers, heads=found.heads))
    with controls:
        for label, name, count in ((said.LAYER, "layer", found.layers), (said.HEAD, "head", found.heads)):
            st.selectbox(label, range(1, count + 1), key=f"{name}_{demo.name}_{deep.key}", width=120)
    last = len(found.pieces) - 1
    piece = st.select_slider(said.FROM, range(last + 1), last, key=f"from_{demo.name}_{given.digest[:12]}_{last}",
                             format_func=lambda at: f"{piece_name(found.pieces[at])} ({at + 1})") if last else 0
    place.html(looks_html(found.pieces, found.shares[piece], piece) + f"<p>{escape(looks_line(found, piece, layer, head))}</p>")


def looks_line(found: Looks, piece: int, layer: int, head: int) -> str:
    """One sentence on where it looks most, and how much goes to what stands before the text."""
    row = found.shares[piece]
    most = int(row.argmax())
    line = said.LOOKS_SAID.format(layer=layer, head=head, piece=piece_name(found.pieces[piece]),
                                  most=piece_name(found.pieces[most]), share=f"{100 * float(row[most]):.0f}")
    outside = 1 - float(row.sum())
    return line + (said.LOOKS_OUTSIDE.format(share=f"{100 * outside:.0f}") if outside >= 0.01 else "")
