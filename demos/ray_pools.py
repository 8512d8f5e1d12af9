"""Which methods share which processes of a Ray cluster, read from a settings file; knows nothing of Ray.

The file is TOML, one `[[pool]]` after another (deploy/pools.toml is an example with every key). A method
belongs to the first pool that names it, and each method to exactly one; what no pool names belongs to a
last one, in which rarely asked methods share processes.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from demos import list_demos
from demos.settings import settings


class WrongPools(ValueError):
    """The settings file cannot be used; the message says which key and what is accepted."""


@dataclass(frozen=True)
class Pool:
    """Some methods ("demo/method", with * for any) and the processes (replicas) that carry them out.

    Serve adds and takes away replicas between `lowest` and `highest`, so that each has about `wanted` jobs,
    waiting ones included. A replica carries out `at_once` jobs at a time; `queue` more may wait in each
    process that draws, then visitors are told that it is full. A replica holds at most `models` models and
    `memory_mb` of them. `batch` answers of one method are computed together where the method can do that; the
    first waits `batch_wait_s` for the others. `each` makes a pool of its own of every method that is named.
    """

    name: str
    methods: tuple[str, ...] = ("*",)
    each: bool = False
    lowest: int = 1
    highest: int = 1
    wanted: float = 2.0
    at_once: int = 1
    queue: int = 32
    models: int = 8
    memory_mb: float = 4000.0
    batch: int = 1
    batch_wait_s: float = 0.01
    cpus: float = 1.0
    gpus: float = 0.0
    up_after_s: float = 10.0
    down_after_s: float = 300.0
    members: tuple[str, ...] = ()  # found out here, never given in the file

    def __post_init__(self) -> None:
        for key, least in LEAST.items():
            if getattr(self, key) < least:
                raise WrongPools(f"pool {self.name}: {key} must be at least {least}")
        if self.highest < max(1, self.lowest):
            raise WrongPools(f"pool {self.name}: highest must be at least 1, and at least lowest")
        if self.batch > self.at_once:
            raise WrongPools(f"pool {self.name}: batch is larger than at_once, so it would never be full")
        if not self.name.replace("-", "").replace("_", "").isalnum():
            raise WrongPools(f"pool {self.name!r}: a name has letters, digits, - and _ only")

    @property
    def application(self) -> str:
        """Its name on the cluster."""
        return f"live-{self.name}"


LEAST = {"lowest": 0, "wanted": 0.1, "at_once": 1, "queue": 0, "models": 1, "memory_mb": 100, "batch": 1,
         "batch_wait_s": 0, "cpus": 0, "gpus": 0, "up_after_s": 0, "down_after_s": 0}
REST = Pool("rest", lowest=1, highest=2)


def read_pools(path: Path | None = None) -> tuple[Pool, ...]:
    """The pools of a file, by default that of LIVE_POOLS; every method of every demo is a member of exactly one.

    Raises WrongPools for a file that cannot be read, a wrong key or value, or a pool without a method.
    """
    path = path or settings().pools
    rows = _rows(path) if path else []
    methods = [f"{demo.name}/{method.key}" for demo in list_demos() for method in demo.methods]
    pools: list[Pool] = []
    for pool in [*map(_pool, rows), replace(REST, queue=settings().queue)]:
        found = [method for method in methods if any(fnmatchcase(method, wanted) for wanted in pool.methods)]
        methods = [method for method in methods if method not in found]
        if found:
            pools += _one_each(pool, found) if pool.each else [replace(pool, members=tuple(found))]
        elif rows and pool.name != REST.name:
            raise WrongPools(f"pool {pool.name}: no method that is left fits {', '.join(pool.methods)}; "
                             "write demo/method, as `python -m demos list` shows them")
    if len({pool.name for pool in pools}) < len(pools):
        raise WrongPools(f"two pools have one name; {REST.name!r} is that of the last")
    return tuple(pools)


def _rows(path: Path) -> list[dict[str, Any]]:
    try:
        rows = tomllib.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise WrongPools(f"{path.name} cannot be read as TOML: {error}") from None
    if set(rows) - {"pool"} or not isinstance(rows.get("pool", []), list):
        raise WrongPools(f"{path.name}: only [[pool]] is known, there is {', '.join(rows)}")
    return rows.get("pool", [])


def _pool(row: dict[str, Any]) -> Pool:
    """A row of the file as a pool, each value of the type that its key has."""
    known = {one.name: type(one.default) for one in fields(Pool) if one.name != "members"}
    values: dict[str, Any] = {}
    for key, value in row.items():
        if key not in known:
            raise WrongPools(f"pool {row.get('name', '?')}: {key} is not known; there are {', '.join(known)}")
        wanted = str if key == "name" else known[key]
        value = tuple(value) if isinstance(value, list) else float(value) if wanted is float and type(value) is int else value
        if type(value) is not wanted or wanted is tuple and not all(isinstance(one, str) for one in value):
            raise WrongPools(f"pool {row.get('name', '?')}: {key} must be a "
                             f"{ {str: 'string', tuple: 'list of strings', bool: 'true or false'}.get(wanted, 'number')}")
        values[key] = value
    if "name" not in values:
        raise WrongPools("a [[pool]] has no name")
    return Pool(**values)


def _one_each(pool: Pool, members: list[str]) -> list[Pool]:
    names = [f"{pool.name}-{member.replace('/', '-')}" for member in members]
    return [replace(pool, name=name, each=False, members=(member,)) for name, member in zip(names, members)]
