"""Merge conflicts: texts of the wire that differ from what an editor wrote, and the decisions on them.

Conflicts are stored nowhere. They follow from the page, its seals, and the last dump with its headline.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import msgspec

from digest.content.merge import Side
from digest.content.rewrite import page_parts_of, raw_fields, split_paragraphs
from digest.content.seals import body_seals, paragraph_seals, seal_of
from digest.content.store.scan import CONTENT_FOLDER, DUMPS_FOLDER
from digest.ingest.archive.sources import FileSource
from digest.ingest.decide.intake import conflict_issue
from digest.ingest.decide.updates import dumps_and_keys, restores_withdrawn, update_page, wire_of
from digest.ingest.draft.item import DraftItem, draft_of, parse_item
from digest.ingest.markers.parse import REPLACEMENT_KINDS
from digest.ingest.options import ConflictResolution
from digest.ingest.write.content_folder import ContentFolder
from digest.issues import Issue, issue
from digest.wire import items, parse_dump_name, scan

ItemsByKey = dict[str, list[DraftItem]]
"""Items of a dump by headline key, the oldest first."""


def resolve_conflicts(site: Path, folder: ContentFolder, resolutions: Iterable[ConflictResolution]) -> Iterator[Issue]:
    """Apply decisions and yield an issue for each that cannot be applied. Raises OSError on a failed write."""
    for resolution in resolutions:
        place = f"{CONTENT_FOLDER}/{resolution.page}"
        try:
            text = folder.read(resolution.page)
            resolved = resolve_text(site, text, resolution.side)
        except FileNotFoundError:
            yield issue("page-not-found", place, "there is no such page", "give its path below content/")
            continue
        except ValueError as error:
            yield issue("page-unreadable", place, f"the page cannot be changed: {error}", "correct the page")
            continue
        if resolved is None:
            hint = "only an imported page whose dump is in content/dumps/ has a text of the wire"
            yield issue("dump-missing", place, "no dump of this page is kept", hint)
        elif resolved != text:
            folder.write(resolution.page, resolved)


def resolve_text(site: Path, text: str, side: Side) -> str | None:
    """Return a page with all its conflicts decided for one side; None if no dump of the page is kept.

    Raises ValueError as `rewrite` does.
    """
    draft = last_wire_text(site, text)
    return update_page(text, draft, None, side).text if draft else None


def find_conflicts(site: Path, pages: Iterable[str]) -> Iterator[Issue]:
    """Yield an issue for each conflict in pages, given by their paths relative to the content folder."""
    folder, cache = ContentFolder(site), dict[str, ItemsByKey]()
    for page in pages:
        try:
            text = folder.read(page)
            draft = last_wire_text(site, text, cache) if is_edited(text) else None
            offers = update_page(text, draft, None).offers if draft else ()
        except (FileNotFoundError, ValueError):
            continue
        for offer in offers:
            yield conflict_issue(page, offer)


def is_edited(text: str) -> bool:
    """Return True if an editor changed title, byline or body of a page. Raises ValueError as `rewrite` does."""
    fields, wire = raw_fields(text), wire_of(raw_fields(text))
    if paragraph_seals(split_paragraphs(page_parts_of(text).body)) != body_seals(wire.seals):
        return True
    return any(seal_of(str(fields.get(f, ""))) != wire.seals.get(f, seal_of("")) for f in ("title", "byline"))


def last_wire_text(site: Path, text: str, cache: dict[str, ItemsByKey] | None = None) -> DraftItem | None:
    """Return the last item of the wire for a page: the last article, else the last brief; None without a kept dump.

    The takes of an article are joined. `cache` keeps the parsed dumps between calls.
    """
    dumps, keys = dumps_and_keys(text)
    brief: DraftItem | None = None
    headline: DraftItem | None = None
    takes: dict[int, DraftItem] = {}
    for dump in reversed(dumps):
        for item in _items_in_dump(site / CONTENT_FOLDER / DUMPS_FOLDER / dump, keys, {} if cache is None else cache):
            if restores_withdrawn(text, item):
                continue
            if item.marked.take:
                takes.setdefault(item.marked.take, item)
            elif item.paragraphs:
                return _with_headline(_joined(takes | {1: item}), headline)
            elif item.marked.has(*REPLACEMENT_KINDS):
                headline = headline or item
            brief = brief or item
    return _with_headline(_joined(takes), headline) if takes else brief


def _joined(takes: dict[int, DraftItem]) -> DraftItem:
    """Join the takes of an article, given by number, into one item."""
    parts = [takes[number] for number in sorted(takes)]
    return msgspec.structs.replace(
        parts[0],
        paragraphs=tuple(p for part in parts for p in part.paragraphs),
        seals=tuple(seal for part in parts for seal in part.seals),
    )


def _with_headline(article: DraftItem, headline: DraftItem | None) -> DraftItem:
    """Return an article with the headline of a later item that replaced its headline alone."""
    if headline is None:
        return article
    wire = msgspec.structs.replace(article.wire, headline=headline.wire.headline)
    return msgspec.structs.replace(article, wire=wire, key=headline.key)


def _items_in_dump(path: Path, keys: Iterable[str], cache: dict[str, ItemsByKey]) -> Iterator[DraftItem]:
    """Yield the items of a dump with these keys, per key the newest first; none if the dump is gone."""
    if path.name not in cache:
        cache[path.name] = _parse_dump(path)
    return (item for key in keys for item in reversed(cache[path.name].get(key, ())))


def _parse_dump(path: Path) -> ItemsByKey:
    by_key: ItemsByKey = {}
    parsed = parse_dump_name(path.name)
    day = parsed.day if parsed else date.min
    try:
        source = FileSource(path)
    except OSError:
        return by_key
    try:
        for wire in items(source, scan(source, name=path.name)):
            item = draft_of(parse_item(wire), path.name, day.isoformat(), "")
            if not item.marked.has_no_headline:
                by_key.setdefault(item.key, []).append(item)
    finally:
        source.close()
    return by_key
