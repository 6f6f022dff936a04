"""Procedures from a file into a branch: checked, mapped to services, replaced, looked up."""

import threading

import pytest

from catalogue.importing import apply, mapped, plan
from catalogue.lookup import Catalogue
from catalogue.procedures import certain
from catalogue.reading import LONGEST, PROCEDURES, CatalogueError, read
from queueing import setup
from queueing.branchfile import SAMPLE, load, parse
from queueing.people import Actor, Role
from queueing.store import Store

HEAD = ",".join(LONGEST)
ROW = (
    "1.001193,Đăng ký khai sinh,Hộ tịch,trong ngày,cổng ghi 0 đồng,Tờ khai,Giấy khai sinh,"
    "làm giấy khai sinh|con mới đẻ,A,https://dichvucong.gov.vn/x,2026-06"
)


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path)
    yield store
    store.close()


@pytest.fixture
def branch(store):
    return setup.apply(store, load(SAMPLE)).branch_id


@pytest.fixture
def actor(branch):
    return Actor(branch, Role.SYSTEM)


@pytest.fixture
def imported(store, actor):
    return apply(store, actor, mapped(read(), load(SAMPLE)))


def csv_file(tmp_path, *rows, head=HEAD, encoding="utf-8"):
    path = tmp_path / "thu-tuc.csv"
    path.write_text("\n".join([head, *rows]) + "\n", encoding=encoding)
    return path


def test_the_file_that_comes_with_the_program_is_read_whole():
    procedures = read(PROCEDURES)
    assert len(procedures) == 195
    assert sum(procedure.hidden for procedure in procedures) == 13


def test_every_visible_procedure_belongs_to_a_service_of_the_sample(store, branch, imported):
    assert (imported.visible, imported.hidden, imported.without_service) == (182, 13, ())
    procedures = Catalogue(store).procedures(branch)
    services = {service.code for service in load(SAMPLE).services}
    assert len(procedures) == 182
    assert {procedure.service for procedure in procedures} <= services


def test_what_is_stored_is_what_the_file_says(store, branch, imported):
    wanted = {p.code: p for p in mapped(read(), load(SAMPLE)) if not p.hidden}
    assert {p.code: p for p in Catalogue(store).procedures(branch)} == wanted


def test_an_import_again_changes_nothing_and_leaves_no_event(store, branch, actor, imported):
    seq = store.last_seq(branch)
    again = apply(store, actor, mapped(read(), load(SAMPLE)))
    assert not again.is_needed
    assert store.last_seq(branch) == seq


def test_the_history_keeps_the_counts_alone(store, branch, imported):
    with store.reading() as db:
        kind, data = db.execute("SELECT kind, data FROM event ORDER BY seq DESC").fetchone()
    assert kind == "configured"
    assert data == '{"procedures":{"added":195,"changed":0,"withdrawn":0}}'


def test_hidden_procedures_cannot_be_seen(store, branch, imported):
    hidden = next(procedure.code for procedure in read() if procedure.hidden)
    assert Catalogue(store).procedure(branch, hidden) is None
    assert Catalogue(store).procedure(branch, "0.000000") is None
    assert Catalogue(store).procedure(branch, "1.001193").name == "Đăng ký khai sinh"


def test_a_new_file_replaces_the_old_one_and_is_found_at_once(store, branch, actor, tmp_path):
    catalogue = Catalogue(store)
    file = load(SAMPLE)
    apply(store, actor, mapped(read(csv_file(tmp_path, ROW)), file))
    assert [hit.service_code for hit in catalogue.search(branch, "khai sinh")] == ["ho-tich"]
    other = ROW.replace("1.001193", "1.001194").replace("khai sinh", "khai tử")
    done = apply(store, actor, mapped(read(csv_file(tmp_path, other)), file))
    assert done.withdrawn == ("1.001193",)
    assert catalogue.search(branch, "khai sinh") == []
    assert [hit.code for hit in catalogue.search(branch, "khai tử")] == ["1.001194"]
    back = apply(store, actor, mapped(read(csv_file(tmp_path, ROW, other)), file))
    assert [procedure.code for procedure in back.added] == ["1.001193"]


