"""The branch file's rules that reach across its parts: letters, references, repeated codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from queueing.branchfile.parts import CounterPart, ServicePart
from queueing.branchfile.table import Mistakes, close_to, shown
from queueing.texts import N_

# Letters that the voice can name; the Vietnamese alphabet has no F, J, W, Z.
LETTERS: Final = "ABCDĐEGHKLMNPQRSTVXY"
LOOK_LIKE: Final = {"I": "1", "O": "0"}
# bê, xê, dê, đê, giê, pê, tê, vê: hard to tell apart when called across a room
RHYMING: Final = frozenset("BCDĐGPTV")


def check(file: Mapping[str, Any], mistakes: Mistakes) -> None:
    """Note every mistake and warning that shows only when the parts are seen together."""
    services: tuple[ServicePart, ...] = file["services"]
    counters: tuple[CounterPart, ...] = file["counters"]
    _check_prefixes(services, mistakes)
    _check_procedures(services, mistakes)
    for key, part in (("zone", "zones"), ("service", "services"), ("priority", "priorities")):
        _check_repeats(key, "code", (entry.code for entry in file[part]), mistakes)
    _check_repeats("counter", "number", (entry.number for entry in counters), mistakes)
    _check_repeats("officer", "login", (entry.login for entry in file["officers"]), mistakes)
    _check_counters(file, mistakes)


def _service_place(index: int, service: ServicePart) -> str:
    return f'service {index} (code "{shown(service.code)}")'


def _check_prefixes(services: tuple[ServicePart, ...], mistakes: Mistakes) -> None:
    taken: dict[str, str] = {}
    for index, service in enumerate(services, 1):
        if service.prefix:
            _check_prefix(_service_place(index, service), service, taken, mistakes)
    rhyming = [letter for letter in taken if letter in RHYMING]
    if len(rhyming) > 1:
        mistakes.warn(
            "service",
            N_("the letters {letters} sound alike when called; better: A, B, H, L, M, Q, X"),
            letters=", ".join(rhyming),
        )


def _check_prefix(
    place: str, service: ServicePart, taken: dict[str, str], mistakes: Mistakes
) -> None:
    letter = service.prefix
    if letter in LOOK_LIKE:
        mistakes.add(
            place,
            N_('prefix "{letter}" looks like {digit}; choose another letter'),
            letter=letter,
            digit=LOOK_LIKE[letter],
        )
    elif letter not in tuple(LETTERS):
        mistakes.add(
            place,
            N_('prefix "{letter}" must be one capital letter of: {letters}'),
            letter=shown(letter),
            letters=" ".join(LETTERS),
        )
    elif letter in taken:
        mistakes.add(
            place,
            N_('prefix "{letter}" is already that of service "{other}"'),
            letter=letter,
            other=taken[letter],
        )
    else:
        twin = {"D": "Đ", "Đ": "D"}.get(letter, "")
        if twin in taken:
            mistakes.add(
                place,
                N_('prefix "{letter}" looks like "{twin}" of service "{other}"; choose another'),
                letter=letter,
                twin=twin,
                other=taken[twin],
            )
        taken[letter] = shown(service.code)


def _check_procedures(services: tuple[ServicePart, ...], mistakes: Mistakes) -> None:
    owners: dict[str, str] = {}
    for index, service in enumerate(services, 1):
        for name in (*service.fields, *service.procedures):
            if name in owners:
                mistakes.add(
                    _service_place(index, service),
                    N_('"{name}" already belongs to service "{other}"'),
                    name=shown(name),
                    other=owners[name],
                )
            owners.setdefault(name, shown(service.code))


def _check_repeats(key: str, by: str, values: Iterable[object], mistakes: Mistakes) -> None:
    for value, times in Counter(values).items():
        if value and times > 1:
            mistakes.add(
                key, N_('{by} "{value}" is used {times} times'), by=by, value=value, times=times
            )


def _check_counters(file: Mapping[str, Any], mistakes: Mistakes) -> None:
    zones = {zone.code for zone in file["zones"]}
    services = {service.code for service in file["services"]}
    served: set[str] = set()
    for index, counter in enumerate(file["counters"], 1):
        place = f'counter {index} (number "{counter.number}")'
        if counter.zone and counter.zone not in zones:
            _unknown(place, "zone", counter.zone, zones, mistakes)
        for code in (*counter.services, *counter.helps):
            if code not in services:
                _unknown(place, "service", code, services, mistakes)
        for code in sorted(set(counter.services) & set(counter.helps)):
            mistakes.add(
                place, N_('service "{code}" is in both services and helps'), code=shown(code)
            )
        served.update(counter.services, counter.helps)
    for code in sorted(services - served - {""}):
        mistakes.warn("counter", N_('no counter serves "{code}"'), code=shown(code))


def _unknown(place: str, kind: str, code: str, known: set[str], mistakes: Mistakes) -> None:
    near = close_to(code, known)
    if near:
        mistakes.add(
            place,
            N_('there is no {kind} "{code}"; did you mean "{near}"?'),
            kind=kind,
            code=shown(code),
            near=near,
        )
    else:
        mistakes.add(
            place,
            N_('there is no {kind} "{code}"; known: {known}'),
            kind=kind,
            code=shown(code),
            known=", ".join(sorted(known)) or "–",
        )
