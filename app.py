"""The server: the pages, the engine's start and stop, and a route that says whether it is ready."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from demos import demo_folder, list_demos
from demos.engine import get_engine, set_engine
from demos.weights import method_state

logging.getLogger("demos").setLevel(logging.INFO)


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Start the worker beside the server and let it load the default models while the first page is read."""
    engine = get_engine()
    for demo in list_demos():
        for family in ("deep", "classical"):
            method = demo.method(family)
            if method_state(method, demo_folder(demo.name)) == "ready":
                engine.submit(demo.name, method.key, want="load")
    yield
    set_engine(None)


async def health(_: Request) -> JSONResponse:
    """GET /ready: 200 when the worker lives, 503 while it is being started again."""
    status = get_engine().status()
    return JSONResponse(status, status_code=200 if status["alive"] else 503)


app = st.App("pages/menu.py", lifespan=lifespan, routes=[Route("/ready", health)])
