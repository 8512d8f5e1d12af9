"""Downloads from the hub, against a small hub of the tests' own: everything that can go wrong on the way."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hub_server import FILES, ROW, SIZE, TOTAL, Hub, cache, hub, row  # noqa: F401
from safetensors.numpy import load_file

from conftest import ROOT
from demos import hub as module
from demos import weights
from demos.base import Weights
from demos.errors import Busy, Stopped, WeightsMissing
from demos.weights import fetch, locate, state

HERE = Path()


def files_in(folder: Path) -> list[str]:
    """Everything under the cache but the locks, which hold nothing."""
    return sorted(file.name for file in folder.rglob("*") if file.is_file() and file.suffix != ".lock")


def refused(part: str, want: Weights = ROW) -> None:
    """fetch says this, in one or two sentences; nothing is taken for whole."""
    with pytest.raises(WeightsMissing, match=part) as caught:
        fetch(want)
    assert "/" not in str(caught.value) and len(str(caught.value)) < 250
    assert state(want, HERE) != "ready"
    with pytest.raises(WeightsMissing, match="python -m demos fetch"):
        locate(want, HERE)


def test_success(hub: Hub, cache: Path) -> None:
    assert state(ROW, HERE) == "not downloaded (0 MB)"
    told: list[tuple[int, int]] = []
    home = fetch(ROW, lambda have, total: told.append((have, total)))
    assert load_file(home / "model.safetensors")["layer"].shape == (200, 300)
    assert files_in(cache) == ["config.json", "model.safetensors"]
    assert {total for _, total in told} == {TOTAL}
    haves = [have for have, _ in told]
    assert haves == sorted(haves) and haves[-1] == TOTAL and len(haves) > 3
    assert state(ROW, HERE) == "ready" and locate(ROW, HERE) == home


def test_what_is_here_is_not_fetched_again(hub: Hub) -> None:
    home = fetch(ROW)
    hub.asked.clear()
    assert fetch(ROW) == home and hub.asked == []


def test_a_single_file_is_given_as_a_file(hub: Hub) -> None:
    only = replace(ROW, files=ROW.files[1:])
    assert fetch(only).name == "model.safetensors" and locate(only, HERE).is_file()


def test_files_in_folders_of_the_repository(hub: Hub) -> None:
    hub.files["onnx/model.json"] = b"{}"
    assert (fetch(row({"onnx/model.json": b"{}"})).read_bytes()) == b"{}"


@pytest.mark.parametrize("part", [0.10, 0.50, 0.99])
def test_a_cut_within_one_fetch(hub: Hub, part: float) -> None:
    hub.cut_at, hub.cuts = part, 1
    home = fetch(ROW)
    assert (home / "model.safetensors").read_bytes() == FILES["model.safetensors"]
    assert hub.bytes_sent_for("model.safetensors") == ["bytes=0-", f"bytes={int(SIZE * part)}-"]


@pytest.mark.parametrize("part", [0.10, 0.50, 0.99])
def test_a_cut_and_the_network_gone(hub: Hub, cache: Path, part: float) -> None:
    """The second fetch asks only for what is missing."""
    hub.cut_at, hub.cuts = part, 1000
    refused("connection was cut.*goes on from there")
    (left,) = cache.rglob("model.safetensors")
    assert left.stat().st_size == int(SIZE * part) and left.parent.name.endswith(".incomplete")
    hub.close()
    refused("cannot be reached")
    hub.cuts = 0
    hub.asked.clear()
    hub.open()
    home = fetch(ROW)
    assert (home / "model.safetensors").read_bytes() == FILES["model.safetensors"]
    assert hub.bytes_sent_for("model.safetensors") == [f"bytes={int(SIZE * part)}-"]
    assert files_in(cache) == ["config.json", "model.safetensors"]


def test_a_server_without_ranges_begins_anew(hub: Hub) -> None:
    hub.cut_at, hub.cuts, hub.ranges = 0.5, 1, False
    assert (fetch(ROW) / "model.safetensors").read_bytes() == FILES["model.safetensors"]


def test_a_process_killed_in_the_middle(hub: Hub, cache: Path) -> None:
    """What it left is gone on from by the next one."""
    hub.cut_at, hub.cuts, hub.stalls = 0.5, 1, True
    program = "from test_hub import ROW, fetch; print('go', flush=True); fetch(ROW)"
    other = subprocess.Popen([sys.executable, "-B", "-c", program], stdout=subprocess.PIPE, env={
        **os.environ, "HF_HUB_OFFLINE": "0", "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])})
    deadline = time.monotonic() + 30
    while not hub.bytes_sent_for("model.safetensors") and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.2)
    other.kill()
    other.wait()
    (left,) = cache.rglob("model.safetensors")
    assert 0 <= left.stat().st_size < SIZE
    assert (fetch(ROW) / "model.safetensors").read_bytes() == FILES["model.safetensors"]


def test_wrong_digest(hub: Hub, cache: Path) -> None:
    hub.swap["model.safetensors"] = bytes(SIZE)
    refused("not the file this project knows, so it was deleted")
    assert files_in(cache) == []
    hub.swap.clear()
    fetch(ROW)


def test_wrong_digest_after_a_cut(hub: Hub, cache: Path) -> None:
    hub.cut_at, hub.cuts = 0.5, 1000
    refused("connection was cut")
    hub.cuts = 0
    hub.swap["model.safetensors"] = bytes(SIZE)
    refused("deleted")
    assert files_in(cache) == []


def test_more_bytes_than_announced(hub: Hub, cache: Path) -> None:
    hub.swap["model.safetensors"] = FILES["model.safetensors"] + b"and more"
    refused("not the file this project knows")
    assert files_in(cache) == []


@pytest.mark.parametrize("when", ["all", "get"])
def test_a_web_page_instead_of_a_file(hub: Hub, cache: Path, when: str) -> None:
    hub.page = when
    refused("A web page arrived instead of the model.*log in to the network")
    assert [name for name in files_in(cache) if "model" in name] == []


def test_a_web_page_of_the_right_length(hub: Hub, cache: Path) -> None:
    hub.swap["model.safetensors"] = b"<html>".ljust(SIZE)
    refused("A web page arrived")
    assert files_in(cache) == []


def test_a_web_page_does_not_spoil_what_has_arrived(hub: Hub, cache: Path) -> None:
    hub.cut_at, hub.cuts = 0.5, 1000
    refused("connection was cut")
    hub.page = "get"
    refused("A web page arrived")
    hub.page, hub.cuts = "", 0
    hub.asked.clear()
    fetch(ROW)
    assert hub.bytes_sent_for("model.safetensors") == [f"bytes={SIZE // 2}-"]


@pytest.mark.parametrize(("status", "says"), [
    (503, "not available right now .it answered 503"), (500, "answered 500"), (429, "answered 429"),
    (404, "does not have this version"), (403, "asks for a login"), (401, "asks for a login")])
def test_refusals(hub: Hub, cache: Path, status: int, says: str) -> None:
    hub.status = status
    refused(says)
    hub.status, hub.status_get = 0, status
    refused(says)
    assert sum(file.stat().st_size for file in cache.rglob("*") if file.is_file()) == 0


def test_no_network(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    refused("cannot be reached from this machine")
    monkeypatch.setenv("HF_ENDPOINT", "http://no-such-host.invalid")
    refused("cannot be reached from this machine")
    assert files_in(cache) == []


def test_switched_off(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    refused("HF_HUB_OFFLINE")
    assert hub.asked == []


def test_a_silent_server(hub: Hub, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TIMEOUT_S", 0.2)
    hub.cut_at, hub.cuts, hub.stalls = 0.5, 1000, True
    began = time.monotonic()
    refused("connection was cut")
    assert time.monotonic() - began < 4


def test_full_disk(hub: Hub, cache: Path) -> None:
    """A real failed write: the file is /dev/full, where every write says that no space is left."""
    beside = weights._home(ROW).with_name(weights._home(ROW).name + ".incomplete")
    beside.mkdir(parents=True)
    (beside / "model.safetensors").symlink_to("/dev/full")
    refused("The disk is full, so the download was deleted")
    assert files_in(cache) == [] and not beside.exists()


def test_full_disk_in_the_middle(hub: Hub, cache: Path) -> None:
    """The kernel refuses to let files of another process grow over 100 kB; then there is room again."""
    program = ("import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
               "from test_hub import ROW, fetch; fetch(ROW)")
    done = subprocess.run([sys.executable, "-B", "-c", program], capture_output=True, text=True, env={
        **os.environ, "HF_HUB_OFFLINE": "0", "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])})
    assert done.returncode == 1
    assert "WeightsMissing: The disk is full, so the download was deleted" in done.stderr
    assert hub.bytes_sent_for("model.safetensors") and files_in(cache) == []
    fetch(ROW)


def test_too_little_room_is_noticed_before(hub: Hub, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights.shutil, "disk_usage", lambda path: type("Usage", (), {"free": TOTAL - 1}))
    refused("The disk is full")
    assert files_in(cache) == [] and hub.bytes_sent_for("model.safetensors") == []


def test_stop(hub: Hub, cache: Path) -> None:
    stop = threading.Event()
    with pytest.raises(Stopped):
        fetch(ROW, lambda have, total: stop.set() if have > 1000 else None, stop)
    assert state(ROW, HERE) != "ready"
    fetch(ROW, stop=threading.Event())


def test_two_at_once(hub: Hub) -> None:
    """The second is told to wait; it does not write into the first one's file."""
    said: list[str] = []

    def meanwhile(have: int, total: int) -> None:
        if not said:
            with pytest.raises(Busy) as caught:
                fetch(ROW)
            said.append(str(caught.value))

    fetch(ROW, meanwhile)
    assert said == ["tiny is being fetched already. Please wait until that is done."]


def test_damage_in_the_cache(hub: Hub) -> None:
    home = fetch(ROW)
    (home / "model.safetensors").write_bytes(bytes(SIZE))
    with pytest.raises(WeightsMissing, match="was damaged and is removed. Please fetch tiny again"):
        locate(ROW, HERE)
    assert state(ROW, HERE).startswith("not downloaded")
    assert (fetch(ROW) / "model.safetensors").read_bytes() == FILES["model.safetensors"]
