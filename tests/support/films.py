"""Files as people send them for the boards: pictures, beginnings of films, and what is neither."""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

MP4 = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41"
WEBM = bytes.fromhex("1a45dfa39f4286810142f7810142f2810442f381084282847765626d")
MATROSKA = WEBM.replace(b"\x42\x82\x84webm", b"\x42\x82\x88matroska")


def film(size: int = 5000, head: bytes = MP4) -> bytes:
    """Bytes that begin as a film does; nothing plays them."""
    return head + random.Random(size).randbytes(size - len(head))


def photo(width: int = 320, height: int = 240, kind: str = "JPEG", **options: Any) -> bytes:
    """A picture of many colours."""
    noise = Image.frombytes("RGB", (64, 48), random.Random(width).randbytes(64 * 48 * 3))
    out = BytesIO()
    noise.resize((width, height)).save(out, kind, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    """A picture that we gave out, decoded."""
    picture = Image.open(BytesIO(data))
    picture.load()
    return picture


def real_film() -> bytes:
    """A second of red and blue, as a browser recorded it (WebM, VP8)."""
    return (Path(__file__).parents[1] / "data/films/red-and-blue.webm").read_bytes()
