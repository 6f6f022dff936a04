"""The slip: one layout for paper, for the preview, and for the kiosk's screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PIL import Image

from printer.content import BadContentError, SlipContent
from printer.lettering import CAPITAL, Weight, ink, unbroken, wrap
from printer.qr import qr_picture
from printer.sheet import DOTS_PER_MM, RULE_GAP, Sheet, line_height
from printer.trial import draw_trial, trial_content
from queueing import texts

__all__ = [
    "DOTS_PER_MM",
    "BadContentError",
    "SlipContent",
    "draw",
    "draw_trial",
    "trial_content",
]

_COLUMN: Final = 220  # least width in dots for words beside the code
_BLOCK_GAP: Final = 14
_NARROWEST: Final = 0.8  # of a letter's natural width: digits stay easy to tell apart


@dataclass(frozen=True, slots=True)
class _Measures:
    """Sizes in dots for one width of paper."""

    margin: int
    small: int  # 28: capitals of 2.5 mm, the least on the slip
    body: int
    strong: int
    names: tuple[int, ...]
    number_tall: int  # capital height wanted; a label that is too wide gets a lower one
    number_low: int  # capital height down to which a wide label is rather narrowed
    module: int


_WIDE = _Measures(12, 28, 34, 40, (46, 40, 34), 152, 122, 6)
_NARROW = _Measures(6, 28, 30, 34, (38, 34), 124, 120, 6)


def draw(content: SlipContent, width_dots: int, *, copy: int = 0) -> Image.Image:
    """Draw a slip `width_dots` wide (8 dots a millimetre), as long as it needs, mode "1".

    `copy` 0 is the first paper; every later one bears the mark of a reprint.
    """
    sizes = _WIDE if width_dots >= 500 else _NARROW
    sheet = Sheet(width_dots, sizes.margin)
    _ = texts.translator(content.language).gettext
    if copy > 0:
        sheet.bar(_("REPRINT"), Weight.HEAVY, sizes.strong)
        sheet.skip(14)
    sheet.skip(8)
    _heading(sheet, content, sizes)
    sheet.rule()
    sheet.text(_("QUEUE NUMBER"), Weight.BOLD, sizes.body)
    _number(sheet, content.number, sizes)
    _service(sheet, content, sizes)
    sheet.rule()
    _waiting(sheet, content, sizes)
    _place(sheet, content, sizes)
    _notes(sheet, content, sizes)
    _follow(sheet, content, sizes)
    _foot(sheet, content, sizes)
    return sheet.finish()


def _heading(sheet: Sheet, content: SlipContent, sizes: _Measures) -> None:
    if content.authority:
        sheet.text(content.authority, Weight.STRONG, sizes.small)
    sheet.fitted(content.branch, Weight.BOLD, (sizes.body,), 2, otherwise=sizes.small)


def _number(sheet: Sheet, number: str, sizes: _Measures) -> None:
    """Set the label as large as the paper allows, rather narrowed a little than too low."""
    sheet.skip(14)
    wide = ink(number, Weight.HEAVY, round(sizes.number_tall / CAPITAL)).mask
    fitting = sizes.number_tall * min(1.0, sheet.inner / wide.width)
    capital = max(fitting, min(sizes.number_low, fitting / _NARROWEST))
    mask = ink(number, Weight.HEAVY, round(capital / CAPITAL)).mask
    if mask.width > sheet.inner:
        mask = mask.resize((sheet.inner, mask.height), Image.Resampling.LANCZOS)
    sheet.burn(mask)
    sheet.skip(20)


def _service(sheet: Sheet, content: SlipContent, sizes: _Measures) -> None:
    if content.language != "vi" and content.service_en:
        sheet.fitted(content.service_en, Weight.BOLD, sizes.names, 2, otherwise=sizes.small)
        # the officer at the counter reads the Vietnamese name
        sheet.text(content.service, Weight.PLAIN, sizes.small)
    else:
        sheet.fitted(content.service, Weight.BOLD, sizes.names, 2, otherwise=sizes.small)


def _waiting(sheet: Sheet, content: SlipContent, sizes: _Measures) -> None:
    if content.ahead is None:
        return
    words = texts.translator(content.language)
    if content.ahead == 0:
        ahead = words.gettext("Nobody is waiting before you")
    else:
        ahead = words.ngettext(
            "{n} person is waiting before you", "{n} people are waiting before you", content.ahead
        ).format(n=content.ahead)
    span = texts.wait_range(content.estimate, content.language)
    sheet.text(ahead, Weight.STRONG, sizes.body)
    wait = words.gettext("Expected wait: {range}").format(range=unbroken(span))
    tries = (sizes.body, sizes.body - 2, sizes.body - 4)
    sheet.fitted(wait, Weight.STRONG, tries, 1, otherwise=sizes.body)


def _place(sheet: Sheet, content: SlipContent, sizes: _Measures) -> None:
    words = texts.translator(content.language)
    parts = []
    if content.counters:
        label = words.ngettext("Counter {list}", "Counters {list}", len(content.counters))
        parts.append(label.format(list=_ranges(content.counters)))
    if content.zone:
        parts.append(content.zone)
    if parts:
        sheet.skip(6)
        sheet.text(" · ".join(parts), Weight.BOLD, sizes.strong)


def _ranges(numbers: tuple[int, ...]) -> str:
    """Counter numbers in order, three and more in a row as a range: 1–3, 5."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    shown = (f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)
    return ", ".join(shown)


