from queueing.people import Actor, Role
from queueing.store.jobs import Jobs, newest_job
from queueing.store.overview import lost_papers
from queueing.store.printer_setup import remove_printer
from tests.support.branch import House, add_printer, clock, refused


def jobs(house: House) -> Jobs:
    return Jobs(house.store)


def state(house: House) -> list[tuple[object, ...]]:
    return house.sql("SELECT copy, state, cause FROM print_job ORDER BY id")


def test_without_a_printer_a_ticket_has_no_paper(house: House) -> None:
    assert house.operations.issue(house.kiosk, "ho-tich").job_id is None


def test_the_job_is_born_with_the_ticket_and_says_what_the_slip_says(house: House) -> None:
    add_printer(house)
    house.issue()
    job_id = house.operations.issue(house.kiosk, "ho-tich").job_id
    assert job_id is not None
    job = jobs(house).job(job_id)
    assert job is not None
    said = {name: job.content[name] for name in ("number", "ahead", "service", "counters", "local")}
    assert said == {
        "number": "A002",
        "ahead": 1,
        "service": "Hộ tịch – Chứng thực",
        "counters": [1, 2],
        "local": "08:30 · 23/11/2026",
    }
    assert str(job.content["url"]).startswith("http://192.0.2.7:8080/t/")


def test_the_qr_can_be_switched_off(house: House) -> None:
    add_printer(house)
    house.set("slip_qr", "false")
    job_id = house.operations.issue(house.kiosk, "ho-tich").job_id
    job = jobs(house).job(job_id or 0)
    assert job is not None
    assert job.content["url"] is None


def test_a_kiosk_may_have_a_printer_of_its_own(house: House) -> None:
    add_printer(house)
    own = add_printer(house, "Máy in kiosk 1")
    house.sql("UPDATE device SET printer_id = ? WHERE id = 1", own)
    house.issue()
    assert house.sql("SELECT printer_id FROM print_job") == [(own,)]


def test_a_job_is_claimed_once(house: House) -> None:
    printer = add_printer(house)
    house.issue()
    first = jobs(house).claim(printer, "one", 10)
    assert first is not None
    assert jobs(house).claim(printer, "two", 10) is None


def test_papers_come_in_the_order_of_the_tickets(house: House) -> None:
    printer = add_printer(house)
    house.issue()
    house.issue()
    numbers = []
    for _ in range(2):
        job = jobs(house).claim(printer, "one", 10)
        assert job is not None
        numbers.append(job.content["number"])
        assert jobs(house).sending(job.id, "one", 10)
        assert jobs(house).settle(job.id, "one", "printed")
    assert numbers == ["A001", "A002"]
    assert house.kinds().count("print_printed") == 2


def test_a_job_put_back_waits_and_its_fault_is_told_once(house: House) -> None:
    printer = add_printer(house)
    house.issue()
    for _ in range(3):
        job = jobs(house).claim(printer, "one", 10)
        assert job is not None
        assert jobs(house).put_back(job.id, "one", "paper_out", 2)
        assert jobs(house).claim(printer, "one", 10) is None
        clock(house).forward(seconds=2)
    assert state(house) == [(0, "queued", "paper_out")]
    assert house.kinds().count("print_waits") == 1
    assert house.sql("SELECT trouble FROM printer") == [("paper_out",)]


def test_a_printed_slip_ends_the_printers_trouble(house: House) -> None:
    printer = add_printer(house)
    house.issue()
    job = jobs(house).claim(printer, "one", 10)
    assert job is not None
    jobs(house).put_back(job.id, "one", "cover_open", 0)
    job = jobs(house).claim(printer, "one", 10)
    assert job is not None
    jobs(house).sending(job.id, "one", 10)
    jobs(house).settle(job.id, "one", "printed")
    assert house.sql("SELECT trouble FROM printer") == [(None,)]


def test_what_a_dead_process_only_claimed_is_printed_by_the_next(house: House) -> None:
    printer = add_printer(house)
    house.issue()
    jobs(house).claim(printer, "dead", 10)
    assert jobs(house).recover(1) == 0
    clock(house).forward(seconds=10)
    assert jobs(house).recover(1) == 1
    assert jobs(house).claim(printer, "next", 10) is not None


def test_what_a_dead_process_was_sending_is_unknown(house: House) -> None:
    printer = add_printer(house)
    house.issue()
    job = jobs(house).claim(printer, "dead", 10)
    assert job is not None
    assert jobs(house).sending(job.id, "dead", 10)
    clock(house).forward(seconds=11)
    assert jobs(house).recover(1) == 1
    assert state(house) == [(0, "unknown", "lease_lost")]
    assert jobs(house).claim(printer, "next", 10) is None


def test_who_lost_the_lease_neither_prints_nor_settles(house: House) -> None:
    printer = add_printer(house)
    house.issue()
    job = jobs(house).claim(printer, "slow", 10)
    assert job is not None
    clock(house).forward(seconds=11)
    jobs(house).recover(1)
    assert jobs(house).claim(printer, "fast", 10) is not None
    assert not jobs(house).sending(job.id, "slow", 10)
    assert not jobs(house).put_back(job.id, "slow", "mute", 1)
    assert not jobs(house).settle(job.id, "slow", "printed")
    assert state(house) == [(0, "claimed", None)]


