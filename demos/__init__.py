"""Every demo, found by walking the folders; importing this loads nothing heavy."""

from __future__ import annotations

import importlib
import os
import pkgutil
from functools import lru_cache
from pathlib import Path
from types import ModuleType

from demos.base import Demo, GROUPS
from demos.settings import settings

# Since 1.29 ONNX Runtime keeps a number for the machine and tells its maker what models it runs, from C, where the count of
# what leaves does not see it. This turns all of it off; it must be set before the library is loaded.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"


@lru_cache(maxsize=1)
def _found() -> dict[str, tuple[Demo, ModuleType]]:
    """Name -> (the demo, its package), in the order of the menu."""
    found: dict[str, tuple[Demo, ModuleType]] = {}
    for package_name in (__name__, *settings().extra_demos):
        package = importlib.import_module(package_name)
        for info in pkgutil.iter_modules(package.__path__, f"{package_name}."):
            if not info.ispkg:
                continue
            module = importlib.import_module(info.name)
            demo = getattr(module, "DEMO", None)
            if isinstance(demo, Demo):
                found[demo.name] = (demo, module)
    return dict(sorted(found.items(), key=lambda item: (GROUPS.index(item[1][0].group), item[1][0].order, item[0])))


def list_demos() -> list[Demo]:
    """All demos, in the order of the menu."""
    return [demo for demo, _ in _found().values()]


def get_demo(name: str) -> Demo:
    """The demo of this name; a KeyError names those there are."""
    if name not in _found():
        raise KeyError(f"there is no demo {name!r}; there are: {', '.join(_found())}")
    return _found()[name][0]


def demo_folder(name: str) -> Path:
    """The folder that holds the demo's samples, weights and figures."""
    get_demo(name)
    return Path(next(iter(_found()[name][1].__path__)))


def demo_package(name: str) -> str:
    """The dotted name of the demo's package."""
    get_demo(name)
    return _found()[name][1].__name__
