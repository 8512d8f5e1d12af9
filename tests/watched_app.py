"""The app that loads no model before it is asked, with one more route: what of visitors can be reached in the server's memory."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import app as real  # noqa: E402
from demos.jobs import Job  # noqa: E402
from pages.ui.asks import Given  # noqa: E402
from streamlit.runtime.app_session import AppSession  # noqa: E402
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec  # noqa: E402


async def held(_: Request) -> JSONResponse:
    """GET /held: how many objects of each kind live, without a collection: what is there is there."""
    own = {"sessions": AppSession, "uploads": UploadedFileRec, "files": UploadedFile, "jobs": Job}
    living = gc.get_objects()
    counts = {name: sum(isinstance(one, kind) for one in living) for name, kind in own.items()}
    counts["given"] = sum(isinstance(one, Given) and not one.digest.startswith("sample:") for one in living)
    return JSONResponse(counts)


async def nothing() -> None:
    """In place of loading the models that most visitors ask."""


real.load_defaults = nothing
app = st.App(str(ROOT / "pages" / "menu.py"), lifespan=real.lifespan, routes=[Route("/ready", real.health), Route("/held", held)],
             middleware=[Middleware(real.Guard)])
