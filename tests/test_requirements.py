"""The pinned list of packages belongs to the readable one, and nothing in it goes without a digest."""

from __future__ import annotations

import re

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from conftest import ROOT


def lines(name: str) -> list[str]:
    """The requirements of a list, each in one line."""
    text = (ROOT / name).read_text().replace("\\\n", " ")
    return [line for line in (re.sub(r"(^|\s)#.*", "", line).strip() for line in text.splitlines()) if line]


def test_every_package_is_pinned_within_its_bounds_and_has_digests() -> None:
    pinned = {}
    for line in lines("requirements-hashed.txt"):
        name, version, *digests = re.split(r"==|\s*;[^-]*|\s+", line)
        assert digests and all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", one) for one in filter(None, digests)), line
        pinned[canonicalize_name(name)] = version
    assert len(pinned) > 100
    for line in lines("requirements.txt"):
        wanted = Requirement(line)
        assert wanted.specifier.contains(pinned[canonicalize_name(wanted.name)]), f"write requirements-hashed.txt anew: {line}"
