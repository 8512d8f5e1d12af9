"""Where a visitor gives something: samples to press, upload, camera, microphone, text."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import urlparse

import streamlit as st

from demos.base import Demo, Sample
from demos.inputs import ChoiceInput, Input, NumberInput
from demos.media import MAX_UPLOAD_MB
from demos.samples import sample_inputs
from pages.ui import bet, words
from pages.ui.asks import Given, digest
from pages.ui.thumbnails import thumbnail_address
from pages.ui.volume import pick_slice


def given(demo: Demo) -> Given:
    """What is asked about now: the visitor's own, a pressed sample, or the first sample."""
    key = f"{demo.name}_given"
    if key not in st.session_state:
        wanted = st.query_params.get("sample")
        numbered = {str(number): sample for number, sample in enumerate(demo.samples, start=1)}
        sample = next((s for s in demo.samples if s.key == wanted), numbered.get(wanted, demo.samples[0]))
        st.session_state[key] = sample_given(demo.name, sample.key)
    return st.session_state[key]


@lru_cache(maxsize=64)
def sample_given(demo_name: str, key: str) -> Given:
    """A sample as if a visitor had given it."""
    from demos import get_demo

    demo = get_demo(demo_name)
    sample = next(s for s in demo.samples if s.key == key)
    return Given(sample_inputs(demo, sample), f"sample:{key}", sample.title, sample.expect)


def draw_inputs(demo: Demo) -> None:
    """Samples and the widgets that fit the demo's files, or else its first input."""
    main = demo.inputs[0]
    files = [item for item in demo.inputs if item.is_file]
    st.caption(words.SAMPLES)
    if main.kind == "picture":
        rules = (f".st-key-{_key(demo, sample)} button {{ background-image: url({thumbnail_address(demo.name, sample.key)}) }}"
                 for sample in demo.samples)
        st.html(f"<style>{''.join(rules)}</style>")
    with st.container(horizontal=True, gap="small", key=f"samples_{main.kind}"):
        for sample in demo.samples:
            st.button(bet.sample_title(demo, sample), key=_key(demo, sample), on_click=press, args=(demo, sample), wrap=True,
                      width="stretch" if main.kind == "picture" else "content",
                      icon=":material/volume_up:" if main.kind == "sound" else None)
    for item in files:
        _upload(demo, item, item.label if len(files) > 1 else "")
        pick_slice(demo, item, given(demo))
        if item.kind == "picture" and getattr(item, "camera", False):
            _camera(demo, item)
        elif item.kind == "sound" and getattr(item, "microphone", False):
            _microphone(demo, item)
    if files:
        kinds = dict.fromkeys(item.accepts or words.ACCEPTED[item.kind] for item in files)
        st.caption(" ".join(line.format(mb=MAX_UPLOAD_MB) for line in kinds))
    elif main.kind == "text":
        _text(demo, main)
    if any(item.group for item in demo.inputs):
        st.caption(bet.title_of(demo, given(demo)))
        _form(demo)
        return
    for item in demo.inputs:
        if isinstance(item, ChoiceInput):
            _choice(demo, item)
        elif isinstance(item, NumberInput) and main.kind == "choice":
            _number(demo, item)
    if main.kind == "text":
        _sliders(demo, [item for item in demo.inputs if isinstance(item, NumberInput)])
    elif not files:
        st.caption(bet.title_of(demo, given(demo)))


def _give(demo: Demo, value: Given) -> None:
    st.session_state[f"{demo.name}_given"] = value


def _key(demo: Demo, sample: Sample) -> str:
    return f"sample_{'thumb_' if demo.inputs[0].kind == 'picture' else ''}{demo.name}_{sample.key}"


def press(demo: Demo, sample: Sample) -> None:
    """Make a sample what is asked about; the address names it, so that it can be sent."""
    _give(demo, sample_given(demo.name, sample.key))
    for item in demo.inputs:
        st.session_state.pop(_widget(demo, item), None)  # a box of words then shows the sample's
    # who bets first shall not read the answer in the address
    st.query_params["sample"] = sample.key if bet.is_open_sample(demo, sample) else str(demo.samples.index(sample) + 1)


