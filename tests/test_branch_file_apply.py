"""A branch file applied to an empty folder, again, and to a branch at work."""

import threading

import pytest

from queueing import setup
from queueing.branchfile import SAMPLE, load, parse
from queueing.events import KINDS
from queueing.operations import Operations
from queueing.people import Actor, Role
from queueing.store import Store, branches
from queueing.store.printers import printers

TEXT = SAMPLE.read_text(encoding="utf-8")
PRINTER = '[printer]\nname = "In"\ntransport = "network"\naddress = "10.0.0.5:9100"\nwidth = 384\n'
OFFICE_HOURS = 'monday = ["07:30-11:30", "13:30-17:00"]\nclosed_days = ["2027-01-01 Tết"]'
SIX = TEXT[TEXT.index("[[counter]]\nnumber = 6") : TEXT.index("# ── GIỜ")]


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path)
    yield store
    store.close()


@pytest.fixture
def branch(store):
    return setup.apply(store, load(SAMPLE)).branch_id


def lines(found):
    return [difference.worded() for difference in found]


def changed(*pairs):
    text = TEXT
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return parse(text)


def without(block):
    """Return the sample's text without the block that holds this line."""
    start = TEXT.rindex("\n[[", 0, TEXT.index(block))
    end = min(at for mark in ("\n[[", "\n# ──") if (at := TEXT.find(mark, start + 1)) > 0)
    return TEXT[:start] + TEXT[end:]


def test_an_empty_folder_gets_the_branch_and_everything_in_it(store):
    done = setup.apply(store, load(SAMPLE))
    assert done.is_new
    with store.reading() as db:
        assert branches.branch(db, done.branch_id).authority == "ỦY BAN NHÂN DÂN XÃ MẪU"
        assert [s.prefix for s in branches.services(db, done.branch_id)] == list("ABHLMQX")
        five = branches.counter_by_number(db, done.branch_id, 5)
        tiers = [(s.code, tier) for s, tier in branches.services_of(db, five.id)]
        assert tiers == [("lao-dong", 1), ("kinh-doanh", 1), ("dat-dai", 2)]
        assert branches.hours(db, done.branch_id).always
        assert len(branches.classes(db, done.branch_id)) == 4
        assert printers(db, done.branch_id) == []


def test_applied_again_it_changes_nothing_and_leaves_no_event(store, branch):
    seq = store.last_seq(branch)
    assert setup.plan(store, load(SAMPLE)) == []
    again = setup.apply(store, load(SAMPLE))
    assert (again.differences, again.is_new) == ((), False)
    assert store.last_seq(branch) == seq


def test_the_plan_of_an_empty_folder_writes_nothing(store):
    assert "+ counter 6" in lines(setup.plan(store, load(SAMPLE)))
    assert store.branch_ids() == []


def test_one_event_tells_the_counts_alone(store, branch):
    setup.apply(store, changed(("Khu A", "Khu Đông"), (SIX, "")))
    with store.reading() as db:
        events = db.execute("SELECT kind, data FROM event ORDER BY seq").fetchall()
    assert [kind for kind, _ in events] == ["configured", "configured"]
    assert events[1][1] == '{"added":0,"changed":1,"removed":1}'
    assert "configured" in KINDS


def test_the_differences_are_said_in_lines(store, branch):
    file = changed(
        ("Khu A", "Khu Đông"),
        ("always_open = true", OFFICE_HOURS),
        ("[settings]", PRINTER + "[settings]\nundo_seconds = 45"),
        (SIX, '[[counter]]\nnumber = 7\nservices = ["tra-ket-qua", "truc-tuyen"]\n'),
        ('login = "hoa"\nname = "Nguyễn Thị Hoa"\nrole = "officer"', 'login = "hoa"\nname = "Hoa"'),
    )
    assert lines(setup.plan(store, file)) == [
        "~ zone a: name Khu A → Khu Đông",
        "+ counter 7",
        "- counter 6",
        "+ opening hours monday: 07:30-11:30, 13:30-17:00",
        "+ closed day 2027-01-01",
        "~ officer hoa: name Nguyễn Thị Hoa → Hoa",
        "+ printer In",
        "~ setting undo_seconds: value 30 → 45",
    ]
    setup.apply(store, file)
    assert setup.plan(store, file) == []


def test_the_lines_can_be_said_in_another_language(store, branch):
    words = {"zone": "khu", "name": "tên"}
    line = setup.plan(store, changed(("Khu A", "Khu Đông")))[0].worded(words.__getitem__)
    assert line == "~ khu a: tên Khu A → Khu Đông"


