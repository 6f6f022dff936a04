"""QR codes in dots."""

from __future__ import annotations

from typing import Final

import qrcode
from PIL import Image
from qrcode.constants import ERROR_CORRECT_M

_QUIET: Final = 4  # modules of white around a code (ISO/IEC 18004)


def qr_picture(text: str, module: int) -> Image.Image:
    """A QR code of `module` dots a module, its quiet zone included, mode "1"."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=_QUIET)
    code.add_data(text)
    code.make(fit=True)
    modules = code.get_matrix()
    side = len(modules)
    picture = Image.new("1", (side, side))
    picture.putdata([0 if dark else 255 for row in modules for dark in row])
    return picture.resize((side * module, side * module), Image.Resampling.NEAREST)
