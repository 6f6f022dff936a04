"""The way to a network printer, against a printer on a real socket."""

import socket
from collections.abc import Iterator

import pytest

from printer.escpos import encode, recovery
from printer.network import NetworkTransport, host_and_port
from printer.paper import NotPaperError
from printer.slip import SlipContent, draw
from printer.status import MUTE, Status
from printer.transport import TransportError
from printer.wire import Patience
from tests.support.slips import URL, content
from tests.support.socket_printer import Condition, SocketPrinter
from tests.support.waiting import eventually

PAPER = encode(draw(SlipContent.from_json(content()), 576), cut=True)


@pytest.fixture
def printer() -> Iterator[SocketPrinter]:
    with SocketPrinter() as listening:
        yield listening


def way(printer: SocketPrinter) -> NetworkTransport:
    """Return a transport that loses patience soon."""
    return NetworkTransport(
        "127.0.0.1", printer.port, patience=Patience(slow_answer=0.3, short_answer=0.1)
    )


def ask(printer: SocketPrinter) -> Status:
    with way(printer) as line:
        return line.status()


def test_a_paper_arrives_whole_and_its_code_reads_back(printer: SocketPrinter) -> None:
    with way(printer) as line:
        assert line.status().ready
        line.send(PAPER)
        assert line.status().ready
    printer.wait_for(1)
    assert printer.codes() == [URL]


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        (Condition(), Status()),
        (Condition(near_end=True), Status(near_end=True)),
        (Condition(paper_out=True), Status(paper_out=True, near_end=True, offline=True)),
        (Condition(cover_open=True), Status(cover_open=True, offline=True)),
        (Condition(error=True), Status(error=True, offline=True)),
        (Condition(offline=True), Status(offline=True)),
        (Condition(mute=True), MUTE),
        (Condition(answers=frozenset({1, 4})), Status()),
        (Condition(answers=frozenset({1, 4}), cover_open=True), Status(offline=True)),
        (Condition(answers=frozenset({1, 2, 3})), MUTE),
        (Condition(answers=frozenset({2, 3, 4})), MUTE),
    ],
)
def test_it_learns_the_printers_condition(
    printer: SocketPrinter, condition: Condition, status: Status
) -> None:
    printer.condition = condition
    assert ask(printer) == status


def test_it_asks_one_question_at_a_time_and_each_once(printer: SocketPrinter) -> None:
    ask(printer)
    assert printer.questions == [1, 4, 2, 3]


def broken(printer: SocketPrinter, data: bytes) -> None:
    """Send so much of a paper that the line breaks before its end."""
    before = printer.connections
    with way(printer) as line:
        line.send(data)
    eventually(lambda: printer.connections > before, why="the end of the connection")


def test_a_piece_of_a_paper_is_no_paper(printer: SocketPrinter) -> None:
    broken(printer, PAPER[:9000])
    broken(printer, PAPER[: 2 + 8 + 240 * 72])  # just before a further band
    broken(printer, PAPER)
    assert (len(printer.received), printer.codes()) == (3, [URL])


def test_one_that_remembers_takes_the_next_slip_for_the_dots_that_are_missing() -> None:
    with SocketPrinter(remembers=True) as printer:
        broken(printer, PAPER)
        assert printer.codes() == [URL]
        broken(printer, PAPER[:9000])
        assert printer.codes() == [URL]
        broken(printer, PAPER)
        with pytest.raises(NotPaperError):
            printer.papers()


def test_one_that_remembers_is_brought_out_of_half_a_paper() -> None:
    with SocketPrinter(remembers=True) as printer:
        printer.turns = [(9000, "reset")]
        with pytest.raises(TransportError), way(printer) as line:
            line.send(PAPER * 20)
        eventually(lambda: printer.connections == 1, why="the printer has seen the end of it")
        printer.turns = []
        broken(printer, recovery(cut=True) + PAPER)
        assert printer.codes() == ["", URL]


