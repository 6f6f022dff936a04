"""What is sent and answered about printers."""

from __future__ import annotations

from pydantic import Field

from web.openapi import Body, Code, Given, Line, Query


class Trial(Given):
    """What became of the newest test slip: a print job's state, its cause and when."""

    state: str
    cause: str | None
    at: str


class PrinterAnswer(Given):
    """A printer and how it is. `trouble` is the cause that keeps it from printing, or null.

    `waiting` papers are on their way; `tickets_left` is about what the roll still holds.
    """

    id: int
    name: str
    way: str
    address: str
    profile: str
    width: int
    cut: bool
    default: bool
    fallback: str | None
    fallback_id: int | None
    trouble: str | None
    since: str | None
    near_end: bool
    roll_metres: float | None
    tickets_left: int | None
    waiting: int
    agent: str | None
    trial: Trial | None


class Printers(Given):
    """The branch's printers, the default one first."""

    now: str
    items: list[PrinterAnswer]


class Kind(Given):
    """A kind of printers; `width` is null where it has to be said."""

    name: str
    maker: str
    width: int | None
    dpi: int
    cuts: bool


class Kinds(Given):
    """Every kind of printers that is known and fit for a slip."""

    items: list[Kind]


class PrinterBody(Body):
    """A printer as it is to be; width and cut may be left to its kind."""

    name: Line
    way: Code
    address: Line
    profile: Code | None = None
    width: int | None = Field(default=None, ge=0, le=10_000)
    cut: bool | None = None


class FallbackBody(Body):
    """Which printer takes over, by its id; null is none."""

    printer: int | None = Field(ge=1)


class RollBody(Body):
    """The metres of a full roll; null counts no paper."""

    metres: float | None = Field(allow_inf_nan=False)


class Asked(Given):
    """What a printer said just now. `asked` is false for one that cannot be asked."""

    asked: bool
    cause: str | None
    near_end: bool


class FindQuery(Query):
    """Where in the network to look: an address, or a whole segment such as 192.168.1.x."""

    host: Line = ""


class FoundHost(Given):
    """An address of the network. `open` when papers are taken there, `answers` when it also
    says how it is. `printer` is the printer that is set up there already; it is not asked.
    """

    address: str
    open: bool
    answers: bool
    cause: str | None
    near_end: bool
    printer: str | None


class FoundHere(Given):
    """A USB printer or a serial port of the server."""

    address: str
    name: str
    printer: str | None


class Found(Given):
    """What was found. `usb` or `serial` is null where the server lacks the driver to look."""

    network: list[FoundHost]
    usb: list[FoundHere] | None
    serial: list[FoundHere] | None
