"""Looking for printers: what is found, and that nothing but a printer's port nearby is tried."""

from collections.abc import Iterator

import pytest

from printer import finding
from queueing.refusals import Refused
from tests.support.socket_printer import SocketPrinter
from tests.support.usb_printer import Hub, UsbPrinter, plug_in


@pytest.fixture
def paper(monkeypatch: pytest.MonkeyPatch) -> Iterator[SocketPrinter]:
    with SocketPrinter() as one:
        monkeypatch.setattr(finding, "PORT", one.port)
        yield one


@pytest.mark.parametrize(
    ("typed", "first", "count"),
    [
        ("192.168.1.50", "192.168.1.50", 1),
        (" 192.168.1.50:9100 ", "192.168.1.50", 1),
        ("192.168.1.x", "192.168.1.1", 254),
        ("10.1.2.*", "10.1.2.1", 254),
        ("172.16.5.0/24", "172.16.5.1", 254),
        ("192.168.1.77/28", "192.168.1.65", 14),
        ("127.0.0.1", "127.0.0.1", 1),
        ("fd00::7", "fd00::7", 1),
    ],
)
def test_an_address_or_a_segment_is_read(typed: str, first: str, count: int) -> None:
    hosts = finding.hosts_of(typed)
    assert (hosts[0], len(hosts)) == (first, count)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("8.8.8.8", "find_not_private"),
        ("8.8.8.x", "find_not_private"),
        ("192.168.0.0/15", "find_not_private"),
        ("169.254.169.254", "find_not_private"),
        ("0.0.0.0", "find_not_private"),
        ("224.0.0.1", "find_not_private"),
        ("::ffff:8.8.8.8", "find_not_private"),
        ("2001:db8::1", "find_not_private"),
        ("192.168.0.0/23", "find_too_many"),
        ("10.0.0.0/8", "find_too_many"),
        ("fd00::/64", "find_too_many"),
        ("printer.example", "find_invalid"),
        ("192.168.1.50:22", "find_invalid"),
        ("192.168.1", "find_invalid"),
        ("192.168.1.50@evil", "find_invalid"),
        ("3232235777", "find_invalid"),
        ("x", "find_invalid"),
        ("", "find_invalid"),
    ],
)
def test_elsewhere_is_not_looked(typed: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        finding.hosts_of(typed)
    assert refused.value.code == code


def test_a_printer_in_a_segment_is_found_and_says_how_it_is(paper: SocketPrinter) -> None:
    paper.condition.near_end = True
    (seen,) = finding.find_network("127.0.0.0/28")
    assert seen.address == paper.address
    assert seen.status is not None
    assert (seen.status.cause, seen.status.near_end) == (None, True)
    assert paper.received == []


def test_one_that_answers_nothing_is_asked_once_only(paper: SocketPrinter) -> None:
    paper.condition.mute = True
    (seen,) = finding.find_network("127.0.0.1")
    assert seen.status is not None
    assert seen.status.cause == "mute"
    assert paper.questions == [1]


def test_of_a_single_address_it_is_said_that_nobody_prints_there(paper: SocketPrinter) -> None:
    (seen,) = finding.find_network("127.0.0.2")
    assert (seen.status, seen.cause) == (None, "refused")
    assert [one.address for one in finding.find_network("127.0.0.0/30")] == [paper.address]


def test_whoever_drops_every_connection_is_no_printer(paper: SocketPrinter) -> None:
    paper.turns = [(1, "reset")]
    (seen,) = finding.find_network("127.0.0.1")
    assert (seen.status, seen.cause) == (None, "reset")
    assert finding.find_network("127.0.0.0/29") == []


def test_a_printer_that_is_set_up_is_left_in_peace(paper: SocketPrinter) -> None:
    (seen,) = finding.find_network("127.0.0.1", {paper.address})
    assert (seen.address, seen.status, seen.cause) == (paper.address, None, None)
    assert paper.connections == 0


def test_two_do_not_look_at_once(paper: SocketPrinter) -> None:
    with finding._one_at_a_time, pytest.raises(Refused) as refused:
        finding.find_network("127.0.0.1")
    assert refused.value.code == "find_busy"
    assert finding.find_network("127.0.0.1")


def test_what_hangs_on_the_server_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    plug_in(monkeypatch, Hub(UsbPrinter()))
    monkeypatch.setattr(finding, "ports", lambda: [("/dev/ttyUSB0", "USB2.0-Serial")])
    here = finding.find_here()
    assert here.usb is not None
    assert [one.address for one in here.usb] == ["04b8:0e15"]
    assert here.serial == [("/dev/ttyUSB0", "USB2.0-Serial")]


def test_a_missing_driver_is_told_apart_from_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    plug_in(monkeypatch, None)
    monkeypatch.setitem(__import__("sys").modules, "serial.tools.list_ports", None)
    here = finding.find_here()
    assert (here.usb, here.serial) == (None, None)