def _notes(sheet: Sheet, content: SlipContent, sizes: _Measures) -> None:
    for note in content.notes:
        sheet.skip(10)
        top = sheet.y
        sheet.skip(10)
        sheet.text(note, Weight.STRONG, sizes.small)
        sheet.skip(10)
        sheet.frame(top, sheet.y)


def _follow(sheet: Sheet, content: SlipContent, sizes: _Measures) -> None:
    """QR code, hotline and time: beside each other on wide paper, below on narrow paper."""
    sheet.rule()
    words = _ways_to_follow(content, sizes)
    if content.url is None:
        _stack(sheet, words)
        return
    code = qr_picture(content.url, sizes.module)
    if sheet.inner - code.width < _COLUMN:
        sheet.y = sheet.picture(code, x=(sheet.width - code.width) // 2, y=sheet.y - RULE_GAP)
        _stack(sheet, words)
        return
    _beside(sheet, code, words)


def _ways_to_follow(content: SlipContent, sizes: _Measures) -> list[tuple[str, Weight, int]]:
    _ = texts.translator(content.language).gettext
    words = []
    if content.url is not None:
        words.append((_("Scan to follow your turn"), Weight.BOLD, sizes.body))
    if content.hotline:
        hotline = _("Hotline: {number}").format(number=unbroken(content.hotline))
        words.append((hotline, Weight.STRONG, sizes.small))
    words.append((content.local, Weight.STRONG, sizes.small))
    return words


def _stack(sheet: Sheet, words: list[tuple[str, Weight, int]]) -> None:
    for text, weight, size in words:
        sheet.text(text, weight, size)


def _beside(sheet: Sheet, code: Image.Image, words: list[tuple[str, Weight, int]]) -> None:
    x = sheet.margin + code.width
    column = sheet.width - sheet.margin - x
    blocks = [(wrap(text, w, size, column), w, size) for text, w, size in words]
    height = sum(line_height(size) * len(lines) + _BLOCK_GAP for lines, _w, size in blocks)
    y = sheet.y + max(0, (code.height - height + _BLOCK_GAP) // 2)
    bottom = sheet.picture(code, x=sheet.margin, y=sheet.y)
    for lines, weight, size in blocks:
        y = sheet.lines(lines, weight, size, x=x, y=y, centred=False) + _BLOCK_GAP
    sheet.y = max(bottom, y - _BLOCK_GAP)


def _foot(sheet: Sheet, content: SlipContent, sizes: _Measures) -> None:
    _ = texts.translator(content.language).gettext
    sheet.rule()
    sheet.text(
        _("This ticket does not replace the receipt of your dossier with the date of its result"),
        Weight.PLAIN,
        sizes.small,
    )
    sheet.text(_("Thank you!"), Weight.STRONG, sizes.small)
    sheet.skip(8)
