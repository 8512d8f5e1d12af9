"""The README tells the truth: its tree, its commands, its demos and its figures."""

from __future__ import annotations

import json
import re

from conftest import ROOT
from demos import list_demos

README = (ROOT / "README.md").read_text()


def test_every_demo_is_named_with_its_question() -> None:
    for demo in list_demos():
        assert demo.name in README and demo.question in README


def test_the_tree_names_files_that_are_there_and_all_that_matter() -> None:
    tree = README.split("## Where things are")[1].split("```")[1]
    named = []
    folders: list[str] = []
    for line in tree.strip().splitlines():
        entry = re.match(r"( *)(\S+)", line)
        depth = len(entry[1]) // 2
        folders = [*folders[:depth], entry[2]]
        named.append("".join(folders))
    for path in named:
        assert (ROOT / path).exists(), f"{path} is in the README's tree only"
    for path in [*ROOT.glob("demos/*.py"), *ROOT.glob("pages/*.py"), *ROOT.glob("demos/*/__init__.py")]:
        relative = str(path.relative_to(ROOT)).replace("__init__.py", "")
        assert relative in named or path.name == "__init__.py", f"{relative} is missing in the README's tree"


def test_every_make_target_in_the_readme_is_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    assert set(re.findall(r"`make ([a-z-]+)", README)) <= targets


def test_the_tables_are_those_that_were_written() -> None:
    from bench.__main__ import figures_table, table

    assert table() in README and figures_table() in README
    for path in (ROOT / "bench" / "results").glob("*.json"):
        assert {"date", "machine", "command", "rows"} <= set(json.loads(path.read_text()))


def test_nothing_of_a_workplace_is_named() -> None:
    pattern = re.compile("/wor" + r"k/|\.\./sha" + "red", re.I)
    for path in ROOT.rglob("*"):
        if path.suffix in (".py", ".md", ".toml", ".txt", ".json", ".css") and not any(
                part.startswith(".") and part != ".streamlit" for part in path.relative_to(ROOT).parts):
            assert not pattern.search(path.read_text(errors="replace")), path.name
