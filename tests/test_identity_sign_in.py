"""Signing in: the session that it opens, and how wrong guesses are slowed down."""

import threading
from pathlib import Path

import pytest

from queueing.refusals import Refused
from queueing.staff import SIGN_IN, Cost
from queueing.store import Store
from queueing.store.identity import Identity
from tests.support.door import CHEAP, PASSWORD, Door, open_door


@pytest.fixture
def door(tmp_path: Path) -> Door:
    door = open_door(tmp_path)
    door.person("officer", "thuy")
    return door


def sign_in(door: Door, password: str = PASSWORD, login: str = "thuy", address: str = "a") -> str:
    return door.room.identity.sign_in(door.room.branch_id, login, password, address)


def code(door: Door, **given: str) -> str:
    with pytest.raises(Refused) as caught:
        sign_in(door, **given)
    return caught.value.code


def test_the_right_password_opens_a_session_of_that_officer(door: Door) -> None:
    known = door.room.identity.known(sign_in(door, login=" THUY "))
    assert known is not None
    assert (known.name, known.actor.role) == ("Thuy", "officer")


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(door: Door) -> None:
    assert code(door, password="không phải thế này") == "sign_in_failed"
    assert code(door, login="nobody") == "sign_in_failed"


def test_an_officer_without_a_password_cannot_sign_in(door: Door) -> None:
    door.room.identity.officers.add(door.system, "loan", "Loan", "officer")
    assert code(door, login="loan", password="") == "sign_in_failed"


def test_after_some_free_tries_each_failure_doubles_the_wait(door: Door) -> None:
    for _ in range(SIGN_IN["login_at"].free):
        assert code(door, password="sai rồi sai rồi") == "sign_in_failed"
    for seconds in (5, 10, 20):
        assert code(door, password="sai rồi sai rồi") == "sign_in_failed"
        door.clock.forward(seconds=seconds - 1)
        assert code(door, password="sai rồi sai rồi") == "too_many_tries"
        door.clock.forward(seconds=1.01)


def locked(door: Door) -> None:
    for _ in range(SIGN_IN["login_at"].free + 1):
        assert code(door, password="sai rồi sai rồi") == "sign_in_failed"
    assert code(door, password="sai rồi sai rồi") == "too_many_tries"


def test_the_right_password_must_wait_too_and_is_let_in_afterwards(door: Door) -> None:
    locked(door)
    assert code(door) == "too_many_tries"
    door.clock.forward(seconds=6)
    assert sign_in(door)


def test_the_same_officer_elsewhere_is_not_kept_out(door: Door) -> None:
    locked(door)
    assert sign_in(door, address="b")


def test_a_restart_forgives_nobody(door: Door) -> None:
    locked(door)
    again = Identity(Store(door.room.config.data, door.clock), CHEAP)
    with pytest.raises(Refused, match="too_many_tries"):
        again.sign_in(door.room.branch_id, "thuy", PASSWORD, "a")


def test_signing_in_forgets_the_failures_before(door: Door) -> None:
    for _ in range(20):
        assert code(door, password="sai rồi sai rồi") == "sign_in_failed"
        sign_in(door)


def test_failures_long_ago_count_no_more(door: Door) -> None:
    for _ in range(SIGN_IN["login_at"].free):
        code(door, password="sai rồi sai rồi")
    door.clock.forward(hours=2)
    for _ in range(SIGN_IN["login_at"].free):
        assert code(door, password="sai rồi sai rồi") == "sign_in_failed"


def test_guesses_made_at_the_same_moment_do_not_pass_together(door: Door) -> None:
    codes: list[str] = []

    def guess() -> None:
        codes.append(code(door, password="sai rồi sai rồi"))

    threads = [threading.Thread(target=guess) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes.count("sign_in_failed") == SIGN_IN["login_at"].free + 1


def test_one_place_that_tries_many_names_is_slowed_down(door: Door) -> None:
    codes = [code(door, login=f"name{n}") for n in range(SIGN_IN["address"].free + 2)]
    assert codes[-1] == "too_many_tries"
    assert sign_in(door, address="b")


def test_a_session_ends_after_its_hours(door: Door) -> None:
    secret = sign_in(door)
    door.clock.forward(hours=11, minutes=59)
    assert door.room.identity.known(secret)
    door.clock.forward(minutes=2)
    assert door.room.identity.known(secret) is None


def test_signing_out_ends_that_session_only(door: Door) -> None:
    first, second = sign_in(door), sign_in(door)
    door.room.identity.sign_out(first)
    assert door.room.identity.known(first) is None
    assert door.room.identity.known(second)


def test_a_new_password_ends_every_session(door: Door) -> None:
    secret = sign_in(door)
    thuy = door.room.identity.officers.by_login(1, "thuy")
    door.room.identity.officers.set_password(door.system, thuy.id, "một mật khẩu khác")
    assert door.room.identity.known(secret) is None
    assert code(door) == "sign_in_failed"
    assert sign_in(door, password="một mật khẩu khác")


def test_a_disabled_officer_is_out_at_once_and_stays_out(door: Door) -> None:
    secret = sign_in(door)
    thuy = door.room.identity.officers.by_login(1, "thuy")
    door.room.identity.officers.disable(door.system, thuy.id)
    assert door.room.identity.known(secret) is None
    assert code(door) == "sign_in_failed"


def test_the_last_administrator_cannot_be_disabled(door: Door) -> None:
    for officer in door.room.identity.officers.all(1):
        assert not (officer.role == "admin" and officer.has_password)
    door.person("admin", "chi")
    chi = door.room.identity.officers.by_login(1, "chi")
    with pytest.raises(Refused, match="last_admin"):
        door.room.identity.officers.disable(door.system, chi.id)
    door.person("admin", "binh")
    door.room.identity.officers.disable(door.system, chi.id)


def test_a_weaker_hash_is_renewed_when_its_owner_signs_in(door: Door) -> None:
    stronger = Identity(door.room.store, Cost(log_n=5, r=8, p=1))
    stronger.sign_in(1, "thuy", PASSWORD, "a")
    with door.room.store.reading() as db:
        stored = db.execute("SELECT password_hash FROM officer WHERE login = 'thuy'").fetchone()[0]
    assert stored.startswith("scrypt$5$")
    assert sign_in(door)
