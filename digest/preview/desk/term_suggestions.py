"""Term suggestions after a label change: terms that would give the right label, and the headlines they would change."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import msgspec
from msgspec import Struct

from digest.labels import CorrectedPage, Engine, Suggestion, candidate_terms, evaluate
from digest.labels.engines import load_labeller
from digest.model import Item, Labeller, Term
from digest.preview.desk.entry_files import EntryFiles
from digest.preview.desk.entry_index import EntryIndex
from digest.preview.desk.queue import has_imported_labels

Field = Literal["region", "category"]
WINDOW_DAYS = 14
_MAX_CANDIDATES = 8
_MAX_SUGGESTIONS = 3
_FEW_HEADLINES = 6
_MAX_LISTED = 20


class AffectedHeadline(Struct, frozen=True, kw_only=True):
    """A headline whose label a term would change.

    `effect` is `right` or `wrong` where an editor has chosen the label, `moved` where nobody has.
    """

    entry: str
    title: str
    effect: str


class TermSuggestion(Struct, frozen=True, kw_only=True):
    """A term for digest.toml. `affected` lists at most twenty of `count` headlines, `wrong` counts the wrong ones."""

    term: Term
    field: str
    count: int
    wrong: int
    affected: tuple[AffectedHeadline, ...]


class SuggestionJob(Struct, frozen=True, kw_only=True):
    """All data needed to suggest terms for one page, so that the slow part may run in another thread.

    `reviewed` are pages whose labels an editor has seen, first the page itself; `unreviewed` are other pages with one
    of the `candidates`. `headlines` has the entry id and the headline of each page. `labeller_with` returns the
    labeller with one more term.
    """

    field: Field
    candidates: tuple[Suggestion, ...] = ()
    reviewed: tuple[CorrectedPage, ...] = ()
    unreviewed: tuple[CorrectedPage, ...] = ()
    headlines: dict[str, tuple[str, str]] = {}
    labeller: Labeller
    labeller_with: Callable[[Term], Labeller]

    def suggestions(self) -> tuple[TermSuggestion, ...]:
        """Return the terms that give the page its label, best first. This takes a moment."""
        useful: list[Suggestion] = []
        for candidate in self.candidates:
            result = evaluate(candidate, self.reviewed, self.unreviewed, self.labeller, self.labeller_with, min_pages=1)
            if result and self.reviewed[0].id in result.fixed:
                useful.append(result)
        useful.sort(key=_sort_key)
        return tuple(_term_suggestion(self.headlines, one) for one in useful[:_MAX_SUGGESTIONS])


def suggestion_job(index: EntryIndex, entry: EntryFiles, field: Field) -> SuggestionJob:
    """Collect the data to suggest terms for a label of an entry; empty if the engine predicts that label already."""
    config, labeller = index.config, index.labeller
    taxonomy = config.taxonomy
    page = _corrected(index, entry.latest.item)

    def labeller_with(term: Term) -> Labeller:
        if isinstance(labeller, Engine):
            return labeller.with_term(term)
        return load_labeller(config.labels.engine, msgspec.structs.replace(taxonomy, terms=(*taxonomy.terms, term)))

    if getattr(page.labels(labeller), field) == getattr(page, field):
        return SuggestionJob(field=field, labeller=labeller, labeller_with=labeller_with)
    candidates = candidate_terms(page, field, taxonomy)[:_MAX_CANDIDATES]
    reviewed, unreviewed = _pages_with(index, page, [candidate.term.match for candidate in candidates])
    return SuggestionJob(
        field=field,
        candidates=candidates,
        reviewed=tuple(reviewed),
        unreviewed=tuple(unreviewed),
        headlines={one.id: (index.resolve_id(one.id), one.headline) for one in (*reviewed, *unreviewed)},
        labeller=labeller,
        labeller_with=labeller_with,
    )


def _sort_key(one: Suggestion) -> tuple[int, int]:
    """Sort by wrong labels first, then prefer terms that affect a few other headlines.

    A term without any other headline teaches little; a term with many is risky.
    """
    affected = len(one.changed) + len(one.fixed) - 1
    return len(one.broken), 0 if 0 < affected <= _FEW_HEADLINES else 1 if affected == 0 else affected


def _pages_with(
    index: EntryIndex, page: CorrectedPage, phrases: Sequence[str]
) -> tuple[list[CorrectedPage], list[CorrectedPage]]:
    """Return recent pages that contain one of the phrases: reviewed by an editor (`page` first), and unreviewed."""
    reviewed, unreviewed = [page], list[CorrectedPage]()
    for item in index.load_items(item.path for item in index.recent_items(WINDOW_DAYS)):
        if item.id == page.id or not any(_may_contain(item, phrase) for phrase in phrases):
            continue
        other = _corrected(index, item)
        if any(map(other.contains, phrases)):
            (unreviewed if has_imported_labels(item) else reviewed).append(other)
    return reviewed, unreviewed


def _may_contain(item: Item, phrase: str) -> bool:
    """Test quickly, without a tokenizer, whether headline, summary or first paragraph may contain a phrase.

    The result may be true by mistake, but never false.
    """
    text = f"{item.title} {item.summary} {item.standfirst}".casefold()
    return all(word[:3] in text for word in phrase.split())


def _corrected(index: EntryIndex, item: Item) -> CorrectedPage:
    return CorrectedPage(
        id=item.id,
        headline=item.title,
        region=item.regions[0],
        category=item.categories[0],
        summary=item.summary,
        body=index.body_of(item),
    )


def _term_suggestion(headlines: Mapping[str, tuple[str, str]], one: Suggestion) -> TermSuggestion:
    affected = [
        AffectedHeadline(entry=headlines[page][0], title=headlines[page][1], effect=effect)
        for effect, pages in (("right", one.fixed), ("wrong", one.broken), ("moved", one.changed))
        for page in pages
    ]
    return TermSuggestion(
        term=one.term,
        field=one.field,
        count=len(affected),
        wrong=len(one.broken),
        affected=tuple(affected[:_MAX_LISTED]),
    )
