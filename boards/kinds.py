"""What kind of file somebody sends, told by its first bytes: never by its name or its type."""

from __future__ import annotations

from typing import Final

# How much of a file must be there to tell.
HEAD_BYTES: Final = 512
IMAGE: Final = "image"
FILMS: Final = {"video/mp4": "mp4", "video/webm": "webm"}
EXTENSIONS: Final = {"image/jpeg": "jpg", "image/png": "png", **FILMS}

_EBML: Final = b"\x1a\x45\xdf\xa3"
_DOC_TYPE: Final = b"\x42\x82"
# Brands of the ISO base media format that are films as browsers know them. Not QuickTime's own
# (qt), nor pictures in the same box (heic, avif), nor sound alone (M4A).
_MP4_BRANDS: Final = frozenset(
    [b"isom", b"mp41", b"mp42", b"avc1", b"M4V ", b"M4VH", b"M4VP", b"MSNV", b"dash", b"mp71"]
    + [b"iso%d" % n for n in range(2, 10)]
)
_NOT_FILMS: Final = frozenset(
    [b"qt  ", b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis", b"M4A ", b"M4B "]
)


def kind_of(head: bytes) -> str | None:
    """`IMAGE`, the mime type of a film, or None for anything that boards do not show.

    `head` is the file's first `HEAD_BYTES`, or all of it. A picture is looked at closer when
    it is decoded; of a film nothing more is ever parsed here.
    """
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")):
        return IMAGE
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return IMAGE
    if head[4:8] == b"ftyp":
        return "video/mp4" if _is_mp4(head) else None
    if head.startswith(_EBML):
        return "video/webm" if _doc_type(head) == b"webm" else None
    return None


def _is_mp4(head: bytes) -> bool:
    size = int.from_bytes(head[:4], "big")
    major = head[8:12]
    brands = {major} | {head[at : at + 4] for at in range(16, min(size, len(head)) - 3, 4)}
    return 16 <= size <= 4096 and major not in _NOT_FILMS and bool(brands & _MP4_BRANDS)


def _doc_type(head: bytes) -> bytes:
    """The document type that an EBML header names; a Matroska file is no WebM."""
    at = head.find(_DOC_TYPE, 4, 64)
    if at < 0 or at + 3 > len(head) or head[at + 2] & 0x80 == 0:
        return b""
    length = head[at + 2] & 0x7F
    return head[at + 3 : at + 3 + length].rstrip(b"\0")
