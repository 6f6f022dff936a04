"""The language of a request, and words for templates and for the pages' scripts."""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path
from typing import Final

from flask import Flask, Response, g, has_request_context, request
from markupsafe import Markup

from queueing.texts import LANGUAGES, N_, say
from web.access import csrf_token
from web.assets import asset_url
from web.resources import static_folder

DEFAULT: Final = "vi"
COOKIE: Final = "denluot_lang"
YEAR_S: Final = 365 * 86400

ROLES: Final = {
    "officer": N_("Officer"),
    "supervisor": N_("Supervisor"),
    "admin": N_("Administrator"),
}
KINDS: Final = {
    "kiosk": N_("Ticket kiosk"),
    "board": N_("Waiting-room board"),
    "counter": N_("Counter tablet"),
    "agent": N_("Print agent"),
}

# t("…") with one plain literal, as static/js/texts.js asks for
_CALL = re.compile(r"""\bt\(\s*"((?:[^"\\\n]|\\.)*)\"""")


def language() -> str:
    """The user's language: `?lang`, the page's `X-Language`, the cookie; else Vietnamese.

    A program that asks the API may also wish for one by `Accept-Language`.
    """
    if not has_request_context():
        return DEFAULT
    if "language" not in g:
        g.language = _chosen()
    found: str = g.language
    return found


def prefer(wish: str) -> None:
    """Speak this language to a reader who has not chosen one, rather than the browser's."""
    g.language = _asked_for() or wish


def _asked_for() -> str | None:
    wishes = (
        request.args.get("lang"),
        request.headers.get("X-Language"),
        request.cookies.get(COOKIE),
    )
    return next((wish for wish in wishes if wish in LANGUAGES), None)


def _chosen() -> str:
    asked_for = _asked_for()
    if asked_for is not None:
        return asked_for
    if not request.path.startswith("/api/"):
        # the browser of an office came in English and nobody changed it: no wish of its user
        return DEFAULT
    return request.accept_languages.best_match(LANGUAGES, default=DEFAULT) or DEFAULT


def gettext(msgid: str, **params: object) -> str:
    """The wording of a message in the request's language, `{names}` filled in."""
    return say(msgid, language(), **params)


def ngettext(one: str, many: str, n: int, **params: object) -> str:
    """As `gettext`, by number; `{n}` is the number itself."""
    return gettext(one if n == 1 else many, n=n, **params)


@functools.cache
def page_texts(folders: str) -> Markup:
    """JSON of every `t("…")` in a page's scripts, in each language, safe inside a script tag.

    `folders` are those of `static/` that it loads scripts from, with blanks between them; `js`
    goes without saying.
    """
    scripts = [one for name in [*folders.split(), "js"] for one in _scripts(static_folder() / name)]
    msgids = sorted({msgid for script in scripts for msgid in found_in(script)})
    table = {lang: {msgid: say(msgid, lang) for msgid in msgids} for lang in LANGUAGES}
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028"))


def _scripts(folder: Path) -> list[Path]:
    return sorted(folder.glob("**/*.js"))


def found_in(script: Path) -> list[str]:
    """The message ids of one script, as JavaScript would read them."""
    text = script.read_text(encoding="utf-8")
    return [str(json.loads(f'"{literal}"')) for literal in _CALL.findall(text)]


def set_up(app: Flask) -> None:
    """Give every template its words and its files."""
    app.jinja_env.globals.update(
        _=gettext,
        ngettext=ngettext,
        asset=asset_url,
        page_texts=page_texts,
        csrf_token=csrf_token,
        role_name=lambda role: gettext(ROLES[str(role)]),
        kind_name=lambda kind: gettext(KINDS[str(kind)]),
    )

    @app.after_request
    def keep_choice(answer: Response) -> Response:
        """A language chosen on one page is that of the next."""
        wish = request.args.get("lang")
        chosen = wish in LANGUAGES and wish != request.cookies.get(COOKIE)
        if chosen and answer.mimetype == "text/html" and request.method == "GET":
            answer.set_cookie(COOKIE, str(wish), max_age=YEAR_S, httponly=True, samesite="Lax")
        return answer

    @app.context_processor
    def language_of_page() -> dict[str, object]:
        return {"lang": language()}
