"""Our bytes and our questions before a judge by others: the printer emulator emupos.

It needs a Python of 3.13 or later and its own environment (`tools/emulator.sh`); where that is
missing these tests are left out, and our own socket printer judges alone.
"""

from collections.abc import Iterator

import pytest
from PIL import Image, ImageChops

from printer.escpos import encode
from printer.network import NetworkTransport
from printer.serial import SerialPort, SerialTransport
from printer.slip import SlipContent, draw, draw_trial, trial_content
from printer.wire import Patience
from tests.support.emulator import Emulator, find_emulator, running
from tests.support.slips import content

QUICK = Patience(slow_answer=1.0, short_answer=0.3)
PROFILES = {"epson-tm-t20iii": 576, "xprinter-xp80t": 576, "rongta-rp326": 576}


@pytest.fixture(scope="module", params=sorted(PROFILES))
def judge(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Emulator]:
    program = find_emulator()
    if program is None:
        pytest.skip("no emupos here: tools/emulator.sh, or set DENLUOT_EMUPOS")
    with running(program, tmp_path_factory.mktemp("emupos"), request.param) as one:
        yield one


@pytest.fixture
def before(judge: Emulator) -> int:
    return len(judge.papers())


def network(judge: Emulator) -> NetworkTransport:
    return NetworkTransport("127.0.0.1", judge.port, patience=QUICK)


def same(paper: Image.Image, drawn: Image.Image) -> bool:
    """Dot for dot, but for the white that is fed before the cut."""
    top = paper.crop((0, 0, drawn.width, drawn.height))
    rest = paper.crop((0, drawn.height, paper.width, paper.height)).convert("L")
    blank = rest.height == 0 or rest.getextrema() == (255, 255)
    return ImageChops.logical_xor(top, drawn).getbbox() is None and blank


@pytest.mark.parametrize("way", ["network", "serial"])
def test_a_slip_comes_out_dot_for_dot(judge: Emulator, before: int, way: str) -> None:
    drawn = draw(SlipContent.from_json(content()), 576)
    port = SerialPort(str(judge.serial), 115_200)
    line = network(judge) if way == "network" else SerialTransport(port, patience=QUICK, flow=False)
    with line:
        assert line.status().ready
        line.send(encode(drawn, cut=True))
        assert line.status().ready
    papers = judge.wait_for(before + 1)
    assert same(papers[-1], drawn)


def test_every_part_of_the_trial_slip_comes_out(judge: Emulator, before: int) -> None:
    drawn = draw_trial(trial_content("Điểm Phục vụ hành chính công", "08:00 · 23/11/2026"), 576)
    with network(judge) as line:
        line.send(encode(drawn, cut=True))
    assert same(judge.wait_for(before + 1)[-1], drawn)


def test_two_slips_are_two_papers(judge: Emulator, before: int) -> None:
    for number in ("A001", "A002"):
        with network(judge) as line:
            slip = SlipContent.from_json(content(number=number))
            line.send(encode(draw(slip, 576), cut=True))
    assert len(judge.wait_for(before + 2)) == before + 2


@pytest.mark.parametrize(
    ("fault", "cause", "near"),
    [
        ("paper-out", "paper_out", True),
        ("paper-near-end", None, True),
        ("cover-open", "cover_open", False),
        ("offline", "offline", False),
    ],
)
def test_its_faults_are_understood(
    judge: Emulator, fault: str, cause: str | None, near: bool
) -> None:
    judge.fault(fault, on=True)
    try:
        with network(judge) as line:
            status = line.status()
    finally:
        judge.fault(fault, on=False)
    assert status.cause == cause
    assert status.near_end is near or cause == "paper_out"
    with network(judge) as line:
        assert line.status().ready
