"""QR codes as small SVG pictures."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

import qrcode
from qrcode.constants import ERROR_CORRECT_M

QUIET: Final = 4  # modules of white around a code (ISO/IEC 18004)


@functools.lru_cache(maxsize=32)
def qr_svg(text: str) -> str:
    """A QR code, error correction M, its quiet zone included; one user unit a module."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    modules = code.get_matrix()
    side = len(modules)
    path = "".join(
        f"M{x} {y}h{length}v1h-{length}z"
        for y, row in enumerate(modules)
        for x, length in _runs(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"'
        ' shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{path}"/></svg>'
    )


def _runs(row: Iterable[bool]) -> Iterator[tuple[int, int]]:
    """(first column, length) of each run of dark modules."""
    x = 0
    for dark, run in groupby(row, bool):
        length = len(list(run))
        if dark:
            yield x, length
        x += length
