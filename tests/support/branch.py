"""A small branch made for the tests of the domain: two zones, three services, three counters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from queueing.events import first_broken_link, replay
from queueing.operations import Operations
from queueing.people import Actor, Role
from queueing.refusals import Refused
from queueing.store import Store
from queueing.store.rows import Counter, Event, Ticket, Visit

MORNING = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)  # 08:30 in Viet Nam
AT = "2026-01-01T00:00:00.000Z"


class FakeClock:
    """A clock that stands until it is told to go on."""

    def __init__(self, now: datetime = MORNING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **length: float) -> None:
        """Let time pass."""
        self.now += timedelta(**length)


@dataclass
class House:
    """A branch, its deeds and its people."""

    store: Store
    operations: Operations
    clock: Callable[[], datetime]
    kiosk: Actor = field(default_factory=lambda: Actor(1, Role.KIOSK, device_id=1))
    hoa: Actor = field(default_factory=lambda: Actor(1, Role.OFFICER, officer_id=1))
    nam: Actor = field(default_factory=lambda: Actor(1, Role.OFFICER, officer_id=2))
    lan: Actor = field(default_factory=lambda: Actor(1, Role.SUPERVISOR, officer_id=3))

    def holder(self, ticket: Ticket) -> Actor:
        """Whoever knows this ticket's token."""
        return Actor(1, Role.HOLDER, ticket_id=ticket.id)

    def issue(self, service: str = "ho-tich", **options: Any) -> Ticket:
        """A new ticket from the kiosk."""
        return self.operations.issue(self.kiosk, service, **options).ticket

    def ticket(self, ticket: Ticket | str) -> Ticket:
        """The ticket as it stands now, by itself or by today's label."""
        with self.store.reading() as db:
            if isinstance(ticket, str):
                found = Ticket.one(db, "WHERE label = ? ORDER BY id DESC", ticket)
            else:
                found = Ticket.one(db, "WHERE id = ?", ticket.id)
        assert found is not None
        return found

    def visit(self, ticket: Ticket | str) -> Visit:
        """The ticket's current visit."""
        with self.store.reading() as db:
            found = Visit.one(db, "WHERE id = ?", self.ticket(ticket).visit_id)
        assert found is not None
        return found

    def counter(self, number: int) -> Counter:
        """The counter as it stands now."""
        with self.store.reading() as db:
            found = Counter.one(db, "WHERE number = ?", number)
        assert found is not None
        return found

    def events(self) -> list[Event]:
        """The whole history, oldest first."""
        with self.store.reading() as db:
            return Event.all(db, "ORDER BY seq")

    def kinds(self) -> list[str]:
        """The kinds of all events, in order."""
        return [event.kind for event in self.events()]

    def sql(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows of a query, or the effect of a statement."""
        with self.store.writing() as db:
            return [tuple(row) for row in db.execute(statement, values)]

    def set(self, name: str, value: str) -> None:
        """Override a setting."""
        self.sql(
            "INSERT INTO setting VALUES (1, ?, ?) ON CONFLICT (branch_id, name)"
            " DO UPDATE SET value = excluded.value",
            name,
            value,
        )

    def check(self) -> None:
        """Assert what must be true after every deed, whatever it was."""
        events = self.events()
        assert first_broken_link(events) is None
        assert [event.branch_seq for event in events] == list(range(1, len(events) + 1))
        assert [event.at for event in events] == sorted(event.at for event in events)
        self._check_replay(events)
        self._check_queue()
        self._check_counters()

    def _check_replay(self, events: list[Event]) -> None:
        replayed = replay(events)
        with self.store.reading() as db:
            rows: list[Ticket | Visit | Counter] = [
                *Ticket.all(db, ""),
                *Visit.all(db, ""),
                *Counter.all(db, ""),
            ]
        for row in rows:
            image = row.image()
            image.pop("token", None)
            told = replayed.pop((row.TABLE, row.id), {})
            if isinstance(row, Counter):
                names = ("state", "officer_id", "token_id", "since", "ticket_id", "owed", "reason")
                image = {name: image[name] for name in names}
                image["state"] = image["state"] if "state" in told or image["since"] else None
            for name, value in image.items():
                assert (told.get(name) or None) == (value or None), (row.TABLE, row.id, name)
        assert replayed == {}

    def _check_queue(self) -> None:
        counted = self.sql(
            "SELECT service_id, rank, count(*) FROM visit WHERE queued = 1 GROUP BY 1, 2"
        )
        loads = self.sql("SELECT service_id, rank, waiting FROM queue_load WHERE waiting > 0")
        assert sorted(counted) == sorted(loads)
        waiting = self.sql("SELECT visit_id FROM ticket WHERE state = 'waiting'")
        assert sorted(waiting) == sorted(self.sql("SELECT id FROM visit WHERE queued = 1"))
        open_visits = self.sql(
            "SELECT t.state, v.ended_at IS NULL FROM ticket t JOIN visit v ON v.id = t.visit_id"
        )
        for state, is_open in open_visits:
            assert is_open == (state in ("waiting", "called", "serving", "parked")), state

    def _check_counters(self) -> None:
        at_counters = self.sql("SELECT ticket_id, id FROM counter WHERE ticket_id IS NOT NULL")
        busy = self.sql("SELECT id, counter_id FROM ticket WHERE state IN ('called', 'serving')")
        assert sorted(at_counters) == sorted(busy)


def small_branch(folder: Path, clock: Callable[[], datetime] | None = None) -> House:
    """Make the branch in a folder's new database and open nothing else."""
    now = clock or FakeClock()
    store = Store(folder, now)
    with store.writing() as db:
        db.execute(
            "INSERT INTO branch (id, code, name, hotline, timezone)"
            " VALUES (1, 'xa-mau', 'Xã Mẫu', '024 3000 0000', 'Asia/Ho_Chi_Minh')"
        )
        db.executemany(
            "INSERT INTO zone (id, branch_id, code, name) VALUES (?, 1, ?, ?)",
            [(1, "a", "Khu A"), (2, "b", "Khu B")],
        )
        db.executemany(
            "INSERT INTO service (id, branch_id, code, prefix, name, position)"
            " VALUES (?, 1, ?, ?, ?, ?)",
            [
                (1, "ho-tich", "A", "Hộ tịch – Chứng thực", 1),
                (2, "dat-dai", "H", "Đất đai – Xây dựng", 2),
                (3, "tra-ket-qua", "Q", "Trả kết quả", 3),
            ],
        )
        db.executemany(
            "INSERT INTO officer (id, branch_id, login, name, role, created_at)"
            " VALUES (?, 1, ?, ?, ?, ?)",
            [
                (1, "hoa", "Nguyễn Thị Hoa", "officer", AT),
                (2, "nam", "Trần Văn Nam", "officer", AT),
                (3, "lan", "Lê Thị Lan", "supervisor", AT),
            ],
        )
        db.executemany(
            "INSERT INTO counter (id, branch_id, number, zone_id) VALUES (?, 1, ?, ?)",
            [(1, 1, 1), (2, 2, 1), (3, 3, 2)],
        )
        db.executemany(
            "INSERT INTO counter_service (counter_id, service_id, tier) VALUES (?, ?, ?)",
            [(1, 1, 1), (1, 3, 2), (2, 1, 1), (2, 2, 1), (3, 2, 1), (3, 3, 1)],
        )
        db.executemany(
            "INSERT INTO priority_class (id, branch_id, code, name, rank, self_declared)"
            " VALUES (?, 1, ?, ?, ?, ?)",
            [(1, "cao-tuoi", "Người cao tuổi", 1, 1), (2, "co-cong", "Người có công", 2, 0)],
        )
        db.execute(
            "INSERT INTO procedure (branch_id, code, name) VALUES (1, '1.001193', 'Khai sinh')"
        )
        db.execute(
            "INSERT INTO device (id, branch_id, kind, name, token_hash, created_at)"
            " VALUES (1, 1, 'kiosk', 'Kiosk', 'x', ?)",
            (AT,),
        )
    return House(store, Operations(store, lambda token: f"http://192.0.2.7:8080/t/{token}"), now)


def add_printer(house: House, name: str = "Máy in", **fields: Any) -> int:
    """Give the branch a printer; the first is the default one. Returns its id."""
    values = {"transport": "dummy", "address": "x", "width": 576} | fields
    first = not house.sql("SELECT 1 FROM printer")
    return int(
        house.sql(
            "INSERT INTO printer (branch_id, name, transport, address, width, is_default)"
            " VALUES (1, ?, ?, ?, ?, ?) RETURNING id",
            name,
            values["transport"],
            values["address"],
            values["width"],
            int(first),
        )[0][0]
    )


def clock(house: House) -> FakeClock:
    """The house's fake clock, to let time pass."""
    assert isinstance(house.clock, FakeClock)
    return house.clock


def refused(deed: Callable[..., object], *arguments: object, **options: object) -> Refused:
    """The refusal that a deed is answered with; it fails the test if the deed is done."""
    with pytest.raises(Refused) as found:
        deed(*arguments, **options)
    return found.value
