"""Every deed, in one place: `Operations` has one method a deed.

The first argument of each is the actor. A deed is one transaction: the rows that say what is
true now and the events that say how it came about are written together, or not at all.
"""

from __future__ import annotations

from collections.abc import Callable

from queueing.deeds.counters import PresenceDeeds
from queueing.deeds.housekeeping import HouseDeeds
from queueing.deeds.supervising import SupervisingDeeds
from queueing.deeds.undoing import UndoDeeds
from queueing.people import Actor
from queueing.store import Store, answers
from queueing.store.answers import Answer, RequestKey
from queueing.waits import Waits

NO_CONTENT = 204


class Operations(PresenceDeeds, SupervisingDeeds, UndoDeeds, HouseDeeds):
    """All deeds of a branch.

    `ticket_url` gives the address of a ticket's page from its token, or None when phones
    cannot reach this box.
    """

    def __init__(self, store: Store, ticket_url: Callable[[str], str | None] | None = None) -> None:
        super().__init__(store, ticket_url)
        self.waits = Waits()

    def once(
        self, actor: Actor, key: RequestKey | None, body_hash: str, deed: Callable[[], Answer]
    ) -> Answer:
        """Do a deed once for a client's request key: a repeat gets the first answer.

        The answer is stored in the deed's own transaction, so that after a crash either both
        are there or neither. Refusals are not stored, nor a 204 that did nothing: a repeat can
        do nothing twice. Raises Refused `idempotency_key_reused`, and whatever the deed raises.
        """
        if key is None:
            return deed()
        with self.store.change(actor.branch_id) as change:
            known = answers.find(change.db, key, body_hash)
            if known is not None:
                return known
            answer = deed()
            if answer.status != NO_CONTENT or change.facts.kinds:
                answers.save(change.db, key, body_hash, answer, change.now)
            return answer
