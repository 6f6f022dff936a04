"""Taking a number costs the same however many wait, and the same after years of tickets."""

from pathlib import Path

import pytest

from tests.support.citizens import Hall, Statements, open_hall


@pytest.fixture
def counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Hall, Statements]:
    """Give a hall all of whose SQL is counted."""
    statements = Statements(monkeypatch)
    hall = open_hall(tmp_path)
    hall.printer()
    hall.officer()
    return hall, statements


def cost(hall: Hall, statements: Statements) -> tuple[int, int]:
    """Statements and machine steps of one number."""
    key = f"press-{len(hall.tickets())}"
    statements.clear()
    hall.ask({"service": "ho-tich"}, **{"Idempotency-Key": key})
    return len(statements.ran), statements.steps


def fill(hall: Hall, waiting: int) -> None:
    while len(hall.tickets()) < waiting:
        hall.door.room.operations.issue(hall.staff[0], "ho-tich")


def test_it_runs_as_many_statements_with_500_waiting_as_with_10(
    counted: tuple[Hall, Statements],
) -> None:
    hall, statements = counted
    fill(hall, 10)
    few_statements, few_steps = cost(hall, statements)
    fill(hall, 500)
    many_statements, many_steps = cost(hall, statements)
    assert many_statements == few_statements < 40
    # steps see what a statement reads: a count over the queue would show here
    assert many_steps < few_steps * 1.05


def test_a_repeat_writes_nothing_to_the_disk(counted: tuple[Hall, Statements]) -> None:
    hall, statements = counted
    key = {"Idempotency-Key": "again"}
    hall.ask({"service": "ho-tich"}, **key)
    statements.clear()
    hall.ask({"service": "ho-tich"}, **key)
    verbs = {sql.split()[0] for sql in statements.ran}
    assert verbs == {"BEGIN", "SELECT", "COMMIT", "ROLLBACK"}
