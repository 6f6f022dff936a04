"""A deed's Idempotency-Key: a repeat gets the first answer and does nothing again."""

import threading
from pathlib import Path

import pytest

from queueing.devices import Kind
from tests.support.door import Door, bearer, csrf, open_door
from tests.support.probe import probe

DEED = "/api/v1/probe/officer"


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return open_door(tmp_path, probe())


@pytest.fixture
def head(door: Door) -> dict[str, str]:
    return bearer(door.token("officer"))


def test_a_repeat_gets_the_first_answer_and_writes_nothing(
    door: Door, head: dict[str, str]
) -> None:
    client = door.client()
    first = client.post(DEED, headers={**head, "Idempotency-Key": "a"})
    seq = door.room.store.last_seq(1)
    again = client.post(DEED, headers={**head, "Idempotency-Key": "a"})
    assert (again.status_code, again.data) == (first.status_code, first.data) == (201, first.data)
    assert again.content_type == "application/json"
    assert door.room.store.last_seq(1) == seq


def test_without_a_key_each_request_is_a_deed_of_its_own(door: Door, head: dict[str, str]) -> None:
    client = door.client()
    assert client.post(DEED, headers=head).data != client.post(DEED, headers=head).data


def test_the_same_key_with_another_body_is_refused(door: Door) -> None:
    client = door.client()
    head = {**bearer(door.token("admin")), "Idempotency-Key": "a"}
    path = f"/api/v1/pairings/{door.room.identity.screens.ask(1, Kind.KIOSK)[0]}/confirm"
    assert client.post(path, json={"name": "One"}, headers=head).status_code == 200
    answer = client.post(path, json={"name": "Two"}, headers=head)
    assert (answer.status_code, answer.json["code"]) == (422, "idempotency_key_reused")
    assert [device.name for device in door.room.identity.screens.all(1)] == ["One"]


def test_a_key_belongs_to_its_caller_and_path(door: Door) -> None:
    client = door.client()
    seqs = {
        client.post(path, headers={**bearer(door.token(role)), "Idempotency-Key": "same"}).data
        for path, role in (
            (DEED, "officer"),
            (DEED, "admin"),
            ("/api/v1/probe/supervisor", "admin"),
            ("/api/v1/probe/everyone", "admin"),
        )
    }
    assert len(seqs) == 4


def test_a_refusal_is_not_kept(door: Door) -> None:
    kiosk = door.device(Kind.KIOSK)
    client = door.client(kiosk)
    refused = client.post("/api/v1/probe/kiosk", headers={"Idempotency-Key": "a"})
    assert refused.json["code"] == "csrf_failed"
    done = client.post("/api/v1/probe/kiosk", headers={**csrf(kiosk), "Idempotency-Key": "a"})
    assert done.status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 201, "a\tb", "khóa"])
def test_a_key_that_is_no_plain_text_is_refused(door: Door, head: dict[str, str], key: str) -> None:
    sent = key.encode().decode("latin-1")
    answer = door.client().post(DEED, headers={**head, "Idempotency-Key": sent})
    assert (answer.status_code, answer.json["code"]) == (422, "idempotency_key_invalid")


def test_repeats_that_race_do_the_deed_once(door: Door, head: dict[str, str]) -> None:
    before = door.room.store.last_seq(1)
    answers: list[bytes] = []

    def post() -> None:
        answers.append(door.client().post(DEED, headers={**head, "Idempotency-Key": "a"}).data)

    threads = [threading.Thread(target=post) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(answers)) == 1
    assert door.room.store.last_seq(1) == before + 1
