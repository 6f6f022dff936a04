"""What staff tell the waiting room: how it is put up, renewed, taken down and forgotten."""

import json
import threading
from datetime import timedelta

import pytest

from queueing.clock import iso
from queueing.people import Actor, Role
from queueing.store import Committed, notices
from queueing.store.notices import Notice
from tests.support.branch import FakeClock, House, clock, refused


def send(house: House, words: str = "Mất điện, xin chờ.", **options: object) -> Notice:
    actor = options.pop("actor", house.hoa)
    if "ready" not in options:
        options["words"] = words
    return notices.send(house.store, actor, **options)  # type: ignore[arg-type]


def standing(house: House, zone: int | None = None) -> list[Notice]:
    with house.store.reading() as db:
        return notices.standing(db, 1, zone, house.clock())


def test_a_notice_stands_for_the_branchs_usual_time_and_then_is_gone(house: House) -> None:
    house.set("notice_minutes", "5")
    sent = send(house)
    assert standing(house) == [sent]
    assert sent.until == iso(house.clock() + timedelta(minutes=5))
    clock(house).forward(minutes=4, seconds=59)
    assert standing(house) == [sent]
    clock(house).forward(seconds=1)
    assert standing(house) == []


def test_its_event_names_it_and_never_says_its_words(house: House) -> None:
    sent = send(house, "Chị Lan quầy 3 nghỉ")
    event = house.events()[-1]
    assert (event.kind, event.branch_seq, event.officer_id) == ("notice_sent", sent.sent_seq, 1)
    assert json.loads(event.data) == {"notice": sent.id}
    assert "Lan" not in str(house.events())
    house.check()


def test_it_is_told_to_the_boards_at_once_and_so_is_its_end(house: House) -> None:
    told: list[Committed] = []
    house.store.after_commit.append(told.append)
    sent = send(house)
    notices.withdraw(house.store, house.hoa, sent.id)
    assert [one.urgent for one in told] == [True, True]


def test_the_newest_comes_first_and_a_zone_hears_its_own_and_what_is_for_all(house: House) -> None:
    for_all, for_a = send(house, "cho cả phòng"), send(house, "cho khu A", zone="a")
    for_b = send(house, "cho khu B", zone="b")
    assert standing(house) == [for_b, for_a, for_all]
    assert standing(house, 1) == [for_a, for_all]
    assert standing(house, 2) == [for_b, for_all]


def test_no_notice_outlives_its_day(house: House) -> None:
    house.set("rollover_hour", "3")
    clock(house).now = FakeClock().now.replace(hour=19, minute=30)  # 02:30 in Viet Nam
    sent = send(house, minutes=480)
    assert sent.until == iso(house.clock() + timedelta(minutes=30))


def test_the_same_again_renews_its_time_and_stays_one(house: House) -> None:
    first = send(house, "Xin giữ trật tự")
    clock(house).forward(minutes=9)
    again = send(house, "  Xin giữ\ntrật  tự ", actor=house.nam)
    assert standing(house) == [again]
    assert (again.id, again.officer_id) == (first.id, 2)
    assert again.until == iso(house.clock() + timedelta(minutes=10))


def test_the_same_for_another_zone_is_another_notice(house: House) -> None:
    send(house, zone="a")
    send(house, zone="b")
    assert len(standing(house)) == 2


def test_what_was_withdrawn_or_is_over_is_sent_anew(house: House) -> None:
    first = send(house)
    notices.withdraw(house.store, house.hoa, first.id)
    second = send(house)
    clock(house).forward(minutes=11)
    assert len({first.id, second.id, send(house).id}) == 3


def test_a_ready_made_one_is_announced_again_after_half_a_minute_only(house: House) -> None:
    first = send(house, ready="quiet")
    clock(house).forward(seconds=29)
    soon = send(house, ready="quiet")
    assert (soon.sent_seq, soon.sent_at) == (first.sent_seq, first.sent_at)
    assert soon.until > first.until
    clock(house).forward(seconds=1)
    later = send(house, ready="quiet")
    assert later.sent_seq == house.events()[-1].branch_seq
    assert later.sent_at == iso(house.clock())


def test_taking_a_ready_made_one_down_and_sending_it_again_does_not_announce_it_at_once(
    house: House,
) -> None:
    first = again = send(house, ready="quiet")
    for _ in range(3):
        notices.withdraw(house.store, house.lan, again.id)
        clock(house).forward(seconds=9)
        again = send(house, ready="quiet", actor=house.nam)
        assert standing(house) == [again]
        assert (again.sent_seq, again.sent_at) == (first.sent_seq, first.sent_at)
    assert again.until == iso(house.clock() + timedelta(minutes=10))
    notices.withdraw(house.store, house.lan, again.id)
    clock(house).forward(seconds=3)
    later = send(house, ready="quiet")
    assert later.sent_seq == house.events()[-1].branch_seq
    assert later.sent_at == iso(house.clock())
    house.check()


def test_another_one_and_other_boards_are_announced_at_once(house: House) -> None:
    first = send(house, ready="quiet", zone="a")
    notices.withdraw(house.store, house.hoa, first.id)
    for options in ({"ready": "quiet"}, {"ready": "quiet", "zone": "b"}, {"ready": "restart"}):
        sent = send(house, **options)
        assert sent.sent_seq == house.events()[-1].branch_seq
    check = send(house, ready="trial", trial=True)
    notices.withdraw(house.store, house.hoa, check.id)
    assert send(house, ready="trial", trial=True).sent_seq > check.sent_seq


def test_words_of_ones_own_are_not_announced_again(house: House) -> None:
    first = send(house)
    clock(house).forward(minutes=2)
    assert send(house).sent_seq == first.sent_seq


