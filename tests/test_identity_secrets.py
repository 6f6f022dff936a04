"""Secrets: what opens a door, and that nothing stored does."""

from pathlib import Path

import pytest

from queueing.devices import Kind
from queueing.people import Role
from queueing.refusals import Refused
from tests.support.door import PASSWORD, Door, open_door


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return open_door(tmp_path)


def test_no_stored_byte_opens_a_door(door: Door) -> None:
    identity = door.room.identity
    secrets = [
        door.person("officer"),
        door.device(Kind.KIOSK),
        door.token("admin"),
        identity.create_setup_link(1),
        identity.screens.ask(1, Kind.BOARD)[1],
    ]
    door.room.store.close()
    stored = b"".join(file.read_bytes() for file in door.room.config.data.iterdir())
    for secret in secrets:
        assert secret.encode() not in stored
        assert secret[4:].encode() not in stored
    assert PASSWORD.encode() not in stored


def test_each_token_stands_for_its_role_until_it_is_revoked(door: Door) -> None:
    identity = door.room.identity
    for role in ("kiosk", "officer", "supervisor", "admin"):
        known = identity.known(door.token(role))
        assert known is not None
        assert known.actor.role == role
        assert known.actor.caller.startswith("token:")
    first = identity.tokens(1)[0]
    identity.revoke_token(door.system, first.id)
    assert first.id not in [token.id for token in identity.tokens(1)]


def test_a_revoked_token_is_nobody(door: Door) -> None:
    secret = door.token("officer")
    door.room.identity.revoke_token(door.system, door.room.identity.tokens(1)[0].id)
    assert door.room.identity.known(secret) is None
    with pytest.raises(Refused, match="unknown_token"):
        door.room.identity.revoke_token(door.system, 1)


@pytest.mark.parametrize("role", ["board", "holder", "system", "root", ""])
def test_a_token_of_another_role_is_refused(door: Door, role: str) -> None:
    with pytest.raises(Refused, match="role_invalid"):
        door.room.identity.create_token(door.system, "test", role)


@pytest.mark.parametrize(
    "secret", ["", "x", "dls_", "dld_'; --", "dlt_" + "x" * 500, "dlu_ơ", "\ud800"]
)
def test_a_made_up_secret_is_nobody(door: Door, secret: str) -> None:
    assert door.room.identity.known(secret) is None


def test_the_set_up_link_makes_one_administrator_once(door: Door) -> None:
    identity = door.room.identity
    link = identity.create_setup_link(1)
    officer = identity.use_setup_link(link, "chu.tich", "Chị Tịch", PASSWORD)
    assert officer.role is Role.ADMIN
    assert identity.sign_in(1, "chu.tich", PASSWORD, "a")
    with pytest.raises(Refused, match="setup_link_invalid"):
        identity.use_setup_link(link, "again", "Again", PASSWORD)


def test_a_refused_password_does_not_spend_the_set_up_link(door: Door) -> None:
    link = door.room.identity.create_setup_link(1)
    with pytest.raises(Refused, match="password_short"):
        door.room.identity.use_setup_link(link, "chu.tich", "Chị Tịch", "ngắn")
    assert door.room.identity.use_setup_link(link, "chu.tich", "Chị Tịch", PASSWORD)


def test_a_set_up_link_ends_after_a_day_or_with_a_newer_one(door: Door) -> None:
    identity = door.room.identity
    first = identity.create_setup_link(1)
    second = identity.create_setup_link(1)
    with pytest.raises(Refused, match="setup_link_invalid"):
        identity.setup_branch(first)
    assert identity.setup_branch(second) == 1
    door.clock.forward(hours=25)
    with pytest.raises(Refused, match="setup_link_invalid"):
        identity.setup_branch(second)


def test_a_set_up_link_ends_when_an_administrator_was_made_another_way(door: Door) -> None:
    identity = door.room.identity
    link = identity.create_setup_link(1)
    door.person("officer")
    assert identity.setup_branch(link) == 1
    door.person("admin")
    with pytest.raises(Refused, match="setup_link_invalid"):
        identity.use_setup_link(link, "chu.tich", "Chị Tịch", PASSWORD)


def test_a_token_s_name_is_one_line_that_can_be_seen(door: Door) -> None:
    for name in ("", "x" * 61, "a\0b", "a\nb", "\u202eab"):
        with pytest.raises(Refused, match="name_invalid"):
            door.room.identity.create_token(door.system, name, "kiosk")


def test_a_login_is_given_once(door: Door) -> None:
    officers = door.room.identity.officers
    officers.add(door.system, "thuy", "Thủy", "officer")
    with pytest.raises(Refused, match="login_taken"):
        officers.add(door.system, "THUY", "Thủy", "officer")


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("kiosk", "A"),
        ("officer", " "),
        ("officer", "x" * 81),
        ("officer", "Thủy\n=1+1"),
        ("officer", "\u202eThủy"),
        ("officer", "Th\u200bủy"),
    ],
)
def test_an_officer_needs_a_name_and_a_role_of_the_staff(door: Door, role: str, name: str) -> None:
    with pytest.raises(Refused, match=r"role_invalid|name_invalid"):
        door.room.identity.officers.add(door.system, "somebody", name, role)
