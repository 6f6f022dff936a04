"""What a password must be, and how it is kept."""

import time

import pytest

from queueing.refusals import Refused
from queueing.staff import (
    COST,
    Cost,
    check_login,
    check_password,
    hash_password,
    needs_rehash,
    verify_password,
)

CHEAP = Cost(log_n=4, r=8, p=1)


def refusal(password: str, login: str = "hoa") -> str:
    with pytest.raises(Refused) as caught:
        check_password(password, login)
    return caught.value.code


def test_it_takes_a_long_sentence_without_any_rule_about_signs() -> None:
    assert check_password("năm con vịt qua cầu", "hoa") == "năm con vịt qua cầu"


def test_it_refuses_eleven_characters() -> None:
    assert refusal("abcdefghijk") == "password_short"


def test_it_refuses_a_password_too_long_to_hash_for_free() -> None:
    assert refusal("dài " * 51) == "password_long"


@pytest.mark.parametrize(
    "password", ["matkhau123456", "MatKhau123456", "111122221111", "password1234"]
)
def test_it_refuses_what_people_type_first(password: str) -> None:
    assert refusal(password) == "password_common"


def test_it_refuses_the_login_with_a_few_signs_around_it() -> None:
    assert refusal("nguyenvan.hoa1", "nguyenvan.hoa") == "password_is_login"


def test_it_takes_a_long_sentence_that_happens_to_hold_the_login() -> None:
    assert check_password("hoa sen nở trong đầm", "hoa")


def test_a_password_is_verified_however_its_accents_were_composed() -> None:
    stored = hash_password("mật khẩu của tôi", CHEAP)
    assert verify_password("mật khẩu của tôi", stored, CHEAP)
    assert not verify_password("mat khau cua toi", stored, CHEAP)


def test_two_hashes_of_one_password_differ_and_name_their_parameters() -> None:
    first, second = hash_password("x" * 12, CHEAP), hash_password("x" * 12, CHEAP)
    assert first != second
    assert first.startswith("scrypt$4$8$1$")


def test_a_hash_of_other_parameters_is_verified_and_asks_to_be_made_again() -> None:
    old = hash_password("năm con vịt qua cầu", Cost(log_n=3, r=8, p=1))
    assert verify_password("năm con vịt qua cầu", old, CHEAP)
    assert needs_rehash(old, CHEAP)
    assert not needs_rehash(hash_password("năm con vịt qua cầu", CHEAP), CHEAP)


def test_the_real_cost_is_what_owasp_asks_of_scrypt() -> None:
    # OWASP Password Storage Cheat Sheet: N=2^15, r=8, p=3 (32 MiB)
    assert (COST.log_n, COST.r, COST.p) == (15, 8, 3)


def test_an_unknown_login_costs_the_same_work_as_a_wrong_password() -> None:
    cost = Cost(log_n=13, r=8, p=1)
    stored = hash_password("năm con vịt qua cầu", cost)

    def least(hashed: str | None) -> float:
        def once() -> float:
            began = time.perf_counter()
            assert not verify_password("không phải thế này", hashed, cost)
            return time.perf_counter() - began

        return min(once() for _ in range(5))

    assert least(None) > 0.5 * least(stored)


def test_an_endless_password_is_wrong_and_cheap_to_refuse() -> None:
    assert not verify_password("x" * 1_000_000, hash_password("x" * 200, CHEAP), CHEAP)


@pytest.mark.parametrize("login", ["", "h", "a" * 41, "hoa le", "hoà", "a/b", "..", "<b>"])
def test_it_refuses_a_login_that_cannot_be_typed_anywhere(login: str) -> None:
    with pytest.raises(Refused, match="login_invalid"):
        check_login(login)


def test_a_login_is_kept_in_small_letters() -> None:
    assert check_login(" Hoa.Nguyen-2 ") == "hoa.nguyen-2"
