"""What the face page keeps for a visitor: named faces, the lock's owner. In this session's memory only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import streamlit as st

from demos.base import Demo, Method
from demos.face_recognition import words
from demos.face_recognition.naming import Faces
from demos.media import MAX_UPLOAD_MB
from demos.samples import sample_inputs
from pages.ui.asks import ask_part, forget_everything
from pages.ui.images import data_uri
from pages.ui.inputs import empty_widgets, secure
from pages.ui.words import CAMERA_SHOT, INSECURE

KEY = "face_memory"
WAIT_S = 60
THUMB = 120  # px


@dataclass(frozen=True)
class Kept:
    """One face: its 128 numbers and a small picture of it as a data address."""

    vector: np.ndarray
    picture: str


@dataclass
class Memory:
    """Everything kept for this visit; `round` changes the names of the widgets, so that forgetting empties them."""

    round: int = 0
    group: bytes | None = None
    known: dict[str, list[Kept]] = field(default_factory=dict)
    samples_named: bool = False
    owner: Kept | None = None
    tried: Faces | None = None
    said: str = ""  # what to tell about the last face that was given a name
    lock_said: str = ""  # and about the last one before the lock


def memory() -> Memory:
    """This session's."""
    return st.session_state.setdefault(KEY, Memory())


def forget(demo: Demo) -> None:
    """Wipe names, faces, numbers, the photos given to this page, and the worker's copies of them."""
    number = memory().round
    forget_everything(demo.name)
    empty_widgets(demo)
    st.session_state.pop("_views", None)
    st.session_state[KEY] = Memory(round=number + 1, samples_named=True, said=words.FORGOTTEN)


def sample_bytes(demo: Demo, key: str, name: str = "second") -> bytes:
    """A file of one of the demo's samples."""
    return sample_inputs(demo, next(sample for sample in demo.samples if sample.key == key))[name]


def find_faces(demo: Demo, deep: Method, data: bytes) -> Faces | str:
    """The faces in a photo, or the sentence why there is no answer; waits for it, a second or so."""
    job = ask_part(demo.name, deep.key, "find", {"image": data})
    job.wait(WAIT_S)
    if job.error is not None or not job.done:
        return str(job.error or words.SLOW)
    return job.result(0).result


def kept(faces: Faces, number: int = 0) -> Kept:
    """One of the faces, the largest by default, to be remembered."""
    return Kept(faces.vectors[number], data_uri(faces.chips[number], THUMB))


def photo_widgets(key: str, label: str, take: Callable[[bytes], Any]) -> None:
    """Upload, and after agreeing the camera; `take` is given the photo's bytes, once for each photo."""
    name = f"face_{key}_{memory().round}"

    def given(widget: str) -> None:
        value = st.session_state.get(widget)
        if value is not None:
            take(value.getvalue())

    st.file_uploader(label, key=f"{name}_file", max_upload_size=MAX_UPLOAD_MB, on_change=given, args=(f"{name}_file",))
    if not secure():
        st.caption(INSECURE.format(what="camera"))
    elif st.toggle(words.BY_CAMERA, key=f"{name}_on") and st.checkbox(words.CONSENT, key=f"{name}_agreed"):
        st.camera_input(CAMERA_SHOT, key=f"{name}_camera", resolution="720p", on_change=given, args=(f"{name}_camera",))
