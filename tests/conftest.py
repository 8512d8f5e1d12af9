"""What every test shares: the repository's root on the path and a cache of the tests' own."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "tests"))
os.environ.setdefault("LIVE_CACHE", str(ROOT / ".cache" / "tests"))
os.environ.setdefault("HF_HUB_OFFLINE", "1")  # no test reaches outside loopback
