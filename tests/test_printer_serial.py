"""A printer on a serial port: a real port of this computer, with our printer behind it."""

import os
import sys
import termios
from collections.abc import Iterator
from typing import Any

import pytest

from printer.escpos import encode
from printer.network import NetworkTransport
from printer.serial import SerialPort, SerialTransport, ports
from printer.slip import draw_trial, trial_content
from printer.status import MUTE, Status
from printer.transport import Printer, TransportError, open_transport
from printer.wire import Patience
from printer.worker import sending_lease
from tests.support.serial_printer import SerialPrinter
from tests.support.waiting import eventually

QUICK = Patience(slow_answer=0.4, short_answer=0.1, send=0.3)


@pytest.fixture
def there() -> Iterator[SerialPrinter]:
    with SerialPrinter() as one:
        yield one


def way(there: SerialPrinter) -> SerialTransport:
    # a pseudo-terminal has no lines for flow control
    return SerialTransport(SerialPort(there.device, 115_200), patience=QUICK, flow=False)


def slip() -> bytes:
    return encode(draw_trial(trial_content("Điểm", "08:00"), 384), cut=False)


def test_a_slip_comes_out_whole(there: SerialPrinter) -> None:
    with way(there) as line:
        assert line.status() == Status()
        line.send(slip())
        assert line.status().ready
    assert len(there.papers()) == 1


@pytest.mark.parametrize("fault", ["paper_out", "cover_open", "offline", "error"])
def test_its_faults_are_told(there: SerialPrinter, fault: str) -> None:
    setattr(there.condition, fault, True)
    with way(there) as line:
        assert line.status().cause == fault


def test_a_mute_one_is_mute(there: SerialPrinter) -> None:
    there.condition.mute = True
    with way(there) as line:
        assert line.status() == MUTE


def test_what_came_unasked_is_no_answer(there: SerialPrinter) -> None:
    there.condition.paper_out = True
    with way(there) as line:
        there.say(b"\x12" * 3)
        eventually(lambda: line._line.in_waiting == 3, why="they have arrived")
        assert line.status().paper_out


def test_a_printer_that_takes_nothing_more_is_left_in_seconds_and_may_have_some(
    there: SerialPrinter,
) -> None:
    there.stalls_after = 2000
    with pytest.raises(TransportError) as failed, way(there) as line:
        line.send(slip() * 4)
    assert failed.value.cause == "mute"
    assert failed.value.sent >= 2000


def test_a_printer_that_stalls_at_the_first_piece_may_have_some_of_it(
    there: SerialPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    with way(there) as line:
        # the port has taken the piece and lets none of it go
        monkeypatch.setattr(type(line._line), "out_waiting", 1)
        with pytest.raises(TransportError) as failed:
            line.send(slip())
    assert failed.value.cause == "mute"
    assert failed.value.sent > 0


def test_a_port_that_another_holds_is_refused(there: SerialPrinter) -> None:
    with way(there) as line:
        with pytest.raises(TransportError) as failed, way(there):
            pass
        assert (failed.value.cause, failed.value.sent) == ("refused", 0)
        assert line.status() == Status()
    with way(there) as line:
        assert line.status() == Status()


@pytest.mark.parametrize("flow", [True, False])
def test_the_printer_may_stop_us_by_its_line(there: SerialPrinter, flow: bool) -> None:
    with SerialTransport(SerialPort(there.device), patience=QUICK, flow=flow) as line:
        modes = termios.tcgetattr(line._line.fd)[2]
        assert bool(modes & termios.CRTSCTS) is flow


def test_a_port_that_is_not_there_is_absent() -> None:
    with pytest.raises(TransportError) as failed, SerialTransport(SerialPort("/dev/ttyNONE")):
        pass
    assert (failed.value.cause, failed.value.sent) == ("absent", 0)


def test_a_port_that_this_user_may_not_open_is_denied(
    there: SerialPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no(*args: Any, **options: Any) -> int:
        raise PermissionError(13, "no")

    monkeypatch.setattr(os, "open", no)
    with pytest.raises(TransportError, match="denied"), way(there):
        pass


def test_without_pyserial_the_cause_is_the_missing_driver(
    there: SerialPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("escpos.printer.serial._DEP_PYSERIAL", False)
    with pytest.raises(TransportError, match="no_driver"), way(there):
        pass
    monkeypatch.setitem(sys.modules, "serial.tools.list_ports", None)
    with pytest.raises(TransportError, match="no_driver"):
        ports()


@pytest.mark.parametrize(
    ("address", "port"),
    [
        ("/dev/ttyS0", SerialPort("/dev/ttyS0", 38_400)),
        (" /dev/ttyUSB0@19200", SerialPort("/dev/ttyUSB0", 19_200)),
        ("COM3@115200", SerialPort("COM3", 115_200)),
        ("/dev/cu.usbserial-1410", SerialPort("/dev/cu.usbserial-1410", 38_400)),
        ("/dev/tty.usbserial-1410", SerialPort("/dev/tty.usbserial-1410", 38_400)),
        ("/dev/pts/3", SerialPort("/dev/pts/3", 38_400)),
        (
            "/dev/serial/by-id/usb-FTDI_USB_A50285BI-if00-port0",
            SerialPort("/dev/serial/by-id/usb-FTDI_USB_A50285BI-if00-port0"),
        ),
        (
            "/dev/serial/by-path/pci-0000:00:14.0-usb-0:2:1.0-port0@9600",
            SerialPort("/dev/serial/by-path/pci-0000:00:14.0-usb-0:2:1.0-port0", 9_600),
        ),
    ],
)
def test_addresses(address: str, port: SerialPort) -> None:
    assert SerialPort.read(address) == port


@pytest.mark.parametrize(
    "address",
    [
        *("", "ttyS0", "/dev/ttyS0@300", "/dev/ttyS0@", "/etc/passwd", "/dev/sda", "/dev/tty"),
        *("/dev/tty../sda", "/dev/ttyS0/../sda", "/dev/tty..", "/dev/serial/by-id/../../sda"),
        *("/dev/serial/by-id/..", "/dev/pts/x", "/dev/usb/lp0", "COMx", "COM٣"),
    ],
)
def test_an_address_that_is_none(address: str) -> None:
    with pytest.raises(ValueError, match="PORT@SPEED"):
        SerialPort.read(address)
    with pytest.raises(TransportError, match="error"):
        open_transport(Printer(1, 1, "P", "serial", address, 576, True, True, True))


def test_a_slow_line_is_given_the_time_that_it_takes() -> None:
    slow = SerialTransport(SerialPort("/dev/ttyS0", 9_600))
    assert sending_lease(slow, 50_000) == pytest.approx(60 + 1.5 * 50_000 / 960)
    assert sending_lease(NetworkTransport("127.0.0.1"), 50_000) < 100
