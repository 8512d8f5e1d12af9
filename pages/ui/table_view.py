"""How answers about a row of a table are drawn: what pushed them, the path through a tree, ways to another answer."""

from __future__ import annotations

from html import escape

from demos.tabular_results import Pushes, Tree, Ways
from pages.ui import table_words as said

MOST, SMALL = 8, 0.005  # answers with a bar of their own, and how much such a one moves; the rest are one row


def pushes_html(result: Pushes) -> str:
    """From the typical row's chance to this row's: a bar for each answer, to the right where it pushed for the outcome."""
    order = [i for i in result.strongest() if abs(result.shares[i]) >= SMALL]
    own = order[:MOST]
    rest = [i for i in result.strongest() if i not in own]
    rows = [(f"<b>{escape(result.labels[i])}: {escape(result.answers[i])}</b>"
             f"<span>{escape(said.INSTEAD_OF.format(usual=result.usual[i]))}</span>", float(result.shares[i])) for i in own]
    if rest:
        others = said.ONE_OTHER if len(rest) == 1 else said.ALL_OTHERS.format(count=len(rest))
        rows.append((f"<b>{others}</b>", float(result.shares[rest].sum())))
    low, high = min([0.0, *(share for _, share in rows)]), max([0.0, *(share for _, share in rows)])
    bars = "".join(f'<div class="row"><div class="name">{name}</div>{_push(share, low, max(high, low + 1e-6))}'
                   f'<div class="share">{signed(share)}</div></div>' for name, share in rows)
    ends = [f'<div class="row end"><div class="name">{name}</div><div class="share">{100 * chance:.0f} in 100</div></div>'
            for name, chance in ((said.TYPICAL, result.start), (said.THESE, result.end))]
    key = (f'<div class="key"><span>{escape(said.AWAY.format(outcome=result.outcome))}</span>'
           f"<span>{escape(said.TOWARDS.format(outcome=result.outcome))}</span></div>")
    return f'<div class="dl-pushes">{ends[0]}{bars}{ends[1]}{key if rows else ""}</div>'


def signed(share: float) -> str:
    """'+12', '−3', '0': points of 100."""
    points = round(100 * share)
    return f"{points:+d}".replace("-", "−") if points else "0"


def _push(share: float, low: float, high: float) -> str:
    """A bar from the line of nought: filled to the right for more, striped to the left for less."""
    nought, width = (100 * value / (high - low) for value in (-low, abs(share)))
    way, left = ("for", nought) if share > 0 else ("against", nought - width)
    return (f'<div class="track" style="--nought:{nought:.1f}%"><i class="{way}" '
            f'style="left:{left:.1f}%;width:{width:.1f}%"></i></div>')


def tree_html(tree: Tree) -> str:
    """The whole tree, a question over what follows from yes and from no; the path taken stands out."""
    return f'<ul class="dl-tree">{_branch(tree, 0, "")}</ul>'


def _branch(tree: Tree, node: int, reply: str) -> str:
    on = ' class="on"' if node in tree.path else ""
    before = f"<i>{reply}</i>" if reply else ""
    if not tree.questions[node]:
        told = said.LEAF.format(share=f"{100 * float(tree.shares[node]):.0f}", outcome=tree.outcome,
                                count=f"{tree.counts[node]:,}")
        return f'<li{on}><span class="node leaf">{before}{escape(told)}</span></li>'
    after = "".join(_branch(tree, child, word) for child, word in ((tree.yes[node], said.YES), (tree.no[node], said.NO)))
    return f'<li{on}><span class="node">{before}{escape(tree.questions[node])}</span><ul>{after}</ul></li>'


def ways_html(result: Ways) -> str:
    """Each way as its steps, and the chance that it leads to; where there is none, why."""
    if not result.ways:
        return f"<p>{escape(result.note)}</p>"
    rows = []
    for steps, chance in zip(result.ways, map(float, result.shares)):
        changes = "".join(f"<p><b>{escape(label)}</b>: <s>{escape(before)}</s> → {escape(after)}</p>"
                          for _, label, before, after in steps)
        then = said.THEN.format(outcome=result.outcome, before=f"{100 * result.now:.0f}", after=f"{100 * chance:.0f}")
        rows.append(f'<li>{changes}<span class="then">{escape(then)}</span></li>')
    return f'<ul class="dl-ways">{"".join(rows)}</ul>'
