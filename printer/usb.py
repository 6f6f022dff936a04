"""A printer on a USB cable, by python-escpos and pyusb (`pip install denluot[usb]`)."""

from __future__ import annotations

import contextlib
import errno
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from printer.status import MUTE, Status
from printer.transport import TransportError
from printer.wire import NORMAL, Patience, WireTransport

PRINTER_CLASS: Final = 7  # USB device class codes: printer
_READ_MOST: Final = 64
# USB Device Class Definition for Printing Devices 1.1, 4.2.2 GET_PORT_STATUS
_GET_PORT_STATUS: Final = (0xA1, 1)
_PORT_NO_ERROR, _PORT_SELECTED, _PORT_PAPER_EMPTY = 0x08, 0x10, 0x20
_DENIED: Final = (errno.EACCES, errno.EPERM)


@dataclass(frozen=True, slots=True)
class UsbId:
    """Which USB device: vendor and product, and its serial number where two are alike."""

    vendor: int
    product: int
    serial: str | None = None

    @classmethod
    def read(cls, address: str) -> UsbId:
        """Read VVVV:PPPP or VVVV:PPPP:SERIAL, hexadecimal. Raises ValueError."""
        vendor, product, *serial = address.strip().split(":", 2)
        if not (len(vendor) == len(product) == 4):
            raise ValueError("not VVVV:PPPP")
        return cls(int(vendor, 16), int(product, 16), serial[0] if serial and serial[0] else None)

    def __str__(self) -> str:
        """The address as `read` takes it."""
        tail = f":{self.serial}" if self.serial else ""
        return f"{self.vendor:04x}:{self.product:04x}{tail}"


@dataclass(frozen=True, slots=True)
class _Ends:
    """The endpoints of the interface that prints; `reads` is None on a one-way cable."""

    interface: int
    setting: int
    writes: int
    reads: int | None


class UsbTransport(WireTransport):
    """One claim of the device, for one job.

    python-escpos finds and frees the device. It would also reset it at every opening, which
    makes a printer forget what is still in its memory, and take fixed endpoints; so the
    device is left as it is and its own description is followed.
    """

    counts_exactly: ClassVar[bool] = False

    def __init__(self, which: UsbId, *, patience: Patience = NORMAL) -> None:
        super().__init__(patience)
        self._which = which
        self._printer: Any = None
        self._ends = _Ends(0, 0, 0, None)

    def status(self, extra_s: float = 0.0) -> Status:
        """Ask as any other; a one-way cable has only the three bits of the port itself."""
        return super().status(extra_s) if self._ends.reads is not None else self._port_status()

    def _open(self) -> None:
        usb_core = _core()
        from escpos.exceptions import Error

        try:
            self._printer = _quiet_usb()(usb_args=self._wanted())
            self._printer.open()
            self._ends = _ends(self._printer.device)
        except (Error, OSError, ValueError, RuntimeError) as error:
            self._close()
            raise TransportError(_cause(error, usb_core)) from error

    def _wanted(self) -> dict[str, object]:
        which = self._which

        def matches(device: Any) -> bool:
            if (device.idVendor, device.idProduct) != (which.vendor, which.product):
                return False
            return which.serial is None or _serial(device) == which.serial

        return {"custom_match": matches}

    def _close(self) -> None:
        printer, self._printer = self._printer, None
        if printer is not None:
            with contextlib.suppress(Exception):
                printer.close()

    def _write(self, data: memoryview, patience: float) -> int:
        device, core = self._printer.device, _core()
        try:
            return int(device.write(self._ends.writes, bytes(data), _ms(patience)))
        except core.USBTimeoutError as error:
            raise TimeoutError from error

    def _read(self, patience: float) -> bytes:
        core = _core()
        try:
            return bytes(self._printer.device.read(self._ends.reads, _READ_MOST, _ms(patience)))
        except core.USBTimeoutError:
            return b""

    def _drain(self) -> None:
        while self._read(0.01):
            pass

    def _mute(self) -> Status:
        """A printer that answers no DLE EOT may still say something through its port."""
        port = self._port_status()
        return port if port.cause is not None else MUTE

    def _port_status(self) -> Status:
        kind, request = _GET_PORT_STATUS
        where = self._ends.interface << 8 | self._ends.setting
        try:
            answer = self._printer.device.ctrl_transfer(kind, request, 0, where, 1, 1000)
        except OSError:
            return MUTE
        if not len(answer):
            return MUTE
        bits = int(answer[0])
        return Status(
            paper_out=bool(bits & _PORT_PAPER_EMPTY),
            error=not bits & _PORT_NO_ERROR,
            offline=not bits & _PORT_SELECTED,
        )


