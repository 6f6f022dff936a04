"""A printer that is written to and answers: the questions asked of it, whatever the cable is."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from dataclasses import dataclass
from types import TracebackType
from typing import ClassVar, Final, Self

from printer.status import (
    ERROR_CAUSE,
    MUTE,
    OFFLINE_CAUSE,
    PAPER,
    PRINTER,
    RESET,
    Status,
    is_answer,
)
from printer.transport import TransportError

_CHUNK: Final = 4_096


@dataclass(frozen=True, slots=True)
class Patience:
    """How long is waited, in seconds.

    `slow_answer` is for the two questions a printer must answer (is it on line, has it paper);
    cheap ones leave the other two unanswered, which `short_answer` bounds. A printer that takes
    no byte for `send` has failed.
    """

    connect: float = 3.0
    send: float = 5.0
    slow_answer: float = 3.0
    short_answer: float = 0.5


NORMAL: Final = Patience()


class WireTransport(ABC):
    """One connection: opened by entering, asked with DLE EOT, closed by leaving.

    A cable supplies `_open`, `_close`, `_write`, `_read` and `_drain`. Those raise TimeoutError
    when nothing moves and any other OSError when the line is broken.
    """

    can_be_asked: ClassVar[bool] = True
    # False where a write that failed may have handed over part of what it was given
    counts_exactly: ClassVar[bool] = True

    def __init__(self, patience: Patience = NORMAL) -> None:
        self.patience = patience
        self._silent: set[int] = set()

    @property
    def bytes_per_s(self) -> float | None:
        """Nothing to wait for, unless a cable says so."""
        return None

    def __enter__(self) -> Self:
        self._silent.clear()
        self._open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def status(self, extra_s: float = 0.0) -> Status:
        """Ask DLE EOT 1 and 4, then 2 and 3, one at a time.

        `extra_s` lengthens the patience for the two that must be answered: a cheap printer
        reads a question only when it has printed what stands before it.
        """
        status = Status()
        try:
            for n in (PRINTER, PAPER):
                answer = self._ask(n, self.patience.slow_answer + extra_s)
                if answer is None:
                    return self._mute()
                status = status.with_answer(n, answer)
            for n in (OFFLINE_CAUSE, ERROR_CAUSE):
                answer = self._ask(n, self.patience.short_answer)
                if answer is not None:
                    status = status.with_answer(n, answer)
        except TimeoutError:
            return self._mute()
        except OSError:
            return RESET
        return status

    def send(self, data: bytes) -> None:
        """Hand over everything, a piece at a time."""
        view, sent = memoryview(data), 0
        try:
            while sent < len(view):
                sent += self._write(view[sent : sent + _CHUNK], self.patience.send)
        except OSError as error:
            cause = "mute" if isinstance(error, TimeoutError) else "reset"
            begun = sent if self.counts_exactly else max(sent, 1)
            raise TransportError(cause, begun) from error

    @abstractmethod
    def _open(self) -> None:
        """Open the line. Raises TransportError with `sent` 0."""

    @abstractmethod
    def _close(self) -> None:
        """Close it; never raises."""

    @abstractmethod
    def _write(self, data: memoryview, patience: float) -> int:
        """Hand over some bytes; how many were taken."""

    @abstractmethod
    def _read(self, patience: float) -> bytes:
        """One byte or more, or none when nothing came in time."""

    @abstractmethod
    def _drain(self) -> None:
        """Throw away what has come unasked."""

    def _mute(self) -> Status:
        """What an unanswered question that must be answered means."""
        return MUTE

    def _ask(self, n: int, patience: float) -> int | None:
        """The answer to DLE EOT n, or None. Raises OSError when the line is broken."""
        if n in self._silent:
            return None
        # A stray byte, from an earlier question or an obeyed bit of a picture, is no answer.
        self._drain()
        question = memoryview(bytes((0x10, 0x04, n)))
        while question:
            question = question[self._write(question, patience) :]
        answer = self._answer(time.monotonic() + patience)
        if answer is None:
            self._silent.add(n)
        return answer

    def _answer(self, deadline: float) -> int | None:
        while (left := deadline - time.monotonic()) > 0:
            for byte in self._read(left):
                if is_answer(byte):
                    return byte
        return None
