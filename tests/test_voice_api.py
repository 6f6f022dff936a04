"""How the voice speaks, and recordings of one's own, set over the API."""

import base64
import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from queueing.devices import Kind
from queueing.people import Actor, Role
from queueing.store import branches, notices
from queueing.store.device_rows import Placing
from tests.support.door import bearer
from tests.support.office import Office, Person
from tests.test_voice_sound import samples, silence, tone, wav_file
from voice import wav
from voice.loudness import PEAK_DB, TARGET_LUFS, loudness
from voice.recording import BYTES_MOST
from voice.wav import Sound, decibel

PATH = "/api/v1/voice"
OWN = PATH + "/own"
USUAL: dict[str, Any] = {
    "voice": True,
    "voice_languages": "vi",
    "voice_accent": "north",
    "voice_times": 2,
    "voice_speed": 100,
    "voice_volume": 100,
    "voice_chime": True,
    "voice_quiet": "",
    "voice_together": False,
}


@pytest.fixture
def son(office: Office) -> Person:
    return office.person("son")


def send(person: Person, method: str, path: str, body: Any = None) -> TestResponse:
    return person.client.open(
        path, method=method, json={} if body is None else body, headers=person.headers()
    )


def upload(person: Person, data: bytes, place: str = "vi/moi-so") -> TestResponse:
    content = base64.b64encode(data).decode()
    return send(person, "PUT", f"{OWN}/{place}", {"content": content})


def refused(answer: TestResponse) -> tuple[int, str]:
    problem = answer.get_json(force=True)
    assert problem["status"] == answer.status_code
    assert "…" not in problem["detail"]
    return answer.status_code, problem["code"]


def speech(seconds: float = 0.6, level: float = 0.05) -> bytes:
    spoken = tone(seconds, level=level, rate=24000).samples
    gap = silence(0.5, 24000)
    return wav.write(Sound(24000, [*gap, *spoken, *gap]))


def own(person: Person) -> list[dict[str, Any]]:
    answer = person.get(PATH)
    assert isinstance(answer.json, dict)
    found: list[dict[str, Any]] = answer.json["own"]
    return found


def is_there(person: Person, url: str) -> bool:
    with person.client.get(url) as answer:
        return answer.status_code == 200


def board(office: Office) -> FlaskClient:
    """Return a paired board's client."""
    boss = Actor(1, Role.SYSTEM)
    secret = office.room.identity.screens.add(boss, Kind.BOARD, Placing("Bảng 1"))[1]
    client = office.app.test_client()
    client.set_cookie("denluot_board", secret)
    return client


def test_the_settings_are_read_changed_and_in_force(office: Office, son: Person) -> None:
    assert (son.get(PATH).json or {})["settings"] == USUAL
    assert own(son) == []
    wanted = USUAL | {
        "voice_languages": "vi_en",
        "voice_accent": "south",
        "voice_times": 3,
        "voice_speed": 90,
        "voice_volume": 55,
        "voice_chime": False,
        "voice_quiet": "11:30-13:30, 17:30-07:00",
        "voice_together": True,
    }
    answer = send(son, "PUT", PATH, wanted)
    kept = wanted | {"voice_quiet": "11:30-13:30,17:30-07:00"}
    assert (answer.status_code, (answer.json or {})["settings"]) == (200, kept)
    with office.room.store.reading() as db:
        rules = branches.rules(db, 1)
    assert rules.text("voice_quiet") == "11:30-13:30,17:30-07:00"
    assert (rules.integer("voice_volume"), rules.flag("voice_chime")) == (55, False)
    assert json.loads(office.events()[-1].data)["names"] == sorted(set(USUAL) - {"voice"})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"voice_quiet": "11.30-13.30"}, "voice_quiet_invalid"),
        ({"voice_quiet": "11:30-25:00"}, "voice_quiet_invalid"),
        ({"voice_quiet": "11:30-11:30"}, "voice_quiet_invalid"),
        ({"voice_quiet": ",".join(f"0{n}:00-0{n}:30" for n in range(9))}, "voice_quiet_invalid"),
        ({"voice_times": 4}, "setting_invalid"),
        ({"voice_speed": 69}, "setting_invalid"),
        ({"voice_volume": 0}, "setting_invalid"),
        ({"voice_accent": "west"}, "setting_invalid"),
        ({"voice_languages": "fr"}, "setting_invalid"),
        ({"voice": "yes"}, "invalid_request"),
        ({"loud": True}, "invalid_request"),
    ],
)
def test_what_cannot_be_set_is_refused_and_nothing_is_changed(
    son: Person, change: dict[str, Any], code: str
) -> None:
    answer = send(son, "PUT", PATH, USUAL | {"voice_chime": False} | change)
    assert refused(answer) == (422, code)
    if code != "invalid_request":
        problem = answer.get_json(force=True)
        assert problem["field"] == next(iter(change))
    assert son.get(PATH).json["settings"] == USUAL  # type: ignore[index]


