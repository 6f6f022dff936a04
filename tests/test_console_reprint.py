"""A lost slip printed again from the counter, in a browser."""

from playwright.sync_api import expect

from queueing.people import Actor, Role
from queueing.store.printer_setup import add_printer
from tests.support.tablets import Desks
from tests.test_console_choices import answer, question


def test_a_lost_slip_is_printed_again_and_marked(desks: Desks) -> None:
    office = desks.office
    admin = Actor(office.room.branch_id, Role.ADMIN)
    add_printer(office.room.store, admin, name="In", transport="dummy", address="x", width=576)
    office.issue()
    office.sql("UPDATE print_job SET state = 'printed'")
    page = desks.work()
    question(page, "#waiting .row-live")
    answer(page, "Print the slip again")
    expect(page.locator("#words")).to_contain_text("A further slip of A001 is being printed")
    assert office.sql("SELECT copy FROM print_job ORDER BY id") == [(0,), (1,)]


def test_without_a_printer_it_is_said(desks: Desks) -> None:
    desks.office.issue()
    page = desks.work()
    question(page, "#waiting .row-live")
    answer(page, "Print the slip again")
    expect(page.locator("#words")).to_contain_text("No printer is set up")
