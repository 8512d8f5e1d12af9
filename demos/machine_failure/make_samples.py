"""Makes the page's engines: `python -m demos.machine_failure.make_samples [DATA]`.

With DATA, the folder that holds train_FD001.txt, its statistics are measured anew first. Every engine is written twice:
as it stands at the moment the page asks about, and whole, until it failed, so that its life can be played. The series
of its own are written too.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from demos.machine_failure.series_set import write_series
from demos.machine_failure.simulate import STORED, Plan, as_text, measure, simulate, stored

# key -> (what is simulated, flights that are left at the moment asked about)
PLANS = {
    "halfway": (Plan(seed=3, flights=192), 90),
    "twenty": (Plan(seed=2, flights=215), 20),
    "young": (Plan(seed=5, flights=260), 210),
    "last": (Plan(seed=4, flights=178), 4),
    "creeping": (Plan(seed=8, flights=240, stuck_drift=0.12, creeps_from=40), 125),
    "sudden": (Plan(seed=11, flights=150, sudden=True), 1),
}


def main(folder: Path, data: Path | None = None) -> None:
    """Write all files into a folder."""
    if data is not None:
        from demos.machine_failure.data import training

        STORED.write_text(json.dumps(measure(training(data)), indent=1) + "\n")
    write_series(folder)
    known = stored()
    for key, (plan, left) in PLANS.items():
        lines = as_text(simulate(plan, known)).splitlines(keepends=True)
        (folder / f"{key}.txt").write_text("".join(lines[:len(lines) - left]))
        (folder / f"{key}_whole.txt").write_text("".join(lines))


if __name__ == "__main__":
    main(STORED.parent, Path(sys.argv[1]) if len(sys.argv) > 1 else None)
