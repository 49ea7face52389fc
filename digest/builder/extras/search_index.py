"""The index of the search: made anew when what can be found changed, kept as it is when not, taken away when unwanted.

What can be found follows from the cards in the group `search`, and so from what the public may see. A digest of all of
it is the mark of each file of the index.
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
from digest.builder.state.database import PageRow, State
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
"""The files of an index, among those of the output."""
FOLDER = "pagefind"
_OTHERWISE = "wasm.unknown.pagefind"
"""What reads the words of a language that Pagefind does not know."""
_NEEDED = ("pagefind.", "pagefind-worker.js", ENTRANCE, "wasm.", "fragment/", "filter/", "index/")
"""What our script loads, and what that loads; the rest are search boxes of other looks."""


def stage_index(
    request: BuildRequest, state: State, stage: Stage, context: Context, touched: Collection[Group], read: ReadGroup,
    damaged: Collection[str],
) -> tuple[list[str], tuple[Issue, ...]]:  # fmt: skip
    """The files of the index that are new in the stage, and what went wrong."""
    there = {row.url: row for row in state.pages((KIND,))}
    if not context.search_indexer:
        state.remove_pages(there.values())
        return [], ()
    whole = bool(there) and there.keys().isdisjoint(damaged)
    if whole and SEARCH not in touched:
        return [], ()
    entries = tuple(card for card in read(SEARCH, 0) if isinstance(card, EntryCard))
    mark = _mark(entries, context)
    if whole and all(row.page_key == mark for row in there.values()):
        return [], ()
    try:
        made = sorted_index(index_of(_records(entries, context, request.site / CONTENT), _language(context)))
    except (IndexingError, LookupError, OSError, ValueError) as error:
        state.remove_pages(there.values())  # as it was it might hold what has been taken back since
        hint = "try `python -m pagefind_bin --version`; if that fails, install `pagefind_bin` anew"
        return [], (issue("search-failed", CONFIG, f"Pagefind made no index: {error}", hint),)
    return _staged(state, stage, made, mark, there), ()


def _staged(
    state: State, stage: Stage, made: Mapping[str, bytes], mark: bytes, there: Mapping[str, PageRow]
) -> list[str]:
    """What the index consists of; the file that names the others comes after them."""
    names = {name for name in made if name.startswith(_NEEDED)}
    if len([name for name in names if name.startswith("wasm.")]) > 1:
        names.discard(_OTHERWISE)
    fresh, gone = list[str](), dict(there)
    for name in sorted(names, key=lambda name: (name == ENTRANCE, name)):
        file = f"{FOLDER}/{name}"
        page = Page(KIND, name, f"/{file}")
        row, is_fresh = stage_file(stage, RenderJob(page, file, "", mark, media_type(file)), made[name])
        state.put_pages([row])
        gone.pop(page.url, None)
        fresh += [file] if is_fresh else []
    state.remove_pages(gone.values())
    return fresh


def _language(context: Context) -> str:
    return context.site.language.partition("-")[0]


def _mark(entries: Sequence[EntryCard], context: Context) -> bytes:
    """Changes with anything that the index is made of."""
    digest = hashlib.blake2b(f"{context.search_indexer} {_language(context)}".encode(), digest_size=16)
    for entry in entries:
        digest.update(msgspec.json.encode((entry.card.url, entry.body_digest, _html_of(entry, "", context))))
    return digest.digest()


def _records(entries: Iterable[EntryCard], context: Context, content: Path) -> Iterator[Record]:
    for entry in entries:
        body = html_of(body_of((content / entry.body).read_bytes())) if entry.body else ""
        yield Record(entry.card.url, _html_of(entry, body, context))


def _html_of(entry: EntryCard, body: str, context: Context) -> str:
    """An entry as Pagefind reads it: title, summary and text, with what results show and what they are chosen by."""
    card, day = entry.card, entry.card.day.isoformat()
    chosen = [("region", slug) for slug in card.regions] + [("category", slug) for slug in card.categories]
    chosen += [("year", day[:4]), ("month", month_of(card.day))]
    shown = (
        ("day", day),
        ("date", format_short_day(card.day, context.site.language)),
        ("region", context.region(card.regions[0]).name),
    )
    told = "".join(f'<i data-pagefind-filter="{name}:{escape(value)}"></i>' for name, value in chosen)
    told += "".join(f'<i data-pagefind-meta="{name}:{escape(value)}"></i>' for name, value in shown)
    return (
        f"<!doctype html><html><head><title>{escape(card.title)}</title></head><body data-pagefind-body>"
        f'<h1 data-pagefind-meta="title">{escape(card.title)}</h1><p>{escape(entry.summary)}</p>{body}'
        f'{told}<i data-pagefind-sort="date:{escape(card.order)}"></i></body></html>'
    )
