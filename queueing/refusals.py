"""Every reason to refuse, with its stable code, its kind of status and its words.

The words are English message ids; `queueing.texts.refusal` puts them into the user's
language. The status is the one of RFC 9110 that a surface speaking HTTP answers with.
"""

from __future__ import annotations

from typing import Final

from queueing.board_refusals import BOARD_REFUSALS
from queueing.identity_refusals import IDENTITY_REFUSALS
from queueing.paper_refusals import PAPER_REFUSALS


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not a fault of the program
    """A deed that was not done, and why. Nothing was written."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


# Message ids are marked by being here: the catalogue's extraction reads this table.
REFUSALS: Final[dict[str, tuple[int, str]]] = {
    "unknown_branch": (404, "This service point is not known."),
    "unknown_service": (404, "There is no service “{service}” here."),
    "unknown_counter": (404, "There is no counter {counter} here."),
    "unknown_ticket": (404, "This number is not known."),
    "unknown_number": (404, "There is no ticket {number} today."),
    "unknown_priority": (422, "There is no priority class “{priority}”."),
    "unknown_procedure": (422, "There is no procedure “{procedure}”."),
    "unknown_officer": (404, "This officer is not known."),
    "unknown_outcome": (422, "“{outcome}” is not a result that can be recorded."),
    "unknown_language": (422, "The language “{language}” is not available."),
    "unreadable_number": (422, "“{number}” is not a ticket number. Write it like A012."),
    "branch_closed": (409, "The service point is closed now."),
    "service_closed": (409, "“{service}” is not taking new numbers now."),
    "priority_not_offered": (403, "Please ask an officer to record this priority."),
    "forbidden": (403, "You may not do this."),
    "counter_closed": (409, "Counter {counter} is not open. Open it first."),
    "counter_paused": (409, "Counter {counter} is paused. Open it to go on."),
    "counter_taken": (409, "Counter {counter} is held by {officer}."),
    "counter_not_yours": (403, "Counter {counter} is held by {officer}. Take it first."),
    "counter_holds_ticket": (409, "Counter {counter} still holds {number}. Finish with it first."),
    "counter_holds_nothing": (409, "No ticket is at counter {counter} now."),
    "counter_moved_on": (
        409,
        "Counter {counter} holds {number} by now: another screen was quicker. Nothing was done.",
    ),
    "officer_elsewhere": (409, "You hold counter {counter} already. Close it first."),
    "nobody_waits": (409, "Nobody is waiting."),
    "wrong_state": (409, "Ticket {number} is {state_words}. This cannot be done now."),
    "at_other_counter": (409, "Ticket {number} is at counter {counter}."),
    "at_counter_already": (409, "Ticket {number} is {state_words} at counter {counter}."),
    "unknown_reason": (422, "“{reason}” is not a reason to pause that can be recorded."),
    "no_services": (422, "Counter {counter} must serve at least one service."),
    "unknown_visit": (404, "This visit is not known."),
    "visit_open": (409, "This visit has not ended yet."),
    "not_correctable": (409, "Only a result that an officer chose can be corrected."),
    "not_served_here": (
        409,
        "{number} waits for “{service}”, which counter {counter} does not serve."
        " Counters that do: {counters}.",
    ),
    "target_not_open": (
        409,
        "The chosen counter or officer is not at work now. Counters at work: {open}.",
    ),
    "target_unknown": (404, "There is no service “{service}” here. There are: {open}."),
    "target_closed": (409, "“{service}” is not taking numbers now. These are: {open}."),
    "transfer_nowhere": (422, "Choose a service, a counter or an officer to transfer to."),
    "transfer_unserved": (
        409,
        "The chosen counter does not serve “{service}”. Counters that do: {open}.",
    ),
    "alert_over": (409, "This is over already; there is nothing to acknowledge."),
    "not_today": (409, "Ticket {number} is of {day}, not of today."),
    "too_often": (409, "This can be done {times} times at most for one ticket."),
    "places_invalid": (422, "Choose between 1 and {most} places."),
    "due_invalid": (422, "The time must lie between now and the end of the day."),
    "text_too_long": (422, "The text is longer than {most} characters."),
    "nothing_to_undo": (409, "There is nothing to undo at counter {counter}."),
    "undo_too_late": (409, "It is too late to undo: {seconds} seconds have passed."),
    "undo_overtaken": (409, "Ticket {number} has moved on since; this cannot be undone."),
    "idempotency_key_reused": (422, "This request key was already used for something else."),
    "day_in_doubt": (409, "The clock may be wrong. An officer must confirm the date first."),
    "day_certain": (409, "The date is not in doubt."),
    "storage_full": (507, "The disk is full: nothing could be saved. Please call the IT person."),
    "storage_failed": (
        507,
        "The disk cannot be written: nothing could be saved. Please call the IT person.",
    ),
    "busy": (503, "The system is busy. Please try again."),
    **IDENTITY_REFUSALS,
    **BOARD_REFUSALS,
    **PAPER_REFUSALS,
}
