"""What the face page alone has: finding and naming faces in a group photo, a lock, and one button that forgets all."""

from __future__ import annotations

from html import escape

import numpy as np
import streamlit as st

from demos import demo_folder
from demos.base import Demo, Method
from demos.face_recognition import CALIBRATION, words
from demos.face_recognition.calibration import DIFFERENT, SAME, Calibration, read_calibration
from demos.face_recognition.naming import UNKNOWN, Faces, Named, distance, name_faces
from demos.jobs import Look
from demos.media import as_jpeg
from demos.results import Boxes, Match
from demos.weights import locate
from pages.ui.asks import Given
from pages.ui.face_memory import Memory, find_faces, forget, kept, memory, photo_widgets, sample_bytes
from pages.ui.found import found_html
from pages.ui.results import in_counts, scale_html

MOST_ASKED = 8  # faces that are asked for a name; with more the page would be all fields
LONGEST = 40  # characters of a name


def face_tasks(demo: Demo, classical: Method, deep: Method, given: Given) -> None:
    """Draw the parts that the face page alone has."""
    calibration = read_calibration(locate(CALIBRATION, demo_folder(demo.name)), "resnet")
    find_and_name(demo, deep, calibration)
    unlock(demo, deep, calibration)
    st.space("small")
    with st.container(key="face_forget"):
        st.caption(words.KEPT_SENTENCE)
        st.button(words.FORGET, key="face_forget_all", icon=":material/delete_forever:", on_click=forget, args=(demo,))


# --- find and name ----------------------------------------------------------------------------------

@st.fragment
def find_and_name(demo: Demo, deep: Method, calibration: Calibration) -> None:
    """A group photo with the names of the faces that were told before."""
    mine = memory()
    st.header(words.FIND, anchor=False)
    st.caption(words.FIND_CAPTION)
    _name_the_samples(demo, deep, mine)
    left, right = st.columns([1, 2], gap="large")
    with left:
        photo_widgets("group", words.GROUP, lambda data: setattr(mine, "group", data))
        _new_name(demo, deep, mine)
        _known(mine)
    with right:
        faces = find_faces(demo, deep, mine.group or sample_bytes(demo, "group"))
        if isinstance(faces, str):
            st.info(faces)
        elif not faces.names:
            st.info(words.NO_FACES)
        else:
            _draw_named(faces, mine, calibration)


def _name_the_samples(demo: Demo, deep: Method, mine: Memory) -> None:
    """At the first visit two faces have a name already, so that there is something to see."""
    if mine.samples_named:
        return
    for name, key in words.SAMPLE_NAMES:
        faces = find_faces(demo, deep, sample_bytes(demo, key))
        if isinstance(faces, Faces) and faces.names:
            mine.known.setdefault(name, [kept(faces)])
    mine.samples_named = True


def _new_name(demo: Demo, deep: Method, mine: Memory) -> None:
    """A name and a photo of its face."""
    field = f"face_name_{mine.round}"
    st.text_input(words.NAME, key=field, max_chars=LONGEST, help=words.NAME_HELP)

    def remember(data: bytes) -> None:
        name = str(st.session_state.get(field, "")).strip()
        faces = find_faces(demo, deep, data) if name else words.NEEDS_NAME
        if isinstance(faces, Faces) and faces.names:
            mine.known.setdefault(name, []).append(kept(faces))
            mine.said = ""
        else:
            mine.said = faces if isinstance(faces, str) else words.NEEDS_FACE

    photo_widgets("named", words.ADD_BY_PHOTO, remember)
    if mine.said:
        st.info(mine.said)


def _known(mine: Memory) -> None:
    """The named faces, each a button that takes the name away."""
    if not mine.known:
        return
    st.caption(f"{words.KNOWN}. {words.MOVED}")
    with st.container(horizontal=True, gap="small", key="face_known"):
        for number, (name, faces) in enumerate(list(mine.known.items())):
            with st.container(horizontal=True, gap="small", vertical_alignment="center", width="content"):
                st.html(f'<img class="dl-face small" src="{faces[-1].picture}" alt="{escape(name)}">', width="content")
                st.button(name, key=f"face_drop_{mine.round}_{number}_{name}", icon=":material/close:",
                          on_click=mine.known.pop, args=(name, None))


def _draw_named(faces: Faces, mine: Memory, calibration: Calibration) -> None:
    known = {name: np.stack([one.vector for one in many]) for name, many in mine.known.items()}
    said = name_faces(faces.vectors, known, calibration.threshold)
    names = tuple("unknown" if one.name == UNKNOWN else one.name for one in said)
    lines = [words.FOUND.format(faces=f"{len(said)} faces" if len(said) != 1 else "1 face",
                                named=sum(one.name != UNKNOWN for one in said))]
    lines += [words.NEAREST.format(name=one.name, distance=one.distance,
                                   share=in_counts(calibration.how_often_same(one.distance)))
              for one in said if one.name != UNKNOWN]
    look, boxes = Look("picture", as_jpeg(faces.picture), faces.size), Boxes(faces.xyxy, names, faces.scores)
    drawn = found_html(look, {"deep": boxes}, " ".join(lines), shares=False)
    st.html(f'{drawn}<p class="dl-sure">{escape(" ".join(lines))}</p>')
    _ask_who(faces, said, mine)


