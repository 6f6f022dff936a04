"""A picture as ESC/POS bytes. No text ever goes to a printer, only pictures.

Code pages lose Vietnamese letters, and a name that reached the printer as text could hold
commands. Commands used: ESC @ (initialise), GS v 0 (raster), GS V 66 (feed to the cutter and
cut), ESC d (feed lines).
"""

from __future__ import annotations

import re
from typing import Final

from PIL import Image, ImageChops

# 30 mm of paper and 17 kB at most: cheap printers have little memory for one picture.
BAND_HEIGHT: Final = 240
INIT: Final = b"\x1b@"
RASTER: Final = b"\x1dv0\x00"
FEED_AND_CUT: Final = b"\x1dVB\x00"
FEED_TO_TEAR: Final = b"\x1bd\x05"
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
    row = picture.width // 8
    # Pillow's 1 is white, the printer's 1 is a burnt dot.
    dots = _REAL_TIME.sub(_HARMLESS, ImageChops.invert(picture).tobytes())
    parts = [INIT]
    for top in range(0, picture.height, BAND_HEIGHT):
        height = min(BAND_HEIGHT, picture.height - top)
        size = row.to_bytes(2, "little") + height.to_bytes(2, "little")
        parts += (RASTER, size, dots[top * row : (top + height) * row])
    parts.append(FEED_AND_CUT if cut else FEED_TO_TEAR)
    return b"".join(parts)
