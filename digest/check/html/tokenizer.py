"""HTML as tags, fast: what is needed to look at a hundred thousand pages, and no tree.

Follows the tokens of the HTML standard (13.2.5) as far as pages that are meant to be right need them.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import unescape
from typing import NamedTuple

_VOID = "area base br col embed hr img input link meta source track wbr"
VOID = frozenset(_VOID.split())
_ADDRESSES = ("href", "src", "action", "poster")

_INSIDE = r"""([^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*)>"""
# What stands between the first four and their end tags is text, whatever it looks like.
_TAG = re.compile(
    rf"""<(?:(script|style|textarea|title)(?=[\s/>]){_INSIDE}.*?(?=</\1[\s/>]|\Z)
    |!--.*?(?:-->|\Z)|![^>]*>
    |(/?)([a-z][^\s/>]*){_INSIDE})""",
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")


class Tag(NamedTuple):
    """A start or end tag at `start` of the page; `end` is where what follows it begins. `raw` is its attributes."""

    name: str
    closes: bool
    raw: str
    start: int
    end: int


class Attributes(NamedTuple):
    """A tag's attributes: by name, unescaped, of one that is written twice the first; and what follows from them."""

    named: Mapping[str, str]
    twice: str
    addresses: tuple[str, ...]

    def get(self, name: str) -> str:
        """The value of an attribute; empty when it is not there."""
        return self.named.get(name, "")


def tags(html: str) -> Iterator[Tag]:
    """Every tag of a page, in order."""
    for found in _TAG.finditer(html):
        text, inside, slash, name, raw = found.groups()
        if name:
            yield Tag(name.lower(), bool(slash), raw, found.start(), found.end())
        elif text:
            yield Tag(text.lower(), False, inside, found.start(), found.end(2) + 1)


@lru_cache(maxsize=16384)  # the frame of a site repeats itself on every page
def attributes_of(raw: str) -> Attributes:
    """Return the attributes between the name of a tag and its `>`."""
    named: dict[str, str] = {}
    twice = ""
    for name, double, single, bare in _ATTRIBUTE.findall(raw):
        known = name.lower()
        if known in named:
            twice = twice or known
        else:
            named[known] = unescape(double or single or bare)
    addresses = [named[name].strip() for name in _ADDRESSES if name in named]
    addresses += [part.split()[0] for part in named.get("srcset", "").split(",") if part.strip()]
    return Attributes(named, twice, tuple(addresses))
