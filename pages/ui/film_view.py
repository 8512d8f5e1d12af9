"""A film with what two methods found drawn over each picture, played in the browser without asking the server."""

from __future__ import annotations

from typing import Any

import streamlit as st

from demos.film import Film
from demos.results import Boxes, Scene
from pages.ui import player, words
from pages.ui.images import bytes_uri
from pages.ui.style import CLASSICAL, DEEP_ON_DARK

_HTML = f"""
<canvas></canvas>
<div class="row"><button class="play">{words.MADE_PAUSE}</button>
<input type="range" min="0" value="0" step="1" aria-label="{words.FILM_MOMENT}"></div>
<div class="row boxes"></div>
"""
_CSS = """
canvas { width: 100%; max-width: 60rem; height: auto; display: block; border-radius: .75rem; background: #15171A; }
.row { display: flex; flex-wrap: wrap; gap: .4rem 1.1rem; align-items: center; margin-top: .6rem; max-width: 60rem; }
.row input[type=range] { flex: 1 1 10rem; accent-color: currentColor; }
button { font: inherit; padding: .3rem 1.1rem; border-radius: .6rem; border: 1px solid var(--st-border-color, #8888);
  background: transparent; color: inherit; cursor: pointer; min-width: 6rem; }
label { display: inline-flex; gap: .4rem; align-items: center; cursor: pointer; }
label i { display: inline-block; width: 1.4rem; height: 0; border-top: 4px solid; }
label i.dashed { border-top-style: dashed; }
button:focus-visible, input:focus-visible { outline: 3px solid currentColor; }
"""
_JS = """
export default function({ parentElement, data }) {
  const root = parentElement, canvas = root.querySelector('canvas'), play = root.querySelector('.play');
  const slider = root.querySelector('input[type=range]'), row = root.querySelector('.boxes');
  const pen = canvas.getContext('2d'), images = [];
  const kept = root.filmState || (root.filmState = { at: 0, playing: true, off: new Set() });
  canvas.width = data.width; canvas.height = data.height; canvas.setAttribute('role', 'img'); canvas.setAttribute('aria-label', data.alt);
  slider.max = data.frames.length - 1;
  if (kept.at >= data.frames.length) kept.at = 0;
  data.frames.forEach((uri, number) => {
    const image = new Image(); image.src = uri; images.push(image);
    image.onload = () => { if (number === kept.at) draw(); };
  });
  const unit = Math.max(data.width, data.height) / 100;
  function stroke(colour, dashed) {
    for (const [width, style] of [[unit, '#15171A88'], [unit * .55, colour]]) {
      pen.lineWidth = width; pen.strokeStyle = style;
      pen.setLineDash(dashed && style === colour ? [unit * 1.6, unit] : []); pen.stroke();
    }
  }
  function draw() {
    const image = images[kept.at];
    if (!image || !image.complete) return;
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    for (const who of data.methods) {
      if (kept.off.has(who.key)) continue;
      const found = who.found[kept.at];
      if (!found) continue;
      if (!kept.off.has('lane')) for (const line of found.lanes) {
        pen.beginPath(); line.forEach(([x, y], n) => n ? pen.lineTo(x, y) : pen.moveTo(x, y));
        stroke(who.colour, who.dashed);
      }
      for (const [x0, y0, x1, y1, kind, name] of found.boxes) {
        if (kept.off.has(kind)) continue;
        pen.beginPath(); pen.rect(x0, y0, x1 - x0, y1 - y0); stroke(who.colour, who.dashed);
        if (kind === 'signs') {
          pen.font = `${unit * 2.4}px sans-serif`; pen.lineWidth = unit * .6; pen.setLineDash([]);
          pen.strokeStyle = '#15171A'; pen.strokeText(name, x0, y0 - unit); pen.fillStyle = who.colour;
          pen.fillText(name, x0, y0 - unit);
        }
      }
    }
    slider.value = kept.at;
  }
  row.replaceChildren();
  for (const [key, title, colour, dashed] of data.switches) {
    const label = document.createElement('label'), box = document.createElement('input');
    box.type = 'checkbox'; box.checked = !kept.off.has(key);
    box.onchange = () => { box.checked ? kept.off.delete(key) : kept.off.add(key); draw(); };
    label.append(box);
    if (colour) { const mark = document.createElement('i'); mark.style.borderColor = colour;
      if (dashed) mark.className = 'dashed'; label.append(mark); }
    label.append(title); row.append(label);
  }
  const say = () => { play.textContent = kept.playing ? data.words.pause : data.words.play; };
  play.onclick = () => { kept.playing = !kept.playing; say(); };
  slider.oninput = () => { kept.playing = false; kept.at = Number(slider.value); say(); draw(); };
  if (window.matchMedia('(prefers-reduced-motion: reduce)').matches && !kept.asked) kept.playing = false;
  kept.asked = true;
  say(); draw();
  const timer = setInterval(() => {
    if (!kept.playing) return;
    kept.at = (kept.at + 1) % data.frames.length; draw();
  }, 1000 * data.pace);
  return () => clearInterval(timer);
}
"""
_component = st.components.v2.component("film_view", html=_HTML, css=_CSS, js=_JS)
STYLES = {"classical": (CLASSICAL, True), "deep": (DEEP_ON_DARK, False)}
KINDS = {"pedestrian": "pedestrians", "vehicle": "vehicles"}


def kind_of(name: str) -> str:
    """The layer that a name belongs to; whatever is neither a person nor a vehicle is a sign."""
    return KINDS.get(name, "signs")


def film_view(films: dict[str, Film], titles: dict[str, str], layers: tuple[tuple[str, str], ...], alt: str,
              key: str) -> None:
    """Draw the films of both families (of the same pictures); `titles` name the families, `layers` the switches."""
    first = next(iter(films.values()))
    methods = [{"key": family, "colour": STYLES[family][0], "dashed": STYLES[family][1],
                "found": [_plain(found) for found in film.found]} for family, film in films.items()]
    switches: list[list[Any]] = [[family, titles[family], *STYLES[family]] for family in films]
    _component(data={"words": player.SAID, "frames": [bytes_uri(frame, "image/jpeg") for frame in first.frames], "width": first.size[0],
                     "height": first.size[1], "pace": first.frame_s, "methods": methods, "alt": alt,
                     "switches": switches + [[name, title, "", False] for name, title in layers]}, key=key)


def _plain(found: Boxes) -> dict[str, Any]:
    """What was found in one picture, for the browser."""
    boxes = [[*(round(float(side), 1) for side in box), kind_of(name), name]
             for box, name in zip(found.xyxy, found.names)]
    lanes = found.lanes if isinstance(found, Scene) else ()
    return {"boxes": boxes, "lanes": [[[round(float(x), 1), round(float(y), 1)] for x, y in lane] for lane in lanes]}
