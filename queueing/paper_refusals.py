"""Reasons to refuse what is asked of printers and slips: code, status, words."""

from __future__ import annotations

from typing import Final

PAPER_REFUSALS: Final[dict[str, tuple[int, str]]] = {
    "unknown_printer": (404, "There is no such printer."),
    "unknown_paper": (404, "There is no such paper."),
    "unknown_profile": (422, "There is no kind of printer “{profile}”."),
    "printer_name_taken": (409, "There is a printer named “{name}” already."),
    "no_printer": (409, "No printer is set up for this service point."),
    "no_paper_mode": (409, "This service point gives out no paper."),
    "address_invalid": (422, "This is not the address of a printer."),
    "width_needed": (422, "Please say how wide the paper is."),
    "width_invalid": (422, "The width must lie between {low} and {high} dots, in eights."),
    "width_not_of_profile": (422, "A {profile} prints {most} dots in a line at most."),
    "fallback_itself": (422, "A printer cannot take over from itself."),
    "roll_invalid": (422, "A roll has between 1 and {most} metres."),
    "way_not_here": (
        422,
        "This connection is set up at the command line of the computer that has the printer.",
    ),
    "printer_busy": (409, "A paper is on its way to this printer now. Please ask again soon."),
    "find_invalid": (
        422,
        "Please write an address such as 192.168.1.50, or 192.168.1.x for the whole segment.",
    ),
    "find_not_private": (422, "Only addresses of the local network can be searched."),
    "find_too_many": (422, "At most {most} addresses can be searched at once."),
    "find_busy": (409, "Somebody is looking for printers already. Please wait a few seconds."),
    "layout_invalid": (422, "The slip cannot be laid out like that: {field}."),
    "logo_too_large": (422, "The picture is larger than {most} kB."),
    "logo_too_many_pixels": (422, "The picture has more than {most} million pixels."),
    "logo_blank": (422, "This picture is white all over: nothing of it would be printed."),
    "logo_unreadable": (422, "This file is not a picture that can be read (PNG or JPEG)."),
}
