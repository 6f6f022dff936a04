"""What one event of a ticket's history is called, in a sentence that anybody understands."""

from __future__ import annotations

from typing import Any, Final, Protocol

from queueing.store.rows import Event
from queueing.texts import N_, say

SENTENCES: Final = {
    "issued": N_("The number was given out: {service}."),
    "called": N_("Called to counter {counter}."),
    "recalled": N_("Called again to counter {counter}."),
    "started": N_("Service began at counter {counter}."),
    "finished": N_("Service ended at counter {counter}."),
    "enqueued": N_("Waits in the queue of {service}."),
    "enqueued_counter": N_("Waits in the queue of {service}, for counter {only_counter} only."),
    "enqueued_officer": N_("Waits in the queue of {service}, for {only_officer} only."),
    "no_show": N_("Did not come to counter {counter}: recorded as absent."),
    "returned": N_("Did not come to counter {counter}: waits again, some places later."),
    "parked": N_("Set aside at counter {counter}."),
    "parked_due": N_("Set aside at counter {counter} until {due}."),
    "resumed": N_("Taken up again at counter {counter}."),
    "transferred": N_("Sent on elsewhere."),
    "postponed": N_("The holder let {places} people go first."),
    "cancelled_holder": N_("The holder left the queue."),
    "cancelled": N_("Taken out of the queue by staff."),
    "rejoined": N_("Joined the queue again after having been absent."),
    "prioritised": N_("Given priority: {group}."),
    "unprioritised": N_("Priority taken away."),
    "expired": N_("The day ended before it was served."),
    "corrected": N_("The recorded result was corrected."),
    "undone": N_("Taken back: {undone}."),
    "print_printed": N_("The paper was printed."),
    "print_failed": N_("The paper could not be printed."),
    "print_unknown": N_("It is not known whether the paper came out."),
    "print_waits": N_("The printer was not ready; the paper waits."),
    "print_moved": N_("Another printer took the paper over."),
    "print_again": N_("A further paper was asked for."),
}
# What an undo took back, as a part of a sentence.
DEEDS: Final = {
    "called": N_("the call"),
    "recalled": N_("the repeated call"),
    "started": N_("the start of service"),
    "finished": N_("the end of service"),
    "enqueued": N_("the further wait"),
    "no_show": N_("the absence"),
    "returned": N_("the absence"),
    "parked": N_("the setting aside"),
    "resumed": N_("the taking up again"),
    "transferred": N_("the transfer"),
}


class Names(Protocol):
    """Where the words find the names they need."""

    language: str

    def kind(self, seq: object) -> str:
        """The kind of another event."""

    def service(self, service_id: object) -> str:
        """A service's name."""

    def group(self, class_id: object) -> str | None:
        """A priority class's name."""

    def counter(self, counter_id: object) -> int | None:
        """A counter's number."""

    def officer(self, officer_id: object) -> str | None:
        """An officer's name."""

    def clock(self, text: object) -> str:
        """A moment's time of day."""


def words(event: Event, data: dict[str, Any], names: Names) -> str:
    """The event's sentence; a kind that is not known here is shown by its name."""
    new = data.get("new", {}).get("visit", {})
    changed = data.get("set", {})
    visit, ticket = changed.get("visit", {}), changed.get("ticket", {})
    facts: dict[str, object] = {
        "counter": names.counter(event.counter_id),
        "places": data.get("places"),
        "service": names.service(new.get("service_id") or data.get("service")),
        "only_counter": names.counter(new.get("only_counter_id")),
        "only_officer": names.officer(new.get("only_officer_id")),
        "due": names.clock(visit.get("parked_due")),
        "group": names.group(ticket.get("class_id")),
        "undone": say(DEEDS.get(names.kind(data.get("undoes")), "…"), names.language),
    }
    sentence = SENTENCES.get(_which(event, facts))
    return event.kind if sentence is None else say(sentence, names.language, **facts)


def _which(event: Event, facts: dict[str, object]) -> str:
    """Which sentence fits: some kinds have several."""
    kind = event.kind
    if kind == "enqueued" and facts["only_counter"] is not None:
        return "enqueued_counter"
    if kind == "enqueued" and facts["only_officer"] is not None:
        return "enqueued_officer"
    if kind == "parked" and facts["due"]:
        return "parked_due"
    if kind == "prioritised" and facts["group"] is None:
        return "unprioritised"
    if kind == "cancelled" and event.officer_id is None:
        return "cancelled_holder"
    return kind
