"""What the command line does beside `run` and `check`: list, evaluate, fetch; and the samples they read."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import demos
import pytest
from hub_server import ROW, Hub, cache, hub  # noqa: F401

from demos import demo_folder, get_demo
from demos.__main__ import main
from demos.base import Sample
from demos.results import Labels, Text, Transcript
from demos.samples import is_expected, sample_inputs

pytestmark = pytest.mark.usefixtures("fake_demos")


def test_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--json"]) == 0
    row = next(row for row in json.loads(capsys.readouterr().out) if row["name"] == "shouting")
    assert row["task"] == "text2text-generation" and row["result"] == "Text"
    assert row["inputs"] == [{"name": "text", "kind": "text", "label": "Your text"}]
    assert [(m["key"], m["family"], m["tier"], m["ready"]) for m in row["methods"]] == [
        ("rule", "classical", "bundled", True), ("voice", "deep", "bundled", True),
        ("named", "deep", "bundled", True), ("far", "deep", "hub", False)]
    assert row["methods"][3]["state"] == "no version pinned" and row["methods"][3]["size_mb"] == 3.0
    assert main(["list"]) == 0
    said = capsys.readouterr().out
    assert "shouting: Shouting [text2text-generation], takes text (text)" in said
    assert "no version pinned" in said


def test_evaluate(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "lines.txt").write_text("one\nTWO\nthree\nfour\n")
    figures = demo_folder("shouting") / "figures.json"
    assert main(["evaluate", "shouting", str(tmp_path), "--json", "--method", "rule"]) == 0
    said = capsys.readouterr()
    (figure,) = json.loads(said.out)
    assert (figure["method"], figure["value"], figure["items"]) == ("rule", 0.75, 4)
    assert figure["command"] == f"python -m demos evaluate shouting {tmp_path.name} --method rule"
    assert not figures.exists() and "--save writes" in said.err
    try:
        assert main(["evaluate", "shouting", str(tmp_path), "--limit", "2", "--save"]) == 0
        assert "right 50 times in 100 on 2 lines" in capsys.readouterr().out
        assert {row["method"] for row in json.loads(figures.read_text())["figures"]} == {"rule", "voice"}
    finally:
        figures.unlink(missing_ok=True)
    (tmp_path / "lines.txt").unlink()
    assert main(["evaluate", "shouting", str(tmp_path)]) == 2
    assert "does not hold what shouting's evaluation reads: lines.txt\n" in capsys.readouterr().err


# --- samples --------------------------------------------------------------------------------------

def test_samples_are_read_from_packages_and_the_card() -> None:
    demo = get_demo("comparing")
    values = sample_inputs(demo, demo.samples[0])
    assert values["first"] == values["second"] and values["first"].startswith(b"\x89PNG")
    assert sample_inputs(get_demo("shouting"), get_demo("shouting").samples[0]) == {"text": "hello there"}


@pytest.mark.parametrize(("expect", "result", "right"), [
    ("Hello, there", Text("well: HELLO THERE!"), True), ("cat", Text("a catalogue"), False),
    ("tabby cat", Labels(("Tabby cat", "dog"), [0.9, 0.1]), True),
    ("dog", Labels(("cat", "dog"), [0.9, 0.1]), False),
    ("spam", Labels(("not spam", "spam"), [0.9, 0.1]), False), ("spam", Labels(("spam", "not spam"), [0.9, 0.1]), True),
    ("olá", Transcript("Olá."), True)])
def test_expected(expect: str, result: Any, right: bool) -> None:
    assert is_expected(Sample("s", "S", {}, "made", expect=expect), result) is right


# --- the hub --------------------------------------------------------------------------------------

@pytest.fixture
def pinned_far() -> None:
    """The method `far` of `shouting` with the files of the tests' own hub."""
    known, package = demos._found()["shouting"]
    methods = tuple(replace(m, weights=(ROW,)) if m.key == "far" else m for m in known.methods)
    demos._found()["shouting"] = (replace(known, methods=methods), package)


def test_a_named_hub_method_is_fetched_then_asked(pinned_far: None, hub: Hub,
                                                  capsys: pytest.CaptureFixture[str]) -> None:
    def asked_for(*argv: str) -> list[str]:
        assert main(["run", "shouting", *argv, "hi"]) == 0
        return [json.loads(line)["method"] for line in capsys.readouterr().out.splitlines()]

    assert asked_for() == ["rule", "voice"]  # nothing is downloaded unless it is named
    assert hub.asked == []
    assert main(["run", "shouting", "--method", "far", "hi"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["result"]["text"] == "HI" and "tiny: 100 % of 0 MB" in said.err
    hub.close()
    assert asked_for() == ["rule", "voice", "far"]
    assert main(["fetch", "shouting", "far"]) == 0 and capsys.readouterr().out == "shouting far: ready\n"


def test_a_hub_that_is_down_is_one_sentence(pinned_far: None, hub: Hub,
                                            capsys: pytest.CaptureFixture[str]) -> None:
    hub.status = 503
    assert main(["run", "shouting", "--method", "far", "hi"]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    sentence = "The model hub is not available right now (it answered 503). Try again in a few minutes."
    assert json.loads(line) == {"input": "hi", "method": "far", "error": sentence}
