"""A branch's own recordings in the database."""

import json

from queueing.people import Actor, Role
from queueing.store import voice_clips
from tests.support.branch import House

BOSS = Actor(1, Role.ADMIN, officer_id=3)


def kept(house: House) -> dict[tuple[str, str], str]:
    with house.store.reading() as db:
        return voice_clips.digests(db, 1)


def told(house: House) -> list[dict[str, object]]:
    with house.store.reading() as db:
        rows = db.execute("SELECT data FROM event WHERE kind = 'voice_changed' ORDER BY seq")
        return [json.loads(row[0]) for row in rows]


def test_a_recording_is_kept_replaced_and_taken_out(house: House) -> None:
    voice_clips.save(house.store, BOSS, "vi", "moi-so", b"first", "d1", 1200)
    voice_clips.save(house.store, BOSS, "en", "digit-1", b"one", "d2", 400)
    assert kept(house) == {("vi", "moi-so"): "d1", ("en", "digit-1"): "d2"}

    voice_clips.save(house.store, BOSS, "vi", "moi-so", b"second", "d3", 1300)
    assert kept(house)[("vi", "moi-so")] == "d3"
    with house.store.reading() as db:
        assert voice_clips.sound(db, 1, "vi", "moi-so", "d3") == b"second"
        assert voice_clips.sound(db, 1, "vi", "moi-so", "d1") is None
        assert voice_clips.sound(db, 2, "vi", "moi-so", "d3") is None
        listed = voice_clips.own_clips(db, 1)
    assert [(one.language, one.name, one.ms) for one in listed] == [
        ("en", "digit-1", 400),
        ("vi", "moi-so", 1300),
    ]

    assert voice_clips.remove(house.store, BOSS, "vi", "moi-so")
    assert not voice_clips.remove(house.store, BOSS, "vi", "moi-so")
    assert kept(house) == {("en", "digit-1"): "d2"}


def test_the_history_says_which_clip_and_nothing_of_a_change_that_was_none(house: House) -> None:
    voice_clips.save(house.store, BOSS, "vi", "moi-so", b"first", "d1", 1200)
    voice_clips.save(house.store, BOSS, "vi", "moi-so", b"first", "d1", 1200)
    voice_clips.remove(house.store, BOSS, "vi", "moi-so")
    voice_clips.remove(house.store, BOSS, "vi", "moi-so")
    assert told(house) == [
        {"clip": "vi/moi-so", "digest": "d1"},
        {"clip": "vi/moi-so", "digest": None},
    ]
