"""Suggested terms for a site's own table, learned from the pages whose labels an editor changed."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

import msgspec
from msgspec import Struct

from digest.labels.text.function_words import STOP_WORDS
from digest.labels.text.tokenizer import text_of
from digest.model import Labeller, Labels, Taxonomy, Term

_MAX_PHRASE_WORDS = 3
_MIN_PAGES = 2
_WEIGHTS = (1.0, 2.0)
_MAX_BODY_WORDS = 160


class CorrectedPage(Struct, frozen=True, kw_only=True):
    """A page as an editor left it: its id, its text, and its correct labels."""

    id: str
    headline: str
    region: str
    category: str
    summary: str = ""
    body: str = ""

    def labels(self, labeller: Labeller) -> Labels:
        """Return the labels that `labeller` infers from the text."""
        return labeller.label(self.headline, self.summary, self.body)

    def contains(self, words: str) -> bool:
        """Return True when the text that labellers read contains these words (in the form of `key_of`)."""
        keys = (*text_of(self.headline).keys, "", *text_of(self.summary).keys, "", *_body_words(self.body))
        return f" {words} " in f" {' '.join(keys)} "


class Suggestion(Struct, frozen=True, kw_only=True):
    """A term with its effect: ids of corrected pages that it fixes or breaks, of unreviewed pages that it changes."""

    term: Term
    fixed: tuple[str, ...]
    broken: tuple[str, ...]
    changed: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        """Field of the label: region or category."""
        return "region" if self.term.region else "category"


def suggest(corrected: Sequence[CorrectedPage], labeller: Labeller, taxonomy: Taxonomy) -> tuple[Suggestion, ...]:
    """Return terms that would fix most pages if each decided alone, best first. `evaluate` checks the real effect.

    `corrected` holds every page whose labels an editor has reviewed, also those that were right; `labeller` is the
    engine of `taxonomy`. A term of one to three words is proposed when at least two pages that contain it were wrong in
    the same way, and it would fix more pages than it would break.
    """
    inferred = {page.id: page.labels(labeller) for page in corrected}
    pages_by_phrase: dict[str, list[CorrectedPage]] = defaultdict(list)
    for page in corrected:
        for words in _phrases(page.headline):
            pages_by_phrase[words].append(page)
    known = {term.match.lower() for term in taxonomy.terms}
    suggestions: dict[tuple[str, tuple[str, ...]], Suggestion] = {}
    for words, pages in sorted(pages_by_phrase.items(), key=lambda pair: (-pair[0].count(" "), pair[0])):
        for field in ("region", "category"):
            suggestion = _suggestion(words, pages, field, inferred)
            if suggestion and words not in known:
                suggestions.setdefault((field, suggestion.fixed), suggestion)
    return tuple(sorted(suggestions.values(), key=_suggestion_order))


def evaluate(
    candidate: Suggestion,
    corrected: Sequence[CorrectedPage],
    unreviewed: Sequence[CorrectedPage],
    labeller: Labeller,
    with_term: Callable[[Term], Labeller],
    min_pages: int = _MIN_PAGES,
) -> Suggestion | None:
    """Return a candidate with the smallest weight that fixes its pages, and with its effect on every page.

    `unreviewed` are pages whose labels no editor has seen; `with_term` returns `labeller` with one more term. Returns
    None for a term that fixes fewer than `min_pages` pages or not more than it breaks: a stronger term stands beside
    it, or the labeller ignores terms.
    """
    words, field = candidate.term.match, candidate.field
    reviewed = [(page, getattr(page.labels(labeller), field)) for page in corrected if page.contains(words)]
    others = [(page, getattr(page.labels(labeller), field)) for page in unreviewed if page.contains(words)]
    result = candidate
    for weight in _WEIGHTS:
        term = msgspec.structs.replace(candidate.term, weight=weight)
        taught = with_term(term)
        after = [(page, before, getattr(page.labels(taught), field)) for page, before in reviewed]
        result = Suggestion(
            term=term,
            fixed=tuple(p.id for p, before, now in after if before != getattr(p, field) == now),
            broken=tuple(p.id for p, before, now in after if before == getattr(p, field) != now),
            changed=tuple(p.id for p, before in others if before != getattr(p.labels(taught), field)),
        )
        if set(candidate.fixed) <= set(result.fixed):
            break
    return result if len(result.fixed) >= max(min_pages, len(result.broken) + 1) else None


def candidate_terms(page: CorrectedPage, field: str, taxonomy: Taxonomy) -> tuple[Suggestion, ...]:
    """Return terms from a headline that could set one label (`region` or `category`): names first."""
    known = {term.match.lower() for term in taxonomy.terms}
    text = text_of(page.headline)
    # The first word of a headline always has a capital.
    names = {key for key, form in zip(text.keys[1:], text.forms[1:], strict=True) if form[:1].isupper()}
    label = getattr(page, field)
    candidates = [
        Suggestion(term=_term(words, field, label), fixed=(page.id,), broken=())
        for words in _phrases(page.headline)
        if words not in known
    ]
    return tuple(sorted(candidates, key=lambda candidate: _candidate_order(candidate.term.match.split(), names)))


def _candidate_order(words: Sequence[str], names: Collection[str]) -> tuple[bool, int, int]:
    """Sort key: first the terms that are likely to fit other headlines (names, one or two words, long words)."""
    return (
        not any(word in names for word in words),
        len(words) == _MAX_PHRASE_WORDS,
        -sum(map(len, words)) // len(words),
    )


def without_redundant(suggestions: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
    """Return the suggestions, best first, without those that fix only pages that a better one fixes."""
    kept: list[Suggestion] = []
    fixed: set[tuple[str, str]] = set()
    for suggestion in sorted(suggestions, key=_suggestion_order):
        pages = {(suggestion.field, page) for page in suggestion.fixed}
        if not pages <= fixed:
            kept.append(suggestion)
            fixed |= pages
    return tuple(kept)


def _suggestion_order(suggestion: Suggestion) -> tuple[int, int, int, str, str]:
    """Sort key: most pages fixed (less those broken), fewest broken, fewest unreviewed pages changed."""
    fixed, broken, term = len(suggestion.fixed), len(suggestion.broken), suggestion.term
    return broken - fixed, broken, len(suggestion.changed), term.match, suggestion.field


def _body_words(body: str) -> tuple[str, ...]:
    return text_of(body, _MAX_BODY_WORDS).keys if body else ()


def _term(words: str, field: str, label: str) -> Term:
    return Term(match=words, region=label) if field == "region" else Term(match=words, category=label)


def _suggestion(
    words: str, pages: Sequence[CorrectedPage], field: str, inferred: Mapping[str, Labels]
) -> Suggestion | None:
    """Return the best label of one field for a phrase, or None if it would not fix more pages than it breaks."""
    fixable: dict[str, list[str]] = defaultdict(list)
    for page in pages:
        correct = getattr(page, field)
        if getattr(inferred[page.id], field) != correct:
            fixable[correct].append(page.id)
    if not fixable:
        return None
    label = max(sorted(fixable), key=lambda slug: len(fixable[slug]))
    fixed = tuple(fixable[label])
    broken = tuple(
        p.id for p in pages if getattr(p, field) != label and getattr(inferred[p.id], field) == getattr(p, field)
    )
    if len(fixed) < _MIN_PAGES or len(broken) >= len(fixed):
        return None
    return Suggestion(term=_term(words, field, label), fixed=fixed, broken=broken)


def _phrases(headline: str) -> Iterator[str]:
    """Yield each phrase of one to three words that neither begins nor ends with a stop word, once."""
    keys = text_of(headline).keys
    seen: set[str] = set()
    for start in range(len(keys)):
        for end in range(start + 1, min(start + _MAX_PHRASE_WORDS, len(keys)) + 1):
            words = " ".join(keys[start:end])
            if keys[start] not in STOP_WORDS and keys[end - 1] not in STOP_WORDS and words not in seen:
                seen.add(words)
                yield words
