"""Two administrators at one form: nobody saves over what the other has just set unseen.

A form is saved whole. So each answer names the state that it shows (`seen`), and what is sent
back with that name is refused once another state is in force.
"""

from __future__ import annotations

import hashlib
import json

from queueing.refusals import Refused


def name_of(state: object) -> str:
    """A short name of a state (plain JSON data): equal states have the same one."""
    text = json.dumps(state, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def refuse_unseen(seen: str | None, now: object, wanted: object) -> None:
    """Let nothing be saved over a state that is not the one that was seen.

    Call it within the change that saves. Without `seen` the caller does not mind; and what is in
    force already may be sent again, as after an answer that was lost.
    Raises Refused `setup_changed_meanwhile`.
    """
    if seen is not None and now != wanted and name_of(now) != seen:
        raise Refused("setup_changed_meanwhile")
