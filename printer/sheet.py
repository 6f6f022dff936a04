"""A paper that grows downwards while text, rules and pictures are set on it."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw

from printer.lettering import CAPITAL, Weight, kept_ink, length, wrap

DOTS_PER_MM = 8  # 203 dots an inch
WHITE, BLACK = 255, 0
RULE_GAP = 14  # dots of white above and below a rule
# Letters are smoothed first, then every dot darker than this is burnt: on thin strokes and
# accents it reads better than drawing without smoothing. No grey is left.
_THRESHOLD = 150
_BURN = [WHITE if level > _THRESHOLD else BLACK for level in range(256)]
# Vietnamese capitals bear two accents: 1.15 of the size above the line, 0.25 below it.
_LINE, _ASCENT = 1.34, 1.03
_LEAD = 24  # dots above a part's first line, for the accents of its capitals


def line_height(size: int) -> int:
    """Dots from one line to the next."""
    return round(size * _LINE)


class Sheet:
    """`width` dots of paper, `y` dots used so far, text kept inside the margins."""

    def __init__(self, width: int, margin: int, room: int = 1400) -> None:
        self.width = width
        self.margin = margin
        self.y = 0
        self._start = 0
        self._image = Image.new("L", (width, room), WHITE)
        self._pen = ImageDraw.Draw(self._image)

    @property
    def inner(self) -> int:
        """Width between the margins, in dots."""
        return self.width - 2 * self.margin

    def part(self) -> Sheet:
        """A sheet of the same width, for what is to be `add`ed if anything stands on it."""
        part = Sheet(self.width, self.margin, 300)
        part.y = part._start = _LEAD
        return part

    @property
    def is_empty(self) -> bool:
        """True while nothing was set."""
        return self.y == self._start

    def add(self, part: Sheet) -> None:
        """Put what stands on a part below what stands here."""
        top = self.y - part._start
        self._room(top + part.y)
        place = (0, max(0, top), self.width, top + part.y)
        used = part._image.crop((0, max(0, -top), self.width, part.y))
        # accents reach up into what is there already, and must not wipe it out
        self._image.paste(ImageChops.darker(self._image.crop(place), used), place)
        self.y = top + part.y

    def skip(self, dots: int) -> None:
        """Leave dots of white."""
        self.y += dots

    def text(self, text: str, weight: Weight, size: int, *, inset: int = 0) -> None:
        """Set a paragraph, centred and evenly broken, `inset` dots inside the margins."""
        lines = wrap(text, weight, size, self.inner - 2 * inset)
        self.y = self.lines(lines, weight, size, x=self.width // 2, y=self.y)

    def fitted(
        self, text: str, weight: Weight, sizes: Sequence[int], lines: int, otherwise: int
    ) -> None:
        """Set a paragraph at the first of the sizes that needs no more lines."""
        fits = (s for s in sizes if len(wrap(text, weight, s, self.inner)) <= lines)
        self.text(text, weight, next(fits, otherwise))

    def lines(
        self,
        lines: Sequence[str],
        weight: Weight,
        size: int,
        *,
        x: int,
        y: int,
        centred: bool = True,
    ) -> int:
        """Set lines below each other, around or from x; the y below the last is returned."""
        advance = line_height(size)
        self._room(y + advance * len(lines))
        for line in lines:
            drawn = kept_ink(line, weight, size)
            start = x - round(length(line, weight, size) / 2) if centred else x
            baseline = y + round(size * _ASCENT)
            self._image.paste(BLACK, (start + drawn.left, baseline + drawn.top), drawn.mask)
            y += advance
        return y

    def rule(self, thickness: int = 2, gap: int = RULE_GAP) -> None:
        """Draw a line across the paper with a gap above and below."""
        top = self.y + gap
        self._room(top + thickness)
        self._pen.rectangle(
            (self.margin, top, self.width - self.margin - 1, top + thickness - 1), fill=BLACK
        )
        self.y = top + thickness + gap

    def bar(self, text: str, weight: Weight, size: int) -> None:
        """Write white on a black bar over the paper's whole width."""
        drawn = kept_ink(text, weight, size)
        # the letters stand a little low: their accents need the room above
        height = round(size * 1.8)
        baseline = self.y + (height + round(size * CAPITAL)) // 2 + size // 12
        self._room(self.y + height)
        self._pen.rectangle((0, self.y, self.width - 1, self.y + height - 1), fill=BLACK)
        start = (self.width - drawn.mask.width) // 2
        self._image.paste(WHITE, (start, baseline + drawn.top), drawn.mask)
        self.y += height

    def burn(self, mask: Image.Image) -> None:
        """Set a mask of ink in the middle of the paper."""
        self._room(self.y + mask.height)
        self._image.paste(BLACK, ((self.width - mask.width) // 2, self.y), mask)
        self.y += mask.height

    def picture(self, picture: Image.Image, *, x: int, y: int) -> int:
        """Put a picture at a place; the y below it is returned."""
        self._room(y + picture.height)
        self._image.paste(picture, (x, y))
        return y + picture.height

    def frame(self, top: int, bottom: int, thickness: int = 3) -> None:
        """Draw a box between the margins around what was set from top to bottom."""
        box = (self.margin, top, self.width - self.margin - 1, bottom - 1)
        self._room(bottom)
        self._pen.rectangle(box, outline=BLACK, width=thickness)

    def finish(self) -> Image.Image:
        """The paper used so far as a picture of mode "1", white where nothing is printed."""
        self._room(self.y)
        used = self._image.crop((0, 0, self.width, self.y))
        return used.point(_BURN, "1")

    def _room(self, bottom: int) -> None:
        if bottom <= self._image.height:
            return
        longer = Image.new("L", (self.width, max(bottom, 2 * self._image.height)), WHITE)
        longer.paste(self._image, (0, 0))
        self._image, self._pen = longer, ImageDraw.Draw(longer)
