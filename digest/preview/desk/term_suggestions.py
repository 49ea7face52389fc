"""After a label was changed: the term that would have got it right, and every headline that it would move."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Literal

import msgspec
from msgspec import Struct

from digest.labels import Corrected, Engine, Suggestion, drafts_of, tried
from digest.labels.engines import engine_named
from digest.model import Item, Labeller, Term
from digest.preview.desk.entry_files import EntryFiles
from digest.preview.desk.entry_index import EntryIndex
from digest.preview.desk.queue import has_imported_labels

Field = Literal["region", "category"]
WINDOW_DAYS = 14
_MOST_TRIED = 8
_ENOUGH = 3
_FEW = 6
_MOST_NAMED = 20


class AffectedHeadline(Struct, frozen=True, kw_only=True):
    """A headline that a term would move: to what is `right` or `wrong`, or `moved` where no editor has seen it."""

    entry: str
    title: str
    how: str


class TermSuggestion(Struct, frozen=True, kw_only=True):
    """A term for digest.toml. `moves` are at most twenty of `count` headlines."""

    term: Term
    field: str
    count: int
    wrong: int
    moves: tuple[AffectedHeadline, ...]


class SuggestionJob(Struct, frozen=True, kw_only=True):
    """What is to be learnt of one page, all read that is needed: what comes of it is worked out later, elsewhere.

    `names` has the entry and the headline of each page.
    """

    field: Field
    candidates: tuple[Suggestion, ...] = ()
    reviewed: tuple[Corrected, ...] = ()
    unreviewed: tuple[Corrected, ...] = ()
    headlines: dict[str, tuple[str, str]] = {}
    labeller: Labeller
    labeller_with: Callable[[Term], Labeller]

    def suggestions(self) -> tuple[TermSuggestion, ...]:
        """The terms that tell the label, the best first."""
        found: list[Suggestion] = []
        for draft in self.candidates:
            one = tried(draft, self.reviewed, self.unreviewed, self.labeller, self.labeller_with, least=1)
            if one and self.reviewed[0].id in one.right:
                found.append(one)
        found.sort(key=_worth)
        return tuple(_lesson(self.headlines, one) for one in found[:_ENOUGH])


def suggestion_job(index: EntryIndex, entry: EntryFiles, field: Field) -> SuggestionJob:
    """What is to be learnt of an entry's label; nothing where the text says it already."""
    config, labeller = index.config, index.labeller
    taxonomy = config.taxonomy
    page = _corrected(index, entry.latest.item)

    def teach(term: Term) -> Labeller:
        if isinstance(labeller, Engine):
            return labeller.taught(term)
        return engine_named(config.labels.engine, msgspec.structs.replace(taxonomy, terms=(*taxonomy.terms, term)))

    if getattr(page.labels(labeller), field) == getattr(page, field):
        return SuggestionJob(field=field, labeller=labeller, labeller_with=teach)
    drafts = drafts_of(page, field, taxonomy)[:_MOST_TRIED]
    seen, others = _pages(index, page, [draft.term.match for draft in drafts])
    return SuggestionJob(
        field=field,
        candidates=drafts,
        reviewed=tuple(seen),
        unreviewed=tuple(others),
        headlines={one.id: (index.resolve_id(one.id), one.headline) for one in (*seen, *others)},
        labeller=labeller,
        labeller_with=teach,
    )


def _worth(one: Suggestion) -> tuple[int, int]:
    """Sorts first what breaks nothing, then what moves a few others: what moves none teaches nothing, many is much."""
    moved = len(one.moved) + len(one.right) - 1
    return len(one.wrong), 0 if 0 < moved <= _FEW else 1 if moved == 0 else moved


def _pages(shelf: EntryIndex, page: Corrected, phrases: Sequence[str]) -> tuple[list[Corrected], list[Corrected]]:
    """The pages of the last days that hold one of the phrases: those that an editor has seen, and all others."""
    seen, others = [page], list[Corrected]()
    for item in _recent(shelf):
        if item.id == page.id or not any(_may_hold(item, phrase) for phrase in phrases):
            continue
        other = _corrected(shelf, item)
        if any(map(other.holds, phrases)):
            (others if has_imported_labels(item) else seen).append(other)
    return seen, others


def _may_hold(item: Item, phrase: str) -> bool:
    """A quick look at what is true of a headline, summary or first paragraph that holds a phrase."""
    text = f"{item.title} {item.summary} {item.standfirst}".casefold()
    return all(word[:3] in text for word in phrase.split())


def _recent(shelf: EntryIndex) -> Iterator[Item]:
    newest = max((line.day for line in shelf.items_by_path.values()), default=None)
    if newest is None:
        return iter(())
    since = newest - timedelta(days=WINDOW_DAYS)
    return shelf.load_items(line.path for line in shelf.items_by_path.values() if line.day >= since)


def _corrected(shelf: EntryIndex, item: Item) -> Corrected:
    try:
        body = shelf.archive.read_body(item.path) if item.body else ""
    except OSError:  # it went away since the build
        body = ""
    return Corrected(
        id=item.id,
        headline=item.title,
        region=item.regions[0],
        category=item.categories[0],
        summary=item.summary,
        body=body,
    )


def _lesson(names: Mapping[str, tuple[str, str]], one: Suggestion) -> TermSuggestion:
    moves = [
        AffectedHeadline(entry=names[page][0], title=names[page][1], how=how)
        for how, pages in (("right", one.right), ("wrong", one.wrong), ("moved", one.moved))
        for page in pages
    ]
    return TermSuggestion(
        term=one.term, field=one.field, count=len(moves), wrong=len(one.wrong), moves=tuple(moves[:_MOST_NAMED])
    )
