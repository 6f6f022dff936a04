"""A file that a request carries as its body, read piece by piece, never as a whole."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Final

from flask import Request

from queueing.refusals import Refused

PIECE_BYTES: Final = 256 * 1024
# A sender that is silent for so long has gone away: it must not hold a thread for ever.
SILENCE_S: Final = 30.0
# Each server hands its connection over under a name of its own.
_SOCKETS: Final = ("gunicorn.socket", "werkzeug.socket")


class Upload:
    """What is being sent. Nothing of it is read before `pieces`."""

    def __init__(self, asked: Request) -> None:
        self._asked = asked
        self.length: int | None = asked.content_length
        self.mime: str = asked.mimetype

    def pieces(self, most: int) -> Iterator[bytes]:
        """The body, up to a little more than `most` bytes, for the reader to see that it is more.

        Raises Refused `media_broken_off` when the sender goes away or falls silent.
        """
        self._asked.max_content_length = most + PIECE_BYTES
        stream = self._asked.stream
        left = most + 1
        with self._patience():
            while left > 0:
                try:
                    piece = stream.read(min(PIECE_BYTES, left))
                except Exception as error:
                    # servers differ in what they raise for a line that broke
                    raise Refused("media_broken_off") from error
                if not piece:
                    return
                left -= len(piece)
                yield piece

    @contextlib.contextmanager
    def _patience(self) -> Iterator[None]:
        environ = self._asked.environ
        line = next((environ[name] for name in _SOCKETS if name in environ), None)
        if line is None:
            yield
            return
        before = line.gettimeout()
        line.settimeout(SILENCE_S)
        try:
            yield
        finally:
            with contextlib.suppress(OSError):
                line.settimeout(before)
