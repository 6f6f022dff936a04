"""Pictures for the boards: made upright, small enough, and silent about where they were taken."""

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from boards.images import read_image
from boards.kinds import HEAD_BYTES, IMAGE, kind_of
from queueing.refusals import Refused
from tests.support.films import MATROSKA, MP4, WEBM, film, opened, photo


def read(tmp_path: Path, data: bytes) -> tuple[str, Image.Image]:
    (file := tmp_path / "sent").write_bytes(data)
    mime, out = read_image(file)
    return mime, opened(out)


def why(tmp_path: Path, data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        read(tmp_path, data)
    return caught.value.code


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_becomes_a_jpeg(tmp_path: Path, kind: str) -> None:
    mime, picture = read(tmp_path, photo(kind=kind))
    assert (mime, picture.format, picture.mode, picture.size) == (
        "image/jpeg",
        "JPEG",
        "RGB",
        (320, 240),
    )


@pytest.mark.parametrize(
    ("size", "wanted"),
    [
        ((4000, 3000), (2880, 2160)),
        ((3000, 4000), (1620, 2160)),
        ((7680, 1000), (3840, 500)),
        ((3840, 2160), (3840, 2160)),
        ((40, 30), (40, 30)),
    ],
)
def test_it_is_made_to_fit_the_finest_screen_and_never_larger(
    tmp_path: Path, size: tuple[int, int], wanted: tuple[int, int]
) -> None:
    assert read(tmp_path, photo(*size))[1].size == wanted


def test_it_stands_as_the_camera_was_held_and_tells_nothing_of_it(tmp_path: Path) -> None:
    half = Image.new("RGB", (600, 400), "white")
    half.paste("red", (0, 0, 300, 400))
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825)[1] = "N"
    sent = saved(half, "JPEG", exif=exif, comment=b"secret")
    assert b"secret" in sent
    mime, picture = read(tmp_path, sent)
    assert picture.size == (400, 600)
    red, white = (
        picture.convert("RGB").getpixel((200, 50)),
        picture.convert("RGB").getpixel((200, 550)),
    )
    assert red == pytest.approx((254, 0, 0), abs=12)
    assert white == pytest.approx((255, 255, 255), abs=12)
    (tmp_path / "sent").write_bytes(sent)
    out = read_image(tmp_path / "sent")[1]
    assert b"secret" not in out
    assert b"A camera" not in out
    assert not opened(out).getexif()
    assert mime in ("image/jpeg", "image/png")


def test_colours_of_another_space_are_brought_to_the_screens(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    sent = saved(Image.new("RGB", (60, 60), "teal"), "PNG", icc_profile=profile)
    mime, picture = read(tmp_path, sent)  # a profile of another kind of picture harms nothing
    assert mime == "image/png"
    assert "icc_profile" not in picture.info
    cmyk = saved(Image.new("CMYK", (60, 60), (255, 0, 0, 0)), "JPEG")
    assert read(tmp_path, cmyk)[1].mode == "RGB"


def test_a_drawing_and_what_is_seen_through_stay_png(tmp_path: Path) -> None:
    drawing = Image.new("P", (300, 200), 3)
    assert read(tmp_path, saved(drawing, "PNG"))[0] == "image/png"
    clear = Image.open(BytesIO(photo())).convert("RGBA")
    clear.putalpha(Image.linear_gradient("L").resize(clear.size))
    mime, picture = read(tmp_path, saved(clear, "PNG"))
    assert (mime, picture.mode) == ("image/png", "RGBA")
    clear.putalpha(255)
    assert read(tmp_path, saved(clear, "PNG"))[0] == "image/jpeg"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "RGB", "RGBA"])
def test_every_usual_mode_is_read(tmp_path: Path, mode: str) -> None:
    assert read(tmp_path, saved(Image.new(mode, (50, 40)), "PNG"))[1].size == (50, 40)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_what_moves_the_first_picture_is_shown(tmp_path: Path, kind: str) -> None:
    frames = [Image.new("RGB", (80, 60), colour) for colour in ("red", "blue", "green")]
    sent = saved(frames[0], kind, save_all=True, append_images=frames[1:], lossless=True)
    picture = read(tmp_path, sent)[1]
    assert getattr(picture, "n_frames", 1) == 1
    assert picture.convert("RGB").getpixel((40, 30)) == pytest.approx((255, 0, 0), abs=3)


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it is so large, in a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(60_000, 60_000), (10_000, 5001), (2_000_000_000, 1)])
def test_a_bomb_is_refused_before_it_is_decoded(tmp_path: Path, size: tuple[int, int]) -> None:
    assert why(tmp_path, png_of(*size)) == "media_too_many_pixels"


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8\xff and then nothing",
        photo()[:2000],
        photo(kind="PNG")[:2000],
        b"GIF89a",
        b"RIFF\0\0\0\0WEBPVP8 ",
        png_of(100, 100),
    ],
    ids=["no jpeg", "half a jpeg", "half a png", "gif", "webp", "png without its dots"],
)
def test_a_damaged_picture_is_refused(tmp_path: Path, data: bytes) -> None:
    assert why(tmp_path, data) == "media_unreadable"


HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"
QUICKTIME = b"\x00\x00\x00\x14ftypqt  \x00\x00\x02\x00qt  "


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (photo(), IMAGE),
        (photo(kind="PNG"), IMAGE),
        (photo(kind="WEBP"), IMAGE),
        (b"GIF89a", IMAGE),
        (MP4, "video/mp4"),
        (film(), "video/mp4"),
        (b"\x00\x00\x00\x1cftypM4V \x00\x00\x00\x01M4V mp42isom", "video/mp4"),
        (b"\x00\x00\x00\x14ftypXXXX\x00\x00\x00\x00mp42", "video/mp4"),
        (WEBM, "video/webm"),
        (MATROSKA, None),
        (HEIC, None),
        (QUICKTIME, None),
        (b"\x00\x00\x00\x08ftyp", None),
        (b"\xff\xff\xff\xffftypXXXX" + b"mp42" * 8, None),
        (b"", None),
        (b"\x1a\x45\xdf\xa3", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"<!doctype html><script>alert(1)</script>", None),
        (b"%PDF-1.7", None),
        (b"MZ" + b"\0" * 600, None),
        (b"BM" + b"\0" * 600, None),
    ],
)
def test_the_first_bytes_tell_what_it_is(data: bytes, kind: str | None) -> None:
    assert kind_of(data[:HEAD_BYTES]) == kind
