"""A talk walked in this browser: each step in a small frame until all on it is drawn, with its seconds."""

from __future__ import annotations

import streamlit as st

from demos import list_demos
from demos.check import SLOW_S
from demos.stage import Talk, list_talks
from pages.ui import green_light_words as said
from pages.ui import stage_words
from pages.ui.this_browser import CSS

WAIT_S = 60  # as long as a demo may take
_HTML = f"""
<button class="go">{said.IN_WALK["start"]}</button><p class="told" role="status"></p>
<div class="stage"></div><ol></ol>
"""
_CSS = CSS + """
.stage { position: relative; width: min(100%, 40rem); aspect-ratio: 16 / 9; overflow: hidden; border: 1px solid currentColor;
  border-radius: .75rem; margin: .5rem 0; }
.stage:empty { display: none; }
iframe { position: absolute; left: 0; top: 0; width: 1920px; height: 1080px; border: 0; transform-origin: 0 0; pointer-events: none; }
ol { list-style: none; margin: 0; padding: 0; }
li { display: grid; grid-template-columns: 7rem 1fr auto; gap: .2rem 1rem; padding: .45rem 0; border-bottom: 1px solid var(--line, #8886); }
@media (max-width: 700px) { li { grid-template-columns: 1fr; } }
.told { margin: .6rem 0; line-height: 1.5; }
"""
_JS = """
export default function({ parentElement, data }) {
  const root = parentElement, words = data.words, go = root.querySelector('.go'), told = root.querySelector('.told');
  const stage = root.querySelector('.stage'), list = root.querySelector('ol');
  const kept = root.kept || (root.kept = { number: 0, talk: '' });
  const fill = (text, values) => text.replace(/{(\\w+)}/g, (_, key) => values[key]);
  const pause = ms => new Promise(done => setTimeout(done, ms));
  const said = at => (at ? at.textContent : '').trim();
  const state = page => (page.querySelector('[data-test-script-state]') || { dataset: {} }).dataset.testScriptState;
  const whole = page => state(page) === 'notRunning' && !page.querySelector('[data-stale=true], [data-testid=stSkeleton]');
  function shown(page, step) {  // what the room should see is there: a demo's answers, any other page as a whole
    if (page.documentElement.dataset.listens !== step.here || !page.querySelector('h1')) return false;
    if (step.scroll && ![...page.querySelectorAll('h2')].some(head => said(head) === step.scroll)) return false;
    return step.demo ? page.querySelector('.dl-verdict, .dl-card [role=alert]') !== null : whole(page);
  }
  function wrong(page, step) {
    if (page.querySelector('[data-testid=stException]')) return words.broken;
    const bad = step.declines ? null : page.querySelector('[data-testid=stMain] [data-testid=stAlert], .dl-card [role=alert]');
    return bad ? fill(words.error, { error: said(bad) }) : '';
  }
  async function walk() {
    const mine = ++kept.number, steps = data.steps, took = [];
    let red = 0;
    list.textContent = ''; go.textContent = words.stop; kept.walking = true;
    for (const [number, step] of steps.entries()) {
      told.textContent = fill(words.now, { number: number + 1, count: steps.length, line: step.line });
      const frame = document.createElement('iframe');
      frame.title = words.frame; frame.tabIndex = -1;
      stage.replaceChildren(frame);
      if (!number) stage.scrollIntoView({ block: 'nearest' });  // what nobody sees a browser may stop drawing
      frame.style.transform = `scale(${stage.clientWidth / 1920})`;
      const began = performance.now(), passed = () => (performance.now() - began) / 1000;
      frame.src = step.address;
      let seconds = 0, bad = '';
      while (!bad && passed() < data.wait) {  // on after it is shown: what comes below may be red too
        await pause(50);
        if (mine !== kept.number) return;
        const page = frame.contentDocument;
        if (!page || !page.documentElement) continue;  // between the frame's empty page and the step's there is a moment without
        if (!seconds && shown(page, step)) seconds = passed();
        bad = wrong(page, step);
        if (seconds && whole(page)) break;
      }
      if (!seconds) { seconds = passed(); bad = bad || fill(words.late, { seconds: seconds.toFixed(1) }); }
      const is = bad ? 'wrong' : seconds > data.slow ? 'slow' : 'fine';
      took.push(seconds);
      red += is === 'wrong';
      const line = document.createElement('li');
      for (const [kind, text] of [[`state ${is}`, words[is]], ['', `${number + 1}. ${step.line}`],
          ['', bad || fill(words.drawn, { seconds: seconds.toFixed(1) })]]) {
        const part = document.createElement('span');
        part.className = kind; part.textContent = text;
        line.append(part);
      }
      list.append(line);
    }
    const sum = took.reduce((all, one) => all + one, 0).toFixed(1), slowest = Math.max(...took).toFixed(1);
    ended(red ? fill(words.some, { red, count: steps.length }) : fill(words.all, { count: steps.length, seconds: sum, slowest }));
  }
  function ended(text) {
    kept.number += 1; kept.walking = false;
    stage.replaceChildren(); go.textContent = words.start; told.textContent = text;
  }
  if (kept.talk !== data.talk) { kept.talk = data.talk; list.textContent = ''; ended(''); }
  go.onclick = () => kept.walking ? ended(fill(words.stopped, { count: list.children.length })) : walk();
}
"""
_walk = st.components.v2.component("walk", html=_HTML, css=_CSS, js=_JS)


def _steps(talk: Talk) -> list[dict[str, object]]:
    """Each step's address and line, what shows that it is there, and whether its sample is one to be declined."""
    demos = {demo.name: demo for demo in list_demos()}
    steps: list[dict[str, object]] = []
    for number, beat in enumerate(talk.beats, start=1):
        samples = demos[beat.page].samples if beat.page in demos else ()
        wanted = dict(beat.settings).get("sample")
        declines = any(sample.refused for sample in samples if sample.key == wanted)
        address = talk.address(number).replace("bet=1", "bet=0")  # covered answers would not show that they came
        steps.append({"address": address, "line": beat.line, "here": f"{talk.name} {number}", "demo": beat.page in demos,
                      "scroll": beat.scroll, "declines": declines})
    return steps


@st.fragment
def draw_walk() -> None:
    """Choose a talk and walk it; what the browser finds stays in the page."""
    st.header(said.WALK, anchor=False)
    st.markdown(said.WALK_SAID)
    try:
        talks = {talk.name: talk for talk in list_talks()}
    except ValueError as error:
        st.error(stage_words.WRONG.format(error=error))
        return
    name = st.pills(said.WHICH, list(talks), default="managers" if "managers" in talks else next(iter(talks)), required=True,
                    key="walk_talk", format_func=lambda one: f"{talks[one].title} ({talks[one].minutes:g} min)", wrap=True)
    _walk(data={"words": said.IN_WALK, "steps": _steps(talks[name]), "talk": name, "slow": SLOW_S, "wait": WAIT_S}, key="walk")
