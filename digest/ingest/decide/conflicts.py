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
from digest.ingest.decide.intake import conflict
from digest.ingest.decide.updates import brings_back, renewed, said_in, wire_of
from digest.ingest.draft.item import Sheet, read, sheet_of
from digest.ingest.markers.parse import IN_PLACE
from digest.ingest.options import Take
from digest.ingest.write.content_folder import Folder
from digest.issues import Issue, issue
from digest.wire import items, name_of, scan

Said = dict[str, list[Sheet]]
"""What a dump said by the keys of its headlines, the oldest first."""


def settle(site: Path, folder: Folder, takes: Iterable[Take]) -> Iterator[Issue]:
    """Carry out decisions; yields what is wrong. Raises OSError when a page cannot be written."""
    for take in takes:
        place = f"{FOLDER}/{take.page}"
        try:
            text = folder.read(take.page)
            settled = settled_text(site, text, take.side)
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


def settled_text(site: Path, text: str, side: Side) -> str | None:
    """A page as it is with the wire's text, or with the editor's for good; None where no dump of it is kept.

    Raises ValueError as `rewrite` does.
    """
    sheet = last_said(site, text)
    return renewed(text, sheet, None, side).text if sheet else None


def conflicts(site: Path, pages: Iterable[str]) -> Iterator[Issue]:
    """Where the wire says something else than an editor, for pages by their paths relative to the content folder."""
    folder, said = Folder(site), dict[str, Said]()
    for page in pages:
        try:
            text = folder.read(page)
            sheet = last_said(site, text, said) if is_touched(text) else None
            offers = renewed(text, sheet, None).offers if sheet else ()
        except (FileNotFoundError, ValueError):
            continue
        for offer in offers:
            yield conflict(page, offer)


def is_touched(text: str) -> bool:
    """Whether anything that can be offered is not as import left it. Raises ValueError as `rewrite` does."""
    fields, wire = fields_in(text), wire_of(fields_in(text))
    parted = paragraph_seals(paragraphs_in(parts_of(text).body)) != body_seals(wire.seals)
    return parted or any(seal_of(str(fields.get(f, ""))) != wire.seals.get(f, seal_of("")) for f in ("title", "byline"))


def last_said(site: Path, text: str, known: dict[str, Said] | None = None) -> Sheet | None:
    """What the wire said last of a page: the last article, else the last brief; None where no dump of it is kept.

    `known` keeps what was read of dumps, for many pages of the same.
    """
    dumps, keys = said_in(text)
    brief: Sheet | None = None
    title: Sheet | None = None
    takes: dict[int, Sheet] = {}
    for dump in reversed(dumps):
        for sheet in _said(site / FOLDER / DUMPS / dump, keys, {} if known is None else known):
            if brings_back(text, sheet):
                continue
            if sheet.marked.take:
                takes.setdefault(sheet.marked.take, sheet)
            elif sheet.paragraphs:
                return _under(title, _whole(takes | {1: sheet}))
            elif sheet.marked.has(*IN_PLACE):
                title = title or sheet
            brief = brief or sheet
    return _under(title, _whole(takes)) if takes else brief


def _whole(takes: dict[int, Sheet]) -> Sheet:
    """All takes of an article as one."""
    parts = [takes[number] for number in sorted(takes)]
    return msgspec.structs.replace(
        parts[0],
        paragraphs=tuple(p for part in parts for p in part.paragraphs),
        seals=tuple(seal for part in parts for seal in part.seals),
    )


def _under(title: Sheet | None, article: Sheet) -> Sheet:
    """An article under the headline that came after it in the place of its own."""
    if title is None:
        return article
    wire = msgspec.structs.replace(article.wire, headline=title.wire.headline)
    return msgspec.structs.replace(article, wire=wire, key=title.key)


def _said(path: Path, keys: Iterable[str], known: dict[str, Said]) -> Iterator[Sheet]:
    """What a dump said under some keys, the newest first; nothing where it is gone."""
    if path.name not in known:
        known[path.name] = _read(path)
    return (sheet for key in keys for sheet in reversed(known[path.name].get(key, ())))


def _read(path: Path) -> Said:
    found: Said = {}
    named = name_of(path.name)
    day = named.day if named else date.min
    try:
        source = FileSource(path)
    except OSError:
        return found
    try:
        for wire in items(source, scan(source, name=path.name)):
            sheet = sheet_of(read(wire), path.name, day.isoformat(), "")
            if not sheet.marked.alone:
                found.setdefault(sheet.key, []).append(sheet)
    finally:
        source.close()
    return found
