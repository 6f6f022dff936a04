"""A part of a slip in the making: its paper, what it says, and in which languages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from gettext import NullTranslations
from typing import Final

from printer.content import SlipContent
from printer.layout import SlipLayout
from printer.lettering import Weight, length
from printer.sheet import Sheet
from queueing import texts

# A line in one language, made from its catalogue.
Word = Callable[[NullTranslations], str]


@dataclass(frozen=True, slots=True)
class Measures:
    """Sizes in dots for one width of paper."""

    wide: bool
    margin: int
    small: int  # 28: capitals of 2.5 mm, the least on the slip
    body: int
    strong: int
    names: tuple[int, ...]
    module: int


WIDE: Final = Measures(True, 12, 28, 34, 40, (46, 40, 34), 6)
NARROW: Final = Measures(False, 6, 28, 30, 34, (38, 34), 6)


@dataclass(frozen=True, slots=True)
class Draft:
    """One part of a slip in the making."""

    sheet: Sheet
    content: SlipContent
    sizes: Measures

    @property
    def layout(self) -> SlipLayout:
        """What is to show."""
        return self.content.layout

    @property
    def languages(self) -> tuple[str, ...]:
        """The slip's languages, the main one first."""
        wish = self.layout.language
        return {"ticket": (self.content.language,), "both": ("vi", "en")}.get(wish, (wish,))

    def words(self, word: Word) -> list[str]:
        """A line in each of the slip's languages, once where they agree."""
        return list(dict.fromkeys(word(texts.translator(one)) for one in self.languages))

    def say(self, word: Word, weight: Weight, size: int, *, inset: int = 0) -> None:
        """Set a line in the main language, and small below it in the other one."""
        first, *others = self.words(word)
        self.sheet.text(first, weight, size, inset=inset)
        for other in others:
            self.sheet.text(other, Weight.PLAIN, self.sizes.small, inset=inset)

    def beside(self, word: Word, weight: Weight, size: int) -> str | None:
        """A line's languages beside each other, or None where that is wider than the paper."""
        whole = " · ".join(self.words(word))
        return whole if length(whole, weight, size) <= self.sheet.inner else None
