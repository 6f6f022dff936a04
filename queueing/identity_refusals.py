"""Why signing in, pairing or setting up was refused; `queueing.refusals` takes these in."""

from __future__ import annotations

from typing import Final

IDENTITY_REFUSALS: Final[dict[str, tuple[int, str]]] = {
    "not_signed_in": (401, "Please sign in first."),
    "sign_in_failed": (401, "The name or the password is not right."),
    "too_many_tries": (429, "Too many tries. Please wait {seconds} seconds and try again."),
    "password_short": (422, "The password needs at least {least} characters."),
    "password_long": (422, "The password may have at most {most} characters."),
    "password_common": (422, "This password is easy to guess. Please choose another."),
    "password_is_login": (422, "The password must not contain the sign-in name."),
    "login_invalid": (
        422,
        "A sign-in name has 2 to 40 small letters, digits, dots or dashes.",
    ),
    "login_taken": (409, "The sign-in name “{login}” is already taken."),
    "name_invalid": (422, "Please give a name of at most {most} characters."),
    "role_invalid": (422, "There is no role “{role}”."),
    "last_admin": (409, "The last administrator cannot be removed."),
    "pairing_unknown": (404, "This pairing code is not known or no longer valid."),
    "pairing_used": (409, "This pairing code has been used already."),
    "unknown_zone": (422, "There is no zone “{zone}” here."),
    "unknown_device": (404, "This device is not known."),
    "unknown_token": (404, "This access token is not known."),
    "device_needs_counter": (422, "A counter tablet needs the number of its counter."),
    "device_cannot_speak": (422, "Only a board can speak."),
    "setup_link_invalid": (404, "This set-up link is not valid any more."),
}
