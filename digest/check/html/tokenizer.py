"""HTML tokenizer: a fast stream of tags with their offsets, without a tree.

It follows the tokenization of the HTML standard (13.2.5) as far as valid pages need it. No library gives both the
speed (100,000 pages) and the offsets: see docs/decisions/0014-html-checks.md.
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
# Everything between the start and end tags of the first four elements is text.
_TAG = re.compile(
    rf"""<(?:(script|style|textarea|title)(?=[\s/>]){_INSIDE}.*?(?=</\1[\s/>]|\Z)
    |!--.*?(?:-->|\Z)|![^>]*>
    |(/?)([a-z][^\s/>]*){_INSIDE})""",
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")


class Tag(NamedTuple):
    """A start or end tag from offset `start` to `end`. `raw` is the text of its attributes."""

    name: str
    closes: bool
    raw: str
    start: int
    end: int


class Attributes(NamedTuple):
    """The attributes of a tag: values by name (unescaped, the first of a duplicate), a duplicate name, and all URLs."""

    values: Mapping[str, str]
    duplicate: str
    addresses: tuple[str, ...]

    def get(self, name: str) -> str:
        """Return the value of an attribute, or an empty string."""
        return self.values.get(name, "")


def tags(html: str) -> Iterator[Tag]:
    """Yield every tag of a page, in order."""
    for match in _TAG.finditer(html):
        text, inside, slash, name, raw = match.groups()
        if name:
            yield Tag(name.lower(), bool(slash), raw, match.start(), match.end())
        elif text:
            yield Tag(text.lower(), False, inside, match.start(), match.end(2) + 1)


@lru_cache(maxsize=16384)  # header and footer are the same on every page
def attributes_of(raw: str) -> Attributes:
    """Parse the text between a tag's name and its `>`."""
    values: dict[str, str] = {}
    duplicate = ""
    for name, double, single, bare in _ATTRIBUTE.findall(raw):
        known = name.lower()
        if known in values:
            duplicate = duplicate or known
        else:
            values[known] = unescape(double or single or bare)
    addresses = [values[name].strip() for name in _ADDRESSES if name in values]
    addresses += [part.split()[0] for part in values.get("srcset", "").split(",") if part.strip()]
    return Attributes(values, duplicate, tuple(addresses))
