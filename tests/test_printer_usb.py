"""A printer on a USB cable: found, asked, written to, and every way it can fail."""

import sys

import pytest

from printer.escpos import encode
from printer.slip import draw_trial, trial_content
from printer.status import MUTE, Status
from printer.transport import Printer, TransportError, check, open_transport
from printer.usb import UsbId, UsbTransport, attached
from printer.wire import Patience
from tests.support.usb_printer import Hub, UsbPrinter, plug_in

QUICK = Patience(slow_answer=0.05, short_answer=0.02, send=0.05)
EPSON = UsbId(0x04B8, 0x0E15)


@pytest.fixture
def usb_printer(monkeypatch: pytest.MonkeyPatch) -> UsbPrinter:
    one = UsbPrinter()
    plug_in(monkeypatch, Hub(one))
    return one


def way(which: UsbId = EPSON) -> UsbTransport:
    return UsbTransport(which, patience=QUICK)


def slip() -> bytes:
    return encode(draw_trial(trial_content("Điểm", "08:00"), 576), cut=True)


def test_a_slip_comes_out_whole_and_the_device_is_given_back(usb_printer: UsbPrinter) -> None:
    with way() as line:
        assert line.status() == Status()
        line.send(slip())
        assert line.status().ready
    assert len(usb_printer.papers()) == 1
    assert usb_printer.opened == 0


def test_opening_does_not_reset_a_printer_that_still_prints(usb_printer: UsbPrinter) -> None:
    for _ in range(2):
        with way() as line:
            line.send(slip())
    assert usb_printer.resets == 0
    assert len(usb_printer.papers()) == 2


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        ("paper_out", Status(paper_out=True, near_end=True, offline=True)),
        ("near_end", Status(near_end=True)),
        ("cover_open", Status(cover_open=True, offline=True)),
        ("offline", Status(offline=True)),
        ("error", Status(error=True, offline=True)),
    ],
)
def test_its_faults_are_told(usb_printer: UsbPrinter, fault: str, status: Status) -> None:
    setattr(usb_printer.condition, fault, True)
    with way() as line:
        assert line.status() == status


def test_one_that_answers_nothing_is_mute_unless_its_port_says_more(
    usb_printer: UsbPrinter,
) -> None:
    usb_printer.condition.mute = True
    with way() as line:
        assert line.status() == MUTE
    usb_printer.port_bits = 0x38
    with way() as line:
        assert line.status().cause == "paper_out"


@pytest.mark.parametrize(("bits", "cause"), [(0x18, None), (0x38, "paper_out"), (0x10, "error")])
def test_a_one_way_cable_has_the_bits_of_its_port(
    usb_printer: UsbPrinter, bits: int, cause: str | None
) -> None:
    usb_printer.one_way, usb_printer.port_bits = True, bits
    with way() as line:
        assert line.status().cause == cause


def test_a_stall_says_that_something_may_have_left(usb_printer: UsbPrinter) -> None:
    usb_printer.stalls_after = 1000
    with pytest.raises(TransportError) as failed, way() as line:
        line.send(slip())
    assert (failed.value.cause, failed.value.sent > 0) == ("mute", True)


def test_a_cable_pulled_in_the_middle_is_a_reset(usb_printer: UsbPrinter) -> None:
    usb_printer.unplugs_after = 9000
    with pytest.raises(TransportError) as failed, way() as line:
        line.send(slip())
    assert (failed.value.cause, failed.value.sent) == ("reset", 8192)


def test_what_is_not_plugged_in_is_absent(usb_printer: UsbPrinter) -> None:
    with pytest.raises(TransportError) as failed, way(UsbId(0x1234, 0x5678)):
        pass
    assert (failed.value.cause, failed.value.sent) == ("absent", 0)


def test_one_that_this_user_may_not_open_is_denied(usb_printer: UsbPrinter) -> None:
    usb_printer.denied = True
    with pytest.raises(TransportError, match="denied"), way():
        pass


def test_without_libusb_the_cause_is_the_missing_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    plug_in(monkeypatch, None)
    with pytest.raises(TransportError, match="no_driver"), way():
        pass
    with pytest.raises(TransportError, match="no_driver"):
        attached()


def test_without_pyusb_the_cause_is_the_missing_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usb.core", None)
    with pytest.raises(TransportError, match="no_driver"), way():
        pass


def test_printers_are_listed_and_two_alike_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = UsbPrinter(serial="ONE"), UsbPrinter(serial="TWO")
    other = UsbPrinter(product=0x0202)
    plug_in(monkeypatch, Hub(first, second, other))
    assert [(one.address, one.name) for one in attached()] == [
        ("04b8:0e15:ONE", "EPSON TM-T20II"),
        ("04b8:0e15:TWO", "EPSON TM-T20II"),
        ("04b8:0202", "EPSON TM-T20II"),
    ]
    with way(UsbId.read("04b8:0e15:TWO")) as line:
        line.send(slip())
    assert (len(first.papers()), len(second.papers())) == (0, 1)


@pytest.mark.parametrize("address", ["", "04b8", "4b8:0e15", "04b8:zzzz", "04b8:0e15x"])
def test_an_address_that_is_none(address: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any of them
        UsbId.read(address)
    with pytest.raises(TransportError, match="error"):
        open_transport(Printer(1, 1, "P", "usb", address, 576, True, True, True))


def test_the_check_says_why_it_cannot_be_reached(usb_printer: UsbPrinter) -> None:
    asked = Printer(1, 1, "P", "usb", "04b8:0e15", 576, True, True, True)
    assert check(asked).cause is None
    usb_printer.denied = True
    assert check(asked).cause == "denied"
