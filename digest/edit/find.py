"""Find the item for PAGE on a command line: an id, a file, a URL, or words of exactly one headline."""

import difflib
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlsplit

from digest.config import Config
from digest.content.store.archive import Archive
from digest.content.store.scan import CONTENT_FOLDER
from digest.issues import Issue, issue
from digest.model import Item
from digest.wire import normalise_headline

_ITEM_PATH = re.compile(r"/(\d{4})/(\d\d)/(\d\d)/([^/]*)/?\Z")
_WORD = re.compile(r"[^\W_]+")
_MAX_SHOWN = 5


def find_item(archive: Archive, site: Path, config: Config, page: str) -> Item | Issue:
    """Return the item, or the issue `page-not-found` with a suggestion, or `page-ambiguous` with the candidates."""
    item = archive.by_id(page) or _by_file(archive, site, page) or _by_url(archive, config, page)
    if item:
        return item
    titles = [(item, _words(item.title)) for item in archive.items_since(date.min)]
    words = _words(page)
    if not words.strip():
        return _missing(page, titles)
    exact = [item for item, title in titles if title == words]
    found = exact or [item for item, title in titles if words in title]
    found = found or [item for item, title in titles if all(f" {word} " in title for word in words.split())]
    if len(found) == 1:
        return found[0]
    return _ambiguous(page, found) if found else _missing(page, titles)


def _words(text: str) -> str:
    """Return the normalised words of a text, each between spaces, for comparison."""
    return f" {' '.join(_WORD.findall(normalise_headline(text)))} "


def _by_file(archive: Archive, site: Path, page: str) -> Item | None:
    content = (site / CONTENT_FOLDER).resolve()
    for path in (Path(page), site / page, content / page):
        resolved = path.resolve()
        if resolved.is_relative_to(content):
            relative = resolved.relative_to(content).as_posix()
            if item := next(archive.items([relative]), None):
                return item
    return None


def _by_url(archive: Archive, config: Config, page: str) -> Item | None:
    """Find by `https://…/2026/02/05/slug/`, by its path alone, or by an edition with `#id`."""
    if "/" not in page:
        return None
    parts = urlsplit(page)
    if parts.fragment and (item := archive.by_id(parts.fragment)):
        return item
    path = unquote(parts.path)
    if not path.startswith("/"):
        path = f"/{path}"
    path = path if _ITEM_PATH.fullmatch(path) else f"/{path.removeprefix(config.base_path)}"
    if not (found := _ITEM_PATH.fullmatch(path)):
        return None
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
    of_day = (item for item in _until(archive.items_since(day), day) if item.slug == found[4])
    return min(of_day, key=lambda item: item.version_of, default=None)


def _until(items: Iterable[Item], day: date) -> Iterable[Item]:
    """Yield the items up to `day`; they are sorted by day."""
    for item in items:
        if item.day > day:
            return
        yield item


def _missing(page: str, titles: list[tuple[Item, str]]) -> Issue:
    near = difflib.get_close_matches(normalise_headline(page), [title.strip() for _, title in titles], 1, 0.5)
    item = next((item for item, title in titles if near and title.strip() == near[0]), None)
    hint = "name it by its id, file or URL, or by words that only its headline has"
    hint = f"did you mean {item.title!r} ({item.id})?" if item else hint
    return issue("page-not-found", "", f"no page is called `{page}`", hint)


def _ambiguous(page: str, found: list[Item]) -> Issue:
    shown = "; ".join(f"{item.id} {item.title!r}" for item in found[:_MAX_SHOWN])
    more = f"; and {len(found) - _MAX_SHOWN} more" if len(found) > _MAX_SHOWN else ""
    message = f"`{page}` means {len(found)} pages: {shown}{more}"
    return issue("page-ambiguous", "", message, "give more words of the headline, or the id")
