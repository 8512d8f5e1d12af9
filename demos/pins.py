"""Versions of hub models that this project knows: commit, digests and sizes, kept in `hub_pins.json`."""

from __future__ import annotations

import hashlib
import json
import os
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from demos import hub
from demos.base import Weights, WeightsFile
from demos.errors import WeightsMissing

PINS = Path(__file__).with_name("hub_pins.json")


@lru_cache(maxsize=1)
def _pins() -> dict[str, dict[str, Any]]:
    """Repository -> {"revision": commit hash, "files": {path: {"sha256", "size"}}}."""
    return json.loads(PINS.read_text()) if PINS.exists() else {}


def pinned(repo: str, files: tuple[str, ...], *, name: str, license: str, size_mb: float,
           source: str) -> Weights:
    """The row of a hub model: its commit hash and digests as `python -m demos pin REPO` wrote them.

    `files` are paths in the repository, `size_mb` is used until the pin says it exactly. A row whose
    pin is not known is valid too: its revision and digests are empty, and it is refused with a
    sentence when somebody asks for it.
    """
    pin = _pins().get(repo, {})
    known = pin.get("files", {})
    complete = all(path in known for path in files)
    if complete:
        size_mb = round(sum(known[path]["size"] for path in files) / 1e6, 1)
    rows = tuple(WeightsFile(path, known[path]["sha256"] if complete else "", (path,)) for path in files)
    revision = pin["revision"] if complete else ""
    return Weights(name, "hub", rows, license, size_mb, source, repo, revision)


def is_pinned(weights: Weights) -> bool:
    """False for hub rows whose commit or digests are not known: these are never fetched."""
    return weights.tier != "hub" or bool(re.fullmatch("[0-9a-f]{40}", weights.revision)
                                         and all(file.sha256 for file in weights.files))


def write_pin(repo: str, files: tuple[str, ...], revision: str = "main") -> str:
    """Ask the hub about these files and keep what it says in `hub_pins.json`; gives the commit hash."""
    fresh = ask(repo, files, revision)
    PINS.write_text(json.dumps({**_pins(), repo: fresh}, indent=1, sort_keys=True) + "\n")
    _pins.cache_clear()
    return fresh["revision"]


def ask(repo: str, files: tuple[str, ...], revision: str = "main") -> dict[str, Any]:
    """What `hub_pins.json` holds for a repository: the commit `revision` names today, digests and sizes.

    The hub tells the digests of large files; small ones are read here. Raises `WeightsMissing`.
    """
    from huggingface_hub import HfApi, get_session
    from huggingface_hub.utils import build_hf_headers, hf_raise_for_status

    with hub.in_words(megabytes=0):
        api = HfApi(endpoint=os.environ.get("HF_ENDPOINT") or None)
        about = api.model_info(repo, revision=revision, files_metadata=True, timeout=hub.TIMEOUT_S)
        there = {file.rfilename: file for file in about.siblings or ()}
        missing = [path for path in files if path not in there]
        if missing or about.sha is None:
            raise WeightsMissing(f"{repo} has no file {', '.join(missing)} in this version.")
        rows = {}
        for path in files:
            lfs = there[path].lfs
            if lfs is not None:
                rows[path] = {"sha256": lfs.sha256, "size": lfs.size}
                continue
            answer = get_session().get(hub.address(repo, about.sha, path), headers=build_hf_headers(),
                                       timeout=hub.TIMEOUT_S)
            hf_raise_for_status(answer)
            rows[path] = {"sha256": hashlib.sha256(answer.content).hexdigest(), "size": len(answer.content)}
        return {"revision": about.sha, "files": rows}
