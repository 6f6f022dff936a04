"""A slip's content as the domain makes it."""

import functools
import hashlib
from io import BytesIO

from PIL import Image, ImageDraw

from printer.lettering import Weight, face
from printer.logo import read_logo

URL = "http://192.168.1.10:8080/t/Zb3kQ9xW2mN7pR5tY8uV1aC4"
LONGEST_NAME = (
    "Giải quyết chế độ trợ cấp thờ cúng liệt sĩ, cấp giấy xác nhận thân nhân của người có công "
    "với cách mạng, hỗ trợ chi phí mai táng cho đối tượng bảo trợ xã hội và người lao động có "
    "thu nhập thấp trong xã"
)[:200]


def content(**changes: object) -> dict[str, object]:
    """Return an ordinary slip's content with some fields changed."""
    return {
        "v": 1,
        "language": "vi",
        "branch": "Điểm Phục vụ hành chính công xã mẫu",
        "authority": "ỦY BAN NHÂN DÂN XÃ MẪU",
        "number": "A012",
        "service": "Hộ tịch – Chứng thực",
        "service_en": "Civil status – Certification",
        "ahead": 4,
        "estimate": {"low": 600, "high": 1200},
        "counters": [1, 3],
        "zone": "Khu A",
        "url": URL,
        "hotline": "024 3926 0000",
        "local": "09:42 · 23/11/2026",
        "notes": [],
        **changes,
    }


def wordmark() -> Image.Image:
    """Draw a logo of the kind offices have: a blue mark beside the commune's name."""
    picture = Image.new("RGB", (1600, 500), "white")
    pen = ImageDraw.Draw(picture)
    blue = (0, 60, 140)
    pen.rounded_rectangle((40, 60, 360, 420), 40, fill=blue)
    pen.ellipse((120, 150, 280, 310), fill="white")
    pen.text((420, 90), "XÃ MẪU", font=face(Weight.BOLD, 190), fill=blue)
    pen.text((420, 320), "Vì nhân dân phục vụ", font=face(Weight.PLAIN, 90), fill=blue)
    return picture


def as_file(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    """Return a picture as the bytes of a file."""
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


@functools.cache
def logo_png() -> bytes:
    """Return a logo as it is kept."""
    return read_logo(as_file(wordmark())).png


def whole_slip(layout: dict[str, object], **changes: object) -> tuple[dict[str, object], bytes]:
    """Return the content of a slip on which everything shows, and its logo."""
    logo = logo_png()
    shown = {"same_day": True, **layout}
    digest = hashlib.sha256(logo).hexdigest()[:32]
    more = {"layout": shown, "logo": digest, "day": "23/11/2026", "closes": "17:00"}
    return content(**(more | changes)), logo
