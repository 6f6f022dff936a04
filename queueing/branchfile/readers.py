"""How each part of a branch file is read from its TOML table."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from itertools import pairwise
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from queueing.branchfile.parts import (
    WEEKDAYS,
    BranchPart,
    CounterPart,
    HoursPart,
    OfficerPart,
    PrinterPart,
    PriorityPart,
    ServicePart,
    ZonePart,
)
from queueing.branchfile.table import Table, close_to, shown
from queueing.refusals import Refused
from queueing.settings import BY_NAME, checked
from queueing.staff import check_login
from queueing.texts import N_

T = TypeVar("T")
Reader = Callable[[Table], T]

ROLES: Final = ("officer", "supervisor", "admin")
TRANSPORTS: Final = ("network", "file", "virtual", "dummy")
WIDTHS: Final = (576, 384)

_CODE: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PROCEDURE: Final = re.compile(r"\d\.\d{6}")
_CLOCK: Final = r"([01]\d|2[0-3]):[0-5]\d"
_RANGE: Final = re.compile(rf"({_CLOCK})\s*[-–]\s*({_CLOCK}|24:00)")
_CLOSED: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(\s+(.*))?")
_ADDRESS: Final = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9][A-Za-z0-9._-]*):(\d{1,5})")


def read_branch(table: Table) -> BranchPart:
    """Read [branch]."""
    part = BranchPart(
        code=_code(table),
        name=table.text("name", most=120),
        authority=table.text("authority", default="", most=120),
        hotline=table.text("hotline", default="", most=40),
        timezone=table.text("timezone", default="Asia/Ho_Chi_Minh"),
    )
    try:
        ZoneInfo(part.timezone)
    except (KeyError, ValueError, OSError):
        table.wrong(N_('timezone "{value}" is unknown'), value=shown(part.timezone))
    table.done()
    return part


def read_zone(table: Table) -> ZonePart:
    """Read a [[zone]]."""
    part = ZonePart(code=_code(table), name=table.text("name", most=60))
    table.done()
    return part


def read_service(table: Table) -> ServicePart:
    """Read a [[service]]."""
    part = ServicePart(
        code=_code(table),
        prefix=table.text("prefix", most=10),
        name=table.text("name"),
        name_en=table.text("name_en", default=""),
        summary=table.text("summary", default="", most=160),
        summary_en=table.text("summary_en", default="", most=160),
        target_minutes=table.whole("target_minutes", 1, 480, default=10),
        fields=table.texts("fields"),
        procedures=table.texts("procedures", many=1000),
    )
    for code in part.procedures:
        if not _PROCEDURE.fullmatch(code):
            table.wrong(N_('procedure code "{value}" should look like 1.001193'), value=shown(code))
    table.done()
    return part


def read_counter(table: Table) -> CounterPart:
    """Read a [[counter]]."""
    part = CounterPart(
        number=table.whole("number", 1, 99),
        name=table.text("name", default="", most=40),
        zone=table.text("zone", default=""),
        services=table.texts("services"),
        helps=table.texts("helps"),
    )
    if not part.services and not table.value("services"):
        table.wrong(N_("services must name at least one service"))
    table.done()
    return part


def read_hours(table: Table) -> HoursPart:
    """Read [hours]."""
    always_open = table.flag("always_open", default=False)
    ranges = [opening for day in WEEKDAYS for opening in _read_day(table, day)]
    if always_open and any(table.has(day) for day in WEEKDAYS):
        table.wrong(N_("always_open = true and hours of weekdays are both there; keep one"))
    if not always_open and not ranges:
        table.wrong(N_("no hours are given; write always_open = true or the hours of each weekday"))
    part = HoursPart(always_open, tuple(ranges), _read_closed_days(table))
    table.done()
    return part


def read_priority(table: Table) -> PriorityPart:
    """Read a [[priority]]."""
    part = PriorityPart(
        code=_code(table),
        name=table.text("name"),
        name_en=table.text("name_en", default=""),
        rank=table.whole("rank", 1, 9, default=1),
        self_declared=table.flag("self_declared", default=False),
        credit=table.decimal("credit", 1, 20, default=2.0),
    )
    table.done()
    return part


def read_officer(table: Table) -> OfficerPart:
    """Read an [[officer]]."""
    login = table.text("login")
    if login and not _is_login(login):
        table.wrong(
            N_('login "{value}": use 2 to 40 small letters a–z, digits, dots and hyphens'),
            value=shown(login),
        )
    for key in ("password", "pin", "mat_khau"):
        if table.has(key):
            table.value(key)
            table.wrong(N_("no passwords in this file: remove {key} and change it"), key=key)
    part = OfficerPart(login, table.text("name"), table.choice("role", ROLES, default="officer"))
    table.done()
    return part


def read_printer(table: Table) -> PrinterPart:
    """Read [printer]."""
    part = PrinterPart(
        name=table.text("name", most=60),
        transport=table.choice("transport", TRANSPORTS),
        address=table.text("address", most=200),
        width=table.whole("width", 1, 9999, default=WIDTHS[0]),
        cut=table.flag("cut", default=True),
    )
    if part.width not in WIDTHS:
        table.wrong(N_("width must be 576 (80 mm paper) or 384 (58 mm paper)"))
    if part.transport == "network" and part.address and not _is_host_and_port(part.address):
        table.wrong(
            N_('address "{value}" should look like 192.168.1.50:9100'), value=shown(part.address)
        )
    table.done()
    return part


def read_settings(table: Table) -> Mapping[str, str]:
    """Read [settings]: each value as the settings store it."""
    settings: dict[str, str] = {}
    for name in table.values:
        value = table.value(name)
        if name not in BY_NAME:
            near = close_to(name, BY_NAME)
            msgid = N_('there is no setting "{name}"')
            if near:
                msgid = N_('there is no setting "{name}"; did you mean "{near}"?')
            table.wrong(msgid, name=shown(name), near=near)
        elif not isinstance(value, (str, int)):
            table.wrong(N_("{key} must be text, a whole number, true or false"), key=name)
        else:
            text = (
                str(value).lower()
                if isinstance(value, bool)
                else value
                if isinstance(value, str)
                else shown(value)
            )
            try:
                settings[name] = checked(name, text)
            except ValueError as error:
                table.wrong(N_("not allowed: {why}"), why=shown(error, most=200))
    return settings


def _is_login(login: str) -> bool:
    try:
        return check_login(login) == login
    except Refused:
        return False


def _code(table: Table) -> str:
    code = table.text("code", most=40)
    if code and not _CODE.fullmatch(code):
        table.wrong(
            N_('code "{value}": use small letters a–z without accents, digits and hyphens'),
            value=shown(code),
        )
    return code


def _is_host_and_port(address: str) -> bool:
    match = _ADDRESS.fullmatch(address)
    return bool(match and 1 <= int(match[2]) <= 65535)


def _read_day(table: Table, day: str) -> list[tuple[int, str, str]]:
    ranges: list[tuple[int, str, str]] = []
    for text in table.texts(day, many=8):
        match = _RANGE.fullmatch(text)
        if not match:
            table.wrong(
                N_('{day}: "{value}" should look like 07:30-11:30'), day=day, value=shown(text)
            )
        elif match[1] >= match[3]:
            table.wrong(N_('{day}: "{value}" ends before it begins'), day=day, value=shown(text))
        else:
            ranges.append((WEEKDAYS.index(day), match[1], match[3]))
    ranges.sort()
    for earlier, later in pairwise(ranges):
        if later[1] < earlier[2]:
            table.wrong(
                N_("{day}: {earlier} and {later} overlap"),
                day=day,
                earlier="-".join(earlier[1:]),
                later="-".join(later[1:]),
            )
    return ranges


def _read_closed_days(table: Table) -> tuple[tuple[str, str], ...]:
    values = table.value("closed_days")
    if not isinstance(values, list):
        if values is not None:
            table.wrong(N_('{key} must be a list, like ["…", "…"]'), key="closed_days")
        return ()
    days: dict[str, str] = {}
    for value in values[:1000]:
        # an unquoted day is a date to TOML already; a moment is not a day
        text = value.isoformat() if type(value) is date else value
        match = _CLOSED.fullmatch(table.clean("closed_days", text, most=100))
        if not match or not _is_day(match[1]):
            table.wrong(
                N_('closed_days: "{value}" should look like 2027-01-01'), value=shown(value)
            )
        elif match[1] in days:
            table.wrong(N_('{key} names "{value}" twice'), key="closed_days", value=match[1])
        else:
            days[match[1]] = match[3] or ""
    return tuple(sorted(days.items()))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
