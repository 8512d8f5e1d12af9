"""What every test shares: the repository's root on the path and a cache of the tests' own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pytest
from xdist.scheduler import LoadFileScheduling

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "tests"))
os.environ.setdefault("LIVE_CACHE", str(ROOT / ".cache" / "tests"))
os.environ.setdefault("HF_HUB_OFFLINE", "1")  # no test reaches outside loopback

import demos.engine  # noqa: E402
from bench.served import Server, browser, served  # noqa: E402  (after the path is set)
from browsing import Watched  # noqa: E402
from demos.base import Demo  # noqa: E402
from demos.engine import InlineEngine, LocalEngine, get_engine, set_engine  # noqa: E402
from demos.loaded import calm_threads  # noqa: E402
from demos.samples import sample_inputs  # noqa: E402

calm_threads()  # before any test loads torch: the processes of tests share the cores as the server and its worker do


def sample_input(demo: Demo, key: str, name: str = "") -> Any:
    """One input of one sample: the named one, or the demo's first."""
    return sample_inputs(demo, next(sample for sample in demo.samples if sample.key == key))[name or demo.inputs[0].name]


def least_work_s(call: Callable[[], Any], times: int = 6) -> float:
    """Seconds of the processor that a call takes at best: what else runs on the machine counts little."""
    took = []
    for _ in range(times):
        began = time.process_time()
        call()
        took.append(time.process_time() - began)
    return min(took)


IN_A_BROWSER = "test_browser_"  # how the names of files begin whose tests do
REAL = {"server", "watched", "chromium", "engine"}  # fixtures with a real browser or a worker of its own


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Two tries where several processes must come together in time: among thousands of such meetings on two busy cores one
    was missed in each run, another one each time. What fails twice fails, and each second try is named at the end."""
    for item in items:
        if REAL & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.flaky(reruns=1))
    items.sort(key=lambda item: not item.path.name.startswith(IN_A_BROWSER))  # the longest piece of work begins first


class ByFile(LoadFileScheduling):
    """A process has whole files to itself; all that run in a browser go to one, which starts the app once for them."""

    def _split_scope(self, nodeid: str) -> str:
        name = super()._split_scope(nodeid)
        return IN_A_BROWSER if IN_A_BROWSER in name else name


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    """How the tests are shared out among processes."""
    return ByFile(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[Any]:
    """With a failure in a browser goes what stood on the page, and what the server's worker did."""
    report = yield
    seen = getattr(item, "funcargs", {}).get("watched")
    if report.when == "call" and report.failed and seen is not None:
        with suppress(Exception):  # the browser may be what failed
            report.sections.append(("the page", f"{seen.page.url}\n{seen.page.inner_text('[data-testid=stMain]')[:2500]}"))
            report.sections.append(("the worker", str(item.funcargs["server"].ready())))
            report.sections.append(("the server's log", item.funcargs["server"].log.read_text()[-2500:]))
    return report


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What a first try saw that a second one made good: without it nobody could ever mend the cause."""
    for first in terminalreporter.stats.get("rerun", []):
        terminalreporter.section(f"first try of {first.nodeid}")
        for said in (first.longreprtext, *(f"--- {title}\n{text}" for title, text in first.sections)):
            terminalreporter.write_line(said)


def run_apart(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """What Python code says and logs in a process of its own, which finds the project and the tests' fake demos."""
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60,
                          env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}", **environment})


def files_in(folder: Path) -> list[str]:
    """Every file below a folder."""
    return [str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()]


def gone(process: int, seconds: float) -> bool:
    """Whether a process ends within that time; one that nobody has waited for yet has ended, too."""
    end = time.monotonic() + seconds
    while True:
        try:
            if psutil.Process(process).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        if time.monotonic() > end:
            return False
        time.sleep(0.02)


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
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app, started once for all tests in a browser; models are loaded as they are asked for, the others meanwhile.
    At the end nothing may lie in its home."""
    home = tmp_path_factory.mktemp("home")
    with served(wait=False, HOME=str(home), XDG_CACHE_HOME=str(home / ".cache")) as running:
        running.wait_until(lambda said: said["alive"])
        yield running
    left = [one for one in files_in(home) if "fontlist" not in one]  # matplotlib's list of the machine's fonts
    assert not left, f"the server, or a library that it uses, left files at home: {left}"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser for one file of tests: open for a whole session it would leave its event loop to the others."""
    with browser() as running:
        yield running


@pytest.fixture
def watched(server: Server, chromium: Any) -> Iterator[Watched]:
    """A fresh visitor's page; at the end nothing may have gone elsewhere and the console must be free of errors."""
    context = chromium.new_context(viewport={"width": 1280, "height": 1000}, permissions=["microphone", "camera"])
    one = Watched(context.new_page(), server.url)
    yield one
    one.check()
    context.close()


@pytest.fixture(scope="module")
def engine() -> InlineEngine:
    """Models in this process, loaded once for one file of tests."""
    return InlineEngine()


@pytest.fixture(scope="session")
def kept_engine() -> Iterator[LocalEngine]:
    """The engine that visitors have, started once: importing the models' libraries takes seconds each time."""
    one = LocalEngine()
    yield one
    one.close()


@pytest.fixture(scope="module")
def live_engine(kept_engine: LocalEngine) -> Iterator[LocalEngine]:
    """The engine that visitors have, in place for the pages that one file of tests opens."""
    set_engine(kept_engine)
    yield kept_engine
    assert get_engine() is kept_engine
    demos.engine._engine = None  # not by set_engine, which would close it
