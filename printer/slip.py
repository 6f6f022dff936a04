"""The slip: one drawing for paper, for the preview, and for the kiosk's screen."""

from __future__ import annotations

import logging
from gettext import NullTranslations

from PIL import Image

from printer.content import BadContentError, SlipContent
from printer.draft import NARROW, WIDE, Draft, Word
from printer.follow import set_ways_to_follow
from printer.lettering import Weight, unbroken
from printer.logo import LogoError, open_logo
from printer.number import set_number
from printer.sheet import DOTS_PER_MM, Sheet
from printer.trial import draw_trial, trial_content
from queueing import texts

__all__ = [
    "DOTS_PER_MM",
    "BadContentError",
    "SlipContent",
    "draw",
    "draw_trial",
    "trial_content",
]

log = logging.getLogger(__name__)

_NOTE_INSET = 14  # dots between a note's frame and its words


def draw(
    content: SlipContent, width_dots: int, *, copy: int = 0, logo: bytes | None = None
) -> Image.Image:
    """Draw a slip `width_dots` wide (8 dots a millimetre), as long as it needs, mode "1".

    `copy` 0 is the first paper; every later one bears the mark of a reprint. `logo` is the
    picture kept under the content's digest; one that cannot be read is left out, for a paper
    without it is better than none.
    """
    sizes = WIDE if width_dots >= 500 else NARROW
    sheet = Sheet(width_dots, sizes.margin)
    if copy > 0:
        _mark(Draft(sheet, content, sizes))
    sheet.skip(8)
    is_first = True
    for part in (_heading, _place_in_queue, _waiting, set_ways_to_follow, _foot):
        draft = Draft(sheet.part(), content, sizes)
        if part is _heading:
            _logo(draft, logo)
        part(draft)
        if draft.sheet.is_empty:
            continue
        if not is_first:
            sheet.rule()
        sheet.add(draft.sheet)
        is_first = False
    sheet.skip(8)
    return sheet.finish()


def _mark(draft: Draft) -> None:
    def word(t: NullTranslations) -> str:
        return t.gettext("REPRINT")

    size = draft.sizes.strong
    words = draft.beside(word, Weight.HEAVY, size) or draft.words(word)[0]
    draft.sheet.bar(words, Weight.HEAVY, size)
    draft.sheet.skip(14)


