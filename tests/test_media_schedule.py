"""When pictures and films are shown, in which order, and on which boards."""

from datetime import datetime
from typing import Any

import pytest

from queueing.store import media
from tests.support.films import film, photo
from tests.support.media import items, put, refused, sent
from tests.support.office import Office

SCHEDULE = {
    "name": "Phim tuyên truyền",
    "seconds": 20,
    "active": True,
    "zone": None,
    "from_day": "2026-11-01",
    "to_day": "2026-11-30",
    "weekdays": "12345",
    "from_time": "07:30",
    "to_time": "11:30",
}


def test_a_schedule_is_kept_and_comes_back(office: Office) -> None:
    son = office.person("son")
    one = sent(son, photo())
    answer = put(son, f"/media/{one['id']}", SCHEDULE | {"weekdays": "54321"})
    assert answer.status_code == 200
    assert answer.json is not None
    assert {name: answer.json[name] for name in SCHEDULE} == SCHEDULE
    assert items(son) == [answer.json]
    count = len(office.events())
    assert office.events()[-1].kind == "media_changed"
    assert put(son, f"/media/{one['id']}", SCHEDULE).status_code == 200
    assert len(office.events()) == count


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": ""}, "media_name"),
        ({"name": "a\u202e"}, "media_name"),
        ({"to_day": "2026-10-31"}, "media_times"),
        ({"from_day": "1/11/2026"}, "media_times"),
        ({"to_time": "07:30"}, "media_times"),
        ({"from_time": "24:00"}, "media_times"),
        ({"from_time": "7:30"}, "media_times"),
        ({"weekdays": ""}, "media_weekdays"),
        ({"weekdays": "0"}, "media_weekdays"),
        ({"weekdays": "128"}, "media_weekdays"),
        ({"zone": "nowhere"}, "unknown_zone"),
        ({"seconds": 2}, "invalid_request"),
        ({"seconds": 601}, "invalid_request"),
        ({"seconds": "12"}, "invalid_request"),
        ({"active": 1}, "invalid_request"),
        ({"digest": "x"}, "invalid_request"),
    ],
)
def test_a_schedule_that_makes_no_sense_is_refused(
    office: Office, change: dict[str, Any], code: str
) -> None:
    son = office.person("son")
    one = sent(son, photo())
    assert refused(put(son, f"/media/{one['id']}", SCHEDULE | change)) == (422, code)
    assert items(son) == [one]


def test_they_are_shown_in_the_order_that_is_set(office: Office) -> None:
    son = office.person("son")
    ids = [sent(son, film(size), str(size))["id"] for size in (1000, 2000, 3000)]
    answer = put(son, "/media/order", {"ids": ids[::-1]})
    assert answer.status_code == 200
    assert [one["id"] for one in items(son)] == ids[::-1]
    for wrong in (ids[:2], [*ids, 99], [ids[0]] * 3, []):
        assert refused(put(son, "/media/order", {"ids": wrong})) == (409, "media_order")
    assert [one["id"] for one in items(son)] == ids[::-1]


def due(office: Office, moment: str, zone: int | None = None) -> list[str]:
    with office.room.store.reading() as db:
        found = media.shown(db, 1, zone, datetime.fromisoformat(moment))
    return [one.name for one in found]


