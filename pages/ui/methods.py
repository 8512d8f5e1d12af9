"""The choice of the deep model: the default, larger ones, and those to be downloaded first."""

from __future__ import annotations

from typing import Any

import streamlit as st

from demos import demo_folder
from demos.base import Demo, Method
from demos.engine import get_engine
from demos.errors import DemoError
from demos.inputs import ChoiceInput, Input, NumberInput
from demos.weights import method_state
from pages.ui import words
from pages.ui.results import megabytes


def choose_deep(demo: Demo) -> tuple[Method | None, dict[str, Any]]:
    """The chosen deep method with its own options; None when it is not on this machine yet."""
    deep = [method for method in demo.methods if method.family == "deep"]
    method = deep[0]
    if len(deep) > 1 or method.inputs:
        with st.popover(words.MORE_DEEP, width="stretch"):
            method = st.radio(words.DEEP_MODEL, deep, key=f"deep_{demo.name}", persist_state="session",
                              format_func=lambda m: f"{m.title} ({megabytes(m.size_mb)})",
                              captions=[_caption(demo, m) for m in deep])
            options = {item.name: value for item in method.inputs if (value := _option(demo, item)) not in (None, "")}
    else:
        options = {}
    if method_state(method, demo_folder(demo.name)) != "ready":
        _offer(demo, method)
        return None, options
    return method, options


def _caption(demo: Demo, method: Method) -> str:
    said = method_state(method, demo_folder(demo.name))
    return method.summary if said == "ready" else f"{method.summary} {said.capitalize()}."


def _option(demo: Demo, item: Input) -> Any:
    """A widget for one option of a method."""
    key = f"option_{demo.name}_{item.name}"
    match item:
        case ChoiceInput():
            names = dict(item.options)
            return st.selectbox(item.label, list(names), format_func=names.get, key=key, help=item.help or None,
                                persist_state="session")
        case NumberInput():
            return st.slider(item.label, item.low, item.high, item.default, key=key, help=item.help or None)
        case _:
            return st.text_input(item.label, getattr(item, "default", ""), key=key, help=item.help or None,
                                 max_chars=getattr(item, "max_chars", None), persist_state="session")


def _offer(demo: Demo, method: Method) -> None:
    """Say that the weights are not here, and fetch them on a press, with progress and Stop."""
    said = method_state(method, demo_folder(demo.name))
    can_fetch = said.startswith("not downloaded")
    then = words.PRESS_TO_DOWNLOAD if can_fetch else f"{said.capitalize()}."
    st.info(f"{words.NOT_HERE.format(title=method.title)} {then}")
    key = f"fetch_{demo.name}_{method.key}"
    if can_fetch and st.button(words.GET_IT.format(mb=f"{method.size_mb:.0f}"), key=key):
        st.session_state[f"{key}_job"] = get_engine().submit(demo.name, method.key, want="fetch")
    job = st.session_state.get(f"{key}_job")
    if job is None:
        return
    stop, bar = st.empty(), st.empty()
    if not job.done:
        stop.button(words.STOP, key=f"{key}_stop", on_click=job.cancel)
    while not job.wait(0.2):
        have, total = job.partial or (0, method.size_mb * 1e6)
        bar.progress(min(1.0, job.fraction), words.GETTING.format(have=f"{have / 1e6:.0f}", total=f"{total / 1e6:.0f}"))
    del st.session_state[f"{key}_job"]
    stop.empty()
    try:
        job.result(0)
        st.rerun()
    except DemoError as error:
        bar.error(str(error))