def test_what_is_left_out_is_switched_off_and_comes_back_the_same(store, branch):
    with store.reading() as db:
        before = branches.counter_by_number(db, branch, 6).id
    assert lines(setup.apply(store, changed((SIX, ""))).differences) == ["- counter 6"]
    with store.reading() as db:
        assert [counter.number for counter in branches.counters(db, branch)] == [1, 2, 3, 4, 5]
    assert lines(setup.apply(store, load(SAMPLE)).differences) == ["+ counter 6"]
    with store.reading() as db:
        assert branches.counter_by_number(db, branch, 6).id == before


def test_two_services_may_swap_their_letters(store, branch):
    swapped = changed(
        ('prefix = "A"', 'prefix = "@"'), ('prefix = "B"', 'prefix = "A"'), ('"@"', '"B"')
    )
    setup.apply(store, swapped)
    with store.reading() as db:
        assert branches.service_by_code(db, branch, "ho-tich").prefix == "B"
        assert branches.service_by_code(db, branch, "cu-tru").prefix == "A"


def test_a_new_service_may_take_the_letter_of_one_that_goes(store, branch):
    setup.apply(store, changed(('"truc-tuyen"', '"nop-qua-mang"')))
    with store.reading() as db:
        assert [s.prefix for s in branches.services(db, branch)] == list("ABHLMQX")


def test_opening_hours_replace_always_open_and_go_again(store, branch):
    setup.apply(store, changed(("always_open = true", OFFICE_HOURS)))
    with store.reading() as db:
        hours = branches.hours(db, branch)
    assert [(span.opens, span.closes) for span in hours.spans] == [
        ("07:30", "11:30"),
        ("13:30", "17:00"),
    ]
    assert hours.closed_days == {"2027-01-01"}
    setup.apply(store, load(SAMPLE))
    with store.reading() as db:
        assert branches.hours(db, branch).always


def test_a_printer_of_the_file_becomes_the_default_one(store, branch):
    setup.apply(store, changed(("[settings]", PRINTER)))
    with store.reading() as db:
        printer = printers(db, branch)[0]
    assert (printer.address, printer.width, printer.is_default) == ("10.0.0.5:9100", 384, True)


def test_people_printers_and_settings_left_out_stay(store, branch):
    setup.apply(store, changed(("[settings]", PRINTER + "[settings]\nundo_seconds = 45")))
    assert setup.apply(store, parse(without('login = "hoa"'))).differences == ()
    with store.reading() as db:
        assert len(printers(db, branch)) == 1
        assert branches.rules(db, branch).integer("undo_seconds") == 45


def test_a_service_with_open_tickets_is_not_removed(store, branch):
    operations = Operations(store)
    issued = operations.issue(Actor(branch, Role.KIOSK), "truc-tuyen")
    file = changed(('"truc-tuyen"', '"nop-qua-mang"'))
    seq = store.last_seq(branch)
    for deed in (setup.plan, setup.apply):
        with pytest.raises(setup.SetupError, match="service truc-tuyen: 1 open tickets"):
            deed(store, file)
    assert store.last_seq(branch) == seq
    holder = Actor(branch, Role.HOLDER, ticket_id=issued.ticket.id)
    operations.cancel(holder, issued.ticket.id)
    setup.apply(store, file)


def test_a_counter_at_work_is_not_removed(store, branch):
    operations, clerk = Operations(store), Actor(branch, Role.OFFICER, officer_id=1)
    operations.open(clerk, 6)
    with pytest.raises(setup.SetupError, match="counter 6: the counter is at work"):
        setup.apply(store, changed((SIX, "")))
    operations.close(clerk, 6)
    setup.apply(store, changed((SIX, "")))


def test_the_last_administrator_stays_one(store, branch):
    with store.writing() as db:
        db.execute("UPDATE officer SET password_hash = 'x' WHERE login = 'son'")
    with pytest.raises(setup.SetupError, match="no administrator"):
        setup.apply(store, changed(('role = "admin"', 'role = "officer"')))


def test_another_code_is_refused_in_a_folder_that_has_a_branch(store, branch):
    for deed in (setup.plan, setup.apply):
        with pytest.raises(setup.SetupError, match='"xa-khac" is not that of this data folder'):
            deed(store, changed(('code = "xa-mau"', 'code = "xa-khac"')))
    assert store.branch_ids() == [branch]


def test_two_that_set_up_at_once_make_one_branch(tmp_path):
    stores = [Store(tmp_path) for _ in range(4)]
    done = []
    threads = [
        threading.Thread(target=lambda one=one: done.append(setup.apply(one, load(SAMPLE))))
        for one in stores
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(applied.is_new for applied in done) == [False, False, False, True]
    assert len({applied.branch_id for applied in done}) == 1
    assert stores[0].last_seq(done[0].branch_id) == 1
    for one in stores:
        one.close()


def test_a_failure_half_way_leaves_nothing(store, monkeypatch):
    monkeypatch.setitem(setup.rows._WRITES, "priority", None)
    with pytest.raises(TypeError):
        setup.apply(store, load(SAMPLE))
    assert store.branch_ids() == []
