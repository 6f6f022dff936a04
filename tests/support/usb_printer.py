"""A USB printer without a cable: a backend for pyusb with one device on it and faults on demand.

The real pyusb and python-escpos talk to it, as they would to libusb.
"""

from __future__ import annotations

import errno
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image
from usb.backend import IBackend
from usb.core import USBError, USBTimeoutError

from printer.paper import decode
from tests.support.socket_printer import Condition

OUT, IN = 0x03, 0x84  # not where python-escpos looks by default
BULK = 2


@dataclass
class UsbPrinter:
    """What hangs on the cable. `stalls_after` bytes it takes no more; `denied` refuses to open."""

    vendor: int = 0x04B8
    product: int = 0x0E15
    serial: str = "X3YZ001"
    condition: Condition = field(default_factory=Condition)
    one_way: bool = False
    denied: bool = False
    port_bits: int = 0x18
    stalls_after: int | None = None
    unplugs_after: int | None = None
    taken: bytearray = field(default_factory=bytearray)
    resets: int = 0
    opened: int = 0
    answers: bytearray = field(default_factory=bytearray)

    def papers(self) -> list[Image.Image]:
        """Return the papers that came out."""
        return decode(bytes(self.taken))

    def take(self, data: bytes, most: int | None = None) -> int:
        """Take bytes as far as the faults allow, and answer the questions among them."""
        limit = self.unplugs_after if self.unplugs_after is not None else self.stalls_after
        if limit is not None and len(self.taken) + len(data) > limit:
            self.taken += data[: max(0, limit - len(self.taken))]
            if self.unplugs_after is not None:
                raise USBError("no such device", errno=errno.ENODEV)
            raise USBTimeoutError("timed out", errno=errno.ETIMEDOUT)
        start = max(0, len(self.taken) - 2)
        self.taken += data
        while (at := self.taken.find(b"\x10\x04", start)) >= 0 and at + 2 < len(self.taken):
            start = at + 2
            n = self.taken[start]
            if n in self.condition.answers and not self.condition.mute:
                self.answers.append(self.condition.answer(n))
        return len(data)


class Hub(IBackend):  # type: ignore[misc]
    """The pretended libusb with its printers."""

    def __init__(self, *printers: UsbPrinter) -> None:
        self.printers = list(printers)

    def enumerate_devices(self) -> Iterator[UsbPrinter]:
        """Yield what is plugged in now."""
        return iter(self.printers)

    def get_device_descriptor(self, device: UsbPrinter) -> Any:
        """Return a printer's device descriptor."""
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x200, bDeviceClass=0, bDeviceSubClass=0,
            bDeviceProtocol=0, bMaxPacketSize0=64, idVendor=device.vendor,
            idProduct=device.product, bcdDevice=0x100, iManufacturer=1, iProduct=2,
            iSerialNumber=3, bNumConfigurations=1, bus=1, address=id(device) % 127,
            port_number=1, port_numbers=(1,), speed=3,
        )  # fmt: skip

    def get_configuration_descriptor(self, device: UsbPrinter, config: int) -> Any:
        """Return the only configuration."""
        if config:
            raise IndexError
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=32, bNumInterfaces=1,
            bConfigurationValue=1, iConfiguration=0, bmAttributes=0xC0, bMaxPower=1,
            extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(self, device: UsbPrinter, intf: int, alt: int, config: int) -> Any:
        """Return the only interface."""
        if intf or alt:
            raise IndexError
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0,
            bNumEndpoints=1 if device.one_way else 2, bInterfaceClass=7, bInterfaceSubClass=1,
            bInterfaceProtocol=1 if device.one_way else 2, iInterface=0, extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(
        self, device: UsbPrinter, ep: int, intf: int, alt: int, config: int
    ) -> Any:
        """Return the bulk endpoints, the one that writes first."""
        if ep > (0 if device.one_way else 1):
            raise IndexError
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=(OUT, IN)[ep], bmAttributes=BULK,
            wMaxPacketSize=64, bInterval=0, bRefresh=0, bSynchAddress=0, extra_descriptors=[],
        )  # fmt: skip

    def open_device(self, device: UsbPrinter) -> UsbPrinter:
        """Open it, unless this user may not."""
        if device.denied:
            raise USBError("access denied", errno=errno.EACCES)
        device.opened += 1
        return device

    def close_device(self, device: UsbPrinter) -> None:
        """Close it."""
        device.opened -= 1

    def set_configuration(self, device: UsbPrinter, value: int) -> None:
        """Choose the only one."""

    def get_configuration(self, device: UsbPrinter) -> int:
        """Return the only one."""
        return 1

    def set_interface_altsetting(self, device: UsbPrinter, intf: int, alt: int) -> None:
        """Choose the only one."""

    def claim_interface(self, device: UsbPrinter, intf: int) -> None:
        """Take it."""

    def release_interface(self, device: UsbPrinter, intf: int) -> None:
        """Give it back."""

    def reset_device(self, device: UsbPrinter) -> None:
        """Count a reset: it would empty a printer's memory."""
        device.resets += 1

    def bulk_write(
        self, device: UsbPrinter, ep: int, intf: int, data: array[int], timeout: int
    ) -> int:
        """Take bytes at the writing endpoint."""
        if ep != OUT:
            raise USBError("no such endpoint", errno=errno.EINVAL)
        return device.take(data.tobytes())

    def bulk_read(
        self, device: UsbPrinter, ep: int, intf: int, buff: array[int], timeout: int
    ) -> int:
        """Give the answers there are, else time out."""
        if ep != IN:
            raise USBError("no such endpoint", errno=errno.EINVAL)
        if not device.answers:
            raise USBTimeoutError("timed out", errno=errno.ETIMEDOUT)
        count = min(len(buff), len(device.answers))
        for at in range(count):
            buff[at] = device.answers.pop(0)
        return count

    def ctrl_transfer(
        self,
        device: UsbPrinter,
        kind: int,
        request: int,
        value: int,
        index: int,
        data: array[int],
        timeout: int,
    ) -> int:
        """Answer for the port's bits and for strings."""
        if (kind, request) == (0xA1, 1):
            data[0] = device.port_bits
            return 1
        texts = {1: "EPSON", 2: "TM-T20II", 3: device.serial}
        number = value & 0xFF
        body = b"\x09\x04" if number == 0 else texts[number].encode("utf-16-le")
        answer = bytes((len(body) + 2, 3)) + body
        data[: len(answer)] = array("B", answer)
        return len(answer)


def plug_in(monkeypatch: pytest.MonkeyPatch, hub: Hub | None) -> None:
    """Let pyusb find this hub, or no libusb at all."""
    for kind in ("libusb1", "libusb0", "openusb"):
        module = getattr(__import__(f"usb.backend.{kind}").backend, kind)
        chosen = hub if kind == "libusb1" else None
        monkeypatch.setattr(module, "get_backend", lambda *a, _hub=chosen, **k: _hub)
