"""What whoever runs the app may set, each by an environment variable.

LIVE_MEMORY_MB     memory that loaded models may take together; default: half of the machine's
LIVE_DEVICE        cpu, cuda or mps; default: the best one there is
LIVE_QUEUE         jobs that may wait; a page asks about five at once; default 300
LIVE_QUEUE_S       seconds of work that may wait, by this machine's own timings; default 60
LIVE_ANSWERS_MB    memory for answers to samples, so that they are worked out once; default 256
LIVE_CACHE         where joined weights and this machine's timings are kept
LIVE_ENGINE        where models run: nothing for a worker beside the server; ray://local for a Ray cluster on this
                   machine alone; ray://HEAD:6379 for the cluster with that head, of which this machine is a node
                   (docs/scale.md). DEMOS_ENGINE is the same
LIVE_POOLS         a file that says which methods share which processes of the cluster (deploy/pools.toml)
LIVE_HOSTS         names, separated by commas, under which the pages may be called beside addresses and local names; * for any
LIVE_EXTRA_DEMOS   dotted names of packages with more demos, separated by commas
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """The values in force in this process."""

    memory_mb: float
    device: str
    queue: int
    queue_s: float
    answers_mb: float
    cache: Path
    extra_demos: tuple[str, ...]
    hosts: tuple[str, ...]
    engine: str = ""
    pools: Path | None = None


def _machine_memory_mb() -> float:
    """Memory this process may use: the machine's, or the container's limit where that is lower."""
    import psutil

    total = float(psutil.virtual_memory().total)
    try:
        limit = Path("/sys/fs/cgroup/memory.max").read_text().strip()
        total = min(total, float(limit)) if limit != "max" else total
    except (OSError, ValueError):
        pass
    return total / 2**20


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Read once; tests that change the environment call `settings.cache_clear()`."""
    default_cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "deep-learning-live"
    return Settings(
        memory_mb=float(os.environ.get("LIVE_MEMORY_MB") or _machine_memory_mb() / 2),
        device=os.environ.get("LIVE_DEVICE", ""),
        queue=int(os.environ.get("LIVE_QUEUE") or 300),
        queue_s=float(os.environ.get("LIVE_QUEUE_S") or 60),
        answers_mb=float(os.environ.get("LIVE_ANSWERS_MB") or 256),
        cache=Path(os.environ.get("LIVE_CACHE") or default_cache),
        hosts=tuple(filter(None, os.environ.get("LIVE_HOSTS", "").lower().split(","))),
        extra_demos=tuple(filter(None, os.environ.get("LIVE_EXTRA_DEMOS", "").split(","))),
        engine=os.environ.get("LIVE_ENGINE") or os.environ.get("DEMOS_ENGINE", ""),
        pools=Path(os.environ["LIVE_POOLS"]) if os.environ.get("LIVE_POOLS") else None,
    )
