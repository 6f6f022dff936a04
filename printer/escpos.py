"""A picture as ESC/POS bytes. No text ever goes to a printer, only pictures.

Code pages lose Vietnamese letters, and a name that reached the printer as text could hold
commands. python-escpos makes the commands: ESC @ (initialise), GS v 0 (raster), GS V 66 (feed
to the cutter and cut), ESC d (feed lines). What it does not do, and this module does, is keep a
picture's dots from spelling a real-time command.
"""

from __future__ import annotations

import functools
import re
from typing import Any, Final

from PIL import Image, ImageChops

# 30 mm of paper and 17 kB at most: cheap printers have little memory for one picture.
BAND_HEIGHT: Final = 240
TEAR_LINES: Final = 5
WIDEST: Final = 640  # dots of a line, of any printer there is a profile for
# Many printers obey DLE EOT, DLE ENQ and DLE DC4 even inside a picture; DLE DC4 can switch
# them off.
_REAL_TIME: Final = re.compile(rb"\x10(?=[\x04\x05\x14])")
_HARMLESS: Final = b"\x30"  # the same dots and one more beside them


def encode(picture: Image.Image, *, cut: bool) -> bytes:
    """One paper: the picture from its left edge, then fed out, and cut if there is a cutter.

    Where the picture's bits happen to spell a real-time command one dot more is burnt.
    Raises ValueError unless the picture is of mode "1" and its width a multiple of 8.
    """
    if picture.mode != "1" or picture.width % 8:
        raise ValueError("a slip is drawn in mode 1, its width a multiple of 8 dots")
    printer = _collector(picture.width)
    printer.hw("INIT")
    for band in _bands(_without_real_time(picture)):
        printer.image(band, impl="bitImageRaster", center=False)
    if cut:
        printer.cut(feed=False)  # GS V 66: the printer itself feeds as far as its cutter
    else:
        printer.print_and_feed(TEAR_LINES)
    return bytes(printer.output)


def recovery(*, cut: bool) -> bytes:
    """Bring a printer out of a paper that stopped in the middle, before the next one.

    It may still wait for the dots of a band and would take the next slip's commands for them.
    NUL fills the largest band there can be and means nothing else; then the piece is fed out.
    """
    end = b"\x1dVB\x00" if cut else b"\x1bd" + bytes((TEAR_LINES,))
    return bytes(BAND_HEIGHT * WIDEST // 8) + b"\x1b@" + end


def _without_real_time(picture: Image.Image) -> Image.Image:
    """The picture with each real-time command in its bytes broken by one more burnt dot."""
    # Pillow's 1 is white, the printer's 1 is a burnt dot.
    dots = _REAL_TIME.sub(_HARMLESS, ImageChops.invert(picture).tobytes())
    return ImageChops.invert(Image.frombytes("1", picture.size, dots))


def _bands(picture: Image.Image) -> list[Image.Image]:
    """The picture cut across into bands that a small printer can hold."""
    return [
        picture.crop((0, top, picture.width, min(top + BAND_HEIGHT, picture.height)))
        for top in range(0, picture.height, BAND_HEIGHT)
    ]


def _collector(width: int) -> Any:
    """A python-escpos printer that keeps its bytes, with a profile of this width in dots."""
    return _library()[0](profile=_profile(width))


@functools.cache
def _profile(width: int) -> Any:
    profile = _library()[1]()
    profile.profile_data = {**profile.profile_data, "media": {"width": {"pixels": width}}}
    return profile


@functools.cache
def _library() -> tuple[Any, Any]:
    # a third of a second to import: only the process that prints pays it, once
    from escpos.capabilities import Profile
    from escpos.printer import Dummy

    return Dummy, Profile