def _logo(draft: Draft, data: bytes | None) -> None:
    digest = draft.content.logo
    if digest is None or not draft.layout.logo:
        return
    try:
        picture = open_logo(data, draft.sheet.inner)
    except LogoError as error:
        log.warning("the slip is printed without its logo %s: %s", digest, error.code)
        return
    sheet = draft.sheet
    sheet.y = sheet.picture(picture, x=(sheet.width - picture.width) // 2, y=sheet.y)
    sheet.skip(12)


def _heading(draft: Draft) -> None:
    content, sheet, sizes = draft.content, draft.sheet, draft.sizes
    if content.authority and draft.layout.authority:
        sheet.text(content.authority, Weight.STRONG, sizes.small)
    own = list(draft.layout.header)
    if draft.layout.branch:
        sheet.fitted(content.branch, Weight.BOLD, (sizes.body,), 2, otherwise=sizes.small)
    elif own:
        # the office names itself in its own words
        sheet.fitted(own.pop(0), Weight.BOLD, (sizes.body,), 2, otherwise=sizes.small)
    for line in own:
        sheet.text(line, Weight.STRONG, sizes.small)


def _place_in_queue(draft: Draft) -> None:
    """The number, and what it is for."""
    sheet, sizes = draft.sheet, draft.sizes
    draft.say(lambda t: t.gettext("QUEUE NUMBER"), Weight.BOLD, sizes.body)
    set_number(sheet, draft.content.number, draft.layout.number_size, wide=sizes.wide)
    if draft.layout.service:
        _service(draft)


def _service(draft: Draft) -> None:
    content, sheet, sizes = draft.content, draft.sheet, draft.sizes
    names = [content.service]
    if draft.languages != ("vi",) and content.service_en:
        # an officer reads the Vietnamese name, so it stands on every slip
        first = draft.languages[0] == "vi"
        names.insert(1 if first else 0, content.service_en)
    sheet.fitted(names[0], Weight.BOLD, sizes.names, 2, otherwise=sizes.small)
    for name in names[1:]:
        sheet.text(name, Weight.PLAIN, sizes.small)


def _waiting(draft: Draft) -> None:
    """How long it will take, where to go then, and what else to know."""
    if draft.content.ahead is not None:
        if draft.layout.ahead:
            _ahead(draft, draft.content.ahead)
        if draft.layout.wait:
            _wait(draft)
    _place(draft)
    _notes(draft)


def _ahead(draft: Draft, ahead: int) -> None:
    def word(t: NullTranslations) -> str:
        if ahead == 0:
            return t.gettext("Nobody is waiting before you")
        return t.ngettext(
            "{n} person is waiting before you", "{n} people are waiting before you", ahead
        ).format(n=ahead)

    draft.say(word, Weight.STRONG, draft.sizes.body)


def _wait(draft: Draft) -> None:
    main, *others = draft.languages
    size = draft.sizes.body
    tries = (size, size - 2, size - 4)
    draft.sheet.fitted(_wait_words(draft, main), Weight.STRONG, tries, 1, otherwise=size)
    for other in others:
        draft.sheet.text(_wait_words(draft, other), Weight.PLAIN, draft.sizes.small)


def _wait_words(draft: Draft, language: str) -> str:
    span = texts.wait_range(draft.content.estimate, language)
    words = texts.translator(language).gettext("Expected wait: {range}")
    return words.format(range=unbroken(span))


def _place(draft: Draft) -> None:
    zone = draft.content.zone if draft.layout.zone else None
    numbers = draft.content.counters if draft.layout.counters else ()

    def counters(t: NullTranslations) -> str:
        label = t.ngettext("Counter {list}", "Counters {list}", len(numbers))
        return label.format(list=_ranges(numbers))

    if numbers or zone:
        draft.sheet.skip(6)
    if numbers:
        draft.say(
            lambda t: " · ".join(filter(None, [counters(t), zone])),
            Weight.BOLD,
            draft.sizes.strong,
        )
    elif zone:
        draft.sheet.text(zone, Weight.BOLD, draft.sizes.strong)


def _ranges(numbers: tuple[int, ...]) -> str:
    """Counter numbers in order, three and more in a row as a range: 1–3, 5."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    shown = (f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)
    return ", ".join(shown)


def _notes(draft: Draft) -> None:
    content, layout = draft.content, draft.layout
    if content.day and layout.same_day:
        day = content.day
        _note(draft, lambda t: t.gettext("Valid today only ({date})").format(date=unbroken(day)))
    if content.closes and layout.cutoff_note:
        closes = content.closes
        _note(
            draft,
            lambda t: t.gettext("May not be served before closing at {time}").format(time=closes),
        )
    for note in content.notes:
        _note(draft, lambda t, note=note: note)  # type: ignore[misc]


def _note(draft: Draft, word: Word) -> None:
    sheet = draft.sheet
    sheet.skip(10)
    top = sheet.y
    sheet.skip(10)
    draft.say(word, Weight.STRONG, draft.sizes.small, inset=_NOTE_INSET)
    sheet.skip(10)
    sheet.frame(top, sheet.y)


def _foot(draft: Draft) -> None:
    sheet, sizes, layout = draft.sheet, draft.sizes, draft.layout
    if layout.receipt_note:
        draft.say(
            lambda t: t.gettext(
                "This ticket does not replace the receipt of your dossier"
                " with the date of its result"
            ),
            Weight.PLAIN,
            sizes.small,
        )
    for line in layout.footer:
        sheet.text(line, Weight.STRONG, sizes.small)
    if layout.thanks:
        _thanks(draft)


def _thanks(draft: Draft) -> None:
    def word(t: NullTranslations) -> str:
        return t.gettext("Thank you!")

    size = draft.sizes.small
    whole = draft.beside(word, Weight.STRONG, size)
    for line in draft.words(word) if whole is None else [whole]:
        draft.sheet.text(line, Weight.STRONG, size)
