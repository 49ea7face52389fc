"""Search index: rebuilt when a searchable entry changed, removed when the site has no search.

Searchable are the cards in the group `search`, so only what the public may see. The page key of each index file is a
digest of all of them.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path

import msgspec

from digest.builder.commit.stage import Stage
from digest.builder.commit.staging import stage_file
from digest.builder.extras.pagefind import IndexingError, Record, index_of
from digest.builder.extras.pagefind_order import ENTRANCE, sorted_index
from digest.builder.incremental.plan import RenderJob
from digest.builder.request import BuildRequest
from digest.builder.state.database import State
from digest.builder.state.schema import PageRow
from digest.config import NAME as CONFIG
from digest.content.markdown.body import html_of
from digest.content.page import body_of
from digest.content.store.scan import CONTENT_FOLDER as CONTENT
from digest.issues import Issue, issue
from digest.site.cards import EntryCard
from digest.site.context import Context
from digest.site.dates import format_short_day
from digest.site.groups import SEARCH, Group, Page, ReadGroup, month_of
from digest.theme import media_type

KIND = "search-index"
"""Kind of index files in the state."""
FOLDER = "pagefind"
_OTHERWISE = "wasm.unknown.pagefind"
"""Stemmer for languages that Pagefind does not know."""
_NEEDED = ("pagefind.", "pagefind-worker.js", ENTRANCE, "wasm.", "fragment/", "filter/", "index/")
"""Files that our script loads; the others are ready-made search boxes."""


def stage_index(
    request: BuildRequest, state: State, stage: Stage, context: Context, touched: Collection[Group], read: ReadGroup,
    damaged: Collection[str],
) -> tuple[list[str], tuple[Issue, ...]]:  # fmt: skip
    """Stage the index. Return the files that are new in the stage, and issues."""
    old_rows = {row.url: row for row in state.pages((KIND,))}
    if not context.search_indexer:
        state.remove_pages(old_rows.values())
        return [], ()
    is_complete = bool(old_rows) and old_rows.keys().isdisjoint(damaged)
    if is_complete and SEARCH not in touched:
        return [], ()
    entries = tuple(card for card in read(SEARCH, 0) if isinstance(card, EntryCard))
    digest = _mark(entries, context)
    if is_complete and all(row.page_key == digest for row in old_rows.values()):
        return [], ()
    try:
        files = sorted_index(index_of(_records(entries, context, request.site / CONTENT), _language(context)))
    except (IndexingError, LookupError, OSError, ValueError) as error:
        state.remove_pages(old_rows.values())  # the old index may contain withdrawn text
        hint = "try `python -m pagefind_bin --version`; if that fails, install `pagefind_bin` anew"
        return [], (issue("search-failed", CONFIG, f"Pagefind failed: {error}", hint),)
    return _staged(state, stage, files, digest, old_rows), ()


def _staged(
    state: State, stage: Stage, files: Mapping[str, bytes], digest: bytes, old_rows: Mapping[str, PageRow]
) -> list[str]:
    """Stage index files; the entry file, which names the others, comes last."""
    names = {name for name in files if name.startswith(_NEEDED)}
    if len([name for name in names if name.startswith("wasm.")]) > 1:
        names.discard(_OTHERWISE)
    fresh, gone = list[str](), dict(old_rows)
    for name in sorted(names, key=lambda name: (name == ENTRANCE, name)):
        file = f"{FOLDER}/{name}"
        page = Page(KIND, name, f"/{file}")
        row, is_fresh = stage_file(stage, RenderJob(page, file, "", digest, media_type(file)), files[name])
        state.put_pages([row])
        gone.pop(page.url, None)
        fresh += [file] if is_fresh else []
    state.remove_pages(gone.values())
    return fresh


def _language(context: Context) -> str:
    return context.site.language.partition("-")[0]


def _mark(entries: Sequence[EntryCard], context: Context) -> bytes:
    """Return a digest of everything in the index."""
    digest = hashlib.blake2b(f"{context.search_indexer} {_language(context)}".encode(), digest_size=16)
    for entry in entries:
        digest.update(msgspec.json.encode((entry.card.url, entry.body_digest, _html_of(entry, "", context))))
    return digest.digest()


def _records(entries: Iterable[EntryCard], context: Context, content: Path) -> Iterator[Record]:
    for entry in entries:
        body = html_of(body_of((content / entry.body).read_bytes())) if entry.body else ""
        yield Record(entry.card.url, _html_of(entry, body, context))


def _html_of(entry: EntryCard, body: str, context: Context) -> str:
    """Return an entry as HTML for Pagefind: title, summary and text, with metadata and filters."""
    card, day = entry.card, entry.card.day.isoformat()
    filters = [("region", slug) for slug in card.regions] + [("category", slug) for slug in card.categories]
    filters += [("year", day[:4]), ("month", month_of(card.day))]
    metadata = (
        ("day", day),
        ("date", format_short_day(card.day, context.site.language)),
        ("region", context.region(card.regions[0]).name),
    )
    attributes = "".join(f'<i data-pagefind-filter="{name}:{escape(value)}"></i>' for name, value in filters)
    attributes += "".join(f'<i data-pagefind-meta="{name}:{escape(value)}"></i>' for name, value in metadata)
    return (
        f"<!doctype html><html><head><title>{escape(card.title)}</title></head><body data-pagefind-body>"
        f'<h1 data-pagefind-meta="title">{escape(card.title)}</h1><p>{escape(entry.summary)}</p>{body}'
        f'{attributes}<i data-pagefind-sort="date:{escape(card.order)}"></i></body></html>'
    )
