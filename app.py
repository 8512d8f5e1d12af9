"""The server: the pages, the engine's start and stop, and routes that say whether it is ready and what it has done."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from demos import demo_folder, list_demos, metrics
from demos.engine import get_engine, set_engine
from demos.weights import method_state

logging.getLogger("demos").setLevel(logging.INFO)

AFTER_S = 2.0  # loading models takes the processor that the first page needs

# The browser itself keeps the promise that nothing leaves this machine: it may talk to this server only.
# Streamlit's own scripts need 'unsafe-inline' and 'unsafe-eval'.
HEADERS = {
    b"content-security-policy": b"default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; "
                                b"frame-ancestors 'self'; form-action 'self'; base-uri 'self'",
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
}


class SafeHeaders:
    """Adds HEADERS to every answer over HTTP."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on, and add the headers when its answer begins."""
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *HEADERS.items()]
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Start the worker beside the server; it loads the default models while the first page is read."""
    get_engine()
    loading = asyncio.create_task(load_defaults())
    yield
    loading.cancel()
    set_engine(None)


async def load_defaults() -> None:
    """Load the models that most visitors will ask, once the first page had time to appear."""
    await asyncio.sleep(AFTER_S)
    for demo in list_demos():
        for family in ("deep", "classical"):
            method = demo.method(family)
            if method_state(method, demo_folder(demo.name)) == "ready":
                get_engine().submit(demo.name, method.key, want="load")


async def health(_: Request) -> JSONResponse:
    """GET /ready: 200 when the worker lives, 503 while it is being started again."""
    status = get_engine().status()
    return JSONResponse(status, status_code=200 if status["alive"] else 503)


async def counts(_: Request) -> Response:
    """GET /metrics: what Prometheus asks for; counts and seconds, nothing of any visitor."""
    return Response(metrics.text(get_engine().status()), media_type=metrics.MEDIA_TYPE)


app = st.App("pages/menu.py", lifespan=lifespan, routes=[Route("/ready", health), Route("/metrics", counts)],
             middleware=[Middleware(SafeHeaders)])
