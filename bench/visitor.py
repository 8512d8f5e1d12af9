"""A visitor without a browser: speaks Streamlit's own protocol over its websocket, and uploads as its browser would."""

from __future__ import annotations

import asyncio
import http.client
import re
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import quote, urlparse

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileUploaderState, FileURLs, UploadedFileInfo
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

TIMEOUT_S = 120.0
KEPT_RUNS = 2  # of a script, for which the browser keeps a long message that did not come again: global.maxCachedMessageAge
ANSWER, TAG = re.compile(r'class="dl-answer[^>]*>(.*?)</div>', re.DOTALL), re.compile(r"<[^>]*>")
LEFT = re.compile(r"About ([\d.]+) (ms|s|min)")
UNITS = {"ms": 0.001, "s": 1.0, "min": 60.0}


@dataclass
class Seen:
    """What one run of a page's script showed, in seconds since it was asked for."""

    first: float = 0.0  # the first element
    told: float = 0.0  # the first answer, place in the queue or waiting time of the wanted input
    answer: float = 0.0  # the deep method's answer to it
    whole: float = 0.0  # the end of the script
    said: str = ""  # that answer, in the page's words
    refused: str = ""  # the sentence where the queue was full
    failed: str = ""  # any other sentence in an answer's place
    estimate: tuple[float, float] | None = None  # when a waiting time was first shown, and what it said
    digests: set[str] = field(default_factory=set)  # of the inputs whose answers were drawn


class Visitor:
    """One tab: `open` a page, `upload` to it."""

    def __init__(self, url: str) -> None:
        self.host = urlparse(url).netloc
        self.session, self.uploader, self._socket = "", "", None
        self._urls: FileURLs | None = None
        self._kept: dict[str, tuple[ForwardMsg, int]] = {}  # long messages by their hash, and the run in which each last came
        self._runs = 0

    async def connect(self) -> None:
        """Open the websocket, as a new tab does."""
        self._socket = await websockets.connect(f"ws://{self.host}/_stcore/stream", subprotocols=["streamlit"],
                                                max_size=2**28, compression=None, open_timeout=TIMEOUT_S, ping_interval=None)

    async def close(self) -> None:
        """Close the tab."""
        if self._socket is not None:
            await self._socket.close()

    async def open(self, page: str, query: str = "", wanted: str = "") -> Seen:
        """Go to a page; `wanted` is the `data-input` of the duel whose answer is waited for."""
        message = BackMsg()
        message.rerun_script.page_name, message.rerun_script.query_string = page, query
        return await self._run(message, wanted)

    async def upload(self, page: str, data: bytes, name: str, wanted: str) -> Seen:
        """Upload a file to the page that is open; the clock runs from the choice of the file."""
        began = time.perf_counter()
        ask = BackMsg()
        ask.file_urls_request.request_id, ask.file_urls_request.session_id = uuid.uuid4().hex, self.session
        ask.file_urls_request.file_names.append(name)
        self._urls = None
        await self._socket.send(ask.SerializeToString())
        await self._listen(lambda _: self._urls is not None)
        await asyncio.to_thread(self._put, self._urls.upload_url, name, data)
        message = BackMsg()
        message.rerun_script.page_name = page
        state = message.rerun_script.widget_states.widgets.add()
        state.id = self.uploader
        file = UploadedFileInfo(name=name, size=len(data), file_id=self._urls.file_id, file_urls=self._urls)
        state.file_uploader_state_value.CopyFrom(FileUploaderState(uploaded_file_info=[file]))
        return await self._run(message, wanted, began)

    def _put(self, path: str, name: str, data: bytes) -> None:
        """The upload itself, with the token that keeps other sites out."""
        connection = http.client.HTTPConnection(self.host, timeout=TIMEOUT_S)
        connection.request("GET", "/_stcore/health")
        answer = connection.getresponse()
        answer.read()
        token = re.search(r"_streamlit_xsrf=([^;]+)", answer.headers.get("Set-Cookie", ""))[1]
        mark = uuid.uuid4().hex
        head = (f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{quote(name)}"\r\n'
                "Content-Type: application/octet-stream\r\n\r\n")
        connection.request("PUT", path, head.encode() + data + f"\r\n--{mark}--\r\n".encode(),
                           {"Content-Type": f"multipart/form-data; boundary={mark}", "X-Xsrftoken": token,
                            "Cookie": f"_streamlit_xsrf={token}"})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        if answer.status != 204:
            raise RuntimeError(f"the upload was answered with {answer.status}")

    async def _run(self, message: BackMsg, wanted: str, began: float | None = None) -> Seen:
        began, seen = began or time.perf_counter(), Seen()
        message.rerun_script.cached_message_hashes.extend(self._kept)  # these need not be sent again
        await self._socket.send(message.SerializeToString())

        def look(got: ForwardMsg) -> bool:
            now, kind = time.perf_counter() - began, got.WhichOneof("type")
            if kind == "delta" and got.delta.WhichOneof("type") == "new_element":
                seen.first = seen.first or now
                element = got.delta.new_element
                if element.WhichOneof("type") == "html":
                    read(element.html.body, wanted, now, seen)
            if kind == "script_finished":
                seen.whole = now
            return bool(seen.whole)

        await self._listen(look)
        return seen

    async def _listen(self, enough: Callable[[ForwardMsg], bool]) -> None:
        """Read messages until one is enough; raises TimeoutError."""
        async with asyncio.timeout(TIMEOUT_S):
            while True:
                got = self._whole(ForwardMsg.FromString(await self._socket.recv()))
                kind = got.WhichOneof("type")
                if kind == "new_session":
                    self.session = got.new_session.initialize.session_id
                elif kind == "file_urls_response":
                    self._urls = got.file_urls_response.file_urls[0]
                elif kind == "delta" and got.delta.new_element.WhichOneof("type") == "file_uploader":
                    self.uploader = got.delta.new_element.file_uploader.id
                if enough(got):
                    return

    def _whole(self, got: ForwardMsg) -> ForwardMsg:
        """The message, or the one it refers to; long ones are kept as the browser keeps them."""
        name = got.ref_hash if got.WhichOneof("type") == "ref_hash" else got.hash
        if name != got.hash:
            got = self._kept[name][0]
        if got.metadata.cacheable:
            self._kept[name] = got, self._runs
        if got.WhichOneof("type") == "script_finished":
            self._runs += 1
            self._kept = {name: (one, run) for name, (one, run) in self._kept.items() if self._runs - run <= KEPT_RUNS}
        return got


def read(body: str, wanted: str, now: float, seen: Seen) -> None:
    """Note what a piece of HTML says of the wanted input's duel."""
    duel = re.search(r'class="dl-duel" data-input="([^"]*)"', body)
    if duel is None:
        return
    digest = duel[1]
    deep = body.split("dl-card deep")[-1]
    if "dl-answer" in body:
        seen.digests.add(digest)
    if not wanted or digest != wanted:
        return
    seen.told = seen.told or now
    alert = re.search(r'role="alert">([^<]*)', deep)
    if "dl-answer" in deep and "dl-progress" not in deep and not seen.answer:
        seen.answer, seen.said = now, unescape(TAG.sub("", ANSWER.search(deep)[1])).strip()
    elif alert:
        kind = "refused" if "jobs are waiting" in alert[1] else "failed"
        setattr(seen, kind, alert[1])
    elif seen.estimate is None and not seen.answer and (left := LEFT.search(deep)):
        seen.estimate = now, float(left[1]) * UNITS[left[2]]
