"""A ticket's token opens its page to whoever holds it: it is told to nobody else."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.api import Api
from tests.support.api import token as made_token
from tests.support.citizens import TICKETS, Hall
from tests.support.server import Server


def whole_life(hall: Hall) -> list[str]:
    """Tickets through every holder's deed, some refused; their tokens."""
    officer, deeds = hall.officer(), hall.door.room.operations
    tokens = [str(hall.take()["token"]) for _ in range(4)]
    hall.do(tokens[0], "postpone", {"places": 1}, **{"Idempotency-Key": "one"})
    hall.do(tokens[1], "cancel")
    hall.do(tokens[1], "cancel")
    deeds.call_next(officer, 1)
    deeds.no_show(officer, 1)
    for token in tokens:
        hall.do(token, "rejoin")
        hall.look(token)
        hall.door.client().get(f"/t/{token}")
        hall.door.client().get(f"{TICKETS}/{token}/qr.svg")
    return tokens


def test_no_event_and_no_log_line_holds_a_token(
    hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    tokens = whole_life(hall)
    assert len(tokens) == 4
    told = [repr(event) for event in hall.events()] + [caplog.text]
    assert not [token for token in tokens for text in told if token in text]
    assert any("postponed" in text for text in told)


def test_a_fault_of_our_own_logs_no_token_either(
    hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    token = hall.take()["token"]
    hall.sql("DROP TABLE print_job")
    for path in (f"{TICKETS}/{token}", f"/t/{token}"):
        answer = hall.door.client().get(path)
        assert answer.status_code == 500
        assert token not in answer.text
    assert "no such table: print_job" in caplog.text
    assert token not in caplog.text


def test_the_tables_that_hold_tokens_are_these_alone(hall: Hall) -> None:
    hall.printer()
    tokens = whole_life(hall)
    holding = {
        name
        for name, rows in hall.contents().items()
        if any(token in repr(rows) for token in tokens)
    }
    # the slip and the answers kept for a day carry the page's address to whom it was given
    assert holding == {"ticket", "print_job", "answer"}


def test_the_real_server_prints_no_token(server: Callable[..., Server], sample_data: Path) -> None:
    running = server(sample_data)
    with Api(running.port, made_token(sample_data, "kiosk")) as kiosk:
        ticket = kiosk.post("/tickets", {"service": "ho-tich"}).body["token"]
        assert kiosk.get(f"/tickets/{ticket}").status == 200
        assert kiosk.post(f"/tickets/{ticket}/cancel").status == 200
        assert kiosk.post(f"/tickets/{ticket}/cancel").status == 409
    running.stop()
    assert ticket not in running.output
