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

_TAG = re.compile(
    r"""<(?:!--.*?(?:-->|\Z)|![^>]*>|(/?)([a-zA-Z][^\s/>]*)([^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*)>)""",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")
# What stands between these tags is text, whatever it looks like.
_RAW = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in ("script", "style", "textarea", "title")}


class Tag(NamedTuple):
    """A start or end tag at `start` of the page; `end` is where what follows it begins. `raw` is its attributes."""

    name: str
    closes: bool
    raw: str
    start: int
    end: int

    @property
    def attributes(self) -> Mapping[str, str]:
        """By name, unescaped; of one that is written twice the first, as browsers do."""
        return attributes_of(self.raw)


def tags(html: str) -> Iterator[Tag]:
    """Every tag of a page, in order."""
    position = 0
    while found := _TAG.search(html, position):
        position = found.end()
        slash, name, raw = found.groups()
        if name is None:
            continue
        name = name.lower()
        yield Tag(name, bool(slash), raw, found.start(), position)
        if not slash and name in _RAW:
            end = _RAW[name].search(html, position)
            position = end.start() if end else len(html)


@lru_cache(maxsize=8192)  # the frame of a site repeats itself on every page
def attributes_of(raw: str) -> Mapping[str, str]:
    """What stands between a tag's name and its `>`."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(raw):
        found.setdefault(name.lower(), unescape(double or single or bare))
    return found


@lru_cache(maxsize=8192)
def repeated_attribute(raw: str) -> str:
    """The name of an attribute that stands there twice; empty when none does."""
    names = [found[0].lower() for found in _ATTRIBUTE.findall(raw)]
    return next((name for n, name in enumerate(names) if name in names[:n]), "")
