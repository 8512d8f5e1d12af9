"""Where a visitor teaches: names and pictures or sounds of two to five things, the button, and what is known now."""

from __future__ import annotations

import time
from html import escape
from types import ModuleType
from typing import Any

import streamlit as st

from demos import get_demo
from demos.base import Demo
from demos.media import MAX_UPLOAD_MB
from demos.teach_it.results import Lesson
from demos.teach_it.taught import FEWEST, FEWEST_NAMES, LONGEST_NAME, MOST_NAMES
from pages.ui import words
from pages.ui.asks import Asked, Given, ask, ask_part, stop_all
from pages.ui.inputs import given, secure
from pages.ui.results import seconds
from pages.ui.sections import demo_page
from pages.ui.teach_kinds import wav_of, ways
from pages.ui.teach_memory import MOST_MB, Memory, Thing, begin, forget, lesson_given, memory, queue, use

BAD_SHOWN = 3  # pictures that could not be read are named, the rest are counted
WAIT_S = 60


@st.fragment
def teach(demo: Demo) -> None:
    """The whole part; it is drawn alone while names and examples are gathered, and the page with it once taught."""
    mine, said = memory(demo), ways(demo).said
    if mine.changed:  # a press in this part redraws it alone
        mine.changed = False
        st.rerun(scope="app")
    st.header(said.TEACH, anchor=False)
    st.caption(said.TEACH_CAPTION)
    st.page_link(demo_page(get_demo(ways(demo).other)), label=said.OTHER_KIND, icon=":material/arrow_forward:")
    titles = {said.SET_TITLES[key]: key for key in ways(demo).sets} | {said.OWN: ""}
    st.pills(said.START, list(titles), key=f"teach_start_{demo.name}_{mine.round}", on_change=_start, args=(demo, titles),
             default=next(title for title, key in titles.items() if key == mine.start))
    if mine.start:
        st.caption(said.SET_SOURCES[mine.start])
    with st.container(horizontal=True, gap="medium", key="teach_things"):
        for place, thing in enumerate(mine.things, start=1):
            with st.container(border=True, width=240, key=f"teach_thing_{thing.number}"):
                _draw_thing(demo, mine, thing, place)
    missing = _missing(said, mine.things)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button(said.BUTTON, key="teach_now", type="primary", icon=":material/school:", on_click=_ask, args=(mine,),
                  disabled=bool(missing or mine.waiting))
        if len(mine.things) < MOST_NAMES:
            st.button(said.ADD, key="teach_add", icon=":material/add:", on_click=mine.things.append, args=(Thing(),))
    if missing:
        st.caption(said.NEEDS.format(what=", ".join(missing)))
    _read_waiting(demo, mine)
    _learn(demo, mine)
    if mine.said:
        st.html(f'<div class="dl-told" role="status">{"<br>".join(map(escape, mine.said))}</div>')
    _keep(demo, mine)
    st.header(said.TRY, anchor=False)


def _start(demo: Demo, titles: dict[str, str]) -> None:
    title = st.session_state.get(f"teach_start_{demo.name}_{memory(demo).round}")
    if title is not None:
        begin(demo, titles[title])


