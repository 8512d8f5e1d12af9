"""The mistakes that were counted when the methods were measured, in words; from confusion.json, never typed."""

from __future__ import annotations

import json
from pathlib import Path

from demos.traffic_signs.names import NAMES

COUNTED = Path(__file__).with_name("confusion.json")
WORST = 3


def sentence(method: str, who: str, counted: Path = COUNTED) -> str:
    """How often `method` was wrong and on what most, such as “Speed limit 60” taken for “Speed limit 80”."""
    if not counted.exists():
        return f"{who}: the mistakes were not counted yet."
    measured = json.loads(counted.read_text())
    rows = measured["pairs"][method]
    wrong = sorted((row for row in rows if row[0] != row[1]), key=lambda row: -row[2])
    told = [f"“{NAMES[true]}” for “{NAMES[taken]}” ({count} of {sum(n for a, _, n in rows if a == true)})"
            for true, taken, count in wrong[:WORST]]
    return (f"{who} took {sum(row[2] for row in wrong)} of {measured['items']:,} test signs for another, most often "
            f"{', '.join(told)}.")
