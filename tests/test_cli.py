"""The command line: what scripts and talks rely on."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from conftest import ROOT
from demos import ask
from demos.__main__ import main
from demos.errors import BadInput

pytestmark = pytest.mark.usefixtures("fake_demos")
Call = Callable[..., tuple[int, list[dict[str, Any]], str]]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Run a command in this process: exit code, lines of JSON on standard output, standard error."""

    def run(*argv: str) -> tuple[int, list[dict[str, Any]], str]:
        code = main(list(argv))
        said = capsys.readouterr()
        return code, [json.loads(line) for line in said.out.splitlines()], said.err

    return run


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Put bytes on standard input."""
    return lambda raw: monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    Image.new("RGB", (40, 30), "red").save(tmp_path / "red.png")
    Image.new("RGB", (50, 30), "blue").save(tmp_path / "blue.png")
    return tmp_path


def program(*argv: str, **named: Any) -> subprocess.Popen[bytes]:
    """The command as a program of its own."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    return subprocess.Popen([sys.executable, "-B", "-m", "demos", *argv], stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, cwd=ROOT,
                            env={**os.environ, "PYTHONPATH": path, "LIVE_EXTRA_DEMOS": "fake_demos"}, **named)


# --- run ------------------------------------------------------------------------------------------

def test_every_ready_method_answers(call: Call) -> None:
    code, lines, _ = call("run", "shouting", "hello", "good night")
    assert code == 0
    assert [(line["input"], line["method"], line["result"]["text"]) for line in lines] == [
        ("hello", "rule", "HELLO"), ("hello", "voice", "HELLO!"),
        ("good night", "rule", "GOOD NIGHT"), ("good night", "voice", "GOOD NIGHT!")]
    assert all(line["result"]["type"] == "Text" and line["seconds"] >= 0 for line in lines)


@pytest.mark.parametrize(("method", "key"), [("classical", "rule"), ("deep", "voice"), ("named", "named")])
def test_a_method_by_key_or_family(call: Call, method: str, key: str) -> None:
    options = ["--set", "who=ann"] if method == "named" else []
    code, lines, _ = call("run", "shouting", "--method", method, *options, "hi")
    assert (code, [line["method"] for line in lines]) == (0, [key])


def test_a_method_with_an_input_of_its_own_joins_when_that_is_given(call: Call) -> None:
    options = ["--set", "who=ann", "--set", "marks=3", "--set", "mood=sad"]
    code, lines, _ = call("run", "shouting", "hi", *options)
    assert code == 0
    assert [line["result"]["text"] for line in lines] == ["HI", "HI!!!sad", "ANN HI"]


def test_one_bad_input_does_not_stop_the_others(call: Call) -> None:
    code, lines, _ = call("run", "shouting", "--method", "rule", "a", "too quiet", "x" * 201, " ", "b")
    assert code == 1
    assert [line.get("result", {}).get("text") for line in lines] == ["A", None, None, None, "B"]
    assert lines[1]["error"] == "This is too quiet. Please speak up."
    assert "at most 200" in lines[2]["error"] and "nothing was written" in lines[3]["error"]


def test_a_defect_of_ours_is_one_sentence(call: Call) -> None:
    code, lines, error = call("run", "shouting", "--method", "rule", "defect", "fine")
    assert code == 1 and lines[1]["result"]["text"] == "FINE"
    assert lines[0]["error"].startswith("Something went wrong on our side")
    assert "Traceback" not in error and "secret" not in error
    _, _, error = call("run", "shouting", "--method", "rule", "--debug", "defect")
    assert "Traceback" in error and "ZeroDivisionError: something secret" in error


