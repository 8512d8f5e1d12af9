"""The process that decodes what visitors gave, one file after another, and holds nothing else: no model, no network.

Started by `demos/decoding.py` as a program of its own, with one end of a socket as its only argument. A file that breaks a
decoder breaks this process, which is started again; the models beside it stay loaded.
"""

from __future__ import annotations

import importlib
import os
import signal
import socket
import sys
import traceback
from multiprocessing.connection import Connection
from typing import Any

from demos import carried
from demos.confined import confine, renew
from demos.errors import BadInput, Broken, DemoError

WARM = ("PIL.Image", "PIL.JpegImagePlugin", "PIL.PngImagePlugin", "av", "demos.media", "demos.picture_files")
SLACK_S = 2.0  # whoever asked ends a hang; this is for when it is gone itself


def read(item: Any, raw: Any, settings: dict[str, Any]) -> dict[str, Any]:
    """What an input makes of what was given, or why nothing."""
    try:
        return {"value": item.read(raw, **settings)}
    except DemoError as error:
        return {"error": type(error).__name__, "said": str(error)}
    except MemoryError:
        return {"error": BadInput.__name__, "said": "This needs more memory than there is. Please give a smaller one."}
    except Exception as error:  # by kind and place only: the message may hold what was given
        last = traceback.extract_tb(error.__traceback__)[-1]
        return {"error": Broken.__name__, "said": f"{type(error).__name__} at {os.path.basename(last.filename)}:{last.lineno}"}


def main() -> None:
    """Answer until the socket closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    handle = int(sys.argv[1])
    asked, answers = Connection(handle), socket.socket(fileno=os.dup(handle))
    for name in WARM:
        importlib.import_module(name)
    carried.send(answers, confine())
    while True:
        try:
            item, raw, settings = asked.recv()
            renew(item.seconds + SLACK_S)
            carried.send(answers, read(item, raw, settings))
            signal.setitimer(signal.ITIMER_REAL, 0)
            del raw
        except (EOFError, OSError):
            os._exit(0)


if __name__ == "__main__":
    main()
