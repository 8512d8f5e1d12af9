"""Coverage-guided runs over everything that reads a visitor's bytes; what they find becomes a case of the tests.

    python -m venv /tmp/fuzz && /tmp/fuzz/bin/pip install -r requirements.txt -r requirements-test.txt atheris
    nice /tmp/fuzz/bin/python tests/fuzz.py [SECONDS [NAME ...]]

Each name of `readers.READERS` runs for its share of the seconds (default 600), in a process of its own. What breaks is
printed and left as a file in .cache/fuzz; exit 1 then. Atheris follows Python code (the project's own, pypdf, pydicom, nibabel),
not the libraries in C behind it. It is no everyday requirement.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
FOUND = ROOT / ".cache" / "fuzz"


def one(name: str, options: list[str]) -> None:
    """Let the fuzzer work on one reader in this process; it ends the process itself."""
    import atheris

    with atheris.instrument_imports(include=["demos", "pypdf", "pydicom", "nibabel"]):
        import readers
    reader = readers.READERS[name]
    atheris.Setup([sys.argv[0], *options], lambda data: readers.check(reader, data) and None)
    atheris.Fuzz()


def main(seconds: int = 600, *names: str) -> int:
    """Run them one after the other; the number that broke."""
    import readers

    broken, names = 0, names or tuple(readers.READERS)
    FOUND.mkdir(parents=True, exist_ok=True)
    for name in names:
        with tempfile.TemporaryDirectory() as corpus:
            for key, data in readers.READERS[name].seeds().items():
                (Path(corpus) / key).write_bytes(data)
            done = subprocess.run([sys.executable, __file__, "--one", name, corpus, f"-max_total_time={seconds // len(names)}",
                                   "-timeout=40", "-rss_limit_mb=3500", "-max_len=20000", f"-artifact_prefix={FOUND}/{name}-"],
                                  capture_output=True, text=True, env={**os.environ, "OMP_NUM_THREADS": "1"})
            last = [line for line in done.stderr.splitlines() if line.startswith(("#", "Done"))][-1:]
            print(f"{name}: {'broken' if done.returncode else 'well'}. {' '.join(last)}", flush=True)
            if done.returncode:
                broken += 1
                print(done.stdout[-2000:], done.stderr[-3000:], flush=True)
    return broken


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], sys.argv[3:])
    else:
        sys.exit(bool(main(*map(int, sys.argv[1:2]), *sys.argv[2:])))
