"""The picture of a sound that the network really sees, with the words under their sounds, each to be pressed.

A component of our own, because a press must be heard at once: it plays the page's own player from
the word's start to its end, without asking the server.
"""

from __future__ import annotations

import streamlit as st

from demos.drawn import spectrogram
from demos.results import Segment, Transcript, View
from pages.ui import words
from pages.ui.images import data_uri
from pages.ui.style import solid

_HTML = (f'<div class="scroll" role="region" tabindex="0" aria-label="{words.MEL_NAME}"><div class="wide">'
         f'<img alt="{words.MEL_ALT}"><div class="words"></div></div></div>')
_CSS = """
.scroll { overflow-x: auto; padding-bottom: .5rem; }
.wide { position: relative; }
img { display: block; width: 100%; height: 13rem; border-radius: .75rem; object-fit: fill; }
.words { position: relative; margin-top: .35rem; }
button { position: absolute; border: 1px solid var(--st-border-color, #8886); border-radius: .4rem; cursor: pointer;
  font: inherit; font-size: .95rem; padding: .1rem .3rem; background: transparent; color: inherit; white-space: nowrap; }
button:hover, button.on { border-color: currentColor; text-decoration: underline; }
button:focus-visible { outline: 3px solid currentColor; }
"""
_JS = """
export default function({ parentElement, data }) {
  const root = parentElement, wide = root.querySelector('.wide'), row = root.querySelector('.words');
  const image = root.querySelector('img');
  const scroll = root.querySelector('.scroll');
  image.src = data.image;
  wide.style.width = Math.max(scroll.clientWidth || 300, data.seconds * 105) + 'px';
  row.replaceChildren();
  const player = () => document.querySelector('.st-key-' + data.player + ' audio');
  const ends = [];  // where each row of words ends, in pixels
  const width = wide.getBoundingClientRect().width || 300;
  let timer = null;
  for (const [start, end, text, sure, name, solid] of data.words) {
    const b = document.createElement('button');
    b.textContent = text;
    b.title = sure;
    b.setAttribute('aria-label', name);
    b.style.opacity = solid;
    row.append(b);
    const left = Math.min(start / data.seconds * width, width - b.offsetWidth);
    let level = ends.findIndex(e => e <= left);
    if (level < 0) { level = ends.length; ends.push(0); }
    ends[level] = left + b.offsetWidth + 3;
    b.style.left = left + 'px';
    b.style.top = level * 2.1 + 'rem';
    b.onclick = () => {
      const audio = player();
      if (!audio) return;
      clearInterval(timer);
      row.querySelectorAll('.on').forEach(o => o.classList.remove('on'));
      b.classList.add('on');
      audio.currentTime = Math.max(0, start - 0.03);
      audio.play();
      timer = setInterval(() => { if (audio.currentTime >= end + 0.05 || audio.paused) {
        audio.pause(); clearInterval(timer); b.classList.remove('on'); } }, 20);
    };
  }
  row.style.height = Math.max(1, ends.length) * 2.1 + 'rem';
  return () => clearInterval(timer);
}
"""
_component = st.components.v2.component("sound_view", html=_HTML, css=_CSS, js=_JS)
PLAYER = "player"  # key of the container that holds the page's player


def sound_view(view: View, heard: Transcript | None) -> None:
    """Draw a `Spectrogram` view with the words of the transcript under their sounds."""
    rows = [_row(word) for word in (heard.words if heard else ())]
    picture = data_uri(spectrogram(view.result.values), side=max(600, min(3000, view.result.values.shape[1])))
    _component(data={"image": picture, "seconds": max(view.result.seconds, 0.1),
                     "words": rows, "player": PLAYER}, key="sound_view")
    st.caption(f"**{view.title}.** {view.sentence} {words.PRESS_WORD if rows else ''}")


def _row(word: Segment) -> list[float | str]:
    """Begin and end in seconds, the word, how sure, how it is read out, and how solid it is drawn."""
    share = 1.0 if word.probability is None else word.probability
    sure = words.WORD_SURE.format(percent=round(100 * share))
    return [word.start_s, word.end_s, word.text, sure, words.WORD_NAME.format(word=word.text, sure=sure), round(solid(share), 3)]
