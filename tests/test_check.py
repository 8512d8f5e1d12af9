"""Will the show work? What the check says of models, of a talk's steps and of the machine, and the command that writes it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from demos import check, commands, get_demo, stage
from demos.__main__ import main
from demos.base import Demo, Sample
from demos.check import Row, check_method, check_step, plan_machine, plan_talks, verdict
from demos.engine import InlineEngine
from demos.stage import Beat, Talk

pytestmark = pytest.mark.usefixtures("fake_demos")
QUIET = Sample("quiet", "Quiet", {"text": "too quiet"}, "made")


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """The command on these demos alone, without a talk."""
    monkeypatch.setattr(stage, "FOLDER", tmp_path)

    def only(*demos: Demo) -> None:
        monkeypatch.setattr(commands, "list_demos", lambda: list(demos))
        monkeypatch.setattr(check, "list_demos", lambda: list(demos))

    return only


# --- the command ----------------------------------------------------------------------------------

def test_a_line_for_each_demo_and_the_total(checked: Any, capsys: pytest.CaptureFixture[str]) -> None:
    checked(get_demo("shouting"), get_demo("comparing"))
    assert main(["check"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines[:5]] == [["ok", "shouting"], ["ok", "comparing"], ["ok", "device"],
                                                        ["ok", "memory"], ["ok", "disk"]]
    assert "rule 2 samples; voice 2 samples; named 0 samples; far: no version pinned" in lines[0]
    assert lines[5].startswith("All 2 demos answered; ") and lines[5].endswith(" GB of disk are free.") and len(lines) == 6
    assert main(["check", "--json"]) == 0
    row, *_, disk = json.loads(capsys.readouterr().out)
    assert row["ok"] and row["device"] and row["memory_mb"] > 10 and disk["machine"] == "disk"
    assert row["left_out"] == ["far: no version pinned"]


def test_a_sample_may_be_one_to_decline(checked: Any, capsys: pytest.CaptureFixture[str]) -> None:
    shouting = get_demo("shouting")
    checked(replace(shouting, samples=(replace(QUIET, refused=("rule", "voice")),)))
    main(["check"])
    assert "rule: on quiet" not in capsys.readouterr().out
    loud = Sample("loud", "Loud", {"text": "hello"}, "made", refused=("rule",))
    checked(replace(shouting, samples=(loud,)))
    assert main(["check"]) == 1
    assert "rule: on loud: answered what it should decline" in capsys.readouterr().out


def test_it_is_red_and_says_what_to_do(checked: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong answer to a sample, a sample that fails, and a method that does not load."""
    samples = (Sample("wrong", "Wrong", {"text": "hello"}, "made", expect="goodbye"), QUIET)
    checked(replace(get_demo("shouting"), samples=samples), get_demo("misbehaving"), get_demo("comparing"))
    assert main(["check"]) == 1
    said = capsys.readouterr().out.splitlines()
    red, do, also, broken, install, fine = said[:6]
    assert red.startswith("FAILED  shouting") and "voice: on wrong: said 'HELLO!', not 'goodbye'" in red
    assert "rule: on quiet: This is too quiet" in red and "rule: on wrong" not in red
    assert {do.strip(), also.strip()} == {f"-> {check.ELSEWHERE}", f"-> {check.INSTALL}"}
    assert broken.startswith("FAILED  misbehaving") and "broken: Broken cannot be loaded" in broken
    assert install.strip() == f"-> {check.INSTALL}" and fine.startswith("ok ")
    assert said[-1].startswith("3 rows are red. 1 of 3 demos answered; ")


