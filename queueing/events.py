"""The kinds of events, and state rebuilt from them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from queueing.store.change import event_hash
from queueing.store.rows import Event

# kind -> what it tells. Every event may also carry `was` and `set` (fields of ticket, visit
# and counter before and after), `new` (a row that began) and `token` (the API token's id).
KINDS: Final[dict[str, str]] = {
    "issued": "a ticket was given out and its first visit opened",
    "called": "a ticket was invited to a counter; `why` says by which rule",
    "recalled": "it was invited once more",
    "started": "its holder came and service began",
    "finished": "the visit ended with an outcome",
    "enqueued": "the same number waits for a further service, in a new visit",
    "no_show": "the called holder did not come",
    "returned": "the called holder did not come and waits some places later",
    "parked": "the ticket was set aside",
    "resumed": "a parked ticket came back to a counter",
    "transferred": "the visit ended because the ticket goes elsewhere",
    "postponed": "the holder let `places` people go first",
    "cancelled": "the ticket left the queue",
    "rejoined": "a no-show waits again, in a new visit",
    "prioritised": "a priority class was granted or taken away",
    "expired": "the day ended with the ticket still open",
    "undone": "the event numbered `undoes` in this branch was taken back",
    "opened": "an officer sat down at a counter",
    "taken": "an officer took a counter over from `from_officer`",
    "paused": "a counter stopped calling for a while",
    "closed": "a counter was left, or closed by the day's end",
    "day_doubted": "the clock seemed wrong, or right again (`doubt`)",
    "day_confirmed": "staff confirmed the date",
    "configured": "the branch's description was applied; counts only",
    "print_printed": "a paper came out",
    "print_failed": "a paper will not come out (`cause`)",
    "print_unknown": "nobody can say whether a paper came out (`cause`)",
    "print_waits": "a paper could not be printed yet (`cause`)",
    "print_moved": "another printer took a waiting paper over (`from`, `to`)",
    "print_again": "a further paper was asked for",
    "assigned": "which services a counter serves was changed (`before`, `after`)",
    "corrected": "a mistaken result or procedure of an ended visit was put right",
    "acknowledged": "a supervisor has seen an alert",
    "printer_added": "a printer was added",
    "trial_asked": "a test slip was asked for",
    "printer_changed": "what is known of a printer was changed",
    "printer_said": "a printer says that it is in trouble (`cause`), or well again",
    "paper_changed": "a full roll was put into a printer",
    "slip_changed": "what the slip shows was changed",
    "settings_changed": "settings of the branch were changed (`names`)",
    "board_changed": "what boards show beside the calls was changed",
    "media_added": "a picture or film for the boards was added (`media`)",
    "media_changed": "when and how long a picture or film is shown was changed (`media`)",
    "media_removed": "a picture or film was taken off the boards (`media`)",
    "notice_sent": "staff sent a notice to the boards (`notice`)",
    "notice_withdrawn": "a notice was taken off the boards (`notice`)",
    "voice_changed": "a recording of the voice was put in or taken out (`clip`)",
    "printer_removed": "a printer was taken out of use",
    "officer_added": "an officer was added",
    "officer_disabled": "an officer may no longer sign in",
    "password_set": "an officer's password was set",
    "device_paired": "a screen was paired",
    "device_changed": "a screen's name, its printer, or whether it speaks, was changed",
    "device_revoked": "a screen may no longer connect",
    "token_created": "an API token was made",
    "token_revoked": "an API token was revoked",
    "checkpoint": "oldest days were removed; `last_hash` is their last event's",
}
# After these somebody may see more or less, or a screen do other things, than before.
RIGHTS_KINDS: Final = frozenset(
    {
        "password_set",
        "officer_disabled",
        "device_changed",
        "device_paired",
        "device_revoked",
        "token_revoked",
    }
)

Image = dict[str, Any]
State = dict[tuple[str, int], Image]


def replay(events: Iterable[Event]) -> State:
    """State rebuilt from history alone: (table, id) -> the fields that events have set.

    Fields never mentioned are empty (None or 0). What it gives must equal the rows of
    `ticket`, `visit` and `counter`; `denluot doctor` and the tests compare.
    """
    state: State = {}
    for event in events:
        data = json.loads(event.data)
        for table, image in data.get("new", {}).items():
            state[(table, image["id"])] = dict(image)
        ids = {"ticket": event.ticket_id, "visit": event.visit_id, "counter": event.counter_id}
        for table, fields in data.get("set", {}).items():
            row_id = ids[table]
            assert row_id is not None, "an event that sets a row names it"
            state.setdefault((table, row_id), {"id": row_id}).update(fields)
    return state


def first_broken_link(events: Iterable[Event], prev: str = "") -> Event | None:
    """The first event whose hash does not follow from its fields and its predecessor.

    `events` are one branch's, in order; `prev` is the hash before the first, from the last
    checkpoint. None means the chain is whole.
    """
    for event in events:
        rest = (
            event.ticket_id,
            event.visit_id,
            event.counter_id,
            event.officer_id,
            event.device_id,
            event.at,
            event.data,
            event.request_id,
        )
        expected = event_hash(prev, event.branch_id, event.branch_seq, event.kind, rest)
        if event.prev_hash != prev or event.hash != expected:
            return event
        prev = event.hash
    return None
