"""Find the entries behind the headlines of a page, for any theme: by link, by id, or by the words of the headline.

Themes do not know the desk. A headline that links to the page of an entry is found by its URL path; a headline in an
edition by its fragment; one that links to another site by the link of the original; a brief without a link by its
words.
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
_ITEM_PATH = re.compile(r"/(\d{4})/(\d\d)/(\d\d)/([^/]+)/\Z")


class Headline(Struct, frozen=True, forbid_unknown_fields=True):
    """A headline on a page: its link, the id of its element or an element around it, and its text."""

    href: Text = ""
    id: Text = ""
    text: Text = ""


class HeadlineLocator:
    """Lookup tables from paths, links and titles to entries; rebuilt when any item changes."""

    def __init__(self) -> None:
        self._version = -1
        self._by_page: dict[tuple[date, str], str] = {}
        self._by_link: dict[str, str] = {}
        self._by_title: dict[str, list[str]] = {}

    def locate(self, index: EntryIndex, headlines: Iterable[Headline], base_path: str, page_path: str) -> list[str]:
        """Return the entry id of each headline, in the same order; empty for a headline that is no entry.

        `page_path` is the URL path of the page that shows the headlines.
        """
        self._update(index)
        return [self._locate(index, headline, base_path, page_path) for headline in headlines]

    def _locate(self, index: EntryIndex, headline: Headline, base_path: str, page_path: str) -> str:
        parts = urlsplit(headline.href or page_path)
        for entry_id in (headline.id, parts.fragment if headline.href else ""):
            if entry_id in index.entry_paths:
                return entry_id
        if headline.href and parts.scheme in {"http", "https"} and headline.href in self._by_link:
            return self._by_link[headline.href]
        same_title = self._by_title.get(normalise_headline(headline.text), ())
        entry_id = self._by_page.get(_page_key(parts.path, base_path) or (date.min, ""), "")
        if entry_id and (headline.href or entry_id in same_title):
            return entry_id
        by_title = same_title if headline.text and not headline.href else ()
        return by_title[0] if len(by_title) == 1 else ""

    def _update(self, index: EntryIndex) -> None:
        if self._version == index.version:
            return
        titles: Mapping[str, list[str]] = defaultdict(list)
        self._by_page, self._by_link = {}, {}
        for entry_id in index.entry_paths:
            latest = index.latest(entry_id)
            if latest is None:
                continue
            titles[normalise_headline(latest.title)].append(entry_id)
            for item in _items(index, entry_id):
                if item.id == entry_id:
                    self._by_page[item.day, item.slug] = entry_id
                if item.link:
                    self._by_link[item.link] = entry_id
        self._by_title, self._version = dict(titles), index.version


def _items(index: EntryIndex, entry_id: str) -> Iterable[IndexedItem]:
    return (index.items_by_path[path] for path in index.entry_paths[entry_id] if path in index.items_by_path)


def _page_key(path: str, base_path: str) -> tuple[date, str] | None:
    """Return day and slug of `/2026/02/05/slug/` below the site's base path; None for any other path."""
    match = _ITEM_PATH.fullmatch("/" + unquote(path).removeprefix(base_path))
    try:
        return (date(int(match[1]), int(match[2]), int(match[3])), match[4]) if match else None
    except ValueError:
        return None
