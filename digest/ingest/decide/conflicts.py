"""What the wire still offers for pages that an editor has changed, and decisions on it.

Nothing is remembered of an offer: it follows from the page, its seals, and the last dump that said the headline.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import msgspec

from digest.content.merge import Side
from digest.content.rewrite import fields_in, paragraphs_in, parts_of
from digest.content.seals import body_seals, paragraph_seals, seal_of
from digest.content.store.scan import DUMPS, FOLDER
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
"""What a dump said by the keys of its headlines, the oldest first."""


def resolve_conflicts(site: Path, folder: ContentFolder, resolutions: Iterable[ConflictResolution]) -> Iterator[Issue]:
    """Carry out decisions; yields what is wrong. Raises OSError when a page cannot be written."""
    for take in resolutions:
        place = f"{FOLDER}/{take.page}"
        try:
            text = folder.read(take.page)
            settled = resolve_text(site, text, take.side)
        except FileNotFoundError:
            yield issue("page-not-found", place, "there is no such page", "name it by its file below content/")
            continue
        except ValueError as error:
            yield issue("page-unreadable", place, f"the page cannot be changed: {error}", "mend the page")
            continue
        if settled is None:
            hint = "only what import made, and whose dump is still in content/dumps/, has a wire to take from"
            yield issue("dump-missing", place, "no dump of this page is kept", hint)
        elif settled != text:
            folder.write(take.page, settled)


def resolve_text(site: Path, text: str, side: Side) -> str | None:
    """A page as it is with the wire's text, or with the editor's for good; None where no dump of it is kept.

    Raises ValueError as `rewrite` does.
    """
    sheet = last_wire_text(site, text)
    return update_page(text, sheet, None, side).text if sheet else None


def find_conflicts(site: Path, pages: Iterable[str]) -> Iterator[Issue]:
    """Where the wire says something else than an editor, for pages by their paths relative to the content folder."""
    folder, said = ContentFolder(site), dict[str, ItemsByKey]()
    for page in pages:
        try:
            text = folder.read(page)
            sheet = last_wire_text(site, text, said) if is_edited(text) else None
            offers = update_page(text, sheet, None).offers if sheet else ()
        except (FileNotFoundError, ValueError):
            continue
        for offer in offers:
            yield conflict_issue(page, offer)


def is_edited(text: str) -> bool:
    """Whether anything that can be offered is not as import left it. Raises ValueError as `rewrite` does."""
    fields, wire = fields_in(text), wire_of(fields_in(text))
    parted = paragraph_seals(paragraphs_in(parts_of(text).body)) != body_seals(wire.seals)
    return parted or any(seal_of(str(fields.get(f, ""))) != wire.seals.get(f, seal_of("")) for f in ("title", "byline"))


def last_wire_text(site: Path, text: str, cache: dict[str, ItemsByKey] | None = None) -> DraftItem | None:
    """What the wire said last of a page: the last article, else the last brief; None where no dump of it is kept.

    `known` keeps what was read of dumps, for many pages of the same.
    """
    dumps, keys = dumps_and_keys(text)
    brief: DraftItem | None = None
    title: DraftItem | None = None
    takes: dict[int, DraftItem] = {}
    for dump in reversed(dumps):
        for sheet in _said(site / FOLDER / DUMPS / dump, keys, {} if cache is None else cache):
            if restores_withdrawn(text, sheet):
                continue
            if sheet.marked.take:
                takes.setdefault(sheet.marked.take, sheet)
            elif sheet.paragraphs:
                return _under(title, _whole(takes | {1: sheet}))
            elif sheet.marked.has(*REPLACEMENT_KINDS):
                title = title or sheet
            brief = brief or sheet
    return _under(title, _whole(takes)) if takes else brief


def _whole(takes: dict[int, DraftItem]) -> DraftItem:
    """All takes of an article as one."""
    parts = [takes[number] for number in sorted(takes)]
    return msgspec.structs.replace(
        parts[0],
        paragraphs=tuple(p for part in parts for p in part.paragraphs),
        seals=tuple(seal for part in parts for seal in part.seals),
    )


def _under(title: DraftItem | None, article: DraftItem) -> DraftItem:
    """An article under the headline that came after it in the place of its own."""
    if title is None:
        return article
    wire = msgspec.structs.replace(article.wire, headline=title.wire.headline)
    return msgspec.structs.replace(article, wire=wire, key=title.key)


def _said(path: Path, keys: Iterable[str], known: dict[str, ItemsByKey]) -> Iterator[DraftItem]:
    """What a dump said under some keys, the newest first; nothing where it is gone."""
    if path.name not in known:
        known[path.name] = _read(path)
    return (sheet for key in keys for sheet in reversed(known[path.name].get(key, ())))


def _read(path: Path) -> ItemsByKey:
    found: ItemsByKey = {}
    named = parse_dump_name(path.name)
    day = named.day if named else date.min
    try:
        source = FileSource(path)
    except OSError:
        return found
    try:
        for wire in items(source, scan(source, name=path.name)):
            sheet = draft_of(parse_item(wire), path.name, day.isoformat(), "")
            if not sheet.marked.has_no_headline:
                found.setdefault(sheet.key, []).append(sheet)
    finally:
        source.close()
    return found