def give_text(demo: Demo, text: str) -> None:
    """Make these words what is asked about, as if the visitor had written them."""
    main = demo.inputs[0]
    inputs = {**{item.name: given(demo).inputs[item.name] for item in demo.inputs[1:]
                 if item.name in given(demo).inputs}, main.name: text}
    _give(demo, Given(inputs, digest(inputs), words.YOUR_OWN[main.kind]))
    st.session_state.pop(_widget(demo, main), None)
    st.query_params.pop("sample", None)


def _widget(demo: Demo, item: Input) -> str:
    """The name of the widget of an input that is no file."""
    return f"{item.kind}_{demo.name}_{item.name}{fresh(demo)}"


def _take(demo: Demo, main: Input, key: str) -> None:
    """A widget has something new: make it what is asked about. The bytes stay in this session's memory."""
    value: Any = st.session_state.get(key)
    if value is None:
        return
    data = value.getvalue() if hasattr(value, "getvalue") else value
    # of several inputs each may be changed alone; the others stay as they are
    now = given(demo)
    others = {item.name: now.inputs[item.name] for item in demo.inputs if item is not main and item.name in now.inputs}
    inputs = {**others, main.name: data}
    _give(demo, Given(inputs, digest(inputs), words.YOUR_OWN.get(main.kind, now.title)))
    st.query_params.pop("sample", None)


def _upload(demo: Demo, main: Input, label: str) -> None:
    key = f"upload_{demo.name}_{main.name}{fresh(demo)}"
    label = words.UPLOAD_NAMED.format(label=label) if label else words.UPLOAD[main.kind]
    # any type is taken: a phone's picture may come without a name that fits, and the content decides
    st.file_uploader(label, key=key, max_upload_size=MAX_UPLOAD_MB, on_change=_take, args=(demo, main, key))


def fresh(demo: Demo) -> str:
    """What ends the names of a demo's widgets: after `empty_widgets` they are new ones, without a file."""
    return st.session_state.get(f"_fresh_{demo.name}", "")


def empty_widgets(demo: Demo) -> None:
    """Take back what this visitor gave a demo: the widgets' files, and with them every upload of this visit."""
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    st.session_state[f"_fresh_{demo.name}"] = f"{fresh(demo)}_"
    st.session_state.pop(f"{demo.name}_given", None)
    st.query_params.pop("sample", None)
    context = get_script_run_ctx()
    if context is not None:
        context.uploaded_file_mgr.remove_session_files(context.session_id)


def secure() -> bool:
    """Whether the browser will hand out camera and microphone on this address."""
    address = urlparse(st.context.url or "http://localhost")
    return address.scheme == "https" or address.hostname in ("localhost", "127.0.0.1", "::1")


def _camera(demo: Demo, main: Input) -> None:
    if not secure():
        st.caption(words.INSECURE.format(what="camera"))
    elif st.toggle(words.CAMERA if demo.inputs == (main,) else words.CAMERA_FOR.format(label=main.label),
                   key=f"camera_on_{demo.name}_{main.name}{fresh(demo)}"):  # it asks for permission only when wanted
        consent = getattr(main, "consent", "")
        if consent and not st.checkbox(consent, key=f"consent_{demo.name}_{main.name}{fresh(demo)}"):
            return
        key = f"camera_{demo.name}_{main.name}{fresh(demo)}"
        st.camera_input(words.CAMERA_SHOT, key=key, resolution="720p", on_change=_take, args=(demo, main, key))


def _microphone(demo: Demo, main: Input) -> None:
    if not secure():
        st.caption(words.INSECURE.format(what="microphone"))
        return
    key = f"microphone_{demo.name}"
    st.audio_input(words.MICROPHONE, key=key, sample_rate=16000, on_change=_take, args=(demo, main, key))