def test_a_confirmed_row_comes_into_sight(store, branch, actor, tmp_path):
    file = load(SAMPLE)
    hidden = ROW.replace(",A,https", ",C,https")
    apply(store, actor, mapped(read(csv_file(tmp_path, hidden)), file))
    assert Catalogue(store).procedures(branch) == []
    planned = plan(store, branch, mapped(read(csv_file(tmp_path, ROW)), file))
    assert [procedure.code for procedure in planned.changed] == ["1.001193"]
    apply(store, actor, mapped(read(csv_file(tmp_path, ROW)), file))
    assert len(Catalogue(store).procedures(branch)) == 1


def test_a_procedure_of_a_service_switched_off_belongs_to_none(store, branch, imported):
    catalogue = Catalogue(store)
    assert catalogue.search(branch, "khai sinh", 1)[0].service_code == "ho-tich"
    text = SAMPLE.read_text(encoding="utf-8").replace('code = "ho-tich"', 'code = "tu-phap"')
    setup.apply(store, parse(text.replace('"ho-tich"', '"tu-phap"')))
    assert catalogue.search(branch, "khai sinh", 1)[0].service_code is None


def test_many_threads_may_ask_at_once(store, branch, imported):
    catalogue, found = Catalogue(store), []
    threads = [
        threading.Thread(target=lambda: found.append(catalogue.search(branch, "khai sinh", 3)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert all(hits == found[0] and hits for hits in found)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("unverified", None),
        ("", None),
        ("không đọc được từ bản chụp", None),
        ("bản chụp ghi 7 ngày (nghi sai, cần đối chiếu)", None),
        ("cổng ghi 0 đồng", "cổng ghi 0 đồng"),
        ("5 ngày làm việc", "5 ngày làm việc"),
    ],
)
def test_a_text_not_surely_read_is_a_question_for_the_officer(text, shown):
    assert certain(text) == shown


def test_no_shown_fee_is_a_bare_free_of_charge():
    fees = {certain(procedure.fee) for procedure in read()}
    assert not {fee for fee in fees if fee and fee.lower() in ("miễn phí", "0", "0 đồng")}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("1.001193", "1193", 'line 2: procedure code "1193" should look'),
        ("Đăng ký khai sinh,Hộ", ",Hộ", "line 2: name is empty"),
        (",A,https", ",D,https", "line 2: grade must be A, B or C"),
        ("https://", "javascript:", "line 2: portal_url must begin with https://"),
        ("2026-06", "June", "line 2: checked_as_of should look like"),
        ("trong ngày", "a\u202eb", "line 2: time_limit holds a line break or an invisible"),
        ("Tờ khai", "x" * 4001, "line 2: documents is longer than 4000"),
        ("Tờ khai", '"x', "unexpected end of data"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(tmp_path, old, new, says):
    with pytest.raises(CatalogueError) as caught:
        read(csv_file(tmp_path, ROW.replace(old, new)))
    assert says in str(caught.value)


def test_a_code_that_stands_twice_is_refused(tmp_path):
    with pytest.raises(CatalogueError, match=r"line 3: code 1\.001193 stands twice"):
        read(csv_file(tmp_path, ROW, ROW))


def test_missing_columns_are_named(tmp_path):
    with pytest.raises(CatalogueError, match="columns are missing: grade"):
        read(csv_file(tmp_path, head=HEAD.replace(",grade", "")))


def test_an_empty_a_missing_and_a_wrongly_encoded_file_are_refused(tmp_path):
    with pytest.raises(CatalogueError, match="no procedure"):
        read(csv_file(tmp_path))
    with pytest.raises(CatalogueError, match="is not UTF-8"):
        read(csv_file(tmp_path, ROW, encoding="utf-16"))
    with pytest.raises(CatalogueError, match="cannot be read"):
        read(tmp_path / "none.csv")


def test_a_file_from_a_spreadsheet_is_read(tmp_path):
    row = ROW.replace("Tờ khai", '"Tờ khai\r\n  hai bản"')
    procedure = read(csv_file(tmp_path, row, encoding="utf-8-sig"))[0]
    assert procedure.documents == "Tờ khai hai bản"
    assert procedure.synonyms == ("làm giấy khai sinh", "con mới đẻ")