def _draw_thing(demo: Demo, mine: Memory, thing: Thing, place: int) -> None:
    """One thing's name, its examples, and the ways to give more."""
    key, said = f"{mine.round}_{thing.number}", ways(demo).said
    thing.name = str(st.text_input(said.NAME.format(number=place), thing.name, key=f"teach_name_{key}",
                                   max_chars=LONGEST_NAME)).strip()
    name, count = thing.name or said.NAME_OF.format(number=place), len(thing.examples)
    alt = said.ALT_EXAMPLES.format(count=count, name=name)
    if count:
        pictures = "".join(f'<img src="{shown}" alt="">' for _, shown in thing.examples)
        st.html(f'<div class="dl-examples" role="img" aria-label="{escape(alt)}">{pictures}</div>')
    if count and demo.inputs[0].kind == "sound":  # one after the other
        st.audio(wav_of(b"".join(data for data, _ in thing.examples)), format="audio/wav", alt=alt)
    st.caption(said.COUNT.format(count=count))
    more = f"teach_files_{key}_{count}_{len(mine.said)}"
    st.file_uploader(said.GIVE.format(number=place), key=more, accept_multiple_files=True, max_upload_size=MAX_UPLOAD_MB,
                     on_change=_take_files, args=(demo, mine, thing, more))
    if secure() and st.toggle(said.DEVICE.format(number=place), key=f"teach_device_on_{key}"):
        _draw_device(demo, mine, thing, f"teach_device_{key}_{count}")
    with st.container(horizontal=True, gap="small"):
        if count:
            st.button(said.CLEAR, key=f"teach_clear_{key}", on_click=thing.examples.clear)
        if len(mine.things) > FEWEST_NAMES:
            st.button(said.DROP, key=f"teach_drop_{key}", icon=":material/close:", on_click=mine.things.remove, args=(thing,))


def _draw_device(demo: Demo, mine: Memory, thing: Thing, key: str) -> None:
    """The camera or the microphone; what it took goes the way of a file."""
    if demo.inputs[0].kind == "sound":
        st.audio_input(ways(demo).said.RECORD, key=key, sample_rate=16000, on_change=_take_shot, args=(mine, thing, key))
    else:
        st.camera_input(words.CAMERA_SHOT, key=key, resolution="720p", on_change=_take_shot, args=(mine, thing, key))


def _take_files(demo: Demo, mine: Memory, thing: Thing, key: str) -> None:
    """Put the files in the line; the widget gets a new name afterwards, so that the files themselves are let go."""
    files = [one.getvalue() for one in st.session_state.get(key) or []]
    mine.said = []
    many, heavy = queue(mine, thing, files)
    name, said = thing.name or "?", ways(demo).said
    if many:
        mine.said.append(said.TOO_MANY.format(name=name, left=many))
    if heavy:
        mine.said.append(said.TOO_HEAVY.format(mb=MOST_MB, left=heavy))


def _take_shot(mine: Memory, thing: Thing, key: str) -> None:
    shot = st.session_state.get(key)
    if shot is not None:
        mine.said = []
        queue(mine, thing, [shot.getvalue()])


def _missing(said: ModuleType, things: list[Thing]) -> list[str]:
    """What is still needed before teaching, in words."""
    needed = []
    for place, thing in enumerate(things, start=1):
        if not thing.name:
            needed.append(said.NEEDS_NAME.format(number=place))
        if len(thing.examples) < FEWEST:
            needed.append(said.NEEDS_EXAMPLES.format(count=FEWEST - len(thing.examples), number=place))
    return needed


def _read_waiting(demo: Demo, mine: Memory) -> None:
    """Have the worker read the files in the line, one after the other; those that are none are named by number."""
    if not mine.waiting:
        return
    bar, bad, said = st.progress(0.0), 0, ways(demo).said
    while mine.waiting:
        number, place, data = mine.waiting[0]
        done = mine.all_waiting - len(mine.waiting)
        bar.progress(done / mine.all_waiting, said.READING.format(number=done + 1, all=mine.all_waiting))
        job = ask_part(demo.name, demo.method("deep").key, "take", {demo.inputs[0].name: data})
        job.wait(WAIT_S)
        mine.waiting.pop(0)
        thing = mine.thing(number)
        if thing is None:
            continue
        if job.done and job.error is None:
            _add(demo, mine, thing, job.result(0).result)
        else:
            bad += 1
            if bad <= BAD_SHOWN:
                mine.said.append(said.EXAMPLE_BAD.format(number=place, name=thing.name or "?", why=job.error or ""))
    if bad > BAD_SHOWN:
        mine.said.append(said.MORE_BAD.format(count=bad - BAD_SHOWN))
    st.rerun(scope="app")