def _text(demo: Demo, main: Input) -> None:
    """A box that holds what is asked about, a sample's words too, so that they can be changed; and a counter.

    The box takes any length: the browser's own limit would drop a text that was pasted in without a word.
    """
    key = _widget(demo, main)
    thing = given(demo)
    st.session_state.setdefault(key, thing.inputs.get(main.name, ""))
    text = st.text_area(main.label, key=key, help=main.help or None, height=150, on_change=_take, args=(demo, main, key))
    most = getattr(main, "max_chars", 0)
    st.caption(words.COUNTER.format(title=bet.title_of(demo, thing), count=len(text), most=most))
    st.button(words.ASK_BOTH, key=f"ask_{demo.name}", icon=":material/arrow_forward:")  # leaving the box is enough


def _choice(demo: Demo, item: ChoiceInput) -> None:
    key = _widget(demo, item)
    st.session_state.setdefault(key, given(demo).inputs.get(item.name, item.preset))
    st.radio(item.label, [value for value, _ in item.options], format_func=dict(item.options).get, key=key,
             horizontal=True, help=item.help or None, on_change=_take, args=(demo, item, key))


NARROW = 124  # px: as wide as a question with two short answers; two of them stand side by side


def _form(demo: Demo) -> None:
    """Many questions under their headings, the first ones open; the others are folded away."""
    groups: dict[str, list[Input]] = {}
    for item in demo.inputs:
        groups.setdefault(item.group, []).append(item)
    for number, (group, items) in enumerate(groups.items()):
        place = st.expander(group, expanded=number == 0) if group else st.container()
        with place, st.container(horizontal=True, gap="small"):
            for item in items:
                _field(demo, item)


def _field(demo: Demo, item: Input) -> None:
    """One question of a form; lists take less room than rows of buttons."""
    key = _widget(demo, item)
    if isinstance(item, NumberInput):
        _slider(demo, item)
    elif isinstance(item, ChoiceInput):
        st.session_state.setdefault(key, given(demo).inputs.get(item.name, item.preset))
        names = dict(item.options)
        options: dict[str, Any] = {"format_func": names.get, "key": key, "help": item.help or None,
                                   "on_change": _take, "args": (demo, item, key)}
        if len(names) == 2 and sum(map(len, names.values())) < 10:
            st.radio(item.label, list(names), horizontal=True, width=NARROW, **options)
        else:
            st.selectbox(item.label, list(names), **options)


OPEN = 2  # sliders that stand open; the others are folded away


def _sliders(demo: Demo, items: list[NumberInput]) -> None:
    """Numbers beside a text, the first ones open."""
    for item in items[:OPEN]:
        _slider(demo, item)
    if items[OPEN:]:
        with st.expander(words.MORE_SETTINGS):
            for item in items[OPEN:]:
                _slider(demo, item)


def _slider(demo: Demo, item: NumberInput) -> None:
    key, whole = _widget(demo, item), item.step == int(item.step)
    kind = int if whole and item.step else float
    st.session_state.setdefault(key, kind(given(demo).inputs.get(item.name, item.preset)))
    st.slider(item.label, kind(item.low), kind(item.high), step=kind(item.step) or None, key=key, help=item.help or None,
              format=f"%d {item.unit}".strip() if kind is int else None, on_change=_take, args=(demo, item, key))


def _number(demo: Demo, item: NumberInput) -> None:
    """A whole number, and a button for the next one."""
    key = _widget(demo, item)
    st.session_state.setdefault(key, int(given(demo).inputs.get(item.name, item.preset)))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(item.label, int(item.low), int(item.high), step=1, key=key, help=item.help or None,
                        on_change=_take, args=(demo, item, key))
        st.button(words.ANOTHER, key=f"another_{demo.name}_{item.name}", icon=":material/casino:", on_click=_another,
                  args=(demo, item, key))


def _another(demo: Demo, item: NumberInput, key: str) -> None:
    low, high = int(item.low), int(item.high)
    st.session_state[key] = low + (int(st.session_state[key]) + 1 - low) % (high - low + 1)
    _take(demo, item, key)