def test_text_from_a_file_and_from_standard_input(call: Call, typed: Callable[[bytes], None],
                                                  tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("from a file")
    (tmp_path / "bytes.txt").write_bytes(b"\xff\xfe\x00")
    typed(b"from a pipe\n")
    code, lines, _ = call("run", "shouting", "--method", "rule", str(tmp_path / "words.txt"), "-",
                          "no/such.txt", str(tmp_path / "bytes.txt"))
    assert code == 1
    assert [line.get("result", {}).get("text") for line in lines] == [
        "FROM A FILE", "FROM A PIPE", "NO/SUCH.TXT", None]
    assert "not readable text" in lines[3]["error"]


def test_words_that_begin_with_a_dash(call: Call) -> None:
    code, lines, _ = call("run", "shouting", "--method", "rule", "--", "-x", "--help")
    assert (code, [line["result"]["text"] for line in lines]) == (0, ["-X", "--HELP"])


def test_two_pictures(call: Call, pictures: Path) -> None:
    red, blue = str(pictures / "red.png"), str(pictures / "blue.png")
    code, lines, _ = call("run", "comparing", red, blue, "--set", f"second={blue}")
    assert (code, [line["result"]["text"] for line in lines]) == (0, ["different 40 50", "same 50 50"])
    code, lines, error = call("run", "comparing", red)
    assert (code, lines) == (2, []) and "second is missing" in error and "--jsonl" in error


def test_json_lines(call: Call, typed: Callable[[bytes], None], pictures: Path) -> None:
    good = {"first": str(pictures / "red.png"), "second": str(pictures / "red.png")}
    bad = [{"first": good["first"]}, {"first": "nowhere.png", "second": good["first"]}, {"third": "x"},
           {"first": 5, "second": 5}, {"first": "a\0b", "second": "\ud800"}]
    raw = [json.dumps(good), "nonsense", "[1]", "null", "[" * 100_000, "9" * 5000, "", *map(json.dumps, bad),
           '{"first": "' + "x" * 1_100_000 + '"}', json.dumps(good)]
    typed("\n".join(raw).encode() + b"\n\xff\xfe\n" + json.dumps(good).encode())
    code, lines, _ = call("run", "comparing", "--jsonl", "-")
    assert code == 1 and len(lines) == len(raw) + 1  # the empty line is none
    assert [n for n, line in enumerate(lines) if "result" in line] == [0, 12, 14]
    assert lines[0]["input"] == good and lines[0]["result"]["text"] == "same 40 40"
    said = [line.get("error", "") for line in lines]
    assert said[1].startswith("This line is not JSON") and said[2].startswith("This line is no JSON object")
    assert said[6] == "The second picture is missing. Please give second too."
    assert said[7].startswith("There is no such file") and said[10].startswith("There is no such file")
    assert said[8].startswith("There is no input of this name")
    assert said[9] == "The first picture: please give a string."
    assert "longer than 1 MB" in said[11]
    assert all(len(sentence) < 200 and "Something went wrong" not in sentence for sentence in said)


def test_options_in_json_lines(call: Call, tmp_path: Path) -> None:
    rows = [{"text": "a", "marks": 2}, {"text": "b", "marks": 9}, {"text": "c", "marks": True},
            {"text": "d", "marks": 10**400}, {"text": "e", "who": "ann"}, {"text": "f", "mood": "angry"}]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)))
    code, lines, _ = call("run", "shouting", "--method", "voice", "--jsonl", str(tmp_path / "rows.jsonl"))
    assert code == 1
    assert [line.get("result", {}).get("text") for line in lines] == ["A!!", None, None, None, "E!", None]
    assert all("a number" in lines[n]["error"] for n in (1, 2, 3)) and "glad, sad" in lines[5]["error"]


# --- files that are no files ----------------------------------------------------------------------

@pytest.fixture
def odd_files(pictures: Path) -> Iterator[dict[str, tuple[str, str]]]:
    """What to give and what is answered."""
    os.mkfifo(pictures / "pipe")
    with (pictures / "large").open("wb") as file:
        file.truncate(ask.LARGEST + 1)
    (pictures / "loop").symlink_to(pictures / "loop")
    (pictures / "empty.png").touch()
    yield {"missing": (str(pictures / "no\nsuch\udcff.png"), "no such file"),
           "folder": (str(pictures), "a folder"),
           "pipe": (str(pictures / "pipe"), "not an ordinary file"),
           "device": ("/dev/zero", "not an ordinary file"),
           "large": (str(pictures / "large"), "more than 25 MB"),
           "loop": (str(pictures / "loop"), "cannot be read"),
           "long": ("x" * 5000, "cannot be read"),
           "below a file": (str(pictures / "red.png" / "x"), "no such file"),
           "empty": (str(pictures / "empty.png"), "empty")}


def test_odd_files_and_the_rest_still_runs(call: Call, odd_files: dict[str, tuple[str, str]],
                                           pictures: Path) -> None:
    red = str(pictures / "red.png")
    names = [name for name, _ in odd_files.values()]
    code, lines, error = call("run", "comparing", "--set", f"second={red}", *names, red)
    assert code == 1 and len(lines) == len(odd_files) + 1
    for line, (given, answer) in zip(lines, odd_files.values(), strict=False):
        assert answer in line["error"] and "result" not in line
        assert line["input"] == given and len(line["error"]) < 200 and str(pictures) not in line["error"]
    assert lines[-1]["result"]["text"] == "same 40 40"
    assert "Traceback" not in error


