"""What a page shows → the entries that it means, whatever the theme made of them: by address, by id, by headline.

A theme knows nothing of the desk. A headline that leads to an entry's page is known by its link; one in an edition by
its fragment; one that leads elsewhere by the link of the original; a brief without any by its words.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated
from urllib.parse import unquote, urlsplit

from msgspec import Meta, Struct

from digest.preview.desk.entry_index import EntryIndex, IndexedItem
from digest.wire import normalise_headline

Text = Annotated[str, Meta(max_length=2000)]
_PAGE = re.compile(r"/(\d{4})/(\d\d)/(\d\d)/([^/]+)/\Z")


class Headline(Struct, frozen=True, forbid_unknown_fields=True):
    """A headline on a page: where it leads, the id that it or what is around it has, its words."""

    href: Text = ""
    id: Text = ""
    text: Text = ""


class HeadlineLocator:
    """The entries by all that they can be known by; made anew when any item is another."""

    def __init__(self) -> None:
        self._version = -1
        self._pages: dict[tuple[date, str], str] = {}
        self._links: dict[str, str] = {}
        self._titles: dict[str, list[str]] = {}

    def locate(self, index: EntryIndex, headlines: Iterable[Headline], base_path: str, page_path: str) -> list[str]:
        """The ids of the entries, in the same order; empty for what is none. `here` is the address of the page."""
        self._learn(index)
        return [self._find(index, sight, base_path, page_path) for sight in headlines]

    def _find(self, shelf: EntryIndex, sight: Headline, base_path: str, here: str) -> str:
        parts = urlsplit(sight.href or here)
        for name in (sight.id, parts.fragment if sight.href else ""):
            if name in shelf.entry_paths:
                return name
        if sight.href and parts.scheme in {"http", "https"} and sight.href in self._links:
            return self._links[sight.href]
        if found := self._pages.get(_key(parts.path, base_path) or (date.min, "")):
            titles = self._titles.get(normalise_headline(sight.text), ())
            if sight.href or found in titles:
                return found
        named = self._titles.get(normalise_headline(sight.text), ()) if sight.text and not sight.href else ()
        return named[0] if len(named) == 1 else ""

    def _learn(self, shelf: EntryIndex) -> None:
        if self._version == shelf.version:
            return
        titles: Mapping[str, list[str]] = defaultdict(list)
        self._pages, self._links = {}, {}
        for root in shelf.entry_paths:
            face = shelf.latest(root)
            if face is None:
                continue
            titles[normalise_headline(face.title)].append(root)
            for line in _lines(shelf, root):
                if line.id == root:
                    self._pages[line.day, line.slug] = root
                if line.link:
                    self._links[line.link] = root
        self._titles, self._version = dict(titles), shelf.version


def _lines(shelf: EntryIndex, root: str) -> Iterable[IndexedItem]:
    return (shelf.items_by_path[path] for path in shelf.entry_paths[root] if path in shelf.items_by_path)


def _key(path: str, base_path: str) -> tuple[date, str] | None:
    """`/2026/02/05/slug/` below the site's base path → day and slug."""
    found = _PAGE.fullmatch("/" + unquote(path).removeprefix(base_path))
    try:
        return (date(int(found[1]), int(found[2]), int(found[3])), found[4]) if found else None
    except ValueError:
        return None