def test_a_further_paper_is_a_marked_copy(house: House) -> None:
    printer = add_printer(house)
    ticket = house.issue()
    job = jobs(house).claim(printer, "one", 10)
    assert job is not None
    jobs(house).sending(job.id, "one", 10)
    jobs(house).settle(job.id, "one", "unknown", "reset")
    house.operations.reprint(house.hoa, ticket.id)
    assert state(house) == [(0, "unknown", "reset"), (1, "queued", None)]


def test_while_a_paper_is_on_its_way_no_further_one_is_made(house: House) -> None:
    add_printer(house)
    ticket = house.issue()
    first = house.operations.reprint(house.hoa, ticket.id)
    assert house.operations.reprint(house.hoa, ticket.id) == first
    assert len(state(house)) == 1


def test_a_ticket_from_before_the_printer_gets_its_first_paper(house: House) -> None:
    ticket = house.issue()
    add_printer(house)
    house.operations.reprint(house.hoa, ticket.id)
    assert state(house) == [(0, "queued", None)]


def test_reprinting_needs_a_printer_and_staff_or_the_kiosk(house: House) -> None:
    ticket = house.issue()
    holder = Actor(1, Role.HOLDER, ticket_id=ticket.id)
    assert refused(house.operations.reprint, house.hoa, ticket.id).code == "no_printer"
    assert refused(house.operations.reprint, holder, ticket.id).code == "forbidden"


def test_the_newest_paper_of_a_ticket_is_what_counts(house: House) -> None:
    add_printer(house)
    ticket = house.issue()
    with house.store.reading() as db:
        newest = newest_job(db, ticket.id)
    assert newest is not None
    assert (newest.copy, newest.state) == (0, "queued")


def test_a_paper_that_comes_too_late_is_not_printed(house: House) -> None:
    printer = add_printer(house)
    house.issue()
    house.issue()
    left, waits = (jobs(house).claim(printer, "one", 10), house.ticket("A002"))
    assert left is not None
    assert not jobs(house).is_too_late(left)
    house.operations.cancel(house.hoa, house.ticket("A001").id)
    assert jobs(house).is_too_late(left)
    assert jobs(house).settle(left.id, "one", "failed", "too_late")
    second = jobs(house).claim(printer, "one", 10)
    assert second is not None
    assert second.ticket_id == waits.id
    assert not jobs(house).is_too_late(second)
    assert house.sql("SELECT trouble FROM printer") == [(None,)], "the printer is well"
    with house.store.reading() as db:
        assert lost_papers(db, 1, "2026-11-23") == [], "nobody needs to look for it"


def test_who_was_served_long_since_needs_no_slip(house: House) -> None:
    printer = add_printer(house)
    house.issue()
    house.operations.open(house.hoa, 1)
    house.operations.call_next(house.hoa, 1)
    house.operations.start(house.hoa, 1)
    job = jobs(house).claim(printer, "one", 10)
    assert job is not None
    assert not jobs(house).is_too_late(job), "served at once, and the slip is on its way"
    clock(house).forward(minutes=3)
    assert jobs(house).is_too_late(job), "the printer was out for a while"


def test_what_waited_overnight_does_not_come_out_in_the_morning(house: House) -> None:
    printer = add_printer(house)
    house.issue()
    again = house.operations.reprint
    job = jobs(house).claim(printer, "one", 10)
    assert job is not None
    assert jobs(house).settle(job.id, "one", "unknown", "reset")
    again(house.hoa, house.ticket("A001").id)
    clock(house).forward(days=1)
    house.operations.expire(1)
    late = jobs(house).claim(printer, "one", 10)
    assert late is not None
    assert late.copy == 1
    assert jobs(house).is_too_late(late)


def test_a_further_paper_of_a_finished_ticket_is_printed(house: House) -> None:
    printer = add_printer(house)
    house.issue()
    first = jobs(house).claim(printer, "one", 10)
    assert first is not None
    assert jobs(house).settle(first.id, "one", "printed")
    house.operations.cancel(house.hoa, house.ticket("A001").id)
    house.operations.reprint(house.hoa, house.ticket("A001").id)
    asked = jobs(house).claim(printer, "one", 10)
    assert asked is not None
    assert not jobs(house).is_too_late(asked)


def test_a_job_held_while_its_printer_is_removed_ends_with_it(house: House) -> None:
    printer = add_printer(house, "Cũ")
    add_printer(house, "Mới")
    house.issue()
    held = jobs(house).claim(printer, "one", 10)
    assert held is not None
    remove_printer(house.store, Actor(1, Role.ADMIN), "Cũ")
    assert jobs(house).put_back(held.id, "one", "mute", 2)
    assert state(house) == [(0, "failed", "removed")]
    house.operations.reprint(house.hoa, house.ticket("A001").id)
    assert state(house)[1:] == [(1, "queued", None)]


def test_a_job_that_a_dead_process_held_ends_with_its_printer(house: House) -> None:
    printer = add_printer(house, "Cũ")
    house.issue()
    assert jobs(house).claim(printer, "one", 10) is not None
    remove_printer(house.store, Actor(1, Role.ADMIN), "Cũ")
    clock(house).forward(seconds=11)
    assert jobs(house).recover(1) == 1
    assert state(house) == [(0, "failed", "removed")]
