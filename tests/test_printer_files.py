"""Printers that are files, and which transport a printer gets."""

import os
from pathlib import Path

import pytest
from PIL import Image

from printer.escpos import encode
from printer.files import DummyTransport, FileTransport, VirtualTransport
from printer.network import NetworkTransport
from printer.paper import PAPERS_KEPT, decode, saved_papers
from printer.slip import SlipContent, draw
from printer.transport import TransportError, check, open_transport
from queueing.store.printers import Printer
from tests.support.slips import URL, content
from tests.support.socket_printer import Condition, SocketPrinter, codes

PAPER = encode(draw(SlipContent.from_json(content()), 384), cut=True)


def printer(transport: str, address: str) -> Printer:
    return Printer(1, 1, "Máy in", transport, address, 384, True, True, True)


def test_a_file_gets_every_paper_behind_the_last(tmp_path: Path) -> None:
    for _ in range(2):
        with FileTransport(tmp_path / "papers.bin") as way:
            assert way.status().ready
            way.send(PAPER)
    assert codes(decode((tmp_path / "papers.bin").read_bytes())) == [URL, URL]


def test_a_file_that_cannot_be_opened_has_got_nothing(tmp_path: Path) -> None:
    with pytest.raises(TransportError) as failure, FileTransport(tmp_path / "no" / "x") as way:
        way.send(PAPER)
    assert (failure.value.cause, failure.value.sent) == ("error", 0)


def test_a_full_device_is_an_error() -> None:
    with pytest.raises(TransportError) as failure, FileTransport(Path("/dev/full")) as way:
        way.send(PAPER)
    assert failure.value.cause == "error"


def test_a_device_that_takes_nothing_more_is_left_in_seconds(tmp_path: Path) -> None:
    fifo = tmp_path / "lp0"
    os.mkfifo(fifo)
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with FileTransport(fifo, patience=0.2) as way:
            way.send(b"\x1b@")
            assert os.read(reader, 100) == b"\x1b@"
            # far more than the pipe holds, and nobody reads on
            with pytest.raises(TransportError) as failure:
                way.send(PAPER * 50)
    finally:
        os.close(reader)
    assert failure.value.cause == "mute"
    assert 0 < failure.value.sent < len(PAPER) * 50


def test_a_device_that_nobody_reads_is_absent(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "lp0")
    with pytest.raises(TransportError) as failure, FileTransport(tmp_path / "lp0") as way:
        way.send(PAPER)
    assert (failure.value.cause, failure.value.sent) == ("absent", 0)


def test_a_device_that_is_not_there_is_absent_and_not_made(tmp_path: Path) -> None:
    link = tmp_path / "printer"
    link.symlink_to("/dev/denluot-none")
    for path in (Path("/dev/denluot-none"), link):
        with pytest.raises(TransportError) as failure, FileTransport(path) as way:
            way.send(PAPER)
        assert (failure.value.cause, failure.value.sent) == ("absent", 0)
    assert not Path("/dev/denluot-none").exists()


def test_a_device_that_this_user_may_not_write_is_denied(monkeypatch: pytest.MonkeyPatch) -> None:
    def no(*given: object) -> int:
        raise PermissionError(13, "no")

    monkeypatch.setattr(os, "open", no)
    with pytest.raises(TransportError) as failure, FileTransport(Path("/dev/null")) as way:
        way.send(PAPER)
    assert (failure.value.cause, failure.value.sent) == ("denied", 0)


def test_a_device_that_only_says_that_it_is_ready_is_left_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*given: object) -> int:
        raise BlockingIOError(11, "full")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(TransportError) as failure, FileTransport(Path("/dev/null"), 0.1) as way:
        way.send(PAPER)
    assert (failure.value.cause, failure.value.sent) == ("mute", 0)


def test_the_virtual_printer_keeps_bytes_and_picture(tmp_path: Path) -> None:
    with VirtualTransport(tmp_path / "papers") as way:
        way.send(PAPER)
    (picture,) = saved_papers(tmp_path / "papers")
    assert picture.with_suffix(".bin").read_bytes() == PAPER
    with Image.open(picture) as image:
        assert image.tobytes() == decode(PAPER)[0].tobytes()


def test_the_virtual_printer_keeps_the_newest_papers_only(tmp_path: Path) -> None:
    for n in range(PAPERS_KEPT + 2):
        for kind in ("bin", "png"):
            (tmp_path / f"20260101T000000{n:06d}-abcdef.{kind}").touch()
    with VirtualTransport(tmp_path) as way:
        way.send(PAPER)
    kept = saved_papers(tmp_path)
    assert len(kept) == PAPERS_KEPT
    assert kept[0].stat().st_size > 0
    assert len(list(tmp_path.iterdir())) == 2 * PAPERS_KEPT


def test_the_virtual_printer_takes_only_whole_papers(tmp_path: Path) -> None:
    with pytest.raises(TransportError), VirtualTransport(tmp_path) as way:
        way.send(PAPER[:-10])
    assert list(tmp_path.iterdir()) == []


def test_each_printer_gets_its_transport(tmp_path: Path) -> None:
    network = open_transport(printer("network", "127.0.0.1:9100"))
    file = open_transport(printer("file", "papers.bin"), tmp_path)
    virtual = open_transport(printer("virtual", "papers"), tmp_path)
    assert isinstance(network, NetworkTransport)
    assert isinstance(file, FileTransport)
    assert isinstance(virtual, VirtualTransport)
    assert isinstance(open_transport(printer("dummy", "")), DummyTransport)
    assert (file.path, virtual.folder) == (tmp_path / "papers.bin", tmp_path / "papers")
    assert file.path.parent == tmp_path


@pytest.mark.parametrize(("transport", "address"), [("usb", "x"), ("network", "box:x")])
def test_a_printer_that_makes_no_sense_is_an_error(transport: str, address: str) -> None:
    with pytest.raises(TransportError) as failure:
        open_transport(printer(transport, address))
    assert (failure.value.cause, failure.value.sent) == ("error", 0)


def test_a_printer_can_be_asked_how_it_is() -> None:
    with SocketPrinter(condition=Condition(cover_open=True)) as listening:
        asked = printer("network", listening.address)
        assert check(asked).cause == "cover_open"
        listening.refuse()
        assert check(asked).cause == "refused"
    assert check(printer("network", "255.255.255.255")).cause == "mute"
    assert check(printer("usb", "")).cause == "error"
