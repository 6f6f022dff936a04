"""The printer's answers, bit by bit."""

import pytest

from printer.status import MUTE, Status, is_answer


@pytest.mark.parametrize(
    ("n", "answer", "expected"),
    [
        (1, 0x12, Status()),
        (1, 0x16, Status()),  # the cash drawer's pin says nothing of the printer
        (1, 0x1A, Status(offline=True)),
        (2, 0x16, Status(cover_open=True)),
        (2, 0x1A, Status()),  # somebody holds the feed button
        (2, 0x32, Status(paper_out=True)),
        (2, 0x52, Status(error=True)),
        (3, 0x1A, Status(error=True)),
        (3, 0x32, Status(error=True)),
        (3, 0x52, Status(error=True)),
        (4, 0x12, Status()),
        (4, 0x1E, Status(near_end=True)),
        (4, 0x72, Status(paper_out=True)),
        (4, 0x7E, Status(paper_out=True, near_end=True)),
    ],
)
def test_each_bit_is_read_as_the_manual_says(n: int, answer: int, expected: Status) -> None:
    assert Status().with_answer(n, answer) == expected


def test_an_answer_never_takes_a_fault_away() -> None:
    status = Status().with_answer(4, 0x72).with_answer(2, 0x12)
    assert status.paper_out


@pytest.mark.parametrize(("byte", "fine"), [(0x12, True), (0x7E, True), (0x10, False), (0, False)])
def test_an_automatic_status_is_no_answer(byte: int, fine: bool) -> None:
    assert is_answer(byte) is fine


@pytest.mark.parametrize(
    ("status", "cause"),
    [
        (Status(), None),
        (Status(near_end=True), None),
        (MUTE, "mute"),
        (Status(refused=True), "refused"),
        (Status(offline=True), "offline"),
        (Status(offline=True, error=True), "error"),
        (Status(offline=True, paper_out=True, near_end=True), "paper_out"),
        (Status(offline=True, paper_out=True, cover_open=True), "cover_open"),
    ],
)
def test_it_names_the_cause_that_a_person_can_mend(status: Status, cause: str | None) -> None:
    assert status.cause == cause
    assert status.ready is (cause is None)
