"""What players in the browser share: play, pause, a slider and a caption, without asking the server.

Nothing moves by itself for visitors who asked for less motion; the slider shows them each moment.
"""

from __future__ import annotations

from html import escape
from typing import Any

from pages.ui import words

CSS = """
.row { display: flex; flex-wrap: wrap; gap: .4rem 1.1rem; align-items: center; margin-top: .8rem; max-width: 54rem; }
.row input { flex: 1 1 10rem; accent-color: currentColor; }
.row span { min-width: 11rem; font-variant-numeric: tabular-nums; }
button { font: inherit; padding: .3rem 1.1rem; border-radius: .6rem; border: 1px solid var(--st-border-color, #8888);
  background: transparent; color: inherit; cursor: pointer; min-width: 6rem; }
button:focus-visible, input:focus-visible { outline: 3px solid currentColor; }
"""
SAID = {"play": words.MADE_PLAY, "pause": words.MADE_PAUSE}
# controls(root, data, draw): draw(at, stepped) shows a moment; `stepped` when it was reached by playing
JS = """
function controls(root, data, draw) {
  const play = root.querySelector('.play'), slider = root.querySelector('input'), said = root.querySelector('.row span');
  const last = data.captions.length - 1, calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  const begins = data.begins && !calm;
  if (!root.played || root.played.id !== data.id)
    root.played = { id: data.id, at: begins ? 0 : last, playing: begins };
  const kept = root.played;
  slider.max = last;
  function show(stepped) {
    draw(kept.at, stepped && !calm);
    slider.value = kept.at; slider.setAttribute('aria-valuetext', data.captions[kept.at]);
    said.textContent = data.captions[kept.at];
    play.textContent = kept.playing ? data.words.pause : data.words.play;
  }
  play.onclick = () => {
    if (!kept.playing && kept.at === last) kept.at = 0;
    kept.playing = !kept.playing; show(false);
  };
  slider.oninput = () => { kept.playing = false; kept.at = Number(slider.value); show(false); };
  const timer = setInterval(() => {
    if (!kept.playing) return;
    if (kept.at < last) kept.at += 1; else kept.playing = false;
    show(kept.playing);
  }, 1000 * data.pace);
  return { kept, show, stop: () => clearInterval(timer) };
}
"""


def html(moment: str) -> str:
    """Play, a slider that is called `moment`, and a caption; both controls have their names before the browser has the data."""
    return (f'<div class="row"><button class="play">{words.MADE_PLAY}</button>'
            f'<input type="range" min="0" value="0" step="1" aria-label="{escape(moment)}"><span></span></div>')


def played(captions: list[str], pace: float, begins: bool, name: int | str) -> dict[str, Any]:
    """What the controls need: a caption for each moment, seconds of a moment, whether it plays by itself.

    Under another `name` it begins anew.
    """
    return {"captions": captions, "words": SAID, "pace": pace, "begins": begins, "id": name}
