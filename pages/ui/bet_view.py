"""Bet first, as it is drawn: the switch with the score, the covered answers with what can be guessed, and who was right."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from demos.base import Demo
from demos.bets import Answers, Question, Round, answer_of, bet_of, counted, judge, known, misses, own_word, pose, waits, who_was_right
from demos.errors import BadInput
from demos.samples import holds
from demos.story_results import Story
from pages.ui import bet
from pages.ui import bet_words as said
from pages.ui.asks import Asked, Given
from pages.ui.inputs import press
from pages.ui.labels import unmarked
from pages.ui.place import Place
from pages.ui.results import headline

NUMBER = "bet_number"


def draw_switch() -> None:
    """The switch, and where it is on the score in words with a way to begin it anew."""
    on = st.session_state[bet.SWITCH] = bet.is_on()
    with st.container(horizontal=True, vertical_alignment="center", key="bet_switch"):
        st.toggle(said.SWITCH, key=bet.SWITCH, help=said.SWITCH_HELP, on_change=bet.switched)
        if on and bet.points().rounds:
            st.button(said.RESET, key="bet_reset", type="tertiary", icon=":material/restart_alt:", on_click=bet.forget)
    if on:
        st.html(score_html())


def score_html() -> str:
    """'You 5, machine 6', and after how many rounds."""
    now = bet.points()
    played = said.ROUNDS.get(now.rounds, said.ROUNDS_MANY.format(count=now.rounds))
    more = said.SCORE_MORE.format(rounds=played, classical=now.classical) if now.rounds else said.NO_ROUND
    return (f'<p class="dl-score" role="status"><b>{said.SCORE.format(you=now.you, deep=now.deep)}</b>'
            f"<span>{more}</span></p>")


def answers_of(jobs: dict[str, Asked]) -> Answers:
    """The answers that are whole, by family."""
    return {family: job.result(0).result if job.done and job.error is None else None for family, job in jobs.items()}


def so_far(jobs: dict[str, Asked]) -> Answers:
    """The same, with stories that are still growing: their first word will not change."""
    begun = {family: job.partial.result for family, job in jobs.items() if not job.done and job.partial is not None
             and isinstance(job.partial.result, Story) and len(job.partial.result.text.split()) > 1}
    return {**answers_of(jobs), **begun}


def question_of(demo: Demo, thing: Given, jobs: dict[str, Asked]) -> Question:
    """What is asked about the input."""
    return pose(demo, bet.name_of(demo, thing), thing.truth, so_far(jobs))


def option_said(question: Question, option: str) -> str:
    """An option as it is read."""
    if question.bet.kind == "who":
        return said.WHO_SAID.get(option, option)
    return option if question.bet.kind == "next" else option[:1].upper() + option[1:]


class Betting:
    """The cover over the answers: the question, what can be pressed, and whether the methods are done."""

    def __init__(self, demo: Demo, thing: Given, jobs: dict[str, Asked], parent: Any) -> None:
        self.demo, self.thing, self.jobs, self.asked = demo, thing, jobs, False
        with parent.container(border=True, key="bet_box"):
            st.html(f'<div class="dl-kind"><b>{said.KIND}</b></div>')
            self.choices, self.status = st.container(key="bet_choices"), Place()
            st.button(said.SHOW, key="bet_show", type="tertiary", icon=":material/visibility:", shortcut="s", on_click=look,
                      args=(demo, thing))
        self.draw()

    def draw(self, _: Asked | None = None) -> None:
        """Put the question once it can be put, and say how far the methods are."""
        done = all(job.done for job in self.jobs.values())
        waiting = not done and waits(bet_of(self.demo), so_far(self.jobs))
        if not self.asked and not waiting:
            self.asked = True
            with self.choices:
                ask_for_guess(self.demo, self.thing, self.jobs)
        self.status.draw("caption", said.READY if done else said.WAITING if waiting else said.WORKING)


def ask_for_guess(demo: Demo, thing: Given, jobs: dict[str, Asked]) -> None:
    """The question with its choices as buttons, which the keys 1 to 9 press too, or with a slider."""
    question = question_of(demo, thing, jobs)
    st.subheader(question.text or who_text(demo, thing.truth), anchor=False)
    if question.options:
        for number, option in enumerate(question.options, start=1):
            st.button(unmarked(option_said(question, option)), key=f"bet_choice_{number}", width="stretch",
                      shortcut=str(number), on_click=guess, args=(demo, thing, jobs, option))
        return
    low, high = question.bet.low, question.bet.high
    st.slider(said.GUESS, low, high, (low + high) // 2, key=NUMBER)
    st.button(said.BET, key="bet_choice_1", type="primary", on_click=guess, args=(demo, thing, jobs, None))


def who_text(demo: Demo, truth: str) -> str:
    """The question who will be right, in words that fit the kind of answer."""
    kind = demo.result.__name__
    fitting = said.WHO_OF.get(kind) or (said.WHO_KNOWN.get(kind) if truth else None)
    return (fitting or said.WHO).format(truth=truth)


def guess(demo: Demo, thing: Given, jobs: dict[str, Asked], option: str | None) -> None:
    """A guess was made; where the methods are done it is judged at once, so that the score is right on the next drawing."""
    bet.keep(demo, thing, Round(str(st.session_state[NUMBER]) if option is None else option))
    settle_round(demo, thing, jobs)


def look(demo: Demo, thing: Given) -> None:
    """The answers are shown without a guess."""
    bet.see(demo, thing)


def settle_round(demo: Demo, thing: Given, jobs: dict[str, Asked]) -> bool:
    """Judge a guess that is not judged yet, once both methods have answered or declined; whether something is new."""
    one = bet.see(demo, thing)
    # what was stopped or lost may be asked again; only an answer or a refusal is one
    if not one.guess or one.counts or one.over or not all(
            job.done and (job.error is None or isinstance(job.error, BadInput)) for job in jobs.values()):
        return False
    judged = judge(question_of(demo, thing, jobs), one.guess, bet.sample_of(thing), thing.truth, answers_of(jobs))
    bet.keep(demo, thing, judged)
    return judged != one


def outcome(demo: Demo, thing: Given, jobs: dict[str, Asked]) -> str:
    """The guess and whose point it was, as HTML; empty where nobody bets."""
    one = bet.see(demo, thing)
    if not bet.is_on():
        return ""
    if one.guess:
        lines = guess_lines(demo, thing, one, jobs)
    else:
        lines = [said.BEFORE.format(said=whose(one)) if one.counts else said.SEEN]
    return f'<div class="dl-told dl-bet" role="status">{" ".join(escape(line) for line in lines)}</div>'


def whose(one: Round) -> str:
    """Whose point it was."""
    return said.WHOSE[(bool(one.you), bool(one.deep))]


def guess_lines(demo: Demo, thing: Given, one: Round, jobs: dict[str, Asked]) -> list[str]:
    """What was guessed, what is true as far as that is known, and whose point it was."""
    question, answers = question_of(demo, thing, jobs), answers_of(jobs)
    kind, deep = question.bet.kind, answers["deep"]
    lines = [said.YOU_SAID.format(guess=option_said(question, one.guess))]
    true = known(question.bet, bet.sample_of(thing))
    if kind == "amount" and true is not None:
        off = misses(one.guess, true, answers)
        rest = ", ".join(said.OFF_BY[who].format(off=f"{off[who]:.0f}") for who in said.OFF_BY if who in off)
        lines += [said.TRUE_NUMBER.format(number=f"{true:.0f}"), f"{rest[:1].upper()}{rest[1:]}."]
    elif kind == "next" and deep is not None:
        lines += [said.CAME.format(answer=answer_of(deep))]
    elif kind == "amount" and question.bet.known is None and deep is not None:
        lines += [said.CAME_NUMBER.format(answer=f"{counted(deep) or 0:.0f}")]
    elif kind == "who" and thing.truth:
        lines += [said.WHO_WAS[who_was_right({family: result is not None and holds(thing.truth, result)
                                              for family, result in answers.items()})]]
    elif thing.truth:
        lines += [said.WAS.format(truth=option_said(question, thing.truth))]
    elif all(result is not None for result in answers.values()) and kind == "pick":
        lines += [said.THEY_SAY.format(**{family: headline(result) for family, result in answers.items() if result})]
    return [*lines, *ending(demo, thing, one, kind, deep is not None)]


def ending(demo: Demo, thing: Given, one: Round, kind: str, answered: bool) -> list[str]:
    """Whose point it was, or why it is nobody's."""
    if one.counts and kind == "next":
        return [said.FORESEEN if one.you else said.SURPRISED]
    if one.counts:
        return [whose(one)]
    if one.over:
        return [said.OVER]
    if not answered:
        return [said.DECLINED]
    if demo.inputs[0].kind == "number":
        return [said.NOT_YET]
    return [said.NOT_KNOWN] if kind in ("amount", "next") else []


