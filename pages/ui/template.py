"""The one order of a demo page: what it does, input, duel, why, break it, card."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from functools import partial
from html import escape
from typing import Any

import streamlit as st

from demos.base import Demo, Method
from demos.engine import get_engine
from demos.figures import AS_GOOD, classical_is_enough, classical_wins, gain
from demos.results import Boxes, Match
from demos.settings import settings
from demos.voice_results import Spoken
from pages.ui import bet, words
from pages.ui.asks import Asked, Given, ask, ask_again, drop_others, settle, stop_all
from pages.ui.bet_view import Betting, draw_after, draw_switch, outcome, settle_round
from pages.ui.breakit import break_it
from pages.ui.card import draw_card
from pages.ui.duel import duel_html
from pages.ui.inputs import draw_inputs, given
from pages.ui.methods import choose_deep
from pages.ui.place import Place
from pages.ui.receipt import draw_receipt
from pages.ui.results import megabytes
from pages.ui.shown import shown
from pages.ui.sound_view import PLAYER
from pages.ui.take_home import offer
from pages.ui.voices import Voices
from pages.ui.why import draw_why, pictures_of

QUICK_S = 0.1  # answers that come within this are drawn before the rest of the page


Extra = Callable[[Demo, Method, Method, Given], None]  # demo, classical, deep, what was given
First = Callable[[Demo], None]


def show_demo(demo: Demo, extra: Extra | None = None, first: First | None = None, more: First | None = None) -> None:
    """Draw the whole page of a demo; `extra` draws what it alone has, between "Break it" and the card.

    `first` draws what a visitor does before there is anything to ask, above the input; `more` an input of its own below it.
    """
    st.title(demo.question, anchor=False)
    st.html(f'<p class="dl-lede">{escape(demo.summary)}</p>{enough_html(demo)}')
    chips = st.container()
    if first:
        first(demo)
    left, right = st.columns([1, 2], gap="large")
    picture, inputs = left.container(), left.container()
    with left:
        deep, options = choose_deep(demo)
    chips.html(chips_html(deep))
    thing = given(demo)
    drop_others(demo.name, thing.digest)
    asking = _Asking(demo, deep, options, thing, picture, right) if deep is not None else None
    with inputs:
        draw_switch()
        draw_inputs(demo)
        if more:
            more(demo)
    if asking and not bet.is_open(demo, thing):
        asking.wait_for_guess()
        return  # the card, too, tells who is wrong where
    draw_answers(demo, asking, extra)


def draw_answers(demo: Demo, asking: _Asking | None, extra: Extra | None) -> None:
    """All that tells of the answers: the duel, why, break it, what the demo alone has, and the card."""
    if asking:
        asking.draw_quick_answers()
    st.header(words.WHY_OF.get(demo.result.__name__, words.WHY), anchor=False)
    why_said, why = Place(), st.container()
    breaking, own = st.container(), st.container()
    draw_card(demo)
    if asking:
        asking.settle(why_said, why)
        if demo.changes:
            with breaking:
                st.header(words.BREAK, anchor=False)
                st.caption(words.BREAK_CAPTION)
                break_it(demo, asking.classical, asking.deep, asking.thing, {"classical": {}, "deep": asking.options})
        if extra:
            with own:
                extra(demo, asking.classical, asking.deep, asking.thing)


def enough_html(demo: Demo) -> str:
    """The headline where the measured figures say that the simple method does, or is the better one; else nothing."""
    pair = classical_wins(demo)
    if pair is None:
        return ""
    classical, deep = demo.method("classical"), demo.method("deep")
    better = gain(*pair)
    if classical_is_enough(demo):
        head = words.CLASSICAL_ENOUGH if better > 0 else words.CLASSICAL_WINS_HERE
    else:
        head = words.CLASSICAL_WINS_BY_MEASURE if better <= -AS_GOOD else words.EVEN_HERE
    said = head.format(classical=pair[0].sentence().split(" on ")[0], deep=pair[1].sentence(),
                       n=f"{deep.size_mb / max(classical.size_mb, 1e-6):,.0f}")
    return f'<p class="dl-told dl-headline">{escape(said)}</p>'


def chips_html(deep: Method | None) -> str:
    """Device, tier and the promise of privacy, small."""
    device = get_engine().status()["device"]
    lines = [words.CHIP_DEVICE[device].format(cores=os.cpu_count()), words.CHIP_CLUSTER if settings().engine else words.CHIP_PRIVATE]
    if deep is not None:
        lines.insert(1, words.CHIP_WEIGHTS[deep.tier].format(mb=megabytes(deep.size_mb)))
    return '<ul class="dl-chips">' + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"


class _Asking:
    """Everything asked about what was given, and the places that the answers fill."""

    def __init__(self, demo: Demo, deep: Method, options: dict[str, Any], thing: Given, picture: Any,
                 right: Any) -> None:
        self.demo, self.deep, self.options, self.thing, self.picture = demo, deep, options, thing, picture
        self.classical = demo.method("classical")
        # the deep one first: its first words should not wait for the classical method
        self.jobs: dict[str, Asked] = {"deep": ask(demo.name, deep.key, thing, options=options),
                                       "classical": ask(demo.name, self.classical.key, thing)}
        self.look = ask(demo.name, self.classical.key, thing, "look")
        self.views = {"deep": ask(demo.name, deep.key, thing, "explain", options=options)}
        if "classical" in demo.explained:
            self.views["classical"] = ask(demo.name, self.classical.key, thing, "explain")
        self.draws_over = issubclass(demo.result, (Boxes, Match))
        self.betted, self.bet_said = right.container(), ""
        self.duel, self.drawn = Place(right), ""
        self.voices = Voices(right) if demo.result is Spoken else None
        self.stop = right.container(key="stop_place").empty()

    def wait_for_guess(self) -> None:
        """Cover the answers with what can be guessed; the methods are at work meanwhile, so that they are there at once."""
        self.duel.draw("empty")  # the one before would stand below the question until the methods are done
        betting = Betting(self.demo, self.thing, self.jobs, self.betted)
        self.draws_over = False
        settle([(self.look, self._draw_look), *((job, betting.draw) for job in self.jobs.values())])

    def draw_quick_answers(self) -> None:
        """Draw the duel before the rest of the page; answers that are nearly there are waited for."""
        end = time.monotonic() + QUICK_S
        for job in self.jobs.values():
            job.wait(max(0.0, end - time.monotonic()))
        self._draw_duel(self.jobs["deep"])

    def settle(self, why_said: Place, why: Any) -> None:
        """Fill the places as the answers come; return when all have ended."""
        sides = why.columns(len(self.views), gap="large") if len(self.views) > 1 else [why]
        places = dict(zip(sorted(self.views), sides))  # classical on the left, as in the duel

        def draw_views(family: str, job: Asked) -> None:
            captions, done = words.WHY_CAPTIONS, all(one.done for one in self.views.values())
            caption = captions.get(self.demo.result.__name__) or captions.get(self.demo.inputs[0].kind, words.WHY_CAPTION)
            why_said.draw("caption", caption if done else f"{caption} {words.LOOKING}")
            if job.done:
                said = self.jobs[family]
                draw_why(places[family], job, said.result(0) if said.done and not said.error else None, family)

        def draw_other(job: Asked) -> None:  # while the deep one waits, it draws both
            if job.done or self.jobs["deep"].done:
                self._draw_duel(job)

        settle([(self.jobs["deep"], self._draw_duel), (self.jobs["classical"], draw_other),
                (self.look, self._draw_look), *((job, partial(draw_views, family)) for family, job in self.views.items())],
               self._offer_stop)
        if any(job.error is not None for job in self.jobs.values()):
            self.stop.button(words.AGAIN, key=f"again_{self.demo.name}", icon=":material/refresh:", on_click=ask_again)
        else:
            with self.stop.container(horizontal=True):
                with st.popover(words.TAKEN, icon=":material/download:"):
                    views = [view for job in self.views.values() if job.error is None for view in job.result(0).views]
                    offer(self.demo, self.bet_said + self.drawn, pictures_of(views),
                          None if self.look.error else self.look.result(0))
                draw_receipt({method: self.jobs[method.family].result(0) for method in (self.classical, self.deep)})

    def _draw_duel(self, _: Asked) -> None:
        look = self.look.result(0) if self.draws_over and self.look.done and not self.look.error else None
        self.drawn = duel_html(self.demo, self.classical, self.deep, self.jobs, self.thing, look)
        self.duel.html(self.drawn)
        if self.voices:
            self.voices.draw(self.jobs)
        if not self.bet_said and all(job.done for job in self.jobs.values()):
            self._draw_bet()

    def _draw_bet(self) -> None:
        """Whose point it was, above both answers; the score has been drawn already and is drawn anew with a new point."""
        if settle_round(self.demo, self.thing, self.jobs):
            st.rerun()
        self.bet_said = outcome(self.demo, self.thing, self.jobs)
        if self.bet_said:
            with self.betted:
                st.html(self.bet_said)
                draw_after(self.demo, self.thing, self.jobs)

    def _draw_look(self, job: Asked) -> None:
        if job.done and job.error is None and self.demo.inputs[0].is_file:  # words stand in their box already
            with self.picture:
                shown(job.result(0), bet.title_of(self.demo, self.thing), key=PLAYER)
            if self.draws_over:
                self._draw_duel(job)

    def _offer_stop(self, wanted: bool) -> None:
        if wanted:
            self.stop.button(words.STOP, key=f"stop_{self.demo.name}", icon=":material/stop:", on_click=stop_all)
        else:
            self.stop.empty()
