"""What only the browser knows before a show: camera, microphone, screen, clicker, sound; asked and shown in the page alone."""

from __future__ import annotations

import streamlit as st

from pages.ui import green_light_words as said

ROWS = ("address", "devices", "try", "screen", "clicker", "sound")
_BUTTONS = {"try": ("ask", said.IN_BROWSER["try"]), "sound": ("tone", said.IN_BROWSER["tone"])}
_HTML = "".join(f'<div class="row" data-row="{row}"><span class="state"></span><div><b></b><p role="status"></p>'
                f'{"<button class={}>{}</button>".format(*_BUTTONS[row]) if row in _BUTTONS else ""}'
                f'{"<div class=letters></div>" if row == "screen" else ""}</div></div>' for row in ROWS)
CSS = """
.row { display: grid; grid-template-columns: 7rem 1fr; gap: .2rem 1rem; padding: .7rem 0; border-bottom: 1px solid var(--line, #8886);
  align-items: start; }
@media (max-width: 700px) { .row { grid-template-columns: 1fr; } }
.row p { margin: .1rem 0 .3rem; max-width: 46em; line-height: 1.45; }
.state { justify-self: start; white-space: nowrap; font-weight: 600; border-radius: 99px; padding: .1rem .6rem;
  background: color-mix(in srgb, var(--tone, #8a867c) 22%, transparent); }
.state.fine { --tone: #4DAC26; } .state.wrong { --tone: #D7301F; } .state.slow { --tone: #B08900; }
button { font: inherit; padding: .3rem 1.1rem; border-radius: .6rem; border: 1px solid currentColor; background: transparent;
  color: inherit; cursor: pointer; }
button:focus-visible { outline: 3px solid currentColor; outline-offset: 2px; }
.letters { font-weight: 600; line-height: 1.3; overflow-wrap: anywhere; }
"""
_JS = """
export default function({ parentElement, data }) {
  const root = parentElement, words = data.words, kept = root.kept || (root.kept = { keys: [] });
  const row = name => root.querySelector(`[data-row=${name}]`);
  const fill = (text, values) => text.replace(/{(\\w+)}/g, (_, key) => values[key]);
  const show = (name, state, values = {}) => {
    const at = row(name);
    at.dataset.state = state;
    at.querySelector('.state').className = `state ${state}`;
    at.querySelector('.state').textContent = words[state];
    at.querySelector('b').textContent = words[name];
    at.querySelector('p').textContent = fill(words[`${name}_${state}`], values);
  };
  const media = window.isSecureContext && navigator.mediaDevices;
  async function devices() {
    show('address', media ? 'fine' : 'wrong');
    if (!media) { show('devices', 'wrong'); return; }
    const there = await navigator.mediaDevices.enumerateDevices();
    const count = kind => there.filter(one => one.kind === kind).length;
    const found = { cameras: count('videoinput'), microphones: count('audioinput') };
    show('devices', found.cameras && found.microphones ? 'fine' : 'slow', found);
  }
  async function ask() {
    const names = [];
    let error = '';
    for (const wanted of [{ video: true }, { audio: true }]) try {
      if (!media) throw new DOMException('', 'NotAllowedError');
      const stream = await navigator.mediaDevices.getUserMedia(wanted);
      for (const track of stream.getTracks()) {
        const size = track.getSettings();
        names.push((track.label || track.kind) + (size.width ? ` (${size.width} × ${size.height})` : ''));
        track.stop();
      }
    } catch (problem) { error = problem.name; }
    show('try', names.length > 1 ? 'fine' : names.length ? 'slow' : 'wrong', { names: names.join(', '), error });
  }
  function screen_() {
    const dense = window.devicePixelRatio, size = (w, h) => `${Math.round(w * dense)} × ${Math.round(h * dense)}`;
    const letters = Math.max(24, .0125 * window.innerWidth);  // as on the stage
    const whole = window.innerWidth >= .9 * screen.width;
    show('screen', whole ? 'fine' : 'slow', { screen: size(screen.width, screen.height),
      window: size(window.innerWidth, window.innerHeight), letters: Math.round(letters * dense) });
    const line = root.querySelector('.letters');
    line.textContent = words.size; line.style.fontSize = `${letters}px`;
  }
  function keys(event) {
    const on = ['PageDown', 'ArrowRight'], back = ['PageUp', 'ArrowLeft'], plain = ['Tab', 'Shift', 'Enter', ' '];
    if (!event.isTrusted || plain.includes(event.key) || event.key.length === 1) return;
    const typing = event.target.closest && event.target.closest('input, textarea');
    if (typing) return;
    if (!kept.keys.includes(event.key)) kept.keys.push(event.key);
    clicker();
  }
  function clicker() {
    const on = kept.keys.some(key => ['PageDown', 'ArrowRight'].includes(key));
    const back = kept.keys.some(key => ['PageUp', 'ArrowLeft'].includes(key));
    show('clicker', on && back ? 'fine' : on || back ? 'slow' : kept.keys.length ? 'wrong' : 'open', { keys: kept.keys.join(', ') });
  }
  async function tone() {
    try {
      const sound = new AudioContext(), wave = sound.createOscillator(), volume = sound.createGain();
      await sound.resume();
      volume.gain.value = .2;
      wave.frequency.value = 440;
      wave.connect(volume).connect(sound.destination);
      wave.start(); wave.stop(sound.currentTime + .7);
      wave.onended = () => { show('sound', 'fine'); sound.close(); };
    } catch { show('sound', 'wrong'); }
  }
  root.querySelector('.ask').onclick = ask;
  root.querySelector('.tone').onclick = tone;
  if (!kept.begun) { kept.begun = true; show('try', 'open'); show('sound', 'open'); }
  devices(); screen_(); clicker();
  window.addEventListener('keydown', keys, true);
  window.addEventListener('resize', screen_);
  return () => { window.removeEventListener('keydown', keys, true); window.removeEventListener('resize', screen_); };
}
"""
_browser = st.components.v2.component("this_browser", html=_HTML, css=CSS, js=_JS)


def draw_browser() -> None:
    """A row for each thing, filled in by the browser."""
    st.header(said.BROWSER, anchor=False)
    st.markdown(said.BROWSER_SAID)
    _browser(data={"words": said.IN_BROWSER}, key="this_browser")
