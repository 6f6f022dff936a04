"""An office's own picture at the head of the slip, brought to black and white dots once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image, ImageChops, ImageOps

UPLOAD_MOST: Final = 2 * 1024 * 1024
PIXELS_MOST: Final = 16_000_000
# In dots. Both papers have room for it, so that it is never scaled after it became dots.
WIDTH_MOST: Final = 368
HEIGHT_MOST: Final = 160
DIGEST_LENGTH: Final = 32
_FORMATS: Final = ("PNG", "JPEG")
_INK: Final = 240  # lighter than this is paper
# Share of all difference in brightness that two tones explain, from which on two tones do.
_TWO_TONED: Final = 0.9
# Share of all edges, the strong ones weighing more, that must outlive being made two tones.
_EDGES_KEPT: Final = 0.7
_EDGE: Final = 30
# A burnt dot is larger than its place: middle tones are lightened before they are dithered.
_DOT_GAIN: Final = 0.8


class LogoError(ValueError):
    """Not a picture for the slip; `code` is the refusal that says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo as it is kept: a PNG of black and white dots, under its own digest."""

    digest: str
    png: bytes
    width: int
    height: int


def read_logo(data: bytes) -> Logo:
    """Turn an uploaded PNG or JPEG into dots.

    Raises LogoError `logo_too_large`, `logo_too_many_pixels`, `logo_unreadable` or
    `logo_blank`.
    """
    if len(data) > UPLOAD_MOST:
        raise LogoError("logo_too_large")
    grey = _cropped(_grey(data))
    small = grey.copy()
    small.thumbnail((WIDTH_MOST, HEIGHT_MOST), Image.Resampling.LANCZOS)
    dots = _dots(grey, small)
    out = BytesIO()
    dots.save(out, "PNG", optimize=True)
    png = out.getvalue()
    return Logo(hashlib.sha256(png).hexdigest()[:DIGEST_LENGTH], png, dots.width, dots.height)


def open_logo(data: bytes | None, width: int) -> Image.Image:
    """A kept logo, no wider than `width` dots. Raises LogoError `logo_missing` too."""
    if data is None:
        raise LogoError("logo_missing")
    picture = _open(data, ("PNG",))
    if picture.width * picture.height > WIDTH_MOST * HEIGHT_MOST:
        raise LogoError("logo_too_many_pixels")
    dots = _loaded(picture).convert("L")
    if dots.width > width:
        height = max(1, round(dots.height * width / dots.width))
        dots = dots.resize((width, height), Image.Resampling.LANCZOS)
    return dots.point(lambda level: 255 if level >= 128 else 0, "1")


def _open(data: bytes, formats: tuple[str, ...]) -> Image.Image:
    """The picture's header; nothing of it is decoded yet."""
    try:
        return Image.open(BytesIO(data), formats=formats)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise LogoError("logo_too_many_pixels") from error
    except Exception as error:
        # what a broken file makes a decoder raise is not foreseeable
        raise LogoError("logo_unreadable") from error


def _loaded(picture: Image.Image) -> Image.Image:
    try:
        picture.load()
    except Exception as error:
        raise LogoError("logo_unreadable") from error
    return picture


def _grey(data: bytes) -> Image.Image:
    """The picture upright in shades of grey, white where it is transparent."""
    picture = _open(data, _FORMATS)
    if picture.width * picture.height > PIXELS_MOST:
        raise LogoError("logo_too_many_pixels")
    # a large photo is decoded at a fraction of its size
    picture.draft("L", (4 * WIDTH_MOST, 4 * HEIGHT_MOST))
    picture = _loaded(picture)
    try:
        upright = ImageOps.exif_transpose(picture)
        if upright.mode.startswith("I"):
            # sixteen bits a dot: a plain conversion would cut them off, not scale them
            upright = upright.point(lambda level: level * (1 / 256)).convert("L")
        with_alpha = upright.convert("RGBA" if upright.mode == "P" else upright.mode)
        if not with_alpha.has_transparency_data:
            return with_alpha.convert("L")
        light, alpha = with_alpha.convert("RGBA").convert("LA").split()
        return Image.composite(light, Image.new("L", light.size, 255), alpha)
    except Exception as error:
        raise LogoError("logo_unreadable") from error


def _cropped(grey: Image.Image) -> Image.Image:
    """Without the white around it, which would only make it small. Raises LogoError."""
    box = grey.point(lambda level: 255 if level < _INK else 0).getbbox()
    if box is None:
        raise LogoError("logo_blank")
    return grey.crop(box)


def _dots(grey: Image.Image, small: Image.Image) -> Image.Image:
    """Black and white: sharp edges for a drawing of two tones, else dots that blend to shades."""
    # sampled without smoothing, for shades at the edges say nothing of the drawing itself
    sampled = grey.copy()
    sampled.thumbnail((2 * WIDTH_MOST, 2 * HEIGHT_MOST), Image.Resampling.NEAREST)
    threshold, explained = _two_tones(sampled.histogram())
    if explained >= _TWO_TONED and _edges_kept(sampled, threshold) >= _EDGES_KEPT:
        return small.point(lambda level: 255 if level > threshold else 0, "1")
    spread = ImageOps.autocontrast(small, cutoff=1)
    lighter = spread.point(lambda level: round(255 * (level / 255) ** _DOT_GAIN))
    return lighter.convert("1", dither=Image.Dither.FLOYDSTEINBERG)


def _two_tones(histogram: list[int]) -> tuple[int, float]:
    """The level that best parts dark from light (Otsu), and how much of all variance it explains.

    The level is moved a little towards the light tone: a thin stroke, greyed by being made
    smaller, then stays whole.
    """
    total = sum(histogram)
    mean = sum(level * n for level, n in enumerate(histogram)) / total
    variance = sum(n * (level - mean) ** 2 for level, n in enumerate(histogram)) / total
    if variance == 0:
        return (int(mean), 1.0)
    best, threshold = 0.0, 0
    dark, dark_sum = 0, 0.0
    tones = (0.0, 255.0)
    for level, n in enumerate(histogram[:-1]):
        dark += n
        dark_sum += level * n
        if dark in (0, total):
            continue
        low, high = dark_sum / dark, (mean * total - dark_sum) / (total - dark)
        between = dark * (total - dark) * (high - low) ** 2 / total**2
        if between > best:
            best, threshold, tones = between, level, (low, high)
    return round(max(threshold, tones[0] + 0.6 * (tones[1] - tones[0]))), best / variance


def _edges_kept(picture: Image.Image, threshold: int) -> float:
    """How much of the picture's edges is still there between two tones, from 0 to 1.

    A pale field on white would be lost, one inside a dark field would not.
    """
    width, height = picture.size
    tones = picture.point(lambda level: 255 if level > threshold else 0)
    strength = [level if level > _EDGE else 0 for level in range(256)]
    found = kept = 0
    for x, y in ((1, 0), (0, 1)):
        here, next_to_it = (0, 0, width - x, height - y), (x, y, width, height)
        edges = ImageChops.difference(picture.crop(here), picture.crop(next_to_it))
        left = ImageChops.difference(tones.crop(here), tones.crop(next_to_it))
        for histogram, is_kept in ((edges.histogram(), False), (edges.histogram(left), True)):
            total = sum(n * strength[level] for level, n in enumerate(histogram))
            found, kept = (found, kept + total) if is_kept else (found + total, kept)
    return kept / found if found else 1.0
