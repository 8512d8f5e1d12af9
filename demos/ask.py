"""`python -m demos run`: files, words or JSON lines go to a demo, one JSON line comes for each answer."""

from __future__ import annotations

import json
import math
import os
import stat
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from demos import demo_folder
from demos.base import Demo, Method
from demos.errors import BadInput, Broken, DemoError
from demos.figures import caution
from demos.inputs import Input
from demos.jobs import Answer
from demos.weights import method_state

LARGEST = 25 * 2**20  # bytes of one file, as on the page
WITHOUT_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
LONGEST_LINE = 2**20  # bytes of one JSON line
BROKEN = ("Something went wrong on our side with this input. Please try another one; "
          "--debug shows what it was.")


class WrongCall(Exception):
    """The command was called wrongly; the message says how to call it."""


@dataclass(frozen=True)
class Given:
    """One input: as it was given, and its values by name or the sentence why it cannot be used."""

    shown: Any
    values: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""


# --- which methods --------------------------------------------------------------------------------

def inputs_of(demo: Demo, method: Method) -> dict[str, Input]:
    """What a method takes, by name."""
    return {item.name: item for one in (*demo.inputs, *method.inputs) for item in (one, *one.settings)}


def missing(demo: Demo, method: Method, names: Iterable[str]) -> list[Input]:
    """The inputs that a method cannot do without and that are not among `names`; those with a preset it can."""
    return [item for item in inputs_of(demo, method).values()
            if item.name not in names and item.preset is None and (item in demo.inputs or not item.optional)]


def choose(demo: Demo, key: str = "", tier: str = "", options: Iterable[str] = ()) -> list[Method]:
    """The named method; or all that are ready and need no more than the demo's inputs and `options`."""
    if key:
        try:
            return [demo.method(key, tier)]
        except KeyError as error:
            raise WrongCall(error.args[0]) from None
    fitting = [m for m in demo.methods
               if not tier or tier in (m.tier, m.key, *(row.name for row in m.weights))]
    if not fitting:
        raise WrongCall(f"{demo.name} has no method in the tier {tier!r}; "
                        f"it has: {', '.join(dict.fromkeys(m.tier for m in demo.methods))}")
    names = {*options, *(item.name for item in demo.inputs)}
    able = [m for m in fitting if not missing(demo, m, names)]
    ready = [m for m in able if method_state(m, demo_folder(demo.name)) == "ready"]
    # where nothing is ready, ask what should be: its answer says what to install
    chosen = ready or [m for m in able if m.tier != "hub" and not m.larger]
    if not chosen:
        raise WrongCall(f"No method of {demo.name} is ready for this call; name one with --method: "
                        f"{', '.join(m.key for m in fitting)}")
    return chosen


# --- what was given -------------------------------------------------------------------------------

def read_file(path: str) -> bytes:
    """The bytes of an ordinary file of at most 25 MB; a BadInput for anything else, never a hang."""
    try:
        # a pipe without a writer would wait for ever, a device would never end
        if not stat.S_ISREG((kind := os.stat(path).st_mode)):
            raise BadInput("This is a folder. Please give a file." if stat.S_ISDIR(kind) else
                           "This is not an ordinary file. Please give a file, or - for standard input.")
        with open(path, "rb", opener=lambda name, flags: os.open(name, flags | WITHOUT_WAITING)) as file:
            return _at_most(file)
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: a name with a zero byte
        raise BadInput("There is no such file. Please check the name.") from None
    except PermissionError:
        raise BadInput("This file may not be read. Please check its permissions.") from None
    except OSError:
        raise BadInput("This file cannot be read. Please give another one.") from None


def _at_most(stream: BinaryIO) -> bytes:
    raw = stream.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise BadInput(f"This is more than {LARGEST // 2**20} MB. Please give a smaller file.")
    return raw


def standard_input() -> BinaryIO:
    """Standard input as bytes; where it is closed, an empty one."""
    return getattr(sys.stdin, "buffer", None) or open(os.devnull, "rb")


def _one(item: Input, word: str) -> Any:
    """The value an INPUT stands for: a file's bytes, standard input, or for text the words themselves."""
    if word == "-":
        return _at_most(standard_input())
    if item.is_file or os.path.isfile(word):
        return read_file(word)
    return word


def from_words(demo: Demo, words: Iterable[str], options: Mapping[str, Any]) -> Iterator[Given]:
    """Each INPUT as the demo's first input, with the options beside it."""
    main = demo.inputs[0]
    for word in words:
        try:
            yield Given(word, {**options, main.name: _one(main, word)})
        except BadInput as error:
            yield Given(word, error=str(error))


