"""`denluot printer`: adding, finding, asking, changing and removing printers."""

import sqlite3
from pathlib import Path

import pytest

from tests.support.branch import add_printer, small_branch
from tests.support.command_line import Run
from tests.support.socket_printer import SocketPrinter
from tests.support.usb_printer import Hub, UsbPrinter, plug_in


def test_a_printer_is_added_listed_and_removed(run: Run, sample: Path) -> None:
    run("printer", "add", "--name", "Máy in", "--network", "127.0.0.1:9", "--width", "384")
    assert "* Máy in" in run("printer", "list").output
    assert run("printer", "add", "--name", "Máy in", "--virtual", well=False).exit_code == 1
    run("printer", "remove", "Máy in")
    assert run("printer", "list").output == ""
    run("printer", "remove", "Máy in", well=False)


def test_a_printer_needs_exactly_one_way(run: Run, sample: Path) -> None:
    assert "one of" in run("printer", "add", "--name", "x", well=False).output


def test_printer_status_tells_the_truth_and_exits_with_it(run: Run, sample: Path) -> None:
    with SocketPrinter() as printer:
        run("printer", "add", "--name", "Máy in", "--network", printer.address)
        assert run("printer", "status").output == "Máy in: ok\n"
        printer.condition.paper_out = True
        assert "paper_out" in run("printer", "status", well=False).output
    assert "refused" in run("printer", "status", well=False).output


def test_a_printer_with_a_paper_on_its_way_is_not_asked(run: Run, sample: Path) -> None:
    with SocketPrinter() as printer:
        run("printer", "add", "--name", "Máy in", "--network", printer.address)
        run("printer", "test")
        with sqlite3.connect(sample / "denluot.sqlite3") as db:
            db.execute("UPDATE print_job SET state = 'sending'")
        refused = run("printer", "status", well=False)
    assert (refused.exit_code, printer.questions) == (1, [])
    assert "A paper is on its way to this printer now." in refused.output


def test_a_test_slip_is_queued(run: Run, sample: Path) -> None:
    run("printer", "add", "--name", "Máy in", "--virtual")
    run("printer", "test")
    with sqlite3.connect(sample / "denluot.sqlite3") as db:
        assert db.execute("SELECT kind, state FROM print_job").fetchall() == [("test", "queued")]


def test_removing_a_printer_ends_what_waits_for_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    house = small_branch(tmp_path / "data")
    add_printer(house, "Cũ")
    add_printer(house, "Mới")
    house.issue()
    run("printer", "remove", "Cũ")
    assert house.sql("SELECT state, cause FROM print_job") == [("failed", "removed")]
    assert house.sql("SELECT name FROM printer WHERE is_default = 1") == [("Mới",)]
    house.store.close()


def test_a_printer_of_a_kind_has_its_width_and_no_more(run: Run, sample: Path) -> None:
    add = ("printer", "add", "--network", "10.0.0.9")
    epson = run(*add, "--name", "A", "--profile", "TM-T88V").output
    assert epson == "A: network 10.0.0.9:9100 (TM-T88V), 512 dots\n"
    refused = run(*add, "--name", "B", "--profile", "TM-T88V", "--width", "576", well=False)
    assert "A TM-T88V prints 512 dots in a line at most." in refused.output
    assert "kind" in run(*add, "--name", "B", "--profile", "Nothing", well=False).output
    assert "width" in run(*add, "--name", "B", "--width", "577", well=False).output
    assert "wide" in run(*add, "--name", "B", "--profile", "RP326", well=False).output
    assert "TM-T88V" in run("printer", "kinds").output


@pytest.mark.parametrize(
    ("way", "address", "kept"),
    [
        ("network", "[fe80::1]:9100", "[fe80::1]:9100"),
        ("usb", "04B8:0E15", "04b8:0e15"),
        ("serial", "/dev/ttyUSB0", "/dev/ttyUSB0@38400"),
        ("cups", "phieu", "phieu"),
        ("windows", "EPSON TM", "EPSON TM"),
        ("file", "/dev/usb/lp0", "/dev/usb/lp0"),
    ],
)
def test_a_printer_is_reached_in_many_ways(
    run: Run, sample: Path, way: str, address: str, kept: str
) -> None:
    added = run("printer", "add", "--name", "A", f"--{way}", address).output
    assert added == f"A: {way} {kept}, 576 dots\n"


@pytest.mark.parametrize(
    ("way", "address"),
    [
        ("network", "host:0"),
        ("usb", "4b8"),
        ("serial", "/dev/x@1"),
        ("cups", "-o"),
        ("file", "../x"),
    ],
)
def test_an_address_that_is_none_is_refused(run: Run, sample: Path, way: str, address: str) -> None:
    refused = run("printer", "add", "--name", "A", f"--{way}={address}", well=False)
    assert "This is not the address of a printer." in refused.output


def test_what_is_known_of_a_printer_is_changed(run: Run, sample: Path) -> None:
    run("printer", "add", "--name", "A", "--virtual")
    run("printer", "add", "--name", "B", "--virtual")
    run("printer", "change", "A", "--fallback", "B", "--roll", "80", "--new-roll")
    assert (
        "A: virtual paper, 576 dots, then B, about 727 tickets left"
        in run("printer", "list").output
    )
    run("printer", "change", "B", "--default")
    run("printer", "change", "A", "--fallback", "-", "--roll", "0")
    listed = run("printer", "list").output
    assert listed == "* B: virtual paper, 576 dots\n  A: virtual paper, 576 dots\n"
    assert "what is to be changed" in run("printer", "change", "A", well=False).output
    assert "take over" in run("printer", "change", "A", "--fallback", "A", well=False).output


def test_attached_printers_are_found(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    plug_in(monkeypatch, Hub(UsbPrinter()))
    assert "--usb 04b8:0e15  EPSON TM-T20II" in run("printer", "find").output
    plug_in(monkeypatch, None)
    assert "denluot[usb]" in run("printer", "find").output
