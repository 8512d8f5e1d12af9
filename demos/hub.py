"""Files of a pinned version from the Hugging Face hub: what cut connections leave is kept and gone on from.

`huggingface_hub` gives the addresses, the session (proxy, token, mirror, offline switch) and the errors.
Its own `hf_hub_download` is not used: version 2 deletes what has arrived when a connection is cut.
"""

from __future__ import annotations

import errno
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from demos.errors import DemoError, Stopped, WeightsMissing

TRIES = 3  # in a row without a new byte
PAUSE_S = 1.0
TIMEOUT_S = 15.0

CUT = ("The connection was cut in the middle of the download. What has arrived is kept: fetch it again, "
       "and it goes on from there.")
NO_NETWORK = ("The model hub cannot be reached from this machine. Check the network and try again; "
              "the methods that came with the installation work without it.")
OFFLINE = ("Downloads are switched off on this machine (HF_HUB_OFFLINE is set). "
           "Unset it, start again and fetch the model, or choose another method.")
CLOSED = "The model hub is not available right now (it answered {status}). Try again in a few minutes."
GONE = ("The model hub does not have this version of the model any more (it answered {status}). "
        "Choose another method; whoever runs this app can pin a newer version.")
LOGIN = ("The model hub asks for a login for this model (it answered {status}). "
         "Choose another method, or set HF_TOKEN to a token that may read it.")
PAGE = ("A web page arrived instead of the model, as from the login page of a hotel's or school's network. "
        "Open a browser, log in to the network and fetch the model again.")
WRONG = ("What arrived is not the file this project knows, so it was deleted. Fetch it again; "
         "if it happens twice, choose another method.")
FULL = "The disk is full, so the download was deleted. Make {mb:,.0f} MB of room and fetch the model again."
UNWRITABLE = ("The folder for downloads cannot be written. Whoever runs this app can set LIVE_CACHE "
              "to a folder that can.")


def _httpx() -> Any:
    """The HTTP library under huggingface_hub: httpx2 from its version 2 on, httpx before."""
    try:
        import httpx2 as library
    except ImportError:
        import httpx as library
    return library


def is_full(error: OSError) -> bool:
    """True where a write failed for want of room: a full disk, a quota, a limit on a file's size."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def in_words(megabytes: float) -> Iterator[None]:
    """Turn what goes wrong between here and the hub into one `WeightsMissing` sentence."""
    from huggingface_hub.errors import HfHubHTTPError, OfflineModeIsEnabled

    httpx = _httpx()
    try:
        yield
    except DemoError:
        raise
    except OfflineModeIsEnabled as error:
        raise WeightsMissing(OFFLINE) from error
    except HfHubHTTPError as error:
        status = error.response.status_code
        sentence = LOGIN if status in (401, 403) else GONE if 400 <= status < 500 and status not in (
            408, 429) else CLOSED
        raise WeightsMissing(sentence.format(status=status)) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise WeightsMissing(NO_NETWORK) from error
    except OSError as error:
        raise WeightsMissing(FULL.format(mb=megabytes) if is_full(error) else UNWRITABLE) from error


def address(repo: str, revision: str, path: str) -> str:
    """Where a file of this version lies on the hub, or on the mirror that HF_ENDPOINT names."""
    from huggingface_hub import constants, hf_hub_url

    # read here and not at import, so that whoever sets it later is heard too
    endpoint = os.environ.get("HF_ENDPOINT") or constants.ENDPOINT
    return hf_hub_url(repo, path, revision=revision, endpoint=endpoint)


def size(repo: str, revision: str, path: str) -> int:
    """Bytes of a file on the hub."""
    from huggingface_hub import get_hf_file_metadata

    about = get_hf_file_metadata(address(repo, revision, path), timeout=TIMEOUT_S)
    if about.commit_hash is None or about.size is None:  # every real hub says both
        raise WeightsMissing(PAGE)
    return about.size


def _bytes(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def _go_on(url: str, target: Path, expected: int, report: Callable[[int], None],
           stop: threading.Event | None) -> None:
    """One request for the bytes of `target` that are still missing, appended as they come."""
    from huggingface_hub import get_session
    from huggingface_hub.utils import build_hf_headers, hf_raise_for_status

    have = _bytes(target)
    headers = {**build_hf_headers(), "Accept-Encoding": "identity", "Range": f"bytes={have}-"}
    with get_session().stream("GET", url, headers=headers, timeout=TIMEOUT_S) as response:
        hf_raise_for_status(response)
        if response.headers.get("content-type", "").startswith("text/html") and not url.endswith(".html"):
            raise WeightsMissing(PAGE)
        # a server may ignore the range, or understand another one: then the file starts anew
        goes_on = response.status_code == 206 and response.headers.get("content-range", "").startswith(
            f"bytes {have}-")
        have = have if goes_on else 0
        with target.open("ab" if goes_on else "wb") as file:
            for chunk in response.iter_bytes():
                if stop is not None and stop.is_set():
                    raise Stopped("The download was stopped. What has arrived is kept for the next time.")
                have += len(chunk)
                if have > expected:  # never more than was announced, however long a server talks
                    raise WeightsMissing(WRONG)
                file.write(chunk)
                report(have)


def download(repo: str, revision: str, path: str, target: Path, expected: int,
             report: Callable[[int], None], stop: threading.Event | None = None) -> None:
    """Bring `target` to its `expected` bytes, going on from those it has; `report` is told how many.

    Raises `WeightsMissing` or `Stopped`, each with a sentence; `target` then holds what has arrived.
    """
    url, left = address(repo, revision, path), TRIES
    if _bytes(target) > expected:
        target.unlink()
    target.touch()
    while (before := _bytes(target)) < expected:
        try:
            _go_on(url, target, expected, report, stop)
        except _httpx().TransportError as error:
            if left == 1 and _bytes(target) <= before:
                raise WeightsMissing(CUT if before else NO_NETWORK) from error
        if _bytes(target) == expected:
            break
        left = TRIES if _bytes(target) > before else left - 1
        if left == 0:  # answers without an error and without a byte
            raise WeightsMissing(CUT)
        (stop.wait if stop is not None else time.sleep)(PAUSE_S)


def is_page(file: Path) -> bool:
    """True where a file begins as a web page does."""
    with file.open("rb") as opened:
        return opened.read(512).lstrip().lower().startswith((b"<!doctype html", b"<html"))
