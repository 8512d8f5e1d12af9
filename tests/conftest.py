"""What every test shares: the repository's root on the path and a cache of the tests' own."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "tests"))
os.environ.setdefault("LIVE_CACHE", str(ROOT / ".cache" / "tests"))
os.environ.setdefault("HF_HUB_OFFLINE", "1")  # no test reaches outside loopback

from bench.served import Server, served  # noqa: E402  (after the path is set)


@pytest.fixture
def fake_demos(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The demos of tests/fake_demos beside the real ones."""
    import demos
    from demos.settings import settings

    monkeypatch.setenv("LIVE_EXTRA_DEMOS", "fake_demos")
    settings.cache_clear()
    demos._found.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()
    demos._found.cache_clear()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The app, started once for all tests in a browser; its models are loaded."""
    with served() as running:
        yield running