@pytest.mark.parametrize(
    ("change", "moment", "is_due"),
    [
        ({}, "2026-11-23T07:30", True),
        ({}, "2026-11-23T07:29", False),
        ({}, "2026-11-23T11:29:59", True),
        ({}, "2026-11-23T11:30", False),
        ({}, "2026-11-22T08:00", False),  # a Sunday
        ({}, "2026-10-30T08:00", False),
        ({}, "2026-12-01T08:00", False),
        ({"from_day": None, "to_day": None}, "2030-12-02T08:00", True),
        ({"from_time": None}, "2026-11-23T00:00", True),
        ({"to_time": None}, "2026-11-23T23:59", True),
        ({"active": False}, "2026-11-23T08:00", False),
        # a night belongs to the day on which it began
        ({"from_time": "22:00", "to_time": "06:00"}, "2026-11-23T22:00", True),
        ({"from_time": "22:00", "to_time": "06:00"}, "2026-11-23T21:59", False),
        ({"from_time": "22:00", "to_time": "06:00"}, "2026-11-24T05:59", True),
        ({"from_time": "22:00", "to_time": "06:00"}, "2026-11-24T06:00", False),
        ({"from_time": "22:00", "to_time": "06:00"}, "2026-11-23T05:00", False),  # Sunday's night
        ({"from_time": "22:00", "to_time": "06:00"}, "2026-11-21T05:00", True),  # Friday's night
        (
            {"from_time": "22:00", "to_time": "06:00", "to_day": "2026-11-23"},
            "2026-11-24T05:00",
            True,
        ),
        (
            {"from_time": "22:00", "to_time": "06:00", "from_day": "2026-11-24"},
            "2026-11-24T05:00",
            False,
        ),
        ({"from_time": "18:00", "to_time": "00:00"}, "2026-11-23T23:59", True),
        ({"from_time": "18:00", "to_time": "00:00"}, "2026-11-24T00:00", False),
    ],
)
def test_a_schedule_says_when_it_is_to_be_seen(
    office: Office, change: dict[str, Any], moment: str, is_due: bool
) -> None:
    son = office.person("son")
    one = sent(son, photo())
    assert put(son, f"/media/{one['id']}", SCHEDULE | change).status_code == 200
    assert due(office, moment) == (["Phim tuyên truyền"] if is_due else [])


def test_a_picture_keeps_the_zone_that_is_out_of_use_and_no_other_may_take_it(
    office: Office,
) -> None:
    son = office.person("son")
    office.sql("INSERT INTO zone (branch_id, code, name) VALUES (1, 'b9', 'Khu B9')")
    one, two = sent(son, film(1000)), sent(son, film(2000))
    assert put(son, f"/media/{one['id']}", SCHEDULE | {"zone": "b9"}).status_code == 200
    office.sql("UPDATE zone SET active = 0 WHERE code = 'b9'")
    kept, other = items(son)
    assert (kept["zone"], kept["zone_name"], kept["zone_retired"]) == ("b9", "Khu B9", True)
    assert (other["zone"], other["zone_name"], other["zone_retired"]) == (None, None, False)
    answer = put(son, f"/media/{one['id']}", SCHEDULE | {"zone": "b9", "active": False})
    assert answer.status_code == 200
    assert items(son)[0] == kept | {"active": False, "due": False}
    assert refused(put(son, f"/media/{two['id']}", SCHEDULE | {"zone": "b9"})) == (
        422,
        "unknown_zone",
    )
    assert put(son, f"/media/{one['id']}", SCHEDULE).status_code == 200
    assert items(son)[0]["zone"] is None
    # once left it is as closed to this one as to any other
    assert put(son, f"/media/{one['id']}", SCHEDULE | {"zone": "b9"}).status_code == 422


def test_what_is_for_one_zone_hangs_only_there(office: Office) -> None:
    son = office.person("son")
    office.sql("INSERT INTO zone (branch_id, code, name) VALUES (1, 'b9', 'Khu B9')")
    ((zone,),) = office.sql("SELECT id FROM zone WHERE code = 'b9'")
    one, two = sent(son, film(1000), "Chung"), sent(son, film(2000), "Riêng")
    answer = put(son, f"/media/{two['id']}", {"name": "Riêng", "zone": "b9"})
    assert answer.json is not None
    assert answer.json["zone"] == "b9"
    moment = "2026-11-23T08:00"
    assert due(office, moment) == ["Chung"]
    assert due(office, moment, zone) == ["Chung", "Riêng"]
    assert due(office, moment, zone + 1) == ["Chung"]
    assert one["zone"] is None
