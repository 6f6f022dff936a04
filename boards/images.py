"""Pictures for the boards: read with care, turned upright, made to fit, freed of what they told.

What comes out was written by us: no place, no camera's number, no second file hidden in it.
"""

from __future__ import annotations

import contextlib
import threading
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image, ImageCms, ImageOps

from queueing.refusals import Refused

PIXELS_MOST: Final = 50_000_000
# The finest screen a board hangs on.
WIDTH_MOST: Final = 3840
HEIGHT_MOST: Final = 2160
JPEG_QUALITY: Final = 85
# A drawing has few colours; letters on it would get dirt around them as JPEG.
FEW_COLOURS: Final = 256
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")
_PROFILE_MOST: Final = 4 * 1024 * 1024

# A picture of 50 million pixels takes 200 MB while it is read: one at a time.
_one_at_a_time = threading.Lock()


def read_image(file: Path) -> tuple[str, bytes]:
    """(mime type, the picture as boards get it) of what lies in a file.

    Raises Refused `media_unreadable` or `media_too_many_pixels`.
    """
    with _one_at_a_time:
        try:
            with _opened(file) as picture:
                return _encoded(_upright(picture))
        except Refused:
            raise
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise _too_many() from error
        except Exception as error:
            # what a broken file makes a decoder raise is not foreseeable
            raise Refused("media_unreadable") from error


def _too_many() -> Refused:
    return Refused("media_too_many_pixels", most=PIXELS_MOST // 1_000_000)


def _opened(file: Path) -> Image.Image:
    """The picture's header; nothing is decoded unless it is of a bearable size."""
    picture = Image.open(file, formats=_FORMATS)
    if picture.width * picture.height > PIXELS_MOST:
        picture.close()
        raise _too_many()
    return picture


def _upright(picture: Image.Image) -> Image.Image:
    """The first frame in RGB or RGBA, turned as its camera was held, no larger than a screen."""
    # a large photo is decoded at a fraction of its size, either side still long enough
    picture.draft(None, (HEIGHT_MOST, HEIGHT_MOST))
    picture.seek(0)
    picture.load()
    profile = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(picture)
    if upright.mode.startswith("I"):
        # sixteen bits a dot: a plain conversion would cut them off, not scale them
        upright = upright.point(lambda level: level * (1 / 256)).convert("L")
    if profile:
        upright = _as_screens_show(upright, profile)
    see_through = upright.has_transparency_data
    plain = upright.convert("RGBA" if see_through else "RGB")
    if see_through and plain.getchannel("A").getextrema() == (255, 255):
        plain = plain.convert("RGB")
    plain.info = {}
    return plain


def _as_screens_show(picture: Image.Image, profile: bytes) -> Image.Image:
    """Colours of a printer's or a phone's own space as an ordinary screen's; else as they are."""
    if len(profile) > _PROFILE_MOST or picture.mode not in ("RGB", "CMYK", "L"):
        return picture
    # a profile that cannot be read is not the picture's fault
    with contextlib.suppress(Exception):
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        screen = ImageCms.createProfile("sRGB")
        changed = ImageCms.profileToProfile(picture, own, screen, outputMode="RGB")
        if changed is not None:
            return changed
    return picture


def _encoded(picture: Image.Image) -> tuple[str, bytes]:
    is_drawing = picture.mode == "RGBA" or picture.getcolors(FEW_COLOURS) is not None
    picture.thumbnail((WIDTH_MOST, HEIGHT_MOST), Image.Resampling.LANCZOS)
    picture.info = {}
    out = BytesIO()
    if is_drawing:
        picture.save(out, "PNG", optimize=True)
        return "image/png", out.getvalue()
    picture.save(out, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True)
    return "image/jpeg", out.getvalue()