def _ask_who(faces: Faces, said: list[Named], mine: Memory) -> None:
    """A field for a name beside each face that has none: tagging in the photo itself."""
    unnamed = [number for number, one in enumerate(said) if one.name == UNKNOWN][:MOST_ASKED]
    if not unnamed:
        return
    with st.container(horizontal=True, gap="medium", key="face_who"):
        for number in unnamed:
            one = kept(faces, number)
            field = f"face_who_{mine.round}_{hash(faces.vectors[number].tobytes())}"

            def tell(one=one, field=field) -> None:
                name = str(st.session_state.get(field, "")).strip()
                if name:
                    mine.known.setdefault(name, []).append(one)

            with st.container(width=200):
                st.html(f'<img class="dl-face" src="{one.picture}" alt="{words.WHO}">')
                st.text_input(words.WHO, key=field, max_chars=LONGEST, on_change=tell)


# --- unlock -----------------------------------------------------------------------------------------

@st.fragment
def unlock(demo: Demo, deep: Method, calibration: Calibration) -> None:
    """Enrol a face, then try to open the lock with another photo."""
    mine = memory()
    st.header(words.UNLOCK, anchor=False)
    st.caption(words.UNLOCK_CAPTION)

    def enrol(data: bytes) -> None:
        faces = find_faces(demo, deep, data)
        good = isinstance(faces, Faces) and bool(faces.names)
        mine.owner, mine.tried = (kept(faces) if good else None), None
        mine.lock_said = "" if good else faces if isinstance(faces, str) else words.NEEDS_FACE

    def attempt(data: bytes) -> None:
        faces = find_faces(demo, deep, data)
        mine.tried = faces if isinstance(faces, Faces) else None
        mine.lock_said = faces if isinstance(faces, str) else ""

    first, second, third = st.columns([1, 1, 1.2], gap="large")
    with first:
        st.subheader(words.ENROL, anchor=False)
        st.button(words.TAKE_SAMPLE["enrol"], key="face_enrol", on_click=enrol, args=(sample_bytes(demo, "copy", "first"),))
        photo_widgets("enrol", words.OWNERS_PHOTO, enrol)
    with second:
        st.subheader(words.TRY, anchor=False)
        with st.container(horizontal=True, gap="small"):
            for what, data in (("same", sample_bytes(demo, "copy")), ("other", sample_bytes(demo, "two")),
                               ("far", sample_bytes(demo, "far"))):
                st.button(words.TAKE_SAMPLE[what], key=f"face_try_{what}", on_click=attempt, args=(data,),
                          disabled=mine.owner is None)
        if mine.owner is not None:
            photo_widgets("try", words.TRYING_PHOTO, attempt)
    with third:
        _draw_lock(mine, calibration)


def _draw_lock(mine: Memory, calibration: Calibration) -> None:
    """The owner, the limit, and whether it opened."""
    limit = st.slider(words.STRICT, 0.3, 0.8, calibration.threshold, 0.01, key="face_limit")
    if mine.owner is None:
        st.html(f'<div class="dl-told">{escape(mine.lock_said or words.NOBODY)}</div>')
        return
    owner = f'<img class="dl-face" src="{mine.owner.picture}" alt="{words.ENROLLED}">'
    odds = words.ODDS.format(limit=limit, let_in=f"{1e4 * calibration.strangers_let_in(limit):,.0f}",
                             kept_out=f"{1e4 * calibration.owners_kept_out(limit):,.0f}")
    if mine.tried is None or not mine.tried.names:
        said = mine.lock_said or (words.NEEDS_FACE if mine.tried is not None else words.TRY_NOW)
        st.html(f'{owner}<div class="dl-told">{words.ENROLLED} {escape(said)}</div>')
        return
    far = distance(mine.tried.vectors[0], mine.owner.vector[None])
    tried = f'<img class="dl-face" src="{kept(mine.tried).picture}" alt="">'
    answer = Match((SAME, DIFFERENT) if far < limit else (DIFFERENT, SAME), np.array([1.0, 0.0]), distance=far, threshold=limit)
    st.html(f'<section class="dl-card deep" style="min-height:0"><div class="dl-pair">{owner}{tried}</div>'
            f'<div class="dl-answer">{words.OPEN if far < limit else words.SHUT}</div>{scale_html(answer)}'
            f'<div class="dl-sure">{escape(odds)}</div><div class="dl-note">{escape(words.PHOTO_FOOLS)}</div></section>')