def test_one_that_answers_only_when_it_has_printed_is_given_that_time(
    printer: SocketPrinter,
) -> None:
    printer.busy_s = 1.0
    with way(printer) as line:
        line.send(PAPER)
        assert line.status() == MUTE
    with way(printer) as line:
        line.send(PAPER)
        assert line.status(extra_s=9.0).ready


def test_bytes_that_nobody_asked_for_are_no_answer(printer: SocketPrinter) -> None:
    # an automatic status, and late answers that would say "well" of a printer without paper
    printer.greeting = b"\x10\x00\x00\x0f" + b"\x12" * 3
    printer.condition = Condition(paper_out=True)
    with way(printer) as line:
        eventually(lambda: line._line(1).recv(1, socket.MSG_PEEK), why="the greeting")
        assert line.status().paper_out


def test_answers_to_a_pictures_own_bits_are_not_taken_for_the_status(
    printer: SocketPrinter,
) -> None:
    with way(printer) as line:
        line.send(b"\x1dv0\x00\x06\x00\x01\x00" + b"\x10\x04\x04" * 2)
        eventually(lambda: len(printer.questions) == 2, why="the picture's questions")
        printer.condition.paper_out = True
        assert line.status().paper_out


def test_a_closed_door_is_refused(printer: SocketPrinter) -> None:
    printer.refuse()
    with pytest.raises(TransportError) as refusal:
        ask(printer)
    assert (refusal.value.cause, refusal.value.sent) == ("refused", 0)


def test_a_host_that_cannot_be_reached_is_mute() -> None:
    with (
        pytest.raises(TransportError) as refusal,
        NetworkTransport("255.255.255.255", patience=Patience(connect=0.3)),
    ):
        pass
    assert refusal.value.cause == "mute"


def test_a_name_that_cannot_be_looked_up_is_an_error() -> None:
    for name in ("x" * 64, "a..b"):
        with pytest.raises(TransportError) as failed, NetworkTransport(name):
            pass
        assert (failed.value.cause, failed.value.sent) == ("error", 0)


def test_a_connection_that_the_printer_closes_is_reset() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        NetworkTransport("127.0.0.1", server.getsockname()[1]) as line,
    ):
        server.accept()[0].close()
        assert line.status().cause == "reset"


def test_a_reset_while_sending_tells_how_much_may_have_left(printer: SocketPrinter) -> None:
    printer.turns = [(20_000, "reset")]
    with pytest.raises(TransportError) as failure, way(printer) as line:
        # far more than the buffers between us hold
        line.send(PAPER * 200)
    assert failure.value.cause == "reset"
    assert 20_000 <= failure.value.sent < len(PAPER) * 200


def test_a_printer_that_takes_no_more_bytes_is_mute_after_a_while() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with (
            pytest.raises(TransportError) as failure,
            NetworkTransport("127.0.0.1", port, patience=Patience(send=0.2)) as line,
        ):
            line.send(PAPER * 200)
    assert failure.value.cause == "mute"
    assert failure.value.sent > 0


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("192.168.1.50:9100", ("192.168.1.50", 9100)),
        ("may-in", ("may-in", 9100)),
        ("may-in.local:9101", ("may-in.local", 9101)),
        ("[fe80::1]:9100", ("fe80::1", 9100)),
        ("fe80::1", ("fe80::1", 9100)),
        ("[fe80::1%eth0]:9100", ("fe80::1%eth0", 9100)),
        ("May-In.local.", ("May-In.local.", 9100)),
    ],
)
def test_it_reads_an_address(address: str, expected: tuple[str, int]) -> None:
    assert host_and_port(address) == expected


@pytest.mark.parametrize(
    "address",
    [
        *("", ":9100", "box:", "box:0", "box:99999", "box:９100x", "box:９100", "[]", "[box]x"),
        *("a..b", ".box", "x" * 64, "x." * 127 + "xx", "máy-in", "a b", "a/b", "a\x00b", "a\nb"),
        *("[fe80::g]:9100", "[fe80::1%]", "1:2:3"),
    ],
)
def test_it_refuses_what_is_no_address(address: str) -> None:
    with pytest.raises(ValueError, match="HOST"):
        host_and_port(address)
