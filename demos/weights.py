"""Where a model's weights lie: in an installed package, in the demo's folder, or fetched from the hub."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from demos.base import Weights, WeightsFile

PINS = Path(__file__).with_name("hub_pins.json")


@lru_cache(maxsize=1)
def _pins() -> dict[str, dict]:
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
    return Weights(name, "hub", rows, license, size_mb, source, repo, pin.get("revision", "") if complete else "")
