"""Sample pictures, small, each at an address of its own: a browser keeps them, and no drawing of a page sends them again."""

from __future__ import annotations

import asyncio
import hashlib
import io
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from demos import get_demo
from demos.samples import sample_inputs

ROUTE = "/thumb/{demo}/{sample}.jpg"
WIDTH, HEIGHT = 230, 160  # pixels
A_YEAR = "public, max-age=31536000, immutable"  # another picture has another address


@lru_cache(maxsize=256)
def thumbnail(demo_name: str, key: str) -> bytes:
    """A sample's picture as a small JPEG; raises KeyError where there is none. Samples are ours, so they may be decoded here."""
    from PIL import Image, ImageOps

    demo = get_demo(demo_name)
    sample = next((one for one in demo.samples if one.key == key), None)
    if demo.inputs[0].kind != "picture" or sample is None:
        raise KeyError(key)
    files = [value for value in sample_inputs(demo, sample).values() if isinstance(value, bytes)]
    sheet = Image.new("RGB", (WIDTH, HEIGHT))
    for number, data in enumerate(files):  # two pictures stand side by side
        picture = Image.open(io.BytesIO(data)).convert("RGB")
        sheet.paste(ImageOps.fit(picture, (WIDTH // len(files), HEIGHT)), (number * WIDTH // len(files), 0))
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=80)
    return out.getvalue()


@lru_cache(maxsize=256)
def thumbnail_address(demo_name: str, key: str) -> str:
    """Where a page finds it, from the page's own address."""
    return f"thumb/{demo_name}/{key}.jpg?{hashlib.sha256(thumbnail(demo_name, key)).hexdigest()[:12]}"


async def thumbnails(request: Request) -> Response:
    """GET /thumb/DEMO/SAMPLE.jpg: the small picture, 404 for any other name."""
    try:
        data = await asyncio.to_thread(thumbnail, request.path_params["demo"], request.path_params["sample"])
    except KeyError:
        return PlainTextResponse("There is no such sample.", 404)
    return Response(data, media_type="image/jpeg", headers={"Cache-Control": A_YEAR})
