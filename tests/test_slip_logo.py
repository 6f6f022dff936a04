"""An office's logo: from whatever was uploaded to a few clean dots, or a plain refusal."""

import hashlib
import struct
import zlib
from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image, ImageDraw, ImageFilter

from printer import logo
from printer.logo import HEIGHT_MOST, PIXELS_MOST, UPLOAD_MOST, WIDTH_MOST, LogoError, read_logo
from tests.support.slips import as_file, wordmark


def dots(data: bytes) -> Image.Image:
    kept = read_logo(data)
    picture = Image.open(BytesIO(kept.png))
    assert (picture.mode, picture.size, picture.format) == (
        "1",
        (kept.width, kept.height),
        "PNG",
    )
    return picture


def refusal(data: bytes) -> str:
    with pytest.raises(LogoError) as refused:
        read_logo(data)
    return refused.value.code


def dark_share(picture: Image.Image) -> float:
    return picture.convert("L").histogram()[0] / (picture.width * picture.height)


def photo() -> Image.Image:
    noise = Image.effect_noise((900, 600), 40).filter(ImageFilter.GaussianBlur(5))
    light = Image.radial_gradient("L").resize((900, 600))
    return Image.merge("RGB", (Image.blend(light, noise, 0.3), light, noise))


def one_dot_png(width: int, height: int) -> bytes:
    """Return a small file that claims to be a picture of this size."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def test_a_large_picture_is_brought_into_the_room_there_is_and_is_small() -> None:
    kept = read_logo(as_file(wordmark()))
    assert kept.width == WIDTH_MOST
    assert kept.height <= HEIGHT_MOST
    assert len(kept.png) < 4_000
    assert kept.digest == hashlib.sha256(kept.png).hexdigest()[:32]


def test_a_tall_picture_keeps_its_shape() -> None:
    tall = Image.new("L", (100, 1000), 0)
    assert dots(as_file(tall)).size == (16, HEIGHT_MOST)


def test_a_small_picture_is_not_blown_up() -> None:
    assert dots(as_file(Image.new("L", (40, 30), 0))).size == (40, 30)


def test_the_same_picture_has_the_same_digest_in_either_format() -> None:
    black = Image.new("RGB", (64, 64), "black")
    assert read_logo(as_file(black)).digest == read_logo(as_file(black, "JPEG")).digest


def test_a_drawing_gets_sharp_edges_and_a_photo_blends() -> None:
    def speckles(picture: Image.Image) -> float:
        """How often a dot differs from the one beside it, per dot."""
        grey = picture.convert("L").tobytes()
        return sum(a != b for a, b in pairwise(grey)) / len(grey)

    assert speckles(dots(as_file(wordmark()))) < 0.12
    assert speckles(dots(as_file(photo()))) > 0.25


def test_pale_fields_on_white_are_not_lost() -> None:
    picture = Image.new("RGB", (900, 500), "white")
    pen = ImageDraw.Draw(picture)
    for left, colour in ((50, (20, 20, 90)), (320, (120, 170, 220)), (600, (240, 190, 60))):
        pen.rectangle((left, 50, left + 230, 450), fill=colour)
    found = dots(as_file(picture))
    third = found.width // 3
    shares = [
        dark_share(found.crop((n * third + 20, 20, (n + 1) * third - 20, found.height - 20)))
        for n in range(3)
    ]
    assert shares[0] > 0.8
    assert 0.1 < shares[1] < 0.8
    assert 0.02 < shares[2] < 0.6


def test_what_is_transparent_becomes_white() -> None:
    ring = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    ImageDraw.Draw(ring).ellipse((10, 10, 290, 290), outline=(0, 0, 0, 255), width=20)
    found = dots(as_file(ring)).convert("L")
    assert found.getpixel((found.width // 2, found.height // 2)) == 255
    assert found.getpixel((1, 1)) == 255
    assert 0.1 < dark_share(found) < 0.4


def test_a_palette_with_a_transparent_colour_is_read() -> None:
    picture = Image.new("P", (60, 60), 0)
    picture.putpalette([0, 0, 0, 200, 0, 0])
    ImageDraw.Draw(picture).rectangle((20, 20, 40, 40), fill=1)
    found = dots(as_file(picture, transparency=0))
    assert found.size == (21, 21)
    assert dark_share(found) == 1


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_is_read(mode: str) -> None:
    if mode == "I;16":
        picture = Image.new("I;16", (64, 64), 65535)
        for x in range(32):
            for y in range(64):
                picture.putpixel((x, y), 3000)
    else:
        picture = Image.new("L", (64, 64), 255)
        picture.paste(0, (0, 0, 32, 64))
        picture = picture.convert(mode)
    assert dots(as_file(picture)).size == (32, 64)


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_every_kind_of_jpeg_is_read(mode: str) -> None:
    picture = Image.new("L", (640, 640), 255)
    picture.paste(0, (0, 0, 320, 640))
    found = dots(as_file(picture.convert(mode), "JPEG"))
    assert found.size[0] in range(79, 84)


def test_a_photo_of_a_phone_held_upright_stands_upright() -> None:
    lying = Image.new("RGB", (400, 200), "black")
    turned = Image.Exif()
    turned[0x0112] = 6
    found = dots(as_file(lying, "JPEG", exif=turned))
    assert found.height == 2 * found.width


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        b"\x89PNG\r\n\x1a\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        as_file(wordmark())[:3000],
        as_file(wordmark(), "JPEG")[:200],
        as_file(Image.new("RGB", (60, 60)), "GIF"),
        as_file(Image.new("RGB", (60, 60)), "BMP"),
        as_file(Image.new("RGB", (60, 60)), "TIFF"),
        as_file(Image.new("RGB", (60, 60)), "WEBP"),
    ],
    ids=["empty", "gif head", "png head", "svg", "cut", "cut jpeg", "gif", "bmp", "tiff", "webp"],
)
def test_what_is_no_whole_png_or_jpeg_is_refused(data: bytes) -> None:
    assert refusal(data) == "logo_unreadable"


def test_five_megabytes_are_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logo, "_open", None)
    assert refusal(b"\x89PNG" + b"\0" * 5_000_000) == "logo_too_large"
    assert refusal(b"\0" * (UPLOAD_MOST + 1)) == "logo_too_large"


@pytest.mark.parametrize("size", [(5000, 4000), (10_000, 10_000), (60_000, 60_000)])
def test_a_bomb_is_refused_before_it_is_unpacked(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logo, "_loaded", None)
    assert size[0] * size[1] > PIXELS_MOST
    assert refusal(one_dot_png(*size)) == "logo_too_many_pixels"


@pytest.mark.parametrize("colour", [(255, 255, 255, 255), (0, 0, 0, 0), (250, 250, 250, 255)])
def test_a_picture_of_nothing_is_refused(colour: tuple[int, int, int, int]) -> None:
    assert refusal(as_file(Image.new("RGBA", (100, 100), colour))) == "logo_blank"
