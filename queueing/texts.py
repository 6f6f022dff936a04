"""The words people see, from gettext catalogues: message ids are plain English.

Slip, voice and pages take their wording from here, so that they say the same thing.
"""

from __future__ import annotations

import gettext as _gettext
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Final

from queueing.refusals import REFUSALS
from queueing.waiting import Estimate

LANGUAGES: Final = ("vi", "en")
DOMAIN: Final = "denluot"


def N_(message: str) -> str:  # noqa: N802 - gettext's customary mark for a message id
    """Mark a message id that is translated elsewhere."""
    return message


STATES: Final = {
    "waiting": N_("waiting"),
    "called": N_("called"),
    "serving": N_("being served"),
    "parked": N_("set aside"),
    "finished": N_("finished"),
    "no_show": N_("absent when called"),
    "cancelled": N_("cancelled"),
    "expired": N_("expired"),
}
OUTCOMES: Final = {
    "received": N_("Dossier received"),
    "supplement": N_("To be supplemented"),
    "refused": N_("Refused"),
    "returned": N_("Result handed over"),
    "guided": N_("Guided"),
    "no_show": N_("Absent"),
    "left": N_("Left"),
    "transferred": N_("Transferred"),
    "expired": N_("Day ended"),
}
WHYS: Final = {
    "due": N_("set aside until now"),
    "priority": N_("priority, waited {minutes} min"),
    "own_service": N_("this counter's own service, waited {minutes} min"),
    "turn": N_("a priority's turn after {n} ordinary, waited {minutes} min"),
    "turn_ordinary": N_("an ordinary ticket's turn, waited {minutes} min"),
    "credit": N_("longest credit: {b} × {minutes} min > {over_b} × {over_minutes} min"),
    "longest": N_("longest wait: {minutes} min"),
    "only": N_("the only one waiting, {minutes} min"),
    "chosen": N_("chosen by the officer, waited {minutes} min"),
    "resumed": N_("was set aside"),
}


@lru_cache(maxsize=8)
def translator(language: str) -> _gettext.NullTranslations:
    """The catalogue of a language; an unknown one speaks English, the message ids."""
    if language not in LANGUAGES:
        return _gettext.NullTranslations()
    found = resources.files("queueing").joinpath("locale", language, "LC_MESSAGES", f"{DOMAIN}.mo")
    if not found.is_file():
        return _gettext.NullTranslations()
    with found.open("rb") as file:
        return _gettext.GNUTranslations(file)


def say(message: str, language: str, **facts: object) -> str:
    """A message in a language, its {places} filled."""
    text = translator(language).gettext(message)
    return text.format(**facts) if facts else text


def refusal(code: str, facts: Mapping[str, object], language: str) -> str:
    """A refusal's sentence in a language; an unknown code is shown as it is."""
    known = REFUSALS.get(code)
    if known is None:
        return code
    words = dict(facts)
    if "state" in words:
        words["state_words"] = say(STATES.get(str(words["state"]), "{state}"), language)
    return translator(language).gettext(known[1]).format_map(_Lenient(words))


class _Lenient(dict[str, object]):
    """A fact that is missing shows as an ellipsis rather than break a refusal."""

    def __missing__(self, key: str) -> str:
        return "…"


def why(reason: Mapping[str, object], language: str) -> str:
    """Why a ticket was called, in words for the officer."""
    message = WHYS.get(str(reason.get("rule")))
    if message is None:
        return ""
    facts = dict(reason)
    facts["minutes"] = _minutes(reason.get("waited_s"))
    facts["over_minutes"] = _minutes(reason.get("over_s"))
    return translator(language).gettext(message).format_map(_Lenient(facts))


def _minutes(seconds: object) -> int:
    return seconds // 60 if isinstance(seconds, int) else 0


def wait_range(estimate: Estimate | None, language: str) -> str:
    """A range in whole minutes, rounded outwards, as people say it."""
    if estimate is None:
        return say(N_("too early to tell"), language)
    low, high = minutes_range(estimate)
    if high <= 1:
        return say(N_("almost at once"), language)
    if low == high:
        return say(N_("about {high} min"), language, high=high)
    return say(N_("about {low}–{high} min"), language, low=low, high=high)


def minutes_range(estimate: Estimate) -> tuple[int, int]:
    """The range in minutes; from ten minutes on in steps of five, for nobody knows it finer."""

    def step(minutes: int) -> int:
        return 5 if minutes >= 10 else 1

    low, high = estimate.low // 60, -(-estimate.high // 60)
    return low // step(low) * step(low), -(-high // step(high)) * step(high)