def test_six_stand_at_most_and_one_of_them_can_still_be_renewed(house: House) -> None:
    sent = [send(house, f"Thông báo {n}") for n in range(6)]
    full = refused(send, house, "Thông báo 7")
    assert (full.code, full.facts) == ("notices_full", {"most": 6})
    send(house, "Thông báo 3")
    notices.withdraw(house.store, house.hoa, sent[0].id)
    send(house, "Thông báo 7")


def test_a_sound_check_takes_no_place_and_there_is_one_at_a_time(house: House) -> None:
    for n in range(6):
        send(house, f"Thông báo {n}")
    first = send(house, ready="trial", trial=True)
    again = send(house, ready="trial", trial=True)
    assert again.id == first.id
    assert again.sent_seq > first.sent_seq
    assert [one.trial for one in standing(house)].count(True) == 1
    clock(house).forward(minutes=1)
    assert [one for one in standing(house) if one.trial] == []


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("<b>Nghỉ</b> & <script>alert(1)</script>", "<b>Nghỉ</b> & <script>alert(1)</script>"),
        ("Hộ ti\u0323ch nghi\u0309", "Hộ tịch nghỉ"),
        ("  hai\r\n\tdòng \u2028 một  ", "hai dòng một"),
        ("Mời bà con dùng nước 🍵", "Mời bà con dùng nước 🍵"),
        ("đ" * 200, "đ" * 200),
    ],
)
def test_words_are_kept_as_one_composed_line(house: House, words: str, shown: str) -> None:
    assert send(house, words).words == shown


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("", "notice_empty"),
        (" \n\t ", "notice_empty"),
        ("đ" * 201, "text_too_long"),
        ("x" * 10_000, "text_too_long"),
        ("e\u0302\u0301" * 100_000, "text_too_long"),
        ("Quầy \u202e3", "notice_unseen"),
        ("Quầy\u200b3", "notice_unseen"),
        ("Quầy\u20663\u2069", "notice_unseen"),
        ("Quầy\ufeff3", "notice_unseen"),
        ("Quầy\x003", "notice_unseen"),
        ("Quầy\x1b[31m3", "notice_unseen"),
        ("Quầy\ue0003", "notice_unseen"),
        ("\u2800\u3164", "notice_unseen"),
        ("a" + "\u0336" * 3, "notice_unseen"),
        ("Quầy\ud8003", "notice_unseen"),
    ],
)
def test_what_a_board_cannot_show_as_written_is_refused(
    house: House, words: str, code: str
) -> None:
    assert refused(send, house, words).code == code
    assert house.events() == []


@pytest.mark.parametrize("minutes", [0, -1, 481])
def test_how_long_it_may_stand_is_bounded(house: House, minutes: int) -> None:
    assert refused(send, house, minutes=minutes).code == "notice_minutes_invalid"


def test_an_unknown_zone_and_both_at_once_are_refused(house: House) -> None:
    assert refused(send, house, zone="c").code == "unknown_zone"
    both = refused(notices.send, house.store, house.hoa, ready="quiet", words="x")
    assert both.code == "notice_either"


@pytest.mark.parametrize("role", [Role.KIOSK, Role.BOARD, Role.HOLDER, Role.SYSTEM])
def test_only_staff_speak_to_the_room(house: House, role: Role) -> None:
    stranger, sent = Actor(1, role), send(house)
    assert refused(send, house, actor=stranger).code == "forbidden"
    assert refused(notices.withdraw, house.store, stranger, sent.id).code == "forbidden"


def test_officers_take_down_their_own_and_supervisors_every_one(house: House) -> None:
    sent = send(house)
    denied = refused(notices.withdraw, house.store, house.nam, sent.id)
    assert denied.code == "notice_not_yours"
    assert standing(house) == [sent]
    notices.withdraw(house.store, house.lan, sent.id)
    assert standing(house) == []
    assert json.loads(house.events()[-1].data) == {"notice": sent.id}
    house.check()


def test_taking_down_what_is_gone_does_nothing_and_what_never_was_is_refused(house: House) -> None:
    sent, over = send(house), send(house, "ngắn", minutes=1)
    notices.withdraw(house.store, house.hoa, sent.id)
    clock(house).forward(minutes=2)
    before = house.events()
    notices.withdraw(house.store, house.hoa, sent.id)
    notices.withdraw(house.store, house.hoa, over.id)
    assert house.events() == before
    assert refused(notices.withdraw, house.store, house.lan, 999).code == "unknown_notice"


def test_two_officers_who_send_the_same_at_once_make_one_notice(house: House) -> None:
    gate, made = threading.Barrier(2), []

    def press(actor: Actor) -> None:
        gate.wait()
        made.append(send(house, ready="quiet", actor=actor))

    hands = [threading.Thread(target=press, args=(one,)) for one in (house.hoa, house.nam)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert len(standing(house)) == 1
    assert len({one.id for one in made}) == len({one.sent_seq for one in made}) == 1
    house.check()


def test_a_month_later_it_is_forgotten(house: House) -> None:
    send(house, "cũ")
    clock(house).forward(days=20)
    kept = send(house, "mới")
    clock(house).forward(days=11)
    house.operations.tidy()
    assert house.sql("SELECT id FROM notice") == [(kept.id,)]


def test_what_is_sent_after_the_clock_was_set_back_stands_no_longer_than_asked(
    house: House,
) -> None:
    send(house, "lúc đầu")
    clock(house).forward(hours=-3)
    sent = send(house, minutes=10)
    assert sent.until == iso(house.clock() + timedelta(minutes=10))
