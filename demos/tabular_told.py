"""What the page of a table's demo says in its own words: at the threshold, and about groups of people."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Groups:
    """Groups of people that a threshold is held against, with the words for it.

    `data` is how the name of the counted table begins, `by` what parts the groups, `outcome` what is
    counted in them. `measures` says in words the four
    shares of `tabular_outcomes.MEASURES`; `note` what must stand beside them.
    """

    title: str
    data: str
    by: str
    outcome: str
    measures: tuple[str, str, str, str]
    note: str


@dataclass(frozen=True)
class TableTold:
    """The words of one table's page.

    `outcome` is the one whose chance methods give, `ways` the heading over what would have changed an answer, `promises`
    what must stand beside it, `bar` the label of the threshold, `fair` the heading over the groups, its `caption`, and the `lines` that end it.
    """

    outcome: str
    ways: str
    promises: str
    bar: str
    fair: str
    caption: str
    groups: tuple[Groups, ...]
    lines: tuple[str, ...]
