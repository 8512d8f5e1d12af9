"""Five hospitals that send weights to and fro, and how right their networks are; played in the browser."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from demos.lessons.federated import WAYS, Federated
from pages.ui import next_words as said
from pages.ui import player
from pages.ui.style import ink, is_dark, paper, soft
from pages.ui.toy_charts import KINDS

EACH_S = 1.4  # a round
LETTERS = "ABCDE"
_HTML = (f'<div class="panels"><svg class="map" role="img" aria-label="{escape(said.HOSPITALS_ALT)}"></svg>'
         f'<svg class="lines" role="img" aria-label="{escape(said.LINES_ALT)}"></svg></div>{player.html(said.ROUND)}')
_CSS = f"""
.panels {{ display: flex; flex-wrap: wrap; gap: 1rem 3rem; }}
svg {{ flex: 1 1 17rem; max-width: 30rem; min-width: 0; height: auto; }}
text {{ font-size: 13px; }}
{player.CSS}
.row span {{ flex: 1 1 20rem; }}"""
_JS = player.JS + """
const AT = [[180, 42], [300, 132], [262, 282], [98, 282], [60, 132]], MIDDLE = [180, 165];
const LEFT = 34, RIGHT = 350, TOP = 84, BOTTOM = 300;
function part(parent, name, given, words) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const key in given) made.setAttribute(key, given[key]);
  if (words !== undefined) made.textContent = words;
  parent.append(made);
  return made;
}
function hospitals(map, data) {
  const c = data.colours, most = Math.max(...data.hospitals.flat());
  for (const [x, y] of AT)
    part(map, 'line', { x1: MIDDLE[0], y1: MIDDLE[1], x2: x, y2: y, stroke: c.soft, 'stroke-width': 2 });
  part(map, 'circle', { cx: MIDDLE[0], cy: MIDDLE[1], r: 30, fill: c.paper, stroke: c.ink, 'stroke-width': 2 });
  part(map, 'text', { x: MIDDLE[0], y: MIDDLE[1] + 4, 'text-anchor': 'middle', fill: c.ink }, data.said.middle);
  data.hospitals.forEach(([healthy, ill], n) => {
    const [x, y] = [AT[n][0] - 56, AT[n][1] - 36];
    part(map, 'rect', { x, y, width: 112, height: 72, rx: 9, fill: c.paper, stroke: c.ink });
    part(map, 'text', { x: x + 8, y: y + 18, fill: c.ink, 'font-weight': 600 }, data.said.names[n]);
    [[ill, c.ill, data.said.ill], [healthy, c.healthy, data.said.healthy]].forEach(([count, fill, word], row) => {
      part(map, 'text', { x: x + 8, y: y + 36 + 24 * row, fill: c.ink }, `${count.toLocaleString('en')} ${word}`);
      part(map, 'rect', { x: x + 8, y: y + 40 + 24 * row, width: Math.max(2, 96 * count / most), height: 5, fill });
    });
  });
  return AT.map(() => part(map, 'rect', { x: -6, y: -6, width: 12, height: 12, rx: 2, fill: c.ink, opacity: 0 }));
}
function axes(chart, data, last) {
  const c = data.colours, x = at => LEFT + (RIGHT - LEFT) * at / last, y = share => BOTTOM - (BOTTOM - TOP) * (share - 50) / 50;
  data.ways.forEach(({ name, style }, n) => {
    part(chart, 'line', { x1: LEFT, x2: LEFT + 34, y1: 12 + 19 * n, y2: 12 + 19 * n, ...style });
    part(chart, 'text', { x: LEFT + 42, y: 16 + 19 * n, fill: c.ink }, name);
  });
  for (const share of [50, 60, 70, 80, 90, 100]) {
    part(chart, 'line', { x1: LEFT, x2: RIGHT, y1: y(share), y2: y(share), stroke: c.soft });
    part(chart, 'text', { x: LEFT - 6, y: y(share) + 4, 'text-anchor': 'end', fill: c.ink }, share);
  }
  part(chart, 'text', { x: LEFT, y: TOP - 8, fill: c.ink }, data.said.right);
  for (let at = 2; at <= last; at += 2)
    part(chart, 'text', { x: x(at), y: BOTTOM + 18, 'text-anchor': 'middle', fill: c.ink }, at);
  part(chart, 'text', { x: (LEFT + RIGHT) / 2, y: BOTTOM + 36, 'text-anchor': 'middle', fill: c.ink }, data.said.rounds);
  const lines = data.ways.flatMap(({ lines, style }) => lines.map(
    shares => ({ shares, drawn: part(chart, 'polyline', { fill: 'none', ...style }) })));
  return at => lines.forEach(({ shares, drawn }) => drawn.setAttribute('points',
    shares.slice(0, at).map((share, n) => `${x(n + 1)},${y(share)}`).join(' ')));
}
export default function({ parentElement, data }) {
  const map = parentElement.querySelector('.map'), chart = parentElement.querySelector('.lines');
  for (const svg of [map, chart]) { svg.replaceChildren(); svg.setAttribute('viewBox', '0 0 360 340'); }
  const packets = hospitals(map, data), upTo = axes(chart, data, data.captions.length - 1);
  const moved = ([x, y]) => `translate(${x}px, ${y}px)`;
  const home = AT.map(([x, y]) => {  // on the line, just before the hospital
    const share = Math.min(64 / Math.abs(MIDDLE[0] - x), 44 / Math.abs(MIDDLE[1] - y));
    return [x + share * (MIDDLE[0] - x), y + share * (MIDDLE[1] - y)];
  });
  const player = controls(parentElement, data, (at, stepped) => {
    upTo(at);
    if (stepped) packets.forEach((packet, n) => packet.animate([
      { transform: moved(MIDDLE), opacity: 1 }, { transform: moved(home[n]), opacity: 1, offset: .35 },
      { transform: moved(home[n]), opacity: 1, offset: .6 }, { transform: moved(MIDDLE), opacity: 1 }], 950 * data.pace));
  });
  player.show(false);
  return player.stop;
}
"""
_component = st.components.v2.component("shared_view", html=_HTML, css=_CSS, js=_JS)


def captions(found: Federated) -> list[str]:
    """What is said before the first round and after each."""
    curves = {way: 100 * found.deals[0].curves[way] for way in WAYS}
    rounds = len(curves["shared"])
    after = [said.AFTER.format(round=at, rounds=rounds, megabytes=found.travelled(at), shared=curves["shared"][at - 1, 0],
                               together=curves["together"][at - 1, 0], low=curves["alone"][at - 1].min(),
                               high=curves["alone"][at - 1].max())
             for at in range(1, rounds + 1)]
    return [said.BEFORE, *after]


def shared_data(found: Federated) -> dict[str, Any]:
    """All that the browser needs."""
    dark, deal = is_dark(), found.deals[0]
    ill, healthy = (kind[1 if dark else 0] for kind in KINDS)
    quiet = "#B4B0A6" if dark else "#5C5951"
    styles = {"shared": {"stroke": ink(), "stroke-width": 4}, "together": {"stroke": ink(), "stroke-width": 2, "stroke-dasharray": "7 5"},
              "alone": {"stroke": quiet, "stroke-width": 1.2}}
    ways = [{"name": said.LINES[way], "style": styles[way], "lines": (100 * deal.curves[way]).round(1).T.tolist()} for way in WAYS]
    names = [said.HOSPITAL.format(letter=letter) for letter in LETTERS]
    told = {"names": names, "ill": said.ILL, "healthy": said.HEALTHY, "middle": said.MIDDLE, "rounds": said.ROUNDS_AXIS, "right": said.RIGHT_AXIS}
    colours = {"ink": ink(), "soft": soft(), "paper": paper(), "ill": ill, "healthy": healthy}
    return {"hospitals": deal.hospitals.tolist(), "ways": ways, "said": told, "colours": colours,
            **player.played(captions(found), EACH_S, False, "shared")}


def shared_view(found: Federated, key: str) -> None:
    """Draw the player and say what to see in it."""
    _component(data=shared_data(found), key=key)
    st.caption(said.PICTURES_STAY)
