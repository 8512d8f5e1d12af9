"""Bet first: whether the switch is on, what this visitor has guessed and seen, and how an input is called meanwhile."""

from __future__ import annotations

import streamlit as st

from demos.base import Demo, Sample
from demos.bets import Round, Score, carried, score, taken_up
from pages.ui import bet_words as said
from pages.ui.asks import Given

SWITCH, _ON = "bet_first", "_bet_first"  # the widget's own, and what stays from page to page
ADDRESS, CARRIED = "bet", "rounds"  # what an address may say: bet=1 or bet=0, and the rounds played before


def is_on() -> bool:
    """Whether the visitor guesses first; the address decides where it says so, as a step of a talk does."""
    told = st.query_params.get(ADDRESS)
    if told in ("0", "1"):
        st.session_state[_ON] = told == "1"
    return bool(st.session_state.get(_ON, False))


def switched() -> None:
    """The switch was pressed: the address follows it, so that a reload or a link keeps it."""
    st.session_state[_ON] = st.session_state[SWITCH]
    if st.session_state[_ON]:
        st.query_params[ADDRESS] = "1"
    else:
        st.query_params.pop(ADDRESS, None)


def rounds() -> dict[str, Round]:
    """What was guessed or seen in this session, by input; begun with what the address carries."""
    if "_rounds" not in st.session_state:
        st.session_state["_rounds"] = taken_up(st.query_params.get(CARRIED, ""))
    return st.session_state["_rounds"]


def points() -> Score:
    """The score so far."""
    return score(rounds().values())


def forget() -> None:
    """Begin the score anew; what was seen stays seen, or it could be won a second time."""
    st.session_state["_rounds"] = {key: Round("", over=True) for key in rounds()}


def name_of(demo: Demo, thing: Given) -> str:
    """The input's name in the rounds: the sample's key, or the beginning of the digest of a visitor's own."""
    sample = sample_of(thing)
    return f"{demo.name}.{sample or f'~{thing.digest[:12]}'}"


def sample_of(thing: Given) -> str:
    """The key of the sample that was pressed; "" for a visitor's own input."""
    return thing.digest.removeprefix("sample:") if thing.digest.startswith("sample:") else ""


def is_open(demo: Demo, thing: Given) -> bool:
    """Whether the answers may be seen: nobody bets, or this one was guessed or looked at before."""
    return not is_on() or name_of(demo, thing) in rounds()


def is_open_sample(demo: Demo, sample: Sample) -> bool:
    """The same of a sample that need not be what is asked about."""
    return not is_on() or f"{demo.name}.{sample.key}" in rounds()


def see(demo: Demo, thing: Given) -> Round:
    """The answers are shown: this input can no longer be won. Returns its round."""
    return rounds().setdefault(name_of(demo, thing), Round(""))


def keep(demo: Demo, thing: Given, one: Round) -> None:
    """Keep the round of an input."""
    rounds()[name_of(demo, thing)] = one


def sample_title(demo: Demo, sample: Sample) -> str:
    """How a sample is called: titles give answers away, so as long as it can be won it is only counted."""
    if is_open_sample(demo, sample):
        return sample.title
    return said.SAMPLE.get(demo.inputs[0].kind, said.SAMPLE_ELSE).format(number=demo.samples.index(sample) + 1)


def title_of(demo: Demo, thing: Given) -> str:
    """How what is asked about is called."""
    sample = next((one for one in demo.samples if one.key == sample_of(thing)), None)
    return thing.title if sample is None else sample_title(demo, sample)


def carry() -> dict[str, str]:
    """What an address needs for the next page to know the rounds; nothing as long as there is no score to go on with."""
    return {CARRIED: carried(rounds())} if rounds() and (is_on() or points().rounds) else {}
