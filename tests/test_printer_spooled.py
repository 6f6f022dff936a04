"""Printers behind the system's spooler: what it refuses, keeps and says is believed."""

import sys
from pathlib import Path

import pytest

from printer.spooled import CupsTransport, Waits, WindowsTransport, _alerts_of
from printer.transport import Printer, TransportError, check, open_transport
from tests.support.spoolers import Cups, Windows, windows

QUICK = Waits(answer=10, leave=0.3, look=0.02)


@pytest.fixture
def cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cups:
    return Cups(tmp_path / "cups", monkeypatch)


@pytest.fixture
def spooler(monkeypatch: pytest.MonkeyPatch) -> Windows:
    return windows(monkeypatch)


def test_a_paper_reaches_the_queue_byte_for_byte(cups: Cups) -> None:
    with CupsTransport("phieu", QUICK) as way:
        assert way.status().ready
        way.send(b"\x1b@\x00\xff\n")
    assert cups.papers == [b"\x1b@\x00\xff\n"]


@pytest.mark.parametrize(
    ("alerts", "cause"),
    [
        ("none", None),
        ("media-low-warning", None),
        ("media-empty-error", "paper_out"),
        ("media-needed-report", "paper_out"),
        ("cover-open-error offline-report", "cover_open"),
        ("offline-report", "offline"),
        ("connecting-to-device", "mute"),
        ("media-jam-error", "error"),
    ],
)
def test_its_alerts_are_understood(cups: Cups, alerts: str, cause: str | None) -> None:
    cups.alerts(alerts)
    status = CupsTransport("phieu", QUICK).status()
    assert status.cause == cause
    assert status.near_end is ("media-low" in alerts)


def test_a_queue_that_was_stopped_is_offline(cups: Cups) -> None:
    cups.alerts(enabled=False)
    assert CupsTransport("phieu", QUICK).status().cause == "offline"


def test_a_queue_that_is_not_there_is_absent(cups: Cups) -> None:
    with pytest.raises(TransportError) as failed, CupsTransport("other", QUICK):
        pass
    assert (failed.value.cause, failed.value.sent) == ("absent", 0)
    assert check(Printer(1, 1, "P", "cups", "other", 576, True, True, True)).cause == "absent"


def test_what_lp_refuses_is_not_sent(cups: Cups) -> None:
    cups.let("rejects")
    with pytest.raises(TransportError) as failed, CupsTransport("phieu", QUICK) as way:
        way.send(b"slip")
    assert (failed.value.cause, failed.value.sent) == ("refused", 0)


def test_what_stays_in_the_queue_is_taken_back_and_unknown(cups: Cups) -> None:
    cups.let("keeps")
    cups.alerts("media-empty-error")
    with pytest.raises(TransportError) as failed, CupsTransport("phieu", QUICK) as way:
        way.send(b"slip")
    assert (failed.value.cause, failed.value.sent) == ("paper_out", 4)
    assert cups.waiting == []


@pytest.mark.parametrize(
    "alerts", ["job-canceled-by-user", "job-canceled-by-operator", "aborted-by-system"]
)
def test_what_was_taken_back_in_the_queue_is_unknown(cups: Cups, alerts: str) -> None:
    with CupsTransport("phieu", QUICK) as way:
        way.send(b"slip")
        cups.let("ends", alerts)
        with pytest.raises(TransportError) as failed:
            way.send(b"slip")
    assert (failed.value.cause, failed.value.sent) == ("error", 4)


def test_anothers_cancelled_paper_is_not_ours() -> None:
    listed = "phieu-6 root 1024\n\tAlerts: job-canceled-by-user\nphieu-7 root 1024\n\tAlerts: x\n"
    assert _alerts_of(listed, "phieu-7").strip() == "x"
    assert _alerts_of(listed, "phieu-6").strip() == "job-canceled-by-user"
    assert _alerts_of(listed, "phieu-8") == ""


def test_an_answer_without_a_job_is_unknown(cups: Cups) -> None:
    cups.let("says", "hm")
    with pytest.raises(TransportError) as failed, CupsTransport("phieu", QUICK) as way:
        way.send(b"slip")
    assert (failed.value.cause, failed.value.sent) == ("error", 4)


def test_an_lp_that_hangs_is_left_and_unknown(cups: Cups) -> None:
    cups.let("hangs", "lp\n")
    with CupsTransport("phieu", QUICK) as way:
        slow = CupsTransport("phieu", Waits(answer=0.3))
        with pytest.raises(TransportError) as failed:
            slow.send(b"slip")
        assert way.status().ready
    assert (failed.value.cause, failed.value.sent) == ("mute", 4)


