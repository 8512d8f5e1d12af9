"""The command line: `python -m demos list | run | evaluate | check | fetch | pin`, each with --help.

Standard output holds what was asked for and nothing else: JSON lines for `run`. Exit 0 all well,
1 some input failed, 2 wrong call.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import logging
import os
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator
from typing import Any, NoReturn, TextIO

from demos import ask, commands
from demos.ask import WrongCall
from demos.errors import DemoError

USAGE = """usage: python -m demos COMMAND ...

  list [--json]                       the demos, their methods, and what is ready
  run NAME [options] INPUT...         ask a demo; one JSON line for each input and method
  evaluate NAME DATA [options]        measure a demo on a data folder
  check [--json]                      load every model and run every sample
  fetch NAME METHOD                   download a method's files from the hub
  pin REPO [--revision R]             note the version and digests of a hub model

python -m demos COMMAND --help says more. Exit: 0 all well, 1 some input failed, 2 wrong call.
"""


class _Parser(argparse.ArgumentParser):
    """argparse with one sentence for a wrong call."""

    def error(self, message: str) -> NoReturn:
        raise WrongCall(f"{message} ({self.prog} --help says more)")


def _parsers() -> dict[str, _Parser]:
    made = {name: _Parser(prog=f"python -m demos {name}", description=text) for name, text in {
        "list": "The demos, their methods, and what is ready.",
        "run": "Ask a demo. An INPUT is a file, - for standard input, or for text demos the text in quotes "
               "(where it is the name of a file, the file is read). Without --method every method runs that "
               "is ready.",
        "evaluate": "Measure a demo's methods on a data folder.",
        "check": "Load every model, run every sample; one line a demo, exit 1 if any is red.",
        "fetch": "Download the files of a method from the hub.",
        "pin": "Note the version and the digests of a hub model's files in demos/hub_pins.json.",
    }.items()}
    for parser in made.values():
        parser.add_argument("--debug", action="store_true", help="show tracebacks of our own defects")
    for name in ("list", "evaluate", "check"):
        made[name].add_argument("--json", action="store_true", help="as JSON")
    for name in ("run", "evaluate", "fetch"):
        made[name].add_argument("name", metavar="NAME", help="a demo, as `list` names it")
    for name in ("run", "evaluate"):
        made[name].add_argument("--method", default="",
                                help="a method's key, or classical or deep for the first of them")
    for name in ("run", "evaluate", "check"):
        made[name].add_argument("--device", default="", choices=("", "cpu", "cuda", "mps"),
                                help="default: the best there is")
    run = made["run"]
    run.add_argument("--tier", default="", help="bundled, package or hub, or the name of a row of weights")
    run.add_argument("--set", action="append", default=[], metavar="name=value",
                     help="another input, such as labels; the demo's first one too; method=KEY is --method KEY")
    run.add_argument("--jsonl", default="", metavar="FILE",
                     help="one JSON object of the inputs a line; - for standard input")
    run.add_argument("inputs", nargs="*", metavar="INPUT")
    evaluate = made["evaluate"]
    evaluate.add_argument("data", metavar="DATA", help="the folder that holds the data")
    evaluate.add_argument("--save", action="store_true", help="write figures.json, which the pages show")
    evaluate.add_argument("--limit", type=_positive, help="measure on the first so many items only")
    made["fetch"].add_argument("method", metavar="METHOD")
    made["pin"].add_argument("repo", metavar="REPO")
    made["pin"].add_argument("--revision", default="main", help="a branch, tag or commit; default: main")
    return made


def _positive(text: str) -> int:
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError("a number from 1 on is needed")
    return number


def _engine(device: str) -> Any:
    from demos.engine import InlineEngine

    if device in ("cuda", "mps"):
        import torch

        there = torch.cuda.is_available() if device == "cuda" else torch.backends.mps.is_available()
        if not there:
            raise WrongCall(f"--device {device}: this machine has none; cpu always works")
    return InlineEngine(device=device)


def _run(out: TextIO, wish: argparse.Namespace) -> int:
    demo = commands.find(wish.name)
    key, wish.set = ask.method_set(demo, wish.set)
    wish.method = wish.method or key
    names = [pair.partition("=")[0] for pair in wish.set]
    by_name = not wish.inputs and not wish.jsonl and demo.inputs[0].name in names
    if bool(wish.inputs) == bool(wish.jsonl) and not by_name:
        raise WrongCall(f"give one INPUT or more, or --jsonl FILE, or --set {demo.inputs[0].name}=...")
    methods = ask.choose(demo, wish.method, wish.tier, names)
    options = ask.read_options(demo, methods, wish.set)
    if not wish.jsonl:
        for item in ask.missing(demo, methods[0], {demo.inputs[0].name, *options}):
            raise WrongCall(f"{item.name} is missing too; give it with --set {item.name}=..., or use --jsonl")
        givens = [ask.Given(options[demo.inputs[0].name], options)] if by_name else ask.from_words(demo, wish.inputs, options)
    else:
        givens = ask.from_lines(demo, ask.open_lines(wish.jsonl), options)

    def write(line: dict[str, Any]) -> None:
        # ASCII and one line whatever the input's name holds
        out.write(json.dumps(line, allow_nan=False) + "\n")
        out.flush()

    if wish.method:
        try:
            commands.fetch_method(demo, methods[0])
        except DemoError as error:
            for given in givens:
                write({"input": given.shown, "method": methods[0].key, "error": str(error)})
            return 1
    engine = _engine(wish.device)
    try:
        return 0 if ask.answer_all(engine, demo, methods, givens, write, wish.debug) else 1
    finally:
        engine.close()


def _evaluate(out: TextIO, wish: argparse.Namespace) -> int:
    engine = _engine(wish.device)
    try:
        return commands.evaluate_command(out, engine, wish.name, wish.data, wish.method, wish.json, wish.save,
                                         wish.limit)
    finally:
        engine.close()


def _check(out: TextIO, wish: argparse.Namespace) -> int:
    engine = _engine(wish.device)
    try:
        return commands.check_command(out, engine, wish.json, wish.debug)
    finally:
        engine.close()


COMMANDS: dict[str, Callable[[TextIO, argparse.Namespace], int]] = {
    "list": lambda out, wish: commands.list_command(out, wish.json),
    "run": _run,
    "evaluate": _evaluate,
    "check": _check,
    "fetch": lambda out, wish: commands.fetch_command(out, wish.name, wish.method),
    "pin": lambda out, wish: commands.pin_command(out, wish.repo, wish.revision),
}


@contextlib.contextmanager
def _own_output() -> Iterator[TextIO]:
    """Standard output for our lines alone; what libraries print, in Python or C, goes to standard error."""
    try:
        number, other = sys.stdout.fileno(), sys.stderr.fileno()
    except (OSError, AttributeError):  # no file: a test's stand-in, or closed
        own = sys.stdout or io.StringIO()
        with contextlib.redirect_stdout(sys.stderr):
            yield own
        return
    sys.stdout.flush()
    kept = os.dup(number)
    os.dup2(other, number)
    try:
        with open(kept, "w", encoding="utf-8", closefd=False) as out:
            yield out
    finally:
        os.dup2(kept, number)
        os.close(kept)


def _quiet() -> None:
    """Keep libraries from chatting on standard error."""
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    for name, value in {"HF_HUB_DISABLE_PROGRESS_BARS": "1", "TRANSFORMERS_VERBOSITY": "error",
                        "TOKENIZERS_PARALLELISM": "false"}.items():
        os.environ.setdefault(name, value)


def main(argv: list[str] | None = None) -> int:
    """Carry out one command; the exit code."""
    argv = sys.argv[1:] if argv is None else argv
    debug = "--debug" in argv
    try:
        if not argv or argv[0] in ("-h", "--help"):
            sys.stdout.write(USAGE)
            return 0 if argv else 2
        if argv[0] not in COMMANDS:
            raise WrongCall(f"there is no command {argv[0]!r}; there are: {', '.join(COMMANDS)}")
        wish = _parsers()[argv[0]].parse_intermixed_args(argv[1:])
        with _own_output() as out:
            return COMMANDS[argv[0]](out, wish)
    except WrongCall as error:
        if debug and error.__cause__ is not None:
            traceback.print_exc()
        sys.stderr.write(f"{error}\n")
        return 2
    except DemoError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 141  # as a shell says it: nobody reads on
    except Exception:
        if debug:
            traceback.print_exc()
        sys.stderr.write("Something went wrong on our side; --debug shows what it was.\n")
        return 1


if __name__ == "__main__":
    if "--debug" not in sys.argv:
        _quiet()
    sys.exit(main())
