"""A new screen's way into the house, and out again."""

from pathlib import Path

import pytest

from queueing.devices import ALPHABET, CODE_LENGTH, Kind, new_code, read_code
from queueing.people import Actor, Role
from queueing.refusals import Refused
from queueing.store.screens import Placing, Screens
from tests.support.door import Door, open_door


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return open_door(tmp_path)


@pytest.fixture
def screens(door: Door) -> Screens:
    return door.room.identity.screens


ADMIN = Actor(1, Role.ADMIN)


def refusal(call: object, *given: object) -> str:
    with pytest.raises(Refused) as caught:
        call(*given)  # type: ignore[operator]
    return caught.value.code


def test_a_code_has_eight_characters_of_twenty_that_nobody_mistakes() -> None:
    assert len(set(ALPHABET)) == 20
    assert not set(ALPHABET) & set("AEIOU01258BGILOSZ6")
    code = new_code()
    assert len(code) == CODE_LENGTH
    assert set(code) <= set(ALPHABET)


def test_a_code_is_read_however_it_was_typed() -> None:
    assert read_code(" cdfh-jkmn ") == "CDFHJKMN"
    assert read_code("CDFHJKM") is None
    assert read_code("CDFHJKMO") is None


def test_a_confirmed_screen_fetches_a_token_that_says_what_it_is(
    door: Door, screens: Screens
) -> None:
    code, secret, _ = screens.ask(1, Kind.BOARD)
    assert screens.fetch(code, secret) is None
    screens.confirm(ADMIN, code, Placing("Bảng lớn", zone="a"))
    fetched = screens.fetch(code, secret)
    assert fetched is not None
    known = door.room.identity.known(fetched[1])
    assert known is not None
    assert (known.actor.role, known.name, known.zone) == (Role.BOARD, "Bảng lớn", "a")


def test_the_token_is_given_once(screens: Screens) -> None:
    code, secret, _ = screens.ask(1, Kind.KIOSK)
    screens.confirm(ADMIN, code, Placing("Kiosk"))
    screens.fetch(code, secret)
    assert refusal(screens.fetch, code, secret) == "pairing_used"


def test_a_code_is_confirmed_once(screens: Screens) -> None:
    code, _, _ = screens.ask(1, Kind.KIOSK)
    screens.confirm(ADMIN, code, Placing("Kiosk"))
    assert refusal(screens.confirm, ADMIN, code, Placing("Kiosk")) == "pairing_used"


def test_who_only_read_the_code_off_the_screen_gets_nothing(screens: Screens) -> None:
    code, _, _ = screens.ask(1, Kind.KIOSK)
    _, other, _ = screens.ask(1, Kind.KIOSK)
    screens.confirm(ADMIN, code, Placing("Kiosk"))
    assert refusal(screens.fetch, code, other) == "pairing_unknown"
    assert refusal(screens.fetch, code, "") == "pairing_unknown"


def test_the_pairing_secret_itself_opens_no_door(door: Door, screens: Screens) -> None:
    code, secret, _ = screens.ask(1, Kind.KIOSK)
    screens.confirm(ADMIN, code, Placing("Kiosk"))
    assert door.room.identity.known(secret) is None


def test_after_ten_minutes_the_code_is_worth_nothing(door: Door, screens: Screens) -> None:
    code, secret, _ = screens.ask(1, Kind.KIOSK)
    late, late_secret, _ = screens.ask(1, Kind.KIOSK)
    screens.confirm(ADMIN, late, Placing("Kiosk"))
    door.clock.forward(minutes=10, seconds=1)
    assert refusal(screens.confirm, ADMIN, code, Placing("Kiosk")) == "pairing_unknown"
    assert refusal(screens.fetch, code, secret) == "pairing_unknown"
    assert refusal(screens.fetch, late, late_secret) == "pairing_unknown"


@pytest.mark.parametrize(
    ("kind", "placing", "code"),
    [
        (Kind.KIOSK, Placing("  "), "name_invalid"),
        (Kind.KIOSK, Placing("x" * 61), "name_invalid"),
        (Kind.KIOSK, Placing("Kiosk\0"), "name_invalid"),
        (Kind.KIOSK, Placing("\u202eksoiK"), "name_invalid"),
        (Kind.BOARD, Placing("Board", zone="nowhere"), "unknown_zone"),
        (Kind.COUNTER, Placing("Tablet", counter=99), "unknown_counter"),
        (Kind.COUNTER, Placing("Tablet"), "device_needs_counter"),
        (Kind.KIOSK, Placing("Kiosk", printer="none"), "unknown_printer"),
    ],
)
def test_a_place_that_does_not_exist_is_refused_and_the_code_stays_good(
    screens: Screens, kind: Kind, placing: Placing, code: str
) -> None:
    shown, _, _ = screens.ask(1, kind)
    assert refusal(screens.confirm, ADMIN, shown, placing) == code
    assert screens.all(1) == []
    assert screens.confirm(ADMIN, shown, Placing("Now right", counter=1))


def test_a_revoked_device_is_nobody_at_once(door: Door, screens: Screens) -> None:
    token = door.device(Kind.KIOSK)
    device = screens.all(1)[0]
    screens.revoke(ADMIN, device.id)
    assert door.room.identity.known(token) is None
    assert screens.all(1) == []


def test_pairing_and_revoking_are_history_without_any_secret(door: Door, screens: Screens) -> None:
    code, secret, _ = screens.ask(1, Kind.KIOSK)
    device = screens.confirm(ADMIN, code, Placing("Kiosk ở cửa"))
    screens.revoke(ADMIN, device.id)
    with door.room.store.reading() as db:
        events = db.execute("SELECT kind, data FROM event ORDER BY seq DESC LIMIT 2").fetchall()
    assert [kind for kind, _ in events] == ["device_revoked", "device_paired"]
    assert not any(word in data for _, data in events for word in ("Kiosk", code, secret))
