"""Be Vietnam Pro at a size, and the breaking of text into lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

FONTS: Final = Path(__file__).resolve().parent / "fonts"
# Height of a capital in parts of the font's size (the H of Be Vietnam Pro).
CAPITAL: Final = 0.74
# Two syllables of one word: a line ends less well between them. Those of our headings only.
_COMPOUNDS: Final = re.compile(
    r"(hành chính|giấy tiếp nhận|hồ sơ|kết quả|dịch vụ|thủ tục|chứng thực|hộ tịch|tiếp nhận"
    r"|xã hội|lao động|bảo trợ|đất đai|xây dựng|kinh doanh|kinh tế|phục vụ|trung tâm|ủy ban"
    r"|trực tuyến|nhân dân|cư trú|căn cước|theo dõi|hỗ trợ|thời gian|làm việc)(?=\s|$)",
    re.IGNORECASE,
)
# A dash or dot that stands alone hangs at the end of its line: at the start it is a bullet.
_HANGING: Final = re.compile(r" (?=[–—·/&-](?: |$))")
_GLUE: Final = "\N{NO-BREAK SPACE}"


class Weight(StrEnum):
    """The weights a slip uses; the value is the file's name part."""

    PLAIN = "Regular"
    STRONG = "SemiBold"
    BOLD = "Bold"
    HEAVY = "ExtraBold"


@lru_cache(maxsize=128)
def face(weight: Weight, size: int) -> ImageFont.FreeTypeFont:
    """The font at a size in dots; kept, since opening one costs more than drawing a line."""
    path = FONTS / f"BeVietnamPro-{weight}.ttf"
    # The basic engine needs no shaping library and draws the same on every machine.
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=2048)
def length(text: str, weight: Weight, size: int) -> float:
    """Width of a text on one line, in dots."""
    return face(weight, size).getlength(text)


@dataclass(frozen=True, slots=True)
class Ink:
    """A line of text as a mask, and where its corner lies from the line's start."""

    mask: Image.Image
    left: int
    top: int


def ink(text: str, weight: Weight, size: int) -> Ink:
    """Draw one line of text, smoothed, cropped to what it covers."""
    font = face(weight, size)
    left, top, right, bottom = (round(edge) for edge in font.getbbox(text, anchor="ls"))
    mask = Image.new("L", (max(1, right - left), max(1, bottom - top)))
    ImageDraw.Draw(mask).text((-left, -top), text, font=font, fill=255, anchor="ls")
    return Ink(mask, left, top)


# Most lines are the same on every slip of a branch. About 20 kB each.
kept_ink = lru_cache(maxsize=128)(ink)


def unbroken(text: str) -> str:
    """The text as one piece that `wrap` keeps on a line: a telephone number, a range."""
    return text.replace(" ", _GLUE)


def wrap(text: str, weight: Weight, size: int, width: int) -> list[str]:
    """Lines no wider than `width` dots, as few as possible, then as even as possible.

    Vietnamese writes every syllable apart, so breaking at spaces alone never splits one; only
    an unbroken run too long for a whole line is cut.
    """
    pieces = [(piece, length(piece, weight, size)) for piece in _pieces(text, weight, size, width)]
    space = length(" ", weight, size)
    lines = _fill(pieces, space, width)
    low, high = width // 3, width
    while len(lines) > 1 and high - low > 4:
        middle = (low + high) // 2
        narrower = _fill(pieces, space, middle)
        if len(narrower) == len(lines) and _widest(narrower, weight, size) <= middle:
            high, lines = middle, narrower
        else:
            low = middle
    return lines


def _widest(lines: list[str], weight: Weight, size: int) -> float:
    return max(length(line, weight, size) for line in lines)


def _pieces(text: str, weight: Weight, size: int, width: int) -> list[str]:
    """What must stay on one line: compounds where they fit, else words, else parts of a word."""
    pieces: list[str] = []
    glued_text = _COMPOUNDS.sub(lambda found: unbroken(found[0]), _HANGING.sub(_GLUE, text))
    for glued in glued_text.split(" "):
        piece = glued.replace(_GLUE, " ")
        if length(piece, weight, size) <= width:
            pieces.append(piece)
            continue
        for word in piece.split(" "):
            pieces.extend(_parts(word, weight, size, width))
    return pieces


def _parts(word: str, weight: Weight, size: int, width: int) -> list[str]:
    parts = [""]
    for character in word:
        if parts[-1] and length(parts[-1] + character, weight, size) > width:
            parts.append("")
        parts[-1] += character
    return parts


def _fill(pieces: list[tuple[str, float]], space: float, width: float) -> list[str]:
    lines: list[str] = []
    used = width
    for piece, wide in pieces:
        if lines and used + space + wide <= width:
            lines[-1] += f" {piece}"
            used += space + wide
        else:
            lines.append(piece)
            used = wide
    return lines