def from_lines(demo: Demo, stream: BinaryIO, options: Mapping[str, Any]) -> Iterator[Given]:
    """Each line as a JSON object of the demo's inputs; a file is named by its path."""
    known = {item.name: item for method in demo.methods for item in inputs_of(demo, method).values()}
    while line := stream.readline(LONGEST_LINE + 1):
        shown: Any = line[:200].decode("utf-8", "replace").strip()
        try:
            if len(line) > LONGEST_LINE:
                while line and not line.endswith(b"\n"):
                    line = stream.readline(LONGEST_LINE)
                raise BadInput("This line is longer than 1 MB. Please give files by their paths.")
            if not line.strip():
                continue
            row = json.loads(line.decode("utf-8-sig"), parse_constant=_finite, parse_float=_finite)
            if not isinstance(row, dict):
                raise BadInput("This line is no JSON object. Please give one such as "
                               f'{{"{demo.inputs[0].name}": "..."}}.')
            shown = row
            yield Given(row, {**options, **{name: _value(known, name, value) for name, value in row.items()}})
        except BadInput as error:
            yield Given(shown, error=str(error))
        except (ValueError, RecursionError):
            yield Given(shown, error="This line is not JSON. Please give one JSON object a line.")


def _finite(word: str) -> float:
    """A number of a line. Raises BadInput for what cannot be written back as JSON."""
    if not math.isfinite(value := float(word)):
        raise BadInput(f"{word} is no number that is read here. Please give one of ordinary size.")
    return value


def _value(known: Mapping[str, Input], name: str, value: Any) -> Any:
    if name not in known:
        raise BadInput(f"There is no input of this name. Please give: {', '.join(known)}.")
    item = known[name]
    if item.kind == "number" and isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value) if abs(value) < 1e300 else str(value)[:9]
    if not isinstance(value, str):
        raise BadInput(f"{item.label}: please give {'a number' if item.kind == 'number' else 'a string'}.")
    return read_file(value) if _is_path(item, value) else value


def _is_path(item: Input, value: str) -> bool:
    """Whether a value of an input is a file's path: always for a file, and where one is there for what may be one."""
    return item.is_file or (item.may_be_file and os.path.isfile(value))


def method_set(demo: Demo, pairs: list[str]) -> tuple[str, list[str]]:
    """What `--set method=KEY` names, and the other pairs; for a demo without an input of that name it is `--method KEY`."""
    if any("method" in inputs_of(demo, method) for method in demo.methods):
        return "", pairs
    keys = [value for name, _, value in (pair.partition("=") for pair in pairs) if name == "method"]
    return keys[-1] if keys else "", [pair for pair in pairs if pair.partition("=")[0] != "method"]


def read_options(demo: Demo, methods: Iterable[Method], pairs: Iterable[str]) -> dict[str, Any]:
    """The values of `--set name=value`, each checked by its own input; a WrongCall names those there are."""
    known = {item.name: item for method in methods for item in inputs_of(demo, method).values()}
    values: dict[str, Any] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or name not in known:
            there = ", ".join(f"{item.name} ({item.label})" for item in known.values())
            raise WrongCall(f"--set {name}: give name=value with a name of {demo.name}: {there}")
        try:
            if _is_path(known[name], value):
                values[name] = read_file(value)
            else:
                known[name].read(value)
                values[name] = value
        except BadInput as error:
            raise WrongCall(f"--set {name}: {error}") from None
    return values


# --- asking ---------------------------------------------------------------------------------------

def answer(engine: Any, demo: Demo, method: Method, values: Mapping[str, Any], debug: bool = False) -> Answer:
    """One method's answer to these inputs, worked out anew, those it does not know left out.

    Raises a DemoError; for a defect of ours it is Broken.
    """
    if lacking := missing(demo, method, values):
        raise BadInput(f"{lacking[0].label} is missing. Please give {lacking[0].name} too.")
    known = inputs_of(demo, method)
    own = {name: value for name, value in values.items() if name in known}
    try:
        whole = engine.submit(demo.name, method.key, own, want="answer", fresh=True).result()
        json.dumps(whole.result.as_json(), allow_nan=False)  # what JSON cannot hold is a defect too
        return whole
    except DemoError:
        raise
    except Exception as error:
        if debug:
            traceback.print_exc()
        raise Broken(BROKEN) from error


def ask(engine: Any, demo: Demo, method: Method, values: Mapping[str, Any],
        debug: bool = False) -> dict[str, Any]:
    """One answer as its JSON line holds it: method, result and seconds, or method and error."""
    try:
        whole = answer(engine, demo, method, values, debug)
    except DemoError as error:
        return {"method": method.key, "error": str(error)}
    line = {"method": method.key, "result": whole.result.as_json(), "seconds": round(whole.seconds, 6)}
    notes = [*whole.notes, *filter(None, [caution(demo, method)])]
    return {**line, "notes": notes} if notes else line


def answer_all(engine: Any, demo: Demo, methods: list[Method], givens: Iterable[Given],
               write: Callable[[dict[str, Any]], None], debug: bool = False) -> bool:
    """Ask every method about every input and write the lines as they come; True if all went well."""
    well = True
    for given in givens:
        lines = [{"error": given.error}] if given.error else (
            ask(engine, demo, method, given.values, debug) for method in methods)
        for line in lines:
            well = well and "error" not in line
            write({"input": given.shown, **line})
    return well


def open_lines(name: str) -> BinaryIO:
    """The stream of `--jsonl`: a file, or - for standard input."""
    if name == "-":
        return standard_input()
    if not Path(name).is_file():
        raise WrongCall(f"--jsonl {name}: there is no such file; give one, or - for standard input")
    return open(name, "rb")
