"""docs/printers.md tells of every kind what the program does with it."""

import re

from printer.profiles import profiles
from tests.support.tree import ROOT

PAGE = (ROOT / "docs" / "printers.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| (\d+|to be given) \| (\d+) \| (yes|no) \|", re.M)


def test_the_table_has_every_kind_with_its_figures_in_the_lists_order() -> None:
    told = [
        (name, maker, None if width == "to be given" else int(width), int(dpi), cuts == "yes")
        for name, maker, width, dpi, cuts in ROW.findall(PAGE)
    ]
    known = [(one.name, one.maker, one.width, one.dpi, one.cuts) for one in profiles().values()]
    assert told == known
