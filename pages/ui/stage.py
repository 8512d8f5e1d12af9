"""The stage: the page alone and large, one line below, keys that walk a talk; and the speaker's notes, in step with it.

Every beat is an address of its own, so the browser's Back restores it as it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

import streamlit as st

from demos.stage import Talk, list_talks
from pages.ui import bet
from pages.ui import stage_words as said

_JS = """
export default function({ data }) {
  const channel = new BroadcastChannel('dl-stage');
  const open = url => { if (url) window.location.assign(url); };
  const step = way => {
    if (data.notes) channel.postMessage({ go: way });  // the stage moves, and tells these notes
    else open(way > 0 ? data.on : data.back);
  };
  const keys = event => {
    const at = event.target, typing = at.closest && at.closest('input, textarea, [contenteditable], [role=slider]');
    if (event.key === 'PageDown' || (event.key === 'ArrowRight' && !typing)) { event.preventDefault(); step(1); }
    else if (event.key === 'PageUp' || (event.key === 'ArrowLeft' && !typing)) { event.preventDefault(); step(-1); }
    else if (event.key === 'Escape' && !typing && !data.notes) open('/stage');
  };
  window.addEventListener('keydown', keys, true);
  document.documentElement.dataset.listens = data.here;
  if (data.notes) channel.onmessage = ({ data: told }) => {
    if (told.here && told.here !== data.here) window.location.replace(told.notes);
  };
  else {
    channel.onmessage = ({ data: told }) => { if (told.go) step(told.go); };
    channel.postMessage({ here: data.here, notes: data.mine });
  }
  let tries = 0;
  const look = data.scroll ? setInterval(() => {
    const head = [...document.querySelectorAll('h2')].find(one => one.textContent.trim() === data.scroll);
    if (head) head.scrollIntoView({ block: 'start' });
    if ((head && tries > 12) || ++tries > 60) clearInterval(look);
  }, 120) : 0;
  return () => { clearInterval(look); window.removeEventListener('keydown', keys, true); channel.close(); };
}
"""
_keys = st.components.v2.component("stage_keys", html="<span></span>", js=_JS)
_CSS = """
html { font-size: max(24px, 1.25vw); }
[data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stExpandSidebarButton"] { display: none !important; }
[data-testid="stMainBlockContainer"] { padding-top: 1rem; padding-bottom: 7rem; max-width: 100%; }
.dl-stage { position: fixed; left: 0; right: 0; bottom: 0; z-index: 1000; background: var(--ink); color: var(--paper); padding: .7rem 2rem;
  font-size: 1.35rem; font-weight: 600; display: flex; justify-content: space-between; gap: 2rem; align-items: baseline; }
.dl-stage span { font-size: .8rem; font-weight: 400; white-space: nowrap; }
"""


@dataclass(frozen=True)
class Standing:
    """Where a talk stands: the beat, counted from 1."""

    talk: Talk
    number: int
    notes: bool

    @property
    def back(self) -> str:
        """The address of the beat before, empty at the first."""
        return self.talk.address(self.number - 1) if self.number > 1 else ""

    @property
    def on(self) -> str:
        """The address of the beat after, empty at the last."""
        return self.talk.address(self.number + 1) if self.number < len(self.talk.beats) else ""


def standing() -> Standing | None:
    """What the page's address says of the stage; None for everybody who is on none."""
    name = st.query_params.get("stage")
    if not name:
        return None
    try:
        found = {talk.name: talk for talk in list_talks()}
    except ValueError as error:  # a speaker's own file
        st.error(said.WRONG.format(error=error))
        return None
    number = st.query_params.get("beat", "1")
    if name not in found or not number.isascii() or not number.isdigit() or not 1 <= int(number) <= len(found[name].beats):
        st.info(said.UNKNOWN)
        return None
    return Standing(found[name], int(number), st.query_params.get("notes") == "1")


def with_score(address: str) -> str:
    """The address with the rounds that were bet on so far: each beat is a page opened anew, and the score goes on."""
    return f"{address}&{urlencode(bet.carry())}" if address and bet.carry() else address


def draw_stage(at: Standing) -> None:
    """Make the page large, put the line below it, and listen to the keys."""
    beat = at.talk.beats[at.number - 1]
    count = said.STEP.format(number=at.number, count=len(at.talk.beats))
    st.html(f'<style>{_CSS}</style><div class="dl-stage" role="status">{escape(beat.line)}<span>{count}</span></div>')
    _keys(data={"on": with_score(at.on), "back": with_score(at.back), "scroll": beat.scroll, "here": f"{at.talk.name} {at.number}",
                "mine": at.talk.address(at.number, notes=True), "notes": False}, key="stage_keys", height=1)


def draw_notes(at: Standing) -> None:
    """What the speaker sees: the line, what to say, what comes next."""
    beats, beat = at.talk.beats, at.talk.beats[at.number - 1]
    begin = sum(one.minutes for one in beats[:at.number - 1])
    st.html(f'<p class="dl-kind">{escape(at.talk.title)}: {said.STEP.format(number=at.number, count=len(beats))}</p>')
    st.title(beat.line, anchor=False)
    st.html(f'<p class="dl-lede">{escape(beat.say)}</p>'.replace("\n\n", '</p><p class="dl-lede">'))
    st.caption(said.MINUTES.format(minutes=beat.minutes, begin=begin, all=at.talk.minutes))
    follows = said.NEXT.format(line=beats[at.number].line) if at.number < len(beats) else said.LAST
    st.html(f'<div class="dl-told">{escape(follows)}</div>')
    _keys(data={"on": "", "back": "", "scroll": "", "here": f"{at.talk.name} {at.number}", "mine": "", "notes": True},
          key="stage_keys", height=1)
