"""Pictures and films in backups, and what `denluot doctor` says of them."""

import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from boards.media import MediaFolder
from boards.setup import BoardSetup
from queueing.people import Actor, Role
from queueing.store import Store, board_setup, media, notices, voice_clips
from tests.support.command_line import Run
from tests.support.films import film, photo
from tests.support.tree import ROOT
from tests.test_board_setup import FULL


def put(data: Path, *contents: bytes) -> list[str]:
    """Put files on a branch's boards; returns their names on the disk."""
    store, folder = Store(data), MediaFolder(data)
    actor = Actor(1, Role.SYSTEM)
    names = []
    for content in contents:
        with folder.receiving(iter([content]), len(content), len(content)) as arrived:
            names.append(f"{arrived.digest}{folder.file(arrived.digest, arrived.mime).suffix}")
            folder.keep(
                arrived,
                lambda one=arrived: media.add_media(  # type: ignore[misc]
                    store, actor, "x", one.kind, one.mime, one.digest, one.size
                ),
                lambda: False,
            )
    store.close()
    return names


def lying(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_a_backup_has_the_files_beside_it_and_a_new_box_gets_them(
    run: Run, sample: Path, tmp_path: Path
) -> None:
    names = sorted(put(sample, photo(), film()))
    copies = tmp_path / "copies"
    file = run("backup", copies).output.strip()
    assert lying(copies / "media") == names
    before = {one: one.stat().st_ino for one in (copies / "media").iterdir()}
    run("backup", copies)
    # each is copied once
    assert {one: one.stat().st_ino for one in (copies / "media").iterdir()} == before
    shutil.rmtree(sample)
    run("restore", file)
    assert lying(sample / "media") == names
    assert "2 files of pictures and films are there" in run("doctor").output
    kept = [copies / "media", *(copies / "media").iterdir(), *(sample / "media").iterdir()]
    assert [one for one in kept if one.stat().st_mode & 0o077] == []


def test_what_no_backup_of_two_weeks_needs_is_deleted_with_them(
    run: Run, sample: Path, tmp_path: Path
) -> None:
    needed, removed = put(sample, photo(), film())
    copies = tmp_path / "copies"
    old = Path(run("backup", copies).output.strip())
    store = Store(sample)
    with store.reading() as db:
        (row,) = [one for one in media.all_media(db, 1) if one.digest in removed]
    media.remove_media(store, Actor(1, Role.SYSTEM), row.id)
    store.close()
    a_month_ago = time.time() - 30 * 24 * 3600
    for one in (old, *(copies / "media").iterdir()):
        os.utime(one, (a_month_ago, a_month_ago))
    new = Path(run("backup", copies).output.strip())
    unit = (ROOT / "deploy" / "denluot-backup.service").read_text("utf-8")
    after = re.findall(r"^ExecStartPost=-?(.+)$", unit, re.MULTILINE)
    assert len(after) == 2
    for line in after:
        command = line.replace("/var/backups/denluot", str(copies)).split()
        subprocess.run([shutil.which("find") or "find", *command[1:]], check=True)
    assert lying(copies) == [new.name, "media"]
    assert lying(copies / "media") == [needed]


def test_a_new_box_gets_everything_of_the_boards_from_a_backup(
    run: Run, sample: Path, tmp_path: Path
) -> None:
    (name,) = put(sample, photo())
    store = Store(sample)
    son, system = Actor(1, Role.ADMIN, officer_id=1), Actor(1, Role.SYSTEM)
    setup = BoardSetup.from_json(FULL).as_json()
    board_setup.save_board_setup(store, system, setup)
    one = notices.send(store, son, ready="quiet", minutes=30)
    other = notices.send(store, son, words="Máy in đang được sửa.", minutes=30)
    clip = bytes(range(256)) * 300
    voice_clips.save(store, system, "vi", "moi-so", clip, "d1", 900)
    now = store.clock()
    with store.reading() as db:
        (picture,) = media.all_media(db, 1)
    store.close()
    file = run("backup", tmp_path / "copies").output.strip()
    shutil.rmtree(sample)
    run("restore", file)
    store = Store(sample)
    with store.reading() as db:
        assert board_setup.board_setup(db, 1) == setup
        assert notices.standing(db, 1, None, now) == [other, one]
        assert voice_clips.digests(db, 1) == {("vi", "moi-so"): "d1"}
        assert voice_clips.sound(db, 1, "vi", "moi-so", "d1") == clip
        assert media.all_media(db, 1) == [picture]
    store.close()
    assert lying(sample / "media") == [name]
    assert (sample / "media" / name).read_bytes()[:2] == b"\xff\xd8"
    assert picture.url == f"/media/{picture.id}/{name.split('.')[0]}"


def test_half_a_copy_is_made_whole(run: Run, sample: Path, tmp_path: Path) -> None:
    (name,) = put(sample, film())
    (tmp_path / "copies/media").mkdir(parents=True)
    (tmp_path / "copies/media" / name).write_bytes(b"half")
    run("backup", tmp_path / "copies")
    assert (tmp_path / "copies/media" / name).read_bytes() == film()


def test_a_file_that_cannot_be_copied_keeps_no_backup_from_being_made(
    run: Run, sample: Path, tmp_path: Path
) -> None:
    (name,) = put(sample, film())
    (tmp_path / "copies").mkdir()
    (tmp_path / "copies/media").write_bytes(b"in the way")
    file, note = run("backup", tmp_path / "copies").output.splitlines()
    assert Path(file).is_file()
    assert name in note
    shutil.rmtree(sample)
    said = run("restore", file).output
    assert "1 pictures or films of the boards could not be copied" in said
    said = run("doctor", well=False).output
    assert "1 files of pictures and films are missing" in said
    assert name in said


@pytest.mark.parametrize("name", ["0" * 32 + ".mp4", "notes.txt"])
def test_doctor_names_what_nothing_needs(run: Run, sample: Path, name: str) -> None:
    put(sample, photo())
    (sample / "media" / name).write_bytes(b"\0" * 3_000_000)
    (sample / "media/.part-1").write_bytes(b"being sent")
    said = run("doctor").output
    assert "1 files in" in said
    assert "(3 MB) are needed by nothing" in said
