"""The trial slip: shows whoever installs a printer that width, head, accents and code are right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PIL import Image, ImageDraw

from printer.content import MAX_NAME, VERSION, BadContentError
from printer.lettering import Weight
from printer.plain import clean
from printer.profiles import MM_PER_INCH, USUAL_DPI, millimetres
from printer.qr import qr_picture
from printer.sheet import Sheet
from queueing import texts

_ACCENTS: Final = (
    "Ắ Ằ Ẳ Ẵ Ặ Ấ Ầ Ẩ Ẫ Ậ Đ Ế Ề Ể Ễ Ệ",
    "Ố Ồ Ổ Ỗ Ộ Ớ Ờ Ở Ỡ Ợ Ứ Ừ Ử Ữ Ự Ỵ",
    "ắ ằ ẳ ẵ ặ ấ ầ ẩ ẫ ậ đ ế ề ể ễ ệ",
    "ố ồ ổ ỗ ộ ớ ờ ở ỡ ợ ứ ừ ử ữ ự ỵ",
)
_CODE: Final = "DEN LUOT 0123456789"
_SMALL, _STRONG, _MODULE = 28, 40, 6


def trial_content(branch: str, local: str, language: str = "vi") -> dict[str, object]:
    """A test job's content; `local` is the branch's time as it is to be printed."""
    return {"v": VERSION, "language": language, "branch": branch, "local": local}


def draw_trial(content: Mapping[str, object], width_dots: int, dpi: int = USUAL_DPI) -> Image.Image:
    """Draw the test slip, mode "1". Raises BadContentError."""
    words = {}
    for key in ("branch", "local", "language"):
        value = content.get(key)
        if not isinstance(value, str) or not clean(value) or len(value) > MAX_NAME:
            raise BadContentError(key)
        words[key] = clean(value)
    _ = texts.translator(words["language"]).gettext
    sheet = Sheet(width_dots, 6)
    sheet.bar(_("TEST SLIP"), Weight.HEAVY, _STRONG)
    sheet.skip(10)
    sheet.text(words["branch"], Weight.BOLD, _SMALL)
    sheet.text(words["local"], Weight.STRONG, _SMALL)
    sheet.rule()
    for line in _ACCENTS:
        sheet.text(line, Weight.STRONG, _SMALL)
    sheet.skip(10)
    sheet.y = sheet.picture(_ruler(width_dots, dpi), x=0, y=sheet.y)
    measures = _("{mm} mm · {dots} dots").format(
        mm=int(millimetres(width_dots, dpi)), dots=width_dots
    )
    sheet.text(measures, Weight.STRONG, _SMALL)
    sheet.skip(10)
    sheet.y = sheet.picture(_stripes(width_dots), x=0, y=sheet.y)
    code = qr_picture(_CODE, _MODULE)
    sheet.y = sheet.picture(code, x=(width_dots - code.width) // 2, y=sheet.y)
    return sheet.finish()


def _ruler(width: int, dpi: int) -> Image.Image:
    """Millimetres over the whole width: a dead edge or a wrong width shows at once."""
    picture = Image.new("L", (width, 40), 255)
    pen = ImageDraw.Draw(picture)
    pen.line((0, 0, width - 1, 0), fill=0, width=3)
    for mm in range(int(millimetres(width, dpi)) + 1):
        length = 36 if mm % 10 == 0 else 26 if mm % 5 == 0 else 14
        x = round(mm * dpi / MM_PER_INCH)
        pen.line((x, 0, x, length), fill=0, width=2)
    return picture


def _stripes(width: int) -> Image.Image:
    """Slanted lines over every dot of the head: a dead one leaves a white trace."""
    picture = Image.new("L", (width, 48), 255)
    pen = ImageDraw.Draw(picture)
    for x in range(-48, width, 12):
        pen.line((x, 47, x + 47, 0), fill=0, width=3)
    return picture