def test_without_cups_the_cause_is_the_missing_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(TransportError, match="no_driver"), CupsTransport("phieu", QUICK):
        pass


@pytest.mark.parametrize("name", ["", "-o", "--help", "a b", "a/b", "a\nb", "x" * 128])
def test_a_name_that_no_queue_has(name: str) -> None:
    with pytest.raises(ValueError, match="queue"):
        CupsTransport(name)
    with pytest.raises(TransportError, match="error"):
        open_transport(Printer(1, 1, "P", "cups", name, 576, True, True, True))


def test_windows_prints_and_gives_everything_back(spooler: Windows) -> None:
    with WindowsTransport("Phieu", QUICK) as way:
        assert way.status().ready
        way.send(b"\x1b@slip")
    assert spooler.papers == [b"\x1b@slip"]
    assert spooler.open_handles == 0


@pytest.mark.parametrize(
    ("bits", "cause"),
    [(0x10, "paper_out"), (0x400000, "cover_open"), (0x80, "offline"), (0x1, "offline"),
     (0x8, "error"), (0x1000, "mute"), (0x400, None)],
)  # fmt: skip
def test_windows_bits(spooler: Windows, bits: int, cause: str | None) -> None:
    spooler.bits = bits
    with WindowsTransport("Phieu", QUICK) as way:
        assert way.status().cause == cause


def test_windows_keeps_a_paper(spooler: Windows) -> None:
    spooler.keeps, spooler.bits = True, 0x10
    with pytest.raises(TransportError) as failed, WindowsTransport("Phieu", QUICK) as way:
        way.send(b"slip")
    assert (failed.value.cause, failed.value.sent) == ("paper_out", 4)
    assert (spooler.jobs, spooler.cancelled) == (set(), [1])


@pytest.mark.parametrize("bits", [0x80, 0x1000, 0x80 | 0x4])
def test_windows_keeps_a_paper_that_it_has_printed(spooler: Windows, bits: int) -> None:
    spooler.keeps, spooler.job_bits = True, bits
    with WindowsTransport("Phieu", QUICK) as way:
        way.send(b"slip")
    assert (spooler.jobs, spooler.cancelled) == ({1}, [])


@pytest.mark.parametrize(
    ("bits", "cause"),
    [(0x2, "error"), (0x20, "offline"), (0x40, "paper_out"), (0x200, "error"), (0x10, "mute")],
)
def test_windows_tells_why_it_keeps_a_paper(spooler: Windows, bits: int, cause: str) -> None:
    spooler.keeps, spooler.job_bits = True, bits
    with pytest.raises(TransportError) as failed, WindowsTransport("Phieu", QUICK) as way:
        way.send(b"slip")
    assert (failed.value.cause, failed.value.sent) == (cause, 4)
    assert spooler.cancelled == [1]


def test_a_paper_that_somebody_deletes_on_windows_is_unknown(spooler: Windows) -> None:
    spooler.keeps, spooler.job_bits = True, 0x4
    with pytest.raises(TransportError) as failed, WindowsTransport("Phieu", QUICK) as way:
        way.send(b"slip")
    assert (failed.value.cause, failed.value.sent) == ("error", 4)


def test_a_windows_spooler_that_will_not_tell_has_not_printed(spooler: Windows) -> None:
    spooler.job_error = 1722
    with pytest.raises(TransportError) as failed, WindowsTransport("Phieu", QUICK) as way:
        way.send(b"slip")
    assert (failed.value.cause, failed.value.sent) == ("mute", 4)


def test_a_windows_printer_that_is_used_offline_is_offline(spooler: Windows) -> None:
    spooler.attributes = 0x400 | 0x40
    with WindowsTransport("Phieu", QUICK) as way:
        assert way.status().cause == "offline"


def test_windows_refuses_a_paper(spooler: Windows) -> None:
    spooler.rejects = True
    with pytest.raises(TransportError) as failed, WindowsTransport("Phieu", QUICK) as way:
        way.send(b"slip")
    assert (failed.value.cause, failed.value.sent) == ("refused", 0)


@pytest.mark.parametrize(
    ("name", "denied", "cause"), [("X", False, "absent"), ("Phieu", True, "denied")]
)
def test_windows_has_no_such_printer(spooler: Windows, name: str, denied: bool, cause: str) -> None:
    spooler.denied = denied
    with pytest.raises(TransportError, match=cause), WindowsTransport(name, QUICK):
        pass


def test_elsewhere_than_on_windows_the_driver_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "win32print", None)
    with pytest.raises(TransportError, match="no_driver"), WindowsTransport("Phieu", QUICK):
        pass
