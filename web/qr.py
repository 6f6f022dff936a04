"""QR codes as small SVG pictures."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final, TypedDict

import qrcode
from qrcode.constants import ERROR_CORRECT_M

QUIET: Final = 4  # modules of white around a code (ISO/IEC 18004)


class QrPath(TypedDict):
    """A code to draw into `viewBox="0 0 size size"`, dark on a ground that must be white."""

    size: int
    path: str


def qr_path(text: str) -> QrPath:
    """A QR code as an SVG path, error correction M, its quiet zone included in `size`.

    One user unit a module.
    """
    size, path = _drawn(text)
    return {"size": size, "path": path}


def qr_svg(text: str) -> str:
    """The same code as a picture that stands alone, white ground and all."""
    side, path = _drawn(text)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"'
        ' shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{path}"/></svg>'
    )


@functools.lru_cache(maxsize=32)
def _drawn(text: str) -> tuple[int, str]:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    modules = code.get_matrix()
    path = "".join(
        f"M{x} {y}h{length}v1h-{length}z"
        for y, row in enumerate(modules)
        for x, length in _runs(row)
    )
    return len(modules), path


def _runs(row: Iterable[bool]) -> Iterator[tuple[int, int]]:
    """(first column, length) of each run of dark modules."""
    x = 0
    for dark, run in groupby(row, bool):
        length = len(list(run))
        if dark:
            yield x, length
        x += length
