"""The server: the pages, the engine's start and stop, routes that say whether it is ready and what it has done, and small pictures."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers
from starlette.formparsers import MultiPartParser
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from demos import counted, demo_folder, list_demos, metrics
from demos.engine import get_engine, set_engine
from demos.lessons import list_lessons
from demos.settings import settings
from demos.weights import method_state
from pages.ui.leaving import sweep
from pages.ui.thumbnails import ROUTE, thumbnails
from pages.ui.undisturbed import install

logging.getLogger("demos").setLevel(logging.INFO)
install()
MultiPartParser.spool_max_size = 64 * 2**20  # uploads stay in memory; Starlette would put those over 1 MB into a file

AFTER_S = 2.0  # loading models takes the processor that the first page needs

# The browser itself keeps the promise that nothing leaves this machine: it may talk to this server only.
# Streamlit's own scripts need 'unsafe-inline' and 'unsafe-eval'.
HEADERS = {
    b"content-security-policy": b"default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; "
                                b"frame-ancestors 'self'; form-action 'self'; base-uri 'self'",
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"SAMEORIGIN",  # for browsers that do not know frame-ancestors
    b"referrer-policy": b"no-referrer",
    b"permissions-policy": b"camera=(self), microphone=(self), display-capture=(), geolocation=(), payment=(), usb=(), serial=(), "
                           b"bluetooth=(), hid=(), midi=()",
    b"cross-origin-opener-policy": b"same-origin",
}
OTHER_HOST = "This program does not answer to that name. Whoever runs it may allow it with LIVE_HOSTS."


class Guard:
    """Answers to the machine's own names only, and adds HEADERS to every answer over HTTP."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a call under a foreign name; pass any other on, and add the headers when its answer begins."""
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *HEADERS.items()]
            await send(message)

        app = self.app
        if scope["type"] in ("http", "websocket") and not answers_to(Headers(scope=scope).get("host", "")):
            app = PlainTextResponse(OTHER_HOST, 421) if scope["type"] == "http" else WebSocketClose(1008)
        await app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def answers_to(host: str) -> bool:
    """Whether a call may name this host: one of LIVE_HOSTS, an address in numbers, or a name that only a local network knows.

    A name that the whole world knows could be a foreign page's, made to point here (DNS rebinding): that page could then use
    this program through a visitor's browser.
    """
    name = urlsplit(f"//{host}").hostname or ""
    try:
        return bool(ipaddress.ip_address(name))
    except ValueError:
        own = "." not in name or name.endswith((".localhost", ".local")) or name == socket.gethostname().lower()
        return own or name in settings().hosts or "*" in settings().hosts


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Start the worker beside the server; it loads the default models while the first page is read."""
    counted.begin()
    get_engine()
    beside = [asyncio.create_task(one) for one in (asyncio.to_thread(prepare_first_page), load_defaults(), sweep())]
    yield
    for task in beside:
        task.cancel()
    set_engine(None)


def prepare_first_page() -> None:
    """Do once what the first page's script would do, while the browser still reads Streamlit's own program."""
    import streamlit.emojis  # noqa: F401  (a long regular expression)

    import pages.ui.stage
    import pages.ui.style  # noqa: F401

    list_demos(), list_lessons()


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


app = st.App("pages/menu.py", lifespan=lifespan, middleware=[Middleware(Guard)],
             routes=[Route("/ready", health), Route("/metrics", counts), Route(ROUTE, thumbnails)])