def test_a_recording_is_levelled_kept_and_served(office: Office, son: Person) -> None:
    answer = upload(son, speech(level=0.02))
    assert answer.status_code == 200
    made = answer.json
    assert isinstance(made, dict)
    assert own(son) == [made]
    assert made["url"] == f"{OWN}/vi/moi-so/{made['digest']}.wav"
    assert 600 <= made["ms"] <= 700

    got = board(office).get(made["url"])
    assert (got.status_code, got.mimetype) == (200, "audio/wav")
    sound = wav.read(got.data)
    assert loudness(sound) == pytest.approx(TARGET_LUFS, abs=0.5)
    assert decibel(sound.peak) <= PEAK_DB + 0.01
    assert got.headers["Cache-Control"] == "private, max-age=31536000, immutable"

    (event,) = [one for one in office.events() if one.kind == "voice_changed"]
    assert json.loads(event.data) == {"clip": "vi/moi-so", "digest": made["digest"]}


def test_a_recording_can_be_asked_for_in_parts_and_only_when_it_is_new(son: Person) -> None:
    upload(son, speech())
    (made,) = own(son)
    whole = son.get(made["url"])
    part = son.client.get(made["url"], headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.data) == (206, whole.data[10:20])
    assert part.headers["Content-Range"] == f"bytes 10-19/{len(whole.data)}"
    beyond = son.client.get(made["url"], headers={"Range": f"bytes={len(whole.data)}-"})
    assert beyond.status_code == 416
    known = son.client.get(made["url"], headers={"If-None-Match": whole.headers["ETag"]})
    assert (known.status_code, known.data) == (304, b"")


def test_a_recording_is_replaced_and_removed(son: Person) -> None:
    upload(son, speech(0.6))
    (first,) = own(son)
    upload(son, speech(0.9))
    (second,) = own(son)
    assert second["digest"] != first["digest"]
    assert refused(son.get(first["url"])) == (404, "unknown_recording")
    assert upload(son, speech(0.9)).json == second

    assert send(son, "DELETE", f"{OWN}/vi/moi-so").status_code == 204
    assert own(son) == []
    assert send(son, "DELETE", f"{OWN}/vi/moi-so").status_code == 204
    assert refused(son.get(second["url"])) == (404, "unknown_recording")


def test_a_call_is_put_together_with_ones_own_recordings(son: Person) -> None:
    upload(son, speech())
    (made,) = own(son)
    answer = son.get(f"{PATH}/announcement?number=a12&counter=25&languages=vi_en&again=true")
    found = answer.json
    assert isinstance(found, dict)
    assert (found["number"], found["counter"]) == ("A012", 25)
    vi, en = found["parts"]
    names = [url.split("?")[0].rsplit("/", 1)[1] for url, _ in vi["clips"]]
    assert names == [
        "nhac-lai.mp3",
        f"{made['digest']}.wav",
        "letter-a.mp3",
        "digit-0.mp3",
        "digit-1.mp3",
        "digit-2.mp3",
        "den-quay.mp3",
        "number-20.mp3",
        "unit-5.mp3",
    ]
    assert vi["clips"][1][1].startswith("/static/voice/vi-north/moi-so.mp3?v=")
    assert en["clips"][0][0].startswith("/static/voice/en/again.mp3?v=")
    for url, other in [*vi["clips"], *en["clips"], found["chime"]]:
        assert is_there(son, url)
        assert other is None or is_there(son, other)
    ticket = son.get(f"{PATH}/announcement?number=H7&counter=1&languages=ticket&accent=south")
    assert [part["language"] for part in ticket.json["parts"]] == ["vi", "en"]  # type: ignore[index]
    assert "/vi-south/" in ticket.json["parts"][0]["clips"][1][0]  # type: ignore[index]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("number=A12", "invalid_request"),
        ("number=A12&counter=0", "invalid_request"),
        ("number=A12&counter=100", "invalid_request"),
        ("number=A12&counter=1&languages=fr", "invalid_request"),
        ("number=hello&counter=1", "unreadable_number"),
        ("number=&counter=1", "unreadable_number"),
    ],
)
def test_a_call_that_is_none_is_refused(son: Person, query: str, code: str) -> None:
    assert refused(son.get(f"{PATH}/announcement?{query}")) == (422, code)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"not a sound", (422, "sound_unreadable")),
        (wav_file(samples(1, 2), bits=8), (422, "sound_unreadable")),
        (wav_file(bytes(2 * 24000)), (422, "sound_silent")),
        (wav_file(bytes(2 * 8000 * 16), rate=8000), (422, "sound_too_long")),
        (bytes(BYTES_MOST + 1), (413, "sound_too_large")),
        (bytes(BYTES_MOST + 5000), (413, "sound_too_large")),
    ],
)
def test_a_bad_recording_is_refused_with_the_reason(
    son: Person, data: bytes, code: tuple[int, str]
) -> None:
    assert refused(upload(son, data)) == code
    assert own(son) == []


