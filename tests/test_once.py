import json
from concurrent.futures import ThreadPoolExecutor

from queueing.refusals import Refused
from queueing.store.answers import Answer, RequestKey
from tests.support.branch import House, clock, refused


def key(house: House, text: str = "k1", path: str = "/tickets") -> RequestKey:
    return RequestKey(house.kiosk.caller, "POST", path, text)


def issuing(house: House) -> Answer:
    ticket = house.operations.issue(house.kiosk, "ho-tich").ticket
    return Answer(201, json.dumps({"number": ticket.label}))


def test_a_repeat_gets_the_first_answer_and_takes_no_number(house: House) -> None:
    once = house.operations.once
    first = once(house.kiosk, key(house), "h", lambda: issuing(house))
    again = once(house.kiosk, key(house), "h", lambda: issuing(house))
    assert first == again == Answer(201, '{"number": "A001"}')
    assert house.kinds() == ["issued"]


def test_the_same_key_for_something_else_is_refused(house: House) -> None:
    once = house.operations.once
    once(house.kiosk, key(house), "h", lambda: issuing(house))
    error = refused(once, house.kiosk, key(house), "other", lambda: issuing(house))
    assert error.code == "idempotency_key_reused"
    assert house.kinds() == ["issued"]


def test_a_key_belongs_to_its_caller_and_its_path(house: House) -> None:
    once = house.operations.once
    once(house.kiosk, key(house), "h", lambda: issuing(house))
    once(house.kiosk, key(house, path="/other"), "h", lambda: issuing(house))
    stranger = RequestKey("device:99", "POST", "/tickets", "k1")
    once(house.kiosk, stranger, "h", lambda: issuing(house))
    assert house.kinds() == ["issued"] * 3


def test_a_refusal_is_not_kept_so_that_a_repeat_may_succeed(house: House) -> None:
    house.sql("UPDATE service SET paused = 1 WHERE id = 1")
    assert (
        refused(house.operations.once, house.kiosk, key(house), "h", lambda: issuing(house)).code
        == "service_closed"
    )
    house.sql("UPDATE service SET paused = 0 WHERE id = 1")
    answer = house.operations.once(house.kiosk, key(house), "h", lambda: issuing(house))
    assert answer.status == 201


def test_nothing_to_say_is_not_kept(desk: House) -> None:
    once, path = desk.operations.once, RequestKey("officer:1", "POST", "/call-next", "k")

    def call() -> Answer:
        called = desk.operations.call_next(desk.hoa, 1)
        return Answer(204, "") if called is None else Answer(200, called.ticket.label)

    assert once(desk.hoa, path, "h", call).status == 204
    desk.issue()
    assert once(desk.hoa, path, "h", call) == Answer(200, "A001")
    assert once(desk.hoa, path, "h", call) == Answer(200, "A001")


def test_a_call_that_only_finished_is_not_done_again_as_a_call(desk: House) -> None:
    """With one-tap calling a 204 may have finished a ticket: its repeat must not call another."""
    once, path = desk.operations.once, RequestKey("officer:1", "POST", "/call-next", "k2")
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)

    def call() -> Answer:
        called = desk.operations.call_next(desk.hoa, 1)
        return Answer(204, "") if called is None else Answer(200, called.ticket.label)

    assert once(desk.hoa, path, "h", call).status == 204
    assert desk.ticket("A001").state == "finished"
    desk.issue()
    assert once(desk.hoa, path, "h", call).status == 204
    assert desk.ticket("A002").state == "waiting"


def test_a_crash_after_the_deed_leaves_neither_deed_nor_answer(house: House) -> None:
    class PowerCutError(Exception):
        pass

    def deed() -> Answer:
        issuing(house)
        raise PowerCutError

    try:
        house.operations.once(house.kiosk, key(house), "h", deed)
    except PowerCutError:
        assert house.events() == []
    answer = house.operations.once(house.kiosk, key(house), "h", lambda: issuing(house))
    assert answer.body == '{"number": "A001"}'


def test_sixteen_repeats_at_once_do_one_deed(house: House) -> None:
    with ThreadPoolExecutor(16) as pool:
        answers = list(
            pool.map(
                lambda _: house.operations.once(
                    house.kiosk, key(house), "h", lambda: issuing(house)
                ),
                range(16),
            )
        )
    assert set(answers) == {Answer(201, '{"number": "A001"}')}
    assert house.kinds() == ["issued"]


def test_answers_are_forgotten_after_a_day(house: House) -> None:
    house.operations.once(house.kiosk, key(house), "h", lambda: issuing(house))
    clock(house).forward(hours=23)
    house.operations.tidy()
    assert house.sql("SELECT count(*) FROM answer") == [(1,)]
    clock(house).forward(hours=2)
    house.operations.tidy()
    assert house.sql("SELECT count(*) FROM answer") == [(0,)]


def test_a_refused_deed_within_once_is_raised_as_it_is(house: House) -> None:
    def deed() -> Answer:
        raise Refused("busy")

    assert refused(house.operations.once, house.kiosk, key(house), "h", deed).code == "busy"