def test_a_talk_that_cannot_be_read_is_red_with_its_line(checked: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.md").write_text("# Mine\nminutes: soon\nfor: me\n")
    checked(get_demo("comparing"))
    assert main(["check"]) == 1
    said = capsys.readouterr().out
    assert "FAILED  mine" in said and "mine.md, line 2: minutes must be a number" in said and f"-> {check.EDIT}" in said


# --- steps of a talk ------------------------------------------------------------------------------

def talk_of(page: str, *settings: tuple[str, str]) -> Talk:
    return Talk("mine", "Mine", 1, "me", (Beat("Look at this", page, settings, 1, "", "Say this."),))


def with_samples(monkeypatch: pytest.MonkeyPatch, *samples: Sample) -> None:
    demo = replace(get_demo("shouting"), samples=samples)
    monkeypatch.setattr(check, "list_demos", lambda: [demo])


def test_a_step_is_answered_by_both_methods(engine: InlineEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "SLOW_S", 60.0)  # a first call loads libraries too
    row = check_step(engine, talk_of("shouting", ("sample", "lost")), 1)
    assert (row.state, row.says, row.title) == ("fine", "answered lost", "Look at this") and row.seconds > 0
    assert check_step(engine, talk_of("how_neuron"), 1).says == "page and settings are there"


def test_a_step_without_an_answer_is_red_unless_it_is_there_to_be_declined(engine: InlineEngine,
                                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "SLOW_S", 60.0)
    with_samples(monkeypatch, QUIET)
    row = check_step(engine, talk_of("shouting", ("sample", "quiet")), 1)
    assert row.state == "wrong" and row.says.startswith("This is too quiet") and row.do == check.ELSEWHERE
    with_samples(monkeypatch, replace(QUIET, refused=("rule", "voice")))
    assert check_step(engine, talk_of("shouting"), 1).state == "fine"
    with_samples(monkeypatch, Sample("lost", "Lost", {"text": "hello"}, "made"))
    monkeypatch.setattr(check, "SLOW_S", 0.0)
    row = check_step(engine, talk_of("shouting"), 1)
    assert row.state == "slow" and row.do == check.BREATH


def test_the_shipped_talks_are_planned_step_by_step() -> None:
    planned = plan_talks(None)
    assert len(planned) == sum(len(talk.beats) for talk in stage.list_talks())
    assert planned[0].run is not None and any("A program that names what it sees" in one.title for one in planned)


# --- the machine, and the total -------------------------------------------------------------------

def test_little_room_is_red(engine: InlineEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "free_memory_mb", lambda: 400.0)
    monkeypatch.setattr(check, "free_disk_mb", lambda: 90_000.0)
    device, memory, disk = (planned.run() for planned in plan_machine(engine))
    assert device.state == disk.state == "fine" and disk.megabytes == 90_000
    assert memory.state == "wrong" and memory.do == check.ROOM and "1,000 MB" in memory.says


def test_what_is_free_is_measured() -> None:
    assert 10 < check.free_memory_mb() < 1e8 and check.free_disk_mb() > 1


def test_a_method_that_is_missing_is_left_out_or_red(engine: InlineEngine) -> None:
    shouting = get_demo("shouting")
    row = check_method(engine, shouting, shouting.method("far"))
    assert (row.state, row.says, row.do) == ("left out", "no version pinned", "")
    missing = replace(shouting.method("far"), weights=(replace(shouting.method("far").weights[0], tier="package"),))
    row = check_method(engine, shouting, missing)
    assert row.state == "wrong" and row.do == check.INSTALL


def test_the_total_counts_what_is_there() -> None:
    def row(kind: Any, about: str, part: str, state: Any, seconds: float = 0.0, megabytes: float = 0.0) -> Row:
        return Row(kind, about, part, part, state, "", "", seconds, megabytes)

    rows = [row("demo", "one", "a", "fine"), row("demo", "two", "a", "fine"), row("demo", "two", "b", "left out"),
            row("talk", "school", "1", "fine", 1.5), row("talk", "school", "2", "slow", 2.5),
            row("machine", "machine", "memory", "fine", megabytes=5 * 1024), row("machine", "machine", "disk", "fine", megabytes=40 * 1024)]
    assert verdict(rows) == ("All 2 demos answered; the 2 steps of “school” took 4.0 s; 5.0 GB of memory and 40 GB of disk are "
                             "free. 1 of the steps took longer than 2 s.")
    assert verdict([*rows, row("demo", "two", "c", "wrong")]).startswith("1 row is red. 1 of 2 demos answered; ")
    assert verdict([row("demo", "one", "a", "wrong")]) == "1 row is red. 0 of 1 demos answered."
