r"""Reads the text fixtures in tests/cases/cli: whole sites, the commands that run on them, and all that these print.

A section begins with a line `=== WHAT: …` and goes on to the next:

    === file: PATH            a file of the site with this text
    === bytes: PATH           the same, the text with Python's escapes (\x00)
    === long: PATH NUMBER     a file that is the text, without its line end, NUMBER times
    === folder: PATH          an empty folder
    === remove: PATH          a file or folder that goes away
    === run N: digest …       a command that exits with N and prints exactly this, issues among it
    === there: PATH           a file that must be there now, and hold this text in it somewhere

In what is printed the site's folder is SITE, the folder around it AROUND, and a duration TIME.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

FOLDER = Path(__file__).parents[1] / "cases" / "cli"
_SECTION = re.compile(r"^=== (\w+)(?: (\d+))?: (.*)$", re.MULTILINE)


class Section(Struct, frozen=True):
    """One section: what it is, its argument, its number if it has one, and the text below it."""

    what: str
    argument: str
    number: int
    text: str


class Case(Struct, frozen=True):
    """One fixture."""

    name: str
    sections: tuple[Section, ...]


def cases() -> Iterator[Case]:
    """All fixtures, by name."""
    for path in sorted(FOLDER.glob("*.txt")):
        _, *rest = _SECTION.split(path.read_text("utf-8"))
        parts = zip(*[iter(rest)] * 4, strict=True)
        sections = tuple(Section(what, argument, int(n or 0), text.lstrip("\n")) for what, n, argument, text in parts)
        yield Case(path.stem, sections)


def as_printed(output: str, site: Path) -> str:
    """What a command printed, without what differs from run to run."""
    output = output.replace(str(site), "SITE").replace(str(site.parent), "AROUND")
    return re.sub(r"\bin \d[\d.,]* m?s\b", "in TIME", output)
