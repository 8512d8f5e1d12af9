"""What the driving scene alone has: its layers one by one, a road to be drawn, and a drive or a film."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from demos.base import Demo, Method
from demos.driving_scene import words
from demos.film import Film
from demos.jobs import Look
from demos.media import MAX_UPLOAD_MB
from demos.results import Scene
from pages.ui import words as frame
from pages.ui.asks import Asked, Given, ask, ask_part, settle
from pages.ui.film_view import film_view, kind_of
from pages.ui.found import found_html
from pages.ui.place import Place

KINDS = {words.PEDESTRIANS: "pedestrians", words.VEHICLES: "vehicles", words.SIGNS: "signs", words.LANE: "lane"}
SWITCHES = tuple((kind, title) for title, kind in KINDS.items())


def draw_road(demo: Demo, classical: Method, deep: Method, given: Given) -> None:
    """The three parts, one below the other."""
    methods = {"classical": classical, "deep": deep}
    st.header(words.ALL_IN_LAYERS, anchor=False)
    st.caption(words.LAYERS_CAPTION)
    _layers(demo, methods, given)
    st.header(words.DRAW_ROAD, anchor=False)
    st.caption(words.DRAW_CAPTION)
    _own_road(demo, methods)


def only(scene: Scene, layers: list[str]) -> Scene:
    """What belongs to the chosen layers."""
    wanted = {KINDS[layer] for layer in layers}
    kept = [number for number, name in enumerate(scene.names) if kind_of(name) in wanted]
    return Scene(scene.xyxy[kept], tuple(scene.names[number] for number in kept), scene.scores[kept],
                 lanes=scene.lanes if "lane" in wanted else ())


def sentence(layer: str, scene: Scene) -> str:
    """The count of a layer and what to know about it."""
    names = [name for name in scene.names if kind_of(name) == KINDS[layer]]
    if layer == words.LANE:
        return words.SAYS_LAYER[layer].format(count=min(2, len(scene.lanes)))
    if layer == words.SIGNS and not names:
        return words.NO_SIGNS
    return words.SAYS_LAYER[layer].format(count=len(names), names=", ".join(names))


@st.fragment
def _layers(demo: Demo, methods: dict[str, Method], given: Given) -> None:
    """The picture with the chosen layers of both methods, and a sentence for each."""
    chosen = st.pills(words.SHOW, words.LAYERS, selection_mode="multi", default=words.LAYERS,
                      key=f"layers_{demo.name}", persist_state="session")
    jobs = {family: ask(demo.name, method.key, given) for family, method in methods.items()}
    look = ask(demo.name, methods["classical"].key, given, "look")
    places = {family: Place(column.container(key=f"layers_said_{family}"))
              for family, column in zip(jobs, st.columns(2, gap="large"))}

    def draw(family: str) -> None:
        job = jobs[family]
        if not (look.done and job.done) or look.error or job.error:
            return
        scene = job.result(0).result
        rows = "".join(f"<li><b>{escape(layer)}:</b> {escape(sentence(layer, scene))}</li>" for layer in chosen)
        places[family].html(f'<div class="dl-kind"><span class="dl-dot {family}"></span>{frame.FAMILY[family]}</div>'
                            f"{found_html(look.result(0), {family: only(scene, chosen)})}<ul>{rows}</ul>")

    settle([(job, lambda _, family=family: draw(family)) for family, job in jobs.items()]
           + [(look, lambda _: [draw(family) for family in jobs])])


@st.fragment
def _own_road(demo: Demo, methods: dict[str, Method]) -> None:
    """Sliders, the drawn road with both answers and the lane's error; then a drive along it."""
    part = next(part for part in demo.parts if part.key == "road")
    settings: dict[str, Any] = {}
    for column, item in zip(st.columns(len(part.inputs)), part.inputs):
        settings[item.name] = column.slider(item.label, item.low, item.high, item.default, 0.1,
                                            key=f"road_{item.name}")
    jobs = {family: ask_part(demo.name, method.key, "road", settings) for family, method in methods.items()}
    places = {family: Place(column) for family, column in zip(jobs, st.columns(2, gap="large"))}
    settle([(job, lambda job, family=family: _draw_road(places[family], family, job)) for family, job in jobs.items()])
    _drive(demo, methods, settings)


def _draw_road(place: Place, family: str, job: Asked) -> None:
    """One method's answer on the drawn road."""
    kind = f'<div class="dl-kind"><span class="dl-dot {family}"></span>{frame.FAMILY[family]}</div>'
    if not job.done:
        place.html(f'{kind}<div class="dl-wait" role="status">{frame.WORKING}</div>')
    elif job.error is not None:
        place.html(f'{kind}<div class="dl-wait" role="alert">{escape(str(job.error))}</div>')
    else:
        film: Film = job.result(0).result
        lane = words.NO_LANE if film.error_px is None else words.ERROR.format(lines=film.lines[0], error=film.error_px)
        look = Look("picture", film.frames[0], film.size)
        place.html(f"{kind}{found_html(look, {family: film.found[0]})}<p>{escape(lane)}</p>")


def _drive(demo: Demo, methods: dict[str, Method], settings: dict[str, Any]) -> None:
    """A drive along the drawn road, or the visitor's own film, once it is asked for."""
    st.header(words.DRIVE, anchor=False)
    st.caption(words.DRIVE_CAPTION)
    left, right = st.columns(2, gap="large")
    if left.button(words.DRIVE_BUTTON, icon=":material/play_arrow:", key="drive_button"):
        st.session_state["drive_asked"] = ("drive", dict(settings))
    with right:
        given = st.file_uploader(words.FILM_UPLOAD, key="film_upload", max_upload_size=MAX_UPLOAD_MB)
        st.caption(words.FILM_ACCEPTED.format(mb=MAX_UPLOAD_MB))
    if given is not None and st.session_state.get("film_id") != given.file_id:
        st.session_state["film_id"] = given.file_id
        st.session_state["drive_asked"] = ("film", {"video": given.getvalue()})
    asked = st.session_state.get("drive_asked")
    if asked is None:
        return
    jobs = {family: ask_part(demo.name, method.key, asked[0], asked[1]) for family, method in methods.items()}
    shown, said = st.container(), Place()
    settle([(job, lambda _: _tell(said, jobs, methods)) for job in jobs.values()])
    films = {family: job.result(0).result for family, job in jobs.items() if job.error is None}
    if films:
        with shown:
            film_view(films, frame.FAMILY, SWITCHES, words.FILM_ALT, key="film")


def _tell(place: Place, jobs: dict[str, Asked], methods: dict[str, Method]) -> None:
    """How far each method is, and its pictures a second."""
    rows = []
    for family, job in jobs.items():
        dot = f'<span class="dl-dot {family}"></span>'
        if job.error is not None:
            rows.append(f'<p role="alert">{dot}{escape(str(job.error))}</p>')
        elif not job.done:
            rows.append(f'<p role="status">{dot}{escape(words.WATCHING)} {100 * job.fraction:.0f} %</p>')
        else:
            film: Film = job.result(0).result
            lane = "" if film.error_px is None else words.LANE_OFF.format(
                error=film.error_px, found=film.lines[0], of=film.lines[1])
            rows.append(f"<p>{dot}" + escape(words.PER_SECOND.format(
                who=methods[family].title, rate=film.per_second, lane=lane)) + "</p>")
    place.html("".join(rows))
