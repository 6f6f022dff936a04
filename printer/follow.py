"""How to follow one's turn: the QR code with the words beside or below it."""

from __future__ import annotations

from typing import Final

from PIL import Image

from printer.draft import Draft
from printer.lettering import Weight, unbroken, wrap
from printer.qr import qr_picture
from printer.sheet import RULE_GAP, Sheet, line_height
from queueing import texts

_COLUMN: Final = 220  # least width in dots for words beside the code
_BLOCK_GAP: Final = 14

Block = tuple[str, Weight, int]


def set_ways_to_follow(draft: Draft) -> None:
    """QR code, hotline and time: beside each other on wide paper, below on narrow paper."""
    sheet, url = draft.sheet, draft.content.url
    words = _ways_to_follow(draft)
    if url is None or not draft.layout.qr:
        _stack(sheet, words)
        return
    code = qr_picture(url, draft.sizes.module)
    if words and sheet.inner - code.width >= _COLUMN:
        _beside(sheet, code, words)
        return
    # the code's own white edge takes the place of the gap below the rule
    sheet.y = sheet.picture(code, x=(sheet.width - code.width) // 2, y=sheet.y - RULE_GAP)
    _stack(sheet, words)


def _ways_to_follow(draft: Draft) -> list[Block]:
    content, layout, sizes = draft.content, draft.layout, draft.sizes
    words: list[Block] = []
    if content.url is not None and layout.qr and layout.qr_words:
        first, *others = draft.words(lambda t: t.gettext("Scan to follow your turn"))
        words.append((first, Weight.BOLD, sizes.body))
        words += [(other, Weight.PLAIN, sizes.small) for other in others]
    if content.hotline and layout.hotline:
        t = texts.translator(draft.languages[0])
        hotline = t.gettext("Hotline: {number}").format(number=unbroken(content.hotline))
        words.append((hotline, Weight.STRONG, sizes.small))
    if layout.time:
        words.append((content.local, Weight.STRONG, sizes.small))
    return words


def _stack(sheet: Sheet, words: list[Block]) -> None:
    for text, weight, size in words:
        sheet.text(text, weight, size)


def _beside(sheet: Sheet, code: Image.Image, words: list[Block]) -> None:
    x = sheet.margin + code.width
    column = sheet.width - sheet.margin - x
    blocks = [(wrap(text, w, size, column), w, size) for text, w, size in words]
    height = sum(line_height(size) * len(lines) + _BLOCK_GAP for lines, _w, size in blocks)
    spare = code.height - height + _BLOCK_GAP
    y = sheet.y + max(0, spare // 2)
    bottom = sheet.picture(code, x=sheet.margin, y=sheet.y + max(0, -spare // 2))
    for lines, weight, size in blocks:
        y = sheet.lines(lines, weight, size, x=x, y=y, centred=False) + _BLOCK_GAP
    sheet.y = max(bottom, y - _BLOCK_GAP)
