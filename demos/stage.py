"""Talks for the stage: paths of beats in plain files that a speaker can edit; a bad one says where it is wrong.

A path is a file in stage_paths/. Its first line is "# title", then "minutes: M" and "for: whom". Each beat is a part
"## the one line on the screen", with "page: name?key=value&…" and "minutes: M", if wanted "scroll: a heading of that page",
and then, after an empty line, what to say. What a page's address may set is in controls.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from demos.controls import refusal

FOLDER = Path(__file__).with_name("stage_paths")
PAGES = Path(__file__).resolve().parents[1] / "pages"
FEWEST, MOST = 10, 14  # beats
LONGEST = 90  # characters of a line on the screen
ROUNDING = 0.51  # minutes by which the beats may miss the talk's length


@dataclass(frozen=True)
class Beat:
    """One step of a talk: the page and what is set there, the line on the screen, and what to say."""

    line: str
    page: str
    settings: tuple[tuple[str, str], ...]
    minutes: float
    scroll: str
    say: str


@dataclass(frozen=True)
class Talk:
    """A path: its beats in order."""

    name: str
    title: str
    minutes: float
    audience: str
    beats: tuple[Beat, ...]

    def address(self, number: int, notes: bool = False) -> str:
        """Where beat `number`, counted from 1, is shown; with `notes` what the speaker sees."""
        about = {"stage": self.name, "beat": str(number)}
        if notes:
            return "/?" + urlencode({**about, "notes": "1"})
        beat = self.beats[number - 1]
        return f"/{beat.page}?" + urlencode([*beat.settings, *about.items()])


def _pairs(lines: list[tuple[int, str]], wanted: set[str], free: set[str], where: str) -> dict[str, str]:
    """"key: value" lines; ValueError names the file and the line that is wrong."""
    found = {}
    for number, line in lines:
        key, colon, value = line.partition(":")
        if not colon or key.strip() not in wanted | free:
            raise ValueError(f"{where}, line {number}: expected one of {', '.join(sorted(wanted | free))}, each with a colon")
        found[key.strip()] = value.strip()
    if missing := wanted - set(found):
        raise ValueError(f"{where}, line {lines[0][0] if lines else 1}: {', '.join(sorted(missing))} is missing")
    return found


def _minutes(value: str, where: str, line: int) -> float:
    try:
        minutes = float(value)
    except ValueError:
        minutes = 0.0
    if not 0 < minutes < 300:
        raise ValueError(f"{where}, line {line}: minutes must be a number above 0, such as 1.5")
    return minutes


def _beat(rows: list[tuple[int, str]], pages: frozenset[str], where: str) -> Beat:
    first, title = rows[0]
    empty = next((place for place, (_, line) in enumerate(rows) if not line.strip()), len(rows))
    about = _pairs(rows[1:empty], {"page", "minutes"}, {"scroll"}, where)
    page, _, settings = about["page"].partition("?")
    if page not in pages:
        raise ValueError(f"{where}, line {first}: there is no page {page!r}")
    line = title.removeprefix("## ").strip()
    say = "\n".join(line for _, line in rows[empty:]).strip()
    if not 0 < len(line) <= LONGEST:
        raise ValueError(f"{where}, line {first}: the line on the screen needs 1 to {LONGEST} characters, it has {len(line)}")
    if not say:
        raise ValueError(f"{where}, line {first}: after an empty line, write what to say")
    set_to = tuple(parse_qsl(settings, keep_blank_values=True))
    for key, value in set_to:
        if refused := refusal(page, key, value):
            raise ValueError(f"{where}, line {first}: {refused}")
    return Beat(line, page, set_to, _minutes(about["minutes"], where, first), about.get("scroll", ""), say)


def page_names() -> frozenset[str]:
    """Every page that a beat may lead to; the home page has no name."""
    return frozenset({"", *(path.stem for path in PAGES.glob("*.py"))} - {"__init__", "menu", "home"})


def read_talk(path: Path) -> Talk:
    """The path in a file. A ValueError names the file, the line, the fault."""
    rows = list(enumerate(path.read_text(encoding="utf-8").splitlines(), start=1))
    starts = [place for place, (_, line) in enumerate(rows) if line.startswith("## ")]
    head = [(number, line) for number, line in rows[:starts[0] if starts else len(rows)] if line.strip()]
    if not head or not head[0][1].startswith("# "):
        raise ValueError(f"{path.name}, line 1: a path begins with '# ' and its title")
    about = _pairs(head[1:], {"minutes", "for"}, set(), path.name)
    beats = tuple(_beat(rows[start:end], page_names(), path.name) for start, end in zip(starts, [*starts[1:], len(rows)]))
    minutes = _minutes(about["minutes"], path.name, 2)
    if not FEWEST <= len(beats) <= MOST:
        raise ValueError(f"{path.name}: a path has {FEWEST} to {MOST} beats, this one has {len(beats)}")
    if abs(sum(beat.minutes for beat in beats) - minutes) > ROUNDING:
        raise ValueError(f"{path.name}: its beats take {sum(beat.minutes for beat in beats):g} minutes, not {minutes:g}")
    return Talk(path.stem, head[0][1].removeprefix("# ").strip(), minutes, about["for"], beats)


@lru_cache(maxsize=1)
def list_talks() -> tuple[Talk, ...]:
    """All talks, the shortest first. Raises ValueError for a bad file."""
    return tuple(sorted(map(read_talk, FOLDER.glob("*.md")), key=lambda talk: talk.minutes))
