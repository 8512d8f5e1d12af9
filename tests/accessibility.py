"""axe-core and a look at the keyboard on a page that is drawn: what keeps people out, less what Streamlit alone could mend."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.resources import files
from typing import Any

# axe.min.js of axe-core 4.12.1 in the npm registry; the package from PyPI adds one newline at its end
AXE_SHA256 = "66a8aaa95a8b044a7fd74a5435873bf04ff65a1ca75567c921b7509742085a14"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")
IMPACTS = ("critical", "serious")

# (rule, selector, reason): what axe finds inside an element that matches the selector is Streamlit's own
STREAMLITS = (
    ("list", "[data-testid=stSidebarNavItems]", "the menu puts the sections of its list into divs"),
    ("listitem", "[data-testid=stSidebarNavItems]", "the same"),
)
MENU = "[data-testid=stSidebar]"  # the same on every page

_RUN = """
async ({ only, without, impacts, theirs }) => {
  const found = await axe.run({ include: [['html']], exclude: without.map(one => [one]) },
                              { runOnly: only, resultTypes: ['violations'] });
  const at = target => target.flat().reduce((inside, selector) => {
    const element = inside && (inside.shadowRoot || inside).querySelector(selector);
    return element && element.tagName === 'IFRAME' ? element.contentDocument : element;
  }, document);
  const excused = (rule, element) => theirs.some(([name, selector]) => name === rule && element && element.closest(selector));
  return found.violations.filter(rule => impacts.includes(rule.impact)).flatMap(rule => rule.nodes
    .filter(node => !excused(rule.id, at(node.target)))
    .map(node => `${rule.id}: ${node.target.flat().join(' ')}\\n  ${node.html.slice(0, 200)}\\n  ${node.failureSummary}`));
}
"""

# a control of a group is reached by the arrow keys once one of the group is reached by Tab; a selectbox is one control
_UNREACHED = """
() => {
  const groups = '[role=radiogroup], [role=tablist], [role=listbox], [role=grid], [role=menu], [role=toolbar], '
    + '[data-testid=stSelectbox], [data-testid=stNumberInput]';
  const within = root => [...root.querySelectorAll('*')].flatMap(one => one.shadowRoot ? [one, ...within(one.shadowRoot)] : [one]);
  const controls = 'button, a[href], input, select, textarea, summary, [role=button], [role=slider]';
  return within(document).filter(one => one.matches(controls) && !one.disabled
      && one.checkVisibility({ visibilityProperty: true, opacityProperty: true })
      && !one.closest('[aria-hidden=true], [inert]') && one.tabIndex < 0
      && !(one.closest(groups) && one.closest(groups).querySelector('[tabindex="0"], input:not([tabindex="-1"])'))
      && !(one.matches('input') && one.type === 'file'))
    .map(one => one.outerHTML.slice(0, 200));
}
"""

_HIGH = "Math.max(...[...document.querySelectorAll('[data-testid=stMain], [data-testid=stSidebarContent]')].map(one => one.scrollHeight))"
_STILL = """
() => {
  const before = window.high;
  window.high = HEIGHT;
  return window.high === before && !document.querySelector('[data-test-script-state]:not([data-test-script-state=notRunning])');
}
""".replace("HEIGHT", _HIGH)


@lru_cache(maxsize=1)
def axe_source() -> str:
    """axe-core as it was published; an AssertionError when the package holds anything else."""
    source = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8").removesuffix("\n")
    assert hashlib.sha256(source.encode()).hexdigest() == AXE_SHA256, "this is not the axe-core that was pinned"
    return source


def show_all(page: Any) -> None:
    """Open all that folds on the page and make the window as high as the page is.

    axe-core takes what lies below the fold of Streamlit's inner scroller for hidden, and says nothing of it.
    """
    page.evaluate("document.querySelectorAll('[data-testid=stMain] details:not([open]) > summary').forEach(one => one.click())")
    page.wait_for_function("!document.querySelector('[data-testid=stMain] details:not([open])')")
    for _ in range(5):
        page.wait_for_function(_STILL, polling=250)
        high = page.evaluate(_HIGH)
        if high <= page.viewport_size["height"]:
            return
        page.set_viewport_size({**page.viewport_size, "height": high})
    raise AssertionError("the page grows with its window")


def violations(page: Any, menu: bool = True, rule: str = "") -> list[str]:
    """What axe-core finds serious or critical by WCAG 2.1 A and AA on the page as it is drawn now, and what to mend.

    Without `menu` the sidebar is passed over; `rule` asks for one rule alone.
    """
    if not page.evaluate("!!window.axe"):
        page.evaluate(axe_source())
    found: list[str] = page.evaluate(_RUN, {
        "only": {"type": "rule", "values": [rule]} if rule else {"type": "tag", "values": RULES}, "impacts": IMPACTS,
        "without": [] if menu else [MENU], "theirs": [[name, selector] for name, selector, _ in STREAMLITS]})
    return found


def unreached(page: Any) -> list[str]:
    """Controls that are shown and that Tab never reaches."""
    found: list[str] = page.evaluate(_UNREACHED)
    return found
