"""The ways to a printer that an administrator may choose, and the reading of their addresses."""

from __future__ import annotations

from typing import Final

from printer import network, serial, spooled, usb
from queueing.refusals import Refused

# way → what its address looks like, for help texts and forms
WAYS: Final = {
    "network": "192.168.1.50:9100",
    "usb": "04b8:0e15",
    "serial": "/dev/ttyUSB0@38400",
    "cups": "receipt",
    "windows": "EPSON TM-T20II Receipt",
    "file": "/dev/usb/lp0",
    "virtual": "paper",
}


def check_address(way: str, address: str) -> str:
    """The address as it is to be kept. Raises Refused `address_invalid`."""
    address = address.strip()
    try:
        match way:
            case "network":
                host, port = network.host_and_port(address)
                return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
            case "usb":
                return str(usb.UsbId.read(address))
            case "serial":
                port_ = serial.SerialPort.read(address)
                return f"{port_.device}@{port_.baud}"
            case "cups":
                spooled.CupsTransport(address)
            case "windows":
                spooled.WindowsTransport(address)
            case "file" | "virtual":
                if not address or ".." in address.split("/"):
                    raise ValueError(address)
            case _:
                raise ValueError(way)
    except ValueError as error:
        raise Refused("address_invalid") from error
    return address
