"""A medical volume: which slice of it is looked at, and the whole of it to be turned about."""

from __future__ import annotations

from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from demos.base import Demo, Method
from demos.file_kinds import kind_of
from demos.inputs import PLANE, SLICE, Input
from demos.results import Volume
from pages.ui import words
from pages.ui.asks import Given, ask_part, digest, settle

AXES = {"sagittal": 0, "coronal": 1, "axial": 2}  # which axis (right, front, up) a slice lies across
EMPTY = 16  # shades darker than this are not drawn


def is_volume(value: Any) -> bool:
    """Whether this file is a volume, by its first bytes; it is read elsewhere."""
    kind = kind_of(value) if isinstance(value, bytes) else None
    return kind is not None and kind.key == "nifti"


def pick_slice(demo: Demo, item: Input, thing: Given) -> None:
    """Two pickers for the slice that is looked at, where the file of this input is a volume."""
    if PLANE not in item.settings or not is_volume(thing.inputs.get(item.name)):
        return
    keys = {one.name: f"{one.name}_{demo.name}_{item.name}" for one in item.settings}
    for one in item.settings:  # the widgets follow what is asked about, such as another file
        st.session_state[keys[one.name]] = one.read(thing.inputs.get(one.name, one.preset))

    def take() -> None:
        inputs = {**thing.inputs, **{name: st.session_state[key] for name, key in keys.items()}}
        st.session_state[f"{demo.name}_given"] = Given(inputs, digest(inputs), thing.title, thing.truth)

    names = {value: f"{value.capitalize()}, {label}" for value, label in PLANE.options}
    st.radio(words.PLANE, list(names), format_func=names.get, key=keys["plane"], on_change=take, horizontal=True)
    st.slider(words.SLICE, float(SLICE.low), float(SLICE.high), step=1.0, format="%d %%", key=keys["slice"], on_change=take)


@st.fragment
def draw_volume(demo: Demo, classical: Method, deep: Method, thing: Given) -> None:
    """The whole volume with its three planes, where a volume was given; nothing for a picture."""
    item = next(one for one in demo.inputs if one.is_file)
    if not is_volume(thing.inputs.get(item.name)):
        return
    st.header(words.VOLUME, anchor=False)
    job = ask_part(demo.name, classical.key, "volume", {"volume": thing.inputs[item.name]})
    place = st.empty()
    settle([(job, lambda now: None if now.done else place.caption(words.WORKING))])
    if job.error is not None:
        place.html(f'<div class="dl-wait" role="alert">{escape(str(job.error))}</div>')
        return
    volume = job.result(0).result
    plane, share = (thing.inputs.get(one.name, one.preset) for one in (PLANE, SLICE))
    size = " × ".join(f"{side * count:.0f}" for side, count in zip(volume.sizes, volume.values.shape))
    place.caption(words.VOLUME_CAPTION.format(plane=plane, share=float(share), size=size))
    st.plotly_chart(planes(volume, str(plane), float(share)), config={"displayModeBar": False},
                    key=f"volume_{demo.name}_{thing.digest[:16]}")


def planes(volume: Volume, plane: str, share: float) -> go.Figure:
    """Three slices that cross in space: of the chosen plane the chosen one, of the others the middle one."""
    figure = go.Figure()
    places = {name: share if name == plane else 50.0 for name in AXES}
    lengths = [side * count for side, count in zip(volume.sizes, volume.values.shape)]
    for name, axis in AXES.items():
        count = volume.values.shape[axis]
        cut = np.take(volume.values, round(places[name] / 100 * (count - 1)), axis=axis)
        first, second = (other for other in range(3) if other != axis)
        grid = np.meshgrid(*(np.linspace(0, lengths[other], cut.shape[i]) for i, other in enumerate((first, second))),
                           indexing="ij")
        points: list[Any] = [None, None, None]
        points[first], points[second] = grid
        # the empty space around a body is left out, so that one plane does not hide the others
        points[axis] = np.where(cut >= EMPTY, places[name] / 100 * lengths[axis], np.nan)
        figure.add_surface(x=points[0], y=points[1], z=points[2], surfacecolor=cut, colorscale="Gray", cmin=0, cmax=255,
                           showscale=False, name=name, hovertemplate=f"{name}<extra></extra>",
                           lighting={"ambient": 1, "diffuse": 0, "specular": 0, "fresnel": 0})
    hidden = {"visible": False}
    figure.update_layout(
        height=460, margin={"l": 0, "r": 0, "t": 0, "b": 0}, showlegend=False,
        scene={"xaxis": hidden, "yaxis": hidden, "zaxis": hidden, "aspectmode": "data",
               "camera": {"eye": {"x": 1.1, "y": 1.4, "z": 0.7}}})
    return figure
