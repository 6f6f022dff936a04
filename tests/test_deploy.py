"""The units for real boxes: systemd understands them, and the guide tells of the same flags."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from queueing.devices import Kind
from tests.support.door import open_door
from tests.support.ears import AUTOPLAY
from tests.support.tree import ROOT

UNITS = sorted((ROOT / "deploy").glob("denluot*"))
BOARD = (ROOT / "deploy" / "denluot-board.service").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "tv.md").read_text(encoding="utf-8")
FLAG = re.compile(r"(?<![\w-])(--[a-z][a-z-]+(?:=[\w-]+)?)")


def flags(text: str) -> set[str]:
    # where a profile lies is each computer's own matter
    return {re.sub("(--user-data-dir).*", r"\1", flag) for flag in FLAG.findall(text)}


def board_flags() -> set[str]:
    (command,) = re.findall(r"exec /usr/bin/chromium (.+?) \"", BOARD)
    return flags(command)


def table_flags() -> set[str]:
    rows = [line.split("|")[1] for line in GUIDE.splitlines() if line.startswith("| `--")]
    return {flag for row in rows for flag in flags(row)}


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_understands_every_unit(unit: Path, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd here")
    text = unit.read_text(encoding="utf-8")
    # what is installed on a real box is not here
    (tmp_path / unit.name).write_text(re.sub(r"(Exec\w+=)\S+", r"\1/bin/true", text))
    if unit.suffix == ".timer":
        beside = unit.with_suffix(".service").name
        (tmp_path / beside).write_text("[Service]\nExecStart=/bin/true\n")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", tmp_path / unit.name],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_guide_explains_just_the_flags_that_the_unit_has() -> None:
    assert board_flags() == table_flags()
    assert AUTOPLAY in board_flags(), "with which the voice was heard"


def test_the_windows_shortcut_has_no_other_flags() -> None:
    (shortcut,) = re.findall(r"chrome\.exe\" (.+)", GUIDE)
    # a keyring and Debian's updates are not on Windows
    linux = {"--password-store=basic", "--check-for-update-interval=31536000"}
    assert flags(shortcut) == board_flags() - linux


def test_the_board_s_computer_waits_for_the_server_and_never_gives_up() -> None:
    assert "/healthz" in BOARD
    for line in ("Restart=always", "StartLimitIntervalSec=0", "TimeoutStartSec=infinity"):
        assert line in BOARD.splitlines()
    # X's own saver and the screen's standby
    assert "-s 0 -dpms" in BOARD


def test_the_shell_lines_of_the_board_s_unit_are_whole() -> None:
    for script in re.findall(r"/bin/sh -c '([^']+)'", BOARD):
        checked = subprocess.run(["/bin/sh", "-n", "-c", script.replace("$$", "$")], check=False)
        assert checked.returncode == 0


@pytest.mark.parametrize("path", ["/board", "/kiosk"])
def test_no_browser_offers_to_translate_a_screen(tmp_path: Path, path: str) -> None:
    door = open_door(tmp_path, surfaces=("kiosk", "display"))
    refusal = '<meta name="google" content="notranslate">'
    assert refusal in door.client().get(path).text, "the pairing page"
    kind = Kind.BOARD if path == "/board" else Kind.KIOSK
    assert refusal in door.client(door.device(kind)).get(path).text