def test_what_is_not_base64_or_no_clip_is_refused(son: Person) -> None:
    answer = send(son, "PUT", f"{OWN}/vi/moi-so", {"content": "§§§"})
    assert refused(answer) == (422, "sound_unreadable")
    assert refused(send(son, "PUT", f"{OWN}/vi/moi-so", {})) == (422, "invalid_request")
    for place in ("vi/ticket-number", "en/moi-so", "fr/digit-1", "vi/made-up"):
        assert refused(upload(son, speech(), place)) == (404, "unknown_clip")
        assert refused(send(son, "DELETE", f"{OWN}/{place}")) == (404, "unknown_clip")


def test_a_sound_check_is_sent_to_the_boards(office: Office, son: Person) -> None:
    answer = send(son, "POST", f"{PATH}/trial")
    assert answer.status_code == 200
    with office.room.store.reading() as db:
        (trial,) = notices.standing(db, 1, None, office.clock())
        zone = branches.zones(db, 1)[0]
    assert (trial.ready, trial.trial, trial.zone_id) == ("trial", True, None)
    assert answer.json == {"notice": trial.id, "until": trial.until}

    assert send(son, "POST", f"{PATH}/trial", {"zone": zone.code}).status_code == 200
    with office.room.store.reading() as db:
        (again,) = notices.standing(db, 1, None, office.clock())
    assert again.zone_id == zone.id
    assert again.sent_seq > trial.sent_seq
    assert refused(send(son, "POST", f"{PATH}/trial", {"zone": "nowhere"})) == (
        422,
        "unknown_zone",
    )


def test_only_administrators_may_and_only_paired_screens_hear(office: Office, son: Person) -> None:
    upload(son, speech())
    (made,) = own(son)
    for person in (office.hoa, office.ha):
        assert refused(person.get(PATH)) == (403, "forbidden")
        assert refused(send(person, "PUT", PATH, USUAL)) == (403, "forbidden")
        assert refused(upload(person, speech())) == (403, "forbidden")
        assert refused(send(person, "DELETE", f"{OWN}/vi/moi-so")) == (403, "forbidden")
        assert refused(send(person, "POST", f"{PATH}/trial")) == (403, "forbidden")
        assert person.get(made["url"]).status_code == 200
    stranger = office.app.test_client()
    assert refused(stranger.get(made["url"])) == (401, "not_signed_in")
    assert refused(stranger.get(PATH)) == (401, "not_signed_in")
    bare = son.client.put(PATH, json=USUAL)
    assert refused(bare) == (403, "csrf_failed")


def test_a_program_with_a_token_may_set_it_up_too(office: Office) -> None:
    secret = office.room.identity.create_token(Actor(1, Role.SYSTEM), "set-up", "admin")[1]
    client = office.app.test_client()
    content = base64.b64encode(speech()).decode()
    answer = client.put(f"{OWN}/en/digit-1", json={"content": content}, headers=bearer(secret))
    assert answer.status_code == 200
