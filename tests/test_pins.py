"""Pinned versions of hub models: written from what the hub says, and nothing unpinned is fetched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hub_server import COMMIT, FILES, ROW, Hub, cache, hub, row  # noqa: F401

from demos import pins
from demos.errors import WeightsMissing
from demos.weights import fetch, locate, state

HERE = Path()


@pytest.mark.parametrize("revision", ["", "main", "0123456"])
def test_only_a_commit_will_do(hub: Hub, revision: str) -> None:
    with pytest.raises(WeightsMissing, match="No version of tiny/model is pinned"):
        fetch(row(revision=revision))
    assert hub.asked == []


@pytest.fixture
def own_pins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(pins, "PINS", tmp_path / "pins.json")
    pins._pins.cache_clear()
    yield tmp_path / "pins.json"
    pins._pins.cache_clear()


def test_pin_then_fetch(hub: Hub, own_pins: Path) -> None:
    """A pin holds what the hub says, and a row made from it can be fetched."""
    described = {"name": "tiny", "license": "MIT", "size_mb": 1, "source": "made for the test"}
    assert not pins.is_pinned(pins.pinned("tiny/model", tuple(FILES), **described))
    assert pins.write_pin("tiny/model", tuple(FILES)) == COMMIT
    assert json.loads(own_pins.read_text())["tiny/model"]["revision"] == COMMIT
    made = pins.pinned("tiny/model", tuple(FILES), **described)
    assert made.files == ROW.files and made.revision == COMMIT
    assert fetch(made) == locate(made, HERE)
    with pytest.raises(WeightsMissing, match="has no file other.bin"):
        pins.write_pin("tiny/model", ("other.bin",))
    hub.close()
    with pytest.raises(WeightsMissing, match="cannot be reached"):
        pins.write_pin("tiny/model", tuple(FILES))


def test_a_row_without_a_pin_is_valid_and_refused(cache: Path) -> None:
    made = pins.pinned("nobody/nothing", ("config.json",), name="nothing", license="MIT", size_mb=3,
                       source="nowhere")
    assert made.revision == "" and made.size_mb == 3
    assert state(made, HERE) == "no version pinned"
    with pytest.raises(WeightsMissing, match="No version of nobody/nothing is pinned"):
        locate(made, HERE)


def test_pins_in_the_project_are_whole() -> None:
    assert pins._pins()
    for repo, pin in pins._pins().items():
        made = pins.pinned(repo, tuple(pin["files"]), name="x", license="x", size_mb=0, source="x")
        assert pins.is_pinned(made), repo
        assert made.size_mb > 1
        assert all(len(file.sha256) == 64 for file in made.files)
