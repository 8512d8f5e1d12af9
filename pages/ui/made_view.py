"""Pictures coming out of the noise, played in the browser without asking the server: play, pause, a slider.

Nothing moves by itself for visitors who asked for less motion; the slider shows them each moment.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from demos.picture_results import Made, png_uri
from pages.ui import words

_HTML = """
<div class="panels"></div>
<div class="row"><button class="play"></button><input type="range" min="0" value="0" step="1"><span></span></div>
"""
_CSS = """
.panels { display: flex; flex-wrap: wrap; gap: 1rem 2rem; }
figure { margin: 0; flex: 1 1 14rem; max-width: 26rem; }
figcaption { margin-bottom: .35rem; font-weight: 600; }
canvas { width: 100%; display: block; image-rendering: pixelated; }
.row { display: flex; flex-wrap: wrap; gap: .4rem 1.1rem; align-items: center; margin-top: .8rem; max-width: 54rem; }
.row input { flex: 1 1 10rem; accent-color: currentColor; }
.row span { min-width: 11rem; font-variant-numeric: tabular-nums; }
button { font: inherit; padding: .3rem 1.1rem; border-radius: .6rem; border: 1px solid var(--st-border-color, #8888);
  background: transparent; color: inherit; cursor: pointer; min-width: 6rem; }
button:focus-visible, input:focus-visible { outline: 3px solid currentColor; }
"""
_JS = """
export default function({ parentElement, data }) {
  const root = parentElement, play = root.querySelector('.play'), slider = root.querySelector('input');
  const said = root.querySelector('span'), last = data.captions.length - 1, panels = root.querySelector('.panels');
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (!root.madeState || root.madeState.id !== data.id)
    root.madeState = { id: data.id, at: calm ? last : 0, playing: !calm };
  const kept = root.madeState, [count, wide, high] = data.size, gap = Math.max(2, Math.round(wide / 14));
  const columns = Math.ceil(Math.sqrt(count)), rows = Math.ceil(count / columns);
  slider.max = last; slider.setAttribute('aria-label', data.words.moment);
  panels.replaceChildren();
  const drawn = data.panels.map(panel => {
    const figure = document.createElement('figure'), title = document.createElement('figcaption');
    const canvas = document.createElement('canvas');
    canvas.width = columns * (wide + gap) - gap; canvas.height = rows * (high + gap) - gap;
    canvas.setAttribute('role', 'img'); canvas.setAttribute('aria-label', panel.alt);
    title.textContent = panel.title; figure.append(title, canvas); panels.append(figure);
    const images = panel.frames.map((uri, number) => {
      const image = new Image();
      image.onload = () => { if (number === kept.at) draw(); };
      image.src = uri; return image;
    });
    return { pen: canvas.getContext('2d'), images };
  });
  function draw() {
    for (const { pen, images } of drawn) {
      const image = images[kept.at];
      if (!image.complete) continue;
      for (let n = 0; n < count; n++)
        pen.drawImage(image, n * wide, 0, wide, high, n % columns * (wide + gap),
                      Math.floor(n / columns) * (high + gap), wide, high);
    }
    slider.value = kept.at; slider.setAttribute('aria-valuetext', data.captions[kept.at]);
    said.textContent = data.captions[kept.at];
    play.textContent = kept.playing ? data.words.pause : data.words.play;
  }
  play.onclick = () => {
    if (!kept.playing && kept.at === last) kept.at = 0;
    kept.playing = !kept.playing; draw();
  };
  slider.oninput = () => { kept.playing = false; kept.at = Number(slider.value); draw(); };
  draw();
  const timer = setInterval(() => {
    if (!kept.playing) return;
    if (kept.at < last) kept.at += 1; else kept.playing = false;
    draw();
  }, 1000 * data.pace);
  return () => clearInterval(timer);
}
"""
_component = st.components.v2.component("made_view", html=_HTML, css=_CSS, js=_JS)
WHOLE_S = 6.0  # seconds from the first moment to the last
SLOWEST_S = 0.6  # a moment


def strips(frames: np.ndarray) -> list[str]:
    """Each moment of `(k, n, H, W, 3)` as one picture with the n beside each other, as data addresses."""
    return [png_uri(np.concatenate([*moment], axis=1)) for moment in frames]


def _data(made: Made) -> dict[str, Any]:
    """All that the browser needs, made once in a session: each rerun of the page shows it again."""
    kept = st.session_state.get("_made")
    if kept is not None and kept[0] is made:
        return kept[1]
    alt = words.MADE_ALT.format(says=made.says, count=made.frames.shape[1])
    panels = [{"title": words.MADE_NOW, "alt": alt, "frames": strips(made.frames)}]
    if made.guesses is not None:
        panels.append({"title": words.MADE_GUESS, "alt": alt, "frames": strips(made.guesses)})
    said = {"play": words.MADE_PLAY, "pause": words.MADE_PAUSE, "moment": words.MADE_MOMENT}
    count, height, width = made.frames.shape[1:4]
    data = {"panels": panels, "captions": list(made.captions), "size": [count, width, height], "words": said,
            "pace": min(SLOWEST_S, WHOLE_S / len(made.frames)), "id": id(made)}
    st.session_state["_made"] = (made, data)
    return data


def made_view(made: Made, key: str) -> None:
    """Draw the way of the pictures from the first moment to the last, and say what to see in it."""
    if len(made.frames) > 1:
        _component(data=_data(made), key=key)
        st.caption(words.MADE_SAID.format(count=made.frames.shape[1]))
