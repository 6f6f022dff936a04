"""The administrator's page of the voice: its settings, a sound check, and its clips."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, render_template

from queueing.settings import BY_NAME
from queueing.store import branches
from queueing.texts import LANGUAGES, N_
from staff.admin.voice_api import state_of
from voice import clips
from web.access import ADMINS
from web.assets import asset_url
from web.i18n import gettext
from web.pages import Page, page_known, page_settings, staff_page
from web.surface import current_room

LANGUAGE_CHOICES: Final = (
    ("vi", N_("Vietnamese")),
    ("en", N_("English")),
    ("vi_en", N_("Vietnamese, then English")),
    ("en_vi", N_("English, then Vietnamese")),
    ("ticket", N_("Vietnamese; English too for tickets taken in English")),
)
ACCENT_CHOICES: Final = (("north", N_("Northern")), ("south", N_("Southern")))
GROUP_NAMES: Final = {
    "phrases": N_("Phrases"),
    "letters": N_("Letters"),
    "digits": N_("Digits of the ticket number"),
    "numbers": N_("Counter numbers"),
    "notices": N_("Ready-made notices"),
}

pages = Blueprint("voice", __name__)


@pages.get("/admin/voice")
@staff_page(ADMINS)
def voice() -> Page:
    """The form, the sound check and the clips."""
    branch_id = page_known().actor.branch_id
    state = state_of(branch_id)
    with current_room().store.reading() as db:
        branch = branches.branch(db, branch_id)
        zones = branches.zones(db, branch_id)
    numbers = {name: BY_NAME[name] for name in ("voice_times", "voice_speed", "voice_volume")}
    return render_template(
        "admin/voice.html",
        branch=branch.name,
        zones=zones,
        settings=state.settings,
        bounds={name: (one.low, one.high) for name, one in numbers.items()},
        languages=LANGUAGE_CHOICES,
        accents=ACCENT_CHOICES,
        page=page_settings(
            voice=state.model_dump(),
            zones={zone.code: zone.name for zone in zones},
            groups=[[name, gettext(words)] for name, words in GROUP_NAMES.items()],
            clips={language: _listed(language) for language in LANGUAGES},
        ),
    )


def _listed(language: str) -> list[dict[str, object]]:
    """Every clip of a language, and where that of each accent is."""
    accents = clips.ACCENTS if language == "vi" else clips.ACCENTS[:1]
    return [
        {
            "name": one.name,
            "group": one.group,
            "words": one.words,
            "urls": {
                accent: clips.vendored(one.name, language, accent, asset_url) for accent in accents
            },
        }
        for one in clips.clips(language)
    ]