def _add(demo: Demo, mine: Memory, thing: Thing, taken: Any) -> None:
    """Keep what the worker made of a file, and tell where that was several examples, or too many."""
    kept, said, name = ways(demo).keep(taken), ways(demo).said, thing.name or "?"
    left = thing.add(kept)
    if len(kept) > 1:
        mine.said.append(said.SEVERAL.format(count=len(kept), name=name))
    if left:
        mine.said.append(said.TOO_MANY.format(name=name, left=left))


def _ask(mine: Memory) -> None:
    mine.said, mine.asked = [], lesson_given(mine.things)


def _job(demo: Demo, asked: Given) -> Asked:
    return ask(demo.name, demo.method("deep").key, asked, "part", "teach")


def _learn(demo: Demo, mine: Memory) -> None:
    """Wait for the lesson that was asked for, with how far it is and Stop; then the whole page uses it."""
    if mine.asked is None:
        return
    job, began = _job(demo, mine.asked), time.monotonic()
    stop, bar = st.empty(), st.empty()
    if not job.done:
        stop.button(words.STOP, key="teach_stop", icon=":material/stop:", on_click=stop_all)
    count, said = sum(len(thing.examples) for thing in mine.things), ways(demo).said
    while not job.wait(0.1):
        looking = job.partial is None or not job.partial.result.data
        bar.progress(min(job.fraction, 1.0), said.LEARNING.format(count=count) if looking else said.CHECKING)
    stop.empty()
    mine.asked = None
    if job.error is not None:
        mine.said = [str(job.error)]
        return
    _taught(demo, mine, job.result(0).result)
    mine.took_s = job.result(0).seconds or time.monotonic() - began
    st.rerun(scope="app")


def _taught(demo: Demo, mine: Memory, lesson: Lesson) -> None:
    """Ask about the new lesson from now on; what is at hand stays where the things are those of before."""
    now = given(demo)
    known = mine.lesson.names if mine.lesson else ()
    ready = mine.start and now.digest.startswith("sample:") or lesson.names == known
    mine.lesson = lesson
    use(demo, now, lesson.data, None if ready else ways(demo).as_file(mine.things[0].examples[0][0]))


def _keep(demo: Demo, mine: Memory) -> None:
    """What is known now; save it, open another one, forget everything."""
    said = ways(demo).said
    if mine.lesson is not None:
        names = ", ".join(said.KNOWS_EACH.format(name=name, count=count)
                          for name, count in zip(mine.lesson.names, mine.lesson.counts))
        took = " " + said.TOOK.format(seconds=seconds(mine.took_s), count=sum(mine.lesson.counts)) if mine.took_s else ""
        st.html(f'<p class="dl-sure">{escape(said.KNOWS.format(names=names) + took)}</p>')
    with st.container(horizontal=True, gap="small", key="teach_keep"):
        if mine.lesson is not None:
            st.download_button(said.SAVE, mine.lesson.data, file_name=said.SAVE_FILE, mime="application/octet-stream",
                               key="teach_save", icon=":material/download:", on_click="ignore")
        with st.popover(said.OPEN):
            key = f"teach_open_{demo.name}_{mine.round}"
            st.file_uploader(said.OPEN, key=key, help=said.OPEN_HELP, max_upload_size=MAX_UPLOAD_MB, on_change=_open,
                             args=(demo, mine, key))
        st.button(said.FORGET, key="teach_forget", icon=":material/delete_forever:", on_click=forget, args=(demo,))
    st.caption(said.KEPT)


def _open(demo: Demo, mine: Memory, key: str) -> None:
    """Have the worker check a saved file, and use it."""
    file = st.session_state.get(key)
    if file is None:
        return
    job = ask_part(demo.name, demo.method("deep").key, "open", {"taught": file.getvalue()})
    job.wait(WAIT_S)
    if job.error is not None or not job.done:
        mine.said = [str(job.error or words.WORKING)]
        return
    mine.lesson, mine.took_s, mine.said, mine.changed = job.result(0).result, 0.0, [], True
    use(demo, given(demo), mine.lesson.data, None)
