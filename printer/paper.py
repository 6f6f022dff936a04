"""Our own bytes read back as paper: for the virtual printer and for tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PIL import Image, ImageChops

PAPERS_KEPT: Final = 200  # of a virtual printer


class NotPaperError(ValueError):
    """The bytes hold something that no slip of ours contains."""


def decode(data: bytes) -> list[Image.Image]:
    """The papers in a stream of bytes, in order, mode "1". A cut or a feed ends a paper.

    Questions (DLE EOT n) and NUL between commands are passed over, and a cut without a picture
    is no paper. Raises NotPaperError at any other command, and when the stream ends inside one.
    """
    papers: list[Image.Image] = []
    bands: list[Image.Image] = []
    for kind, band in _commands(data):
        if band is not None:
            bands.append(band)
        elif kind == "end" and bands:
            papers.append(_join(bands))
            bands = []
    if bands:
        papers.append(_join(bands))
    return papers


def _commands(data: bytes) -> Iterator[tuple[str, Image.Image | None]]:
    at = 0
    while at < len(data):
        head = data[at : at + 2]
        if head[:1] == b"\x00":
            at += 1
        elif head == b"\x1b@":
            at += 2
        elif head == b"\x10\x04":
            at += 3
        elif head == b"\x1dv":
            band, at = _band(data, at)
            yield "band", band
        elif head == b"\x1dV" and data[at + 2 : at + 3] == b"B":
            at += 4
            yield "end", None
        elif head == b"\x1bd":
            at += 3
            yield "end", None
        else:
            raise NotPaperError(f"byte {at} is no command of a slip")
    if at > len(data):
        raise NotPaperError("the stream ends inside a command")


def _band(data: bytes, at: int) -> tuple[Image.Image, int]:
    header = data[at : at + 8]
    row, height = int.from_bytes(header[4:6], "little"), int.from_bytes(header[6:8], "little")
    end = at + 8 + row * height
    if len(header) < 8 or header[2:4] != b"0\x00" or not row * height or end > len(data):
        raise NotPaperError("a broken picture")
    dots = Image.frombytes("1", (row * 8, height), data[at + 8 : end])
    return ImageChops.invert(dots), end


def _join(bands: list[Image.Image]) -> Image.Image:
    width = max(band.width for band in bands)
    paper = Image.new("1", (width, sum(band.height for band in bands)), 255)
    y = 0
    for band in bands:
        paper.paste(band, (0, y))
        y += band.height
    return paper


def saved_papers(folder: Path) -> list[Path]:
    """The pictures of a virtual printer's papers, newest first."""
    return sorted(folder.glob("*.png"), reverse=True)
