import sqlite3
import threading
from pathlib import Path

import pytest

from queueing.devices import Kind
from queueing.people import Role
from queueing.store import Store
from queueing.store.identity import Identity
from tests.support.branch import House, small_branch
from tests.support.command_line import Run


def test_setup_makes_the_sample_and_then_finds_nothing_to_change(run: Run) -> None:
    assert "6" in run("setup", "--sample").output
    assert run("setup", "--sample").output == "Nothing to change.\n"


def test_setup_accepts_an_existing_empty_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    run("setup", "--sample")


def test_a_dry_run_lists_and_changes_nothing(run: Run, tmp_path: Path) -> None:
    run("setup", "--sample", "--dry-run")
    with sqlite3.connect(tmp_path / "data" / "denluot.sqlite3") as db:
        assert db.execute("SELECT count(*) FROM branch").fetchone() == (0,)


def test_the_printed_sample_is_itself_a_branch_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(run("setup", "--print-sample").output, encoding="utf-8")
    run("setup", "--from", file)
    assert run("setup", "--sample").output == "Nothing to change.\n"


def test_a_wrong_file_is_refused_with_the_place_of_each_mistake(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    text = run("setup", "--print-sample").output
    file.write_text(text.replace('prefix = "A"', 'prefix = "I"'), encoding="utf-8")
    said = run("setup", "--from", file, well=False).output
    assert '"ho-tich"' in said
    assert '"I"' in said


def test_setup_wants_one_source(run: Run) -> None:
    assert "either" in run("setup", well=False).output


def test_without_a_branch_every_command_says_what_to_do(run: Run) -> None:
    assert "denluot setup --sample" in run("doctor", well=False).output


def test_a_token_is_printed_alone_and_opens_the_api(run: Run, sample: Path) -> None:
    secret = run("token", "create", "--role", "kiosk", "--name", "máy").output
    assert secret.count("\n") == 1
    known = Identity(Store(sample)).known(secret.strip())
    assert known is not None
    assert known.actor.role is Role.KIOSK


def test_a_revoked_token_opens_nothing(run: Run, sample: Path) -> None:
    secret = run("token", "create", "--role", "kiosk", "--name", "máy").output.strip()
    listed = run("token", "list").output
    assert secret not in listed
    number = listed.split()[0]
    run("token", "revoke", number)
    assert Identity(Store(sample)).known(secret) is None
    assert run("token", "list").output == ""


def test_an_officer_gets_a_password_that_signs_in(run: Run, sample: Path) -> None:
    run("user", "add", "hoa.nt", "--name", "Nguyễn Thị Hoa", typed="mùa xuân nho nhỏ\n")
    assert Identity(Store(sample)).sign_in(1, "hoa.nt", "mùa xuân nho nhỏ", "127.0.0.1")
    run("user", "disable", "hoa.nt")
    assert "disabled" in run("user", "list").output


def test_a_short_password_is_refused_in_words(run: Run, sample: Path) -> None:
    said = run("user", "add", "hoa.nt", "--name", "Hoa", typed="ngắn\n", well=False).output
    assert "12" in said
    assert "Traceback" not in said


def working_branch(folder: Path) -> House:
    folder.mkdir()
    house = small_branch(folder)
    house.operations.open(house.hoa, 1)
    for _ in range(5):
        house.issue()
    house.operations.call_next(house.hoa, 1)
    return house


def test_doctor_finds_nothing_wrong_with_a_good_branch(run: Run, tmp_path: Path) -> None:
    working_branch(tmp_path / "data").store.close()
    assert "BAD" not in run("doctor").output


@pytest.mark.parametrize(
    ("damage", "word"),
    [
        ("UPDATE ticket SET state = 'finished' WHERE label = 'A003'", "history says"),
        ("UPDATE visit SET calls = 9 WHERE id = 1", "history says"),
        (
            "DROP TRIGGER event_no_update; UPDATE event SET officer_id = 2 WHERE seq = 3",
            "history was changed at event 3",
        ),
        (
            "DROP TRIGGER event_no_delete; DELETE FROM event WHERE branch_seq = 7",
            "history was changed",
        ),
    ],
)
def test_doctor_shows_what_was_tampered_with(
    run: Run, tmp_path: Path, damage: str, word: str
) -> None:
    working_branch(tmp_path / "data").store.close()
    with sqlite3.connect(tmp_path / "data" / "denluot.sqlite3") as db:
        db.executescript(damage)
    said = run("doctor", well=False).output
    assert "BAD" in said
    assert word in said


def test_a_backup_is_whole_while_others_write(run: Run, tmp_path: Path) -> None:
    house = working_branch(tmp_path / "data")
    done = threading.Event()

    def write() -> None:
        while not done.is_set():
            house.issue()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        files = [run("backup", tmp_path / "copies").output.strip() for _ in range(3)]
    finally:
        done.set()
        writer.join()
    assert len(set(files)) == 3
    for file in files:
        copy = House(Store(file), house.operations, house.clock)
        copy.check()
        copy.store.close()
    assert list((tmp_path / "copies").glob("*.part")) == []
    house.store.close()


def test_a_restored_branch_is_a_new_epoch_and_the_old_one_is_kept(run: Run, tmp_path: Path) -> None:
    house = working_branch(tmp_path / "data")
    epoch = house.store.epoch
    file = run("backup", tmp_path / "copies").output.strip()
    house.issue()
    house.store.close()
    assert "--force" in run("restore", file, well=False).output
    said = run("restore", file, "--force").output
    kept = Path(said.splitlines()[0].removeprefix("kept: "))
    assert kept.is_file()
    back = Store(tmp_path / "data")
    assert back.epoch != epoch
    with back.reading() as db:
        assert db.execute("SELECT count(*) FROM ticket").fetchone()[0] == 5
    back.close()
    run("doctor")


def test_no_other_user_of_the_computer_reads_what_is_kept(run: Run, tmp_path: Path) -> None:
    run("setup", "--sample")
    run("restore", run("backup", tmp_path / "copies").output.strip(), "--force")
    kept = [tmp_path / "data", *(tmp_path / "data").iterdir(), *(tmp_path / "copies").iterdir()]
    assert len(kept) >= 4
    assert [file for file in kept if file.stat().st_mode & 0o077] == []


def test_nothing_is_restored_under_a_running_server(run: Run, tmp_path: Path) -> None:
    house = working_branch(tmp_path / "data")
    file = run("backup", tmp_path / "copies").output.strip()
    assert "stop the server first" in run("restore", file, "--force", well=False).output
    house.issue()
    house.store.close()
    run("restore", file, "--force")


def test_a_damaged_branch_is_restored_and_its_files_are_kept(run: Run, tmp_path: Path) -> None:
    house = working_branch(tmp_path / "data")
    file = run("backup", tmp_path / "copies").output.strip()
    house.store.close()
    house.store.path.write_bytes(b"no database at all" * 100)
    said = run("restore", file, "--force").output
    kept = Path(said.splitlines()[0].removeprefix("kept: "))
    assert kept.read_bytes() == b"no database at all" * 100
    run("doctor")


def test_rubbish_is_not_restored(run: Run, tmp_path: Path) -> None:
    rubbish = tmp_path / "x.sqlite3"
    rubbish.write_bytes(b"no database at all" * 100)
    assert "not a whole database" in run("restore", rubbish, well=False).output


def test_pairing_by_the_command_line(run: Run, sample: Path) -> None:
    store = Store(sample)
    identity = Identity(store)
    code, secret, _until = identity.screens.ask(1, Kind.BOARD)
    assert "TV" in run("pair", code, "--name", "TV phòng chờ").output
    fetched = identity.screens.fetch(code, secret)
    assert fetched is not None
    assert fetched[0].name == "TV phòng chờ"
    run("pair", "AAAA-AAAA", "--name", "x", well=False)
    store.close()


def test_data_that_cannot_be_used_is_told_in_a_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    file = tmp_path / "data" / "denluot.sqlite3"
    file.write_bytes(b"no database at all" * 100)
    assert "cannot be used: file is not a database" in run("doctor", well=False).output
    file.unlink()
    with sqlite3.connect(file) as db:
        db.execute("CREATE TABLE schema_version (version INTEGER)")
        db.execute("INSERT INTO schema_version VALUES (9999)")
    db.close()
    assert "newer than this program" in run("doctor", well=False).output