def test_a_file_that_may_not_be_read(pictures: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may read everything, so the refusal is the test's own."""
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(ask.os, "open", refuse)
    with pytest.raises(BadInput, match="may not be read"):
        ask.read_file(str(pictures / "red.png"))


def test_names_with_strange_characters(call: Call, pictures: Path) -> None:
    strange = os.fsdecode(os.fsencode(pictures) + b"/a \xff\n\xc3\xa9.png")
    os.rename(pictures / "red.png", strange)
    code, lines, _ = call("run", "comparing", "--set", f"second={strange}", strange)
    assert (code, lines[0]["input"], lines[0]["result"]["text"]) == (0, strange, "same 40 40")


# --- wrong calls ----------------------------------------------------------------------------------

@pytest.mark.parametrize(("argv", "says"), [
    (["run", "nothing", "x"], "there is no demo 'nothing'; there are: "),
    (["run", "shouting", "--method", "nope", "x"], "has no method 'nope'; it has: rule, voice, named, far"),
    (["run", "shouting", "--tier", "package", "x"], "no method in the tier 'package'; it has: bundled, hub"),
    (["run", "shouting", "--method", "rule", "--tier", "hub", "x"], "has no method 'rule' in the tier 'hub'"),
    (["run", "shouting", "--tier", "hub", "x"], "name one with --method: far"),
    (["run", "shouting"], "give one INPUT or more, or --jsonl"),
    (["run", "shouting", "x", "--jsonl", "-"], "give one INPUT or more, or --jsonl"),
    (["run", "shouting", "--jsonl", "no/such.jsonl"], "there is no such file"),
    (["run", "shouting", "x", "--set", "colour=red"], "--set colour: give name=value"),
    (["run", "shouting", "x", "--set", "who=ann", "--method", "rule"], "--set who: give name=value"),
    (["run", "shouting", "x", "--set", "marks"], "--set marks: give name=value"),
    (["run", "shouting", "x", "--set", "marks=9"], "give a number from 0 to 5"),
    (["run", "shouting", "x", "--set", "mood=angry"], "choose one of glad, sad"),
    (["run", "shouting", "--method", "named", "x"], "who is missing too; give it with --set who=..."),
    (["run", "shouting", "x", "--device", "abacus"], "invalid choice: 'abacus'"),
    (["run", "shouting", "x", "--device", "mps"], "this machine has none"),
    (["run"], "required: NAME"),
    (["run", "shouting", "x", "--loud"], "unrecognized arguments: --loud"),
    (["sing"], "there is no command 'sing'; there are: list, run"),
    (["fetch", "shouting"], "required: METHOD"),
    (["pin", "somebody/else"], "no demo uses somebody/else"),
    (["evaluate", "shouting", "/no/such/folder"], "there is no such data folder"),
    (["evaluate", "comparing", "/tmp"], "comparing has no evaluation yet"),
    (["evaluate", "shouting", "/tmp", "--limit", "0"], "a number from 1 on"),
])
def test_wrong_calls(call: Call, argv: list[str], says: str) -> None:
    code, lines, error = call(*argv)
    assert (code, lines) == (2, [])
    assert says in error and error.count("\n") == 1 and "Traceback" not in error


def test_no_command_shows_how(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2 and main(["--help"]) == 0
    assert capsys.readouterr().out.count("evaluate NAME DATA") == 2


# --- the hub --------------------------------------------------------------------------------------

def test_a_method_that_is_not_pinned(call: Call) -> None:
    code, lines, _ = call("run", "shouting", "--method", "far", "x", "y")
    assert code == 1 and [line["input"] for line in lines] == ["x", "y"]
    assert all("No version of nobody/far-voice is pinned" in line["error"] for line in lines)
    code, lines, error = call("fetch", "shouting", "far")
    assert (code, lines) == (1, []) and error.startswith("No version of nobody/far-voice is pinned")


# --- as a program ---------------------------------------------------------------------------------

def test_standard_output_holds_only_json() -> None:
    """The model prints on standard output, in Python and below it."""
    done = program("run", "shouting", "hello", "defect", "olá", stdin=subprocess.DEVNULL)
    out, error = done.communicate(timeout=60)
    assert done.returncode == 1
    assert [json.loads(line)["input"] for line in out.splitlines()] == [
        "hello", "hello", "defect", "defect", "olá", "olá"]
    assert b"chatter from below" in error and b"Traceback" not in error


def test_the_reader_leaves() -> None:
    done = program("run", "shouting", "--jsonl", "-", stdin=subprocess.PIPE)
    done.stdin.write(b'{"text": "a"}\n')
    done.stdin.flush()
    assert json.loads(done.stdout.readline())["input"] == {"text": "a"}
    done.stdout.close()
    done.stdin.write(b'{"text": "b"}\n' * 3)
    done.stdin.close()
    error = done.stderr.read()
    assert done.wait(timeout=60) == 141
    assert b"Traceback" not in error and b"Exception" not in error


def test_control_c() -> None:
    done = program("run", "shouting", "--jsonl", "-", stdin=subprocess.PIPE,  # in the background it would ignore Ctrl-C
                   preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    done.stdin.write(b'{"text": "a"}\n')
    done.stdin.flush()
    done.stdout.readline()
    done.send_signal(signal.SIGINT)
    _, error = done.communicate(timeout=60)
    assert done.returncode == 130 and b"Traceback" not in error and b"KeyboardInterrupt" not in error


def test_standard_input_is_closed() -> None:
    done = program("run", "shouting", "--method", "rule", "-", "x", preexec_fn=lambda: os.close(0))
    out, _ = done.communicate(timeout=60)
    lines = [json.loads(line) for line in out.splitlines()]
    assert done.returncode == 1
    assert "nothing was written" in lines[0]["error"] and lines[1]["result"]["text"] == "X"