def draw_after(demo: Demo, thing: Given, jobs: dict[str, Asked]) -> None:
    """Under the outcome: the visitor's own word where only that can tell, and the way to the next input."""
    if not bet.is_on():
        return
    one = bet.see(demo, thing)
    with st.container(horizontal=True, vertical_alignment="center", key="bet_after"):
        if only_you_can_tell(demo, thing, one, jobs):
            st.markdown(said.WHO_WAS_RIGHT)
            for word, label in said.OWN_WORD.items():
                st.button(label, key=f"bet_word_{word}", on_click=judge_yourself, args=(demo, thing, word))
        following = next((sample for sample in after(demo, thing) if not bet.is_open_sample(demo, sample)), None)
        if following is not None:
            st.button(said.NEXT, key="bet_next", type="primary", icon=":material/arrow_forward:", shortcut="n", on_click=press,
                      args=(demo, following))


def after(demo: Demo, thing: Given) -> list[Any]:
    """The demo's samples, from the one after this one on, round to it."""
    keys = [sample.key for sample in demo.samples]
    place = keys.index(bet.sample_of(thing)) + 1 if bet.sample_of(thing) in keys else 0
    return [*demo.samples[place:], *demo.samples[:place]]


def only_you_can_tell(demo: Demo, thing: Given, one: Round, jobs: dict[str, Asked]) -> bool:
    """Whether the visitor's word is what decides the round."""
    return bool(one.guess and not one.counts and not one.over and not thing.truth and demo.inputs[0].kind != "number"
                and answers_of(jobs)["deep"] is not None and question_of(demo, thing, jobs).bet.kind in ("pick", "who"))


def judge_yourself(demo: Demo, thing: Given, word: str) -> None:
    """The visitor has said who was right."""
    bet.keep(demo, thing, own_word(bet.see(demo, thing), word))
