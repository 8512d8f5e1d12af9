"""Pictures coming out of the noise, played in the browser without asking the server."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from demos.picture_results import Made, png_uri
from pages.ui import player, words

_HTML = f'<div class="panels"></div>{player.html(words.MADE_MOMENT)}'
_CSS = f"""
.panels {{ display: flex; flex-wrap: wrap; gap: 1rem 2rem; }}
figure {{ margin: 0; flex: 1 1 14rem; max-width: 26rem; }}
figcaption {{ margin-bottom: .35rem; font-weight: 600; }}
canvas {{ width: 100%; display: block; image-rendering: pixelated; }}
{player.CSS}"""
_JS = player.JS + """
export default function({ parentElement, data }) {
  const root = parentElement, panels = root.querySelector('.panels'), [count, wide, high] = data.size;
  const gap = Math.max(2, Math.round(wide / 14));
  const columns = Math.ceil(Math.sqrt(count)), rows = Math.ceil(count / columns);
  panels.replaceChildren();
  const drawn = data.panels.map(panel => {
    const figure = document.createElement('figure'), title = document.createElement('figcaption');
    const canvas = document.createElement('canvas');
    canvas.width = columns * (wide + gap) - gap; canvas.height = rows * (high + gap) - gap;
    canvas.setAttribute('role', 'img'); canvas.setAttribute('aria-label', panel.alt);
    title.textContent = panel.title; figure.append(title, canvas); panels.append(figure);
    const images = panel.frames.map((uri, number) => {
      const image = new Image();
      image.onload = () => { if (number === player.kept.at) player.show(false); };
      image.src = uri; return image;
    });
    return { pen: canvas.getContext('2d'), images };
  });
  function draw(at) {
    for (const { pen, images } of drawn) {
      const image = images[at];
      if (!image.complete) continue;
      for (let n = 0; n < count; n++)
        pen.drawImage(image, n * wide, 0, wide, high, n % columns * (wide + gap),
                      Math.floor(n / columns) * (high + gap), wide, high);
    }
  }
  const player = controls(root, data, draw);
  player.show(false);
  return player.stop;
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
    count, height, width = made.frames.shape[1:4]
    pace = min(SLOWEST_S, WHOLE_S / len(made.frames))
    data = {"panels": panels, "size": [count, width, height],
            **player.played(list(made.captions), pace, True, id(made))}
    st.session_state["_made"] = (made, data)
    return data


def made_view(made: Made, key: str) -> None:
    """Draw the way of the pictures from the first moment to the last, and say what to see in it."""
    if len(made.frames) > 1:
        _component(data=_data(made), key=key)
        st.caption(words.MADE_SAID.format(count=made.frames.shape[1]))