@dataclass(frozen=True, slots=True)
class Attached:
    """A USB printer found: its address for `denluot printer add --usb`, and its own words."""

    address: str
    name: str


def attached() -> list[Attached]:
    """The USB devices that call themselves printers. Raises TransportError `no_driver`."""
    core = _core()
    try:
        found = list(core.find(find_all=True, custom_match=_is_printer))
    except ValueError as error:  # pyusb's NoBackendError
        raise TransportError("no_driver") from error
    several = [(one.idVendor, one.idProduct) for one in found]
    listed = []
    for one in found:
        alike = several.count((one.idVendor, one.idProduct)) > 1
        which = UsbId(one.idVendor, one.idProduct, _serial(one) if alike else None)
        words = [text for text in (_text(one, "manufacturer"), _text(one, "product")) if text]
        listed.append(Attached(str(which), " ".join(words)))
    return listed


def _core() -> Any:
    try:
        import usb.core
    except ImportError as error:
        raise TransportError("no_driver") from error
    return usb.core


def _quiet_usb() -> Any:
    """python-escpos's Usb without the reset at every opening."""
    from escpos.printer import Usb

    class Quiet(Usb):  # type: ignore[misc]
        def _configure_usb(self) -> None:
            core = _core()
            try:
                self.device.get_active_configuration()
            except core.USBError:
                self.device.set_configuration()

    return Quiet


def _is_printer(device: Any) -> bool:
    if device.bDeviceClass == PRINTER_CLASS:
        return True
    return any(
        interface.bInterfaceClass == PRINTER_CLASS
        for configuration in device
        for interface in configuration
    )


def _ends(device: Any) -> _Ends:
    """The endpoints of the printer's interface, else of the first that takes bulk data."""
    from usb import util

    every = list(device.get_active_configuration())
    for interface in sorted(every, key=lambda one: one.bInterfaceClass != PRINTER_CLASS):
        bulk = [
            e for e in interface if util.endpoint_type(e.bmAttributes) == util.ENDPOINT_TYPE_BULK
        ]
        ways = {util.endpoint_direction(e.bEndpointAddress): e.bEndpointAddress for e in bulk}
        writes = ways.get(util.ENDPOINT_OUT)
        if writes is not None:
            return _Ends(
                interface.bInterfaceNumber,
                interface.bAlternateSetting,
                writes,
                ways.get(util.ENDPOINT_IN),
            )
    raise ValueError("it takes no bulk data")


def _serial(device: Any) -> str | None:
    return _text(device, "serial_number")


def _text(device: Any, name: str) -> str | None:
    """One of the device's own strings; None when it has none or may not be asked."""
    try:
        text = getattr(device, name)
    except (OSError, ValueError):
        return None
    return "".join(c for c in str(text) if c.isprintable()).strip()[:60] if text else None


def _ms(seconds: float) -> int:
    return max(1, round(seconds * 1000))


def _cause(error: BaseException, core: Any) -> str:
    """`absent`, `denied` or `no_driver`, from what python-escpos wraps and loses."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, core.NoBackendError):
            return "no_driver"
        if isinstance(seen, OSError) and seen.errno in _DENIED:
            return "denied"
        if isinstance(seen, OSError) and seen.errno == errno.EBUSY:
            return "refused"
        seen = seen.__cause__ or seen.__context__
    return "absent"
