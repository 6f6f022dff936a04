"""The day at each counter: bars and figures from the events."""

from datetime import date
from itertools import pairwise

import pytest

from queueing.store import branches
from staff.supervisor.timeline import WIDTH, Row, Timeline, timeline
from tests.support.office import Office

DAY = date(2026, 11, 23)


def drawn(office: Office, day: date = DAY) -> Timeline:
    with office.room.store.reading() as db:
        branch = branches.branch(db, office.room.branch_id)
        rules = branches.rules(db, branch.id)
        return timeline(db, branch, rules, day, office.clock())


def row(office: Office, number: int = 1, day: date = DAY) -> Row:
    return next(one for one in drawn(office, day).rows if one.counter == number)


def bars(found: Row) -> list[tuple[str, str | None, str, str]]:
    return [(bar.state, bar.number, bar.begins, bar.ends) for bar in found.bars]


def morning(office: Office) -> None:
    office.issue()
    office.hoa.at(1, "open")
    office.clock.forward(minutes=10)
    office.hoa.at(1, "call-next")
    office.clock.forward(minutes=2)
    office.hoa.at(1, "start")
    office.clock.forward(minutes=8)
    office.hoa.at(1, "finish")
    office.hoa.at(1, "pause", {"reason": "break"})
    office.clock.forward(minutes=20)
    office.hoa.at(1, "open")
    office.clock.forward(minutes=20)
    office.hoa.at(1, "close")
    office.clock.forward(minutes=30)


def test_each_stretch_is_a_bar(office: Office) -> None:
    morning(office)
    assert bars(row(office)) == [
        ("open", None, "08:30", "08:40"),
        ("called", "A001", "08:40", "08:42"),
        ("serving", "A001", "08:42", "08:50"),
        ("paused", None, "08:50", "09:10"),
        ("open", None, "09:10", "09:30"),
    ]
    assert bars(row(office, 2)) == []


def test_its_figures_are_the_lengths_of_the_bars(office: Office) -> None:
    morning(office)
    found = row(office)
    assert (found.open_s, found.paused_s, found.busy_s) == (3600, 1200, 600)
    assert found.occupancy == 25
    assert found.tickets == 1
    assert row(office, 2).occupancy is None


def test_an_open_counter_is_drawn_until_now(office: Office) -> None:
    office.hoa.at(1, "open")
    office.clock.forward(minutes=45)
    assert bars(row(office)) == [("open", None, "08:30", "09:15")]
    assert drawn(office).now_x is not None


def test_bars_stand_in_order_and_within_the_drawing(office: Office) -> None:
    morning(office)
    found = row(office).bars
    assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH + 1 for bar in found)
    assert all(a.x + a.width <= b.x + 0.02 for a, b in pairwise(found))


def test_who_takes_a_counter_over_goes_on_where_it_was(office: Office) -> None:
    office.hoa.at(1, "open")
    office.clock.forward(minutes=5)
    office.minh.at(1, "open", {"take": True})
    office.clock.forward(minutes=5)
    assert row(office).open_s == 600


def test_a_day_that_is_over_is_drawn_from_its_own_events(office: Office) -> None:
    morning(office)
    yesterday = bars(row(office))
    office.clock.forward(days=1)
    office.people.clear()
    office.hoa.at(1, "open")
    office.clock.forward(minutes=5)
    assert bars(row(office, day=DAY)) == yesterday
    today = row(office, day=date(2026, 11, 24))
    assert [bar.state for bar in today.bars] == ["open"]
    assert today.open_s == 300


def test_a_counter_left_open_ends_with_the_days_end(office: Office) -> None:
    office.hoa.at(1, "open")
    office.clock.forward(days=1)
    office.people.clear()
    office.minh.at(2, "open")
    assert row(office, 1, date(2026, 11, 24)).open_s == 0
    # the program was asked again only the next morning: until the day's rollover it was open
    assert row(office, 1).bars[-1].ends == "03:00"


def test_a_serving_that_was_taken_back_is_called_again(office: Office) -> None:
    office.issue()
    office.hoa.at(1, "open")
    office.hoa.at(1, "call-next")
    office.clock.forward(minutes=1)
    office.hoa.at(1, "start")
    office.clock.forward(seconds=20)
    office.hoa.at(1, "undo")
    office.clock.forward(minutes=1)
    assert [bar.state for bar in row(office).bars] == ["called", "serving", "called"]


@pytest.mark.parametrize("query", ["", "?day=2026-11-22", "?part=1", "?day=2020-01-01"])
def test_its_page_answers_for_any_day(office: Office, query: str) -> None:
    morning(office)
    answer = office.ha.get(f"/supervisor/timeline{query}")
    assert answer.status_code == 200
    assert answer.get_data(as_text=True).count('class="desk-words"') == 6


def test_a_day_that_is_none_is_refused(office: Office) -> None:
    assert office.ha.get("/supervisor/timeline?day=2026-02-30").status_code == 400


def test_the_part_for_the_overview_holds_no_script(office: Office) -> None:
    text = office.ha.get("/supervisor/timeline?part=1").get_data(as_text=True)
    assert text.lstrip().startswith("<svg")
    assert "<script" not in text
