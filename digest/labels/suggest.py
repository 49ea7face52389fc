"""Terms for the publisher's own table, learnt from the pages whose labels an editor changed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from digest.labels.grammar import SILENT
from digest.labels.tokens import text_of
from digest.model import Labeller, Labels, Taxonomy, Term

_LONGEST = 3
_LEAST_SEEN = 2


class Corrected(Struct, frozen=True, kw_only=True):
    """A page as an editor left it: its id, its headline, the labels that are right."""

    id: str
    headline: str
    region: str
    category: str


class Suggestion(Struct, frozen=True, kw_only=True):
    """A term with the pages (ids) that it would set right and those that it would set wrong."""

    term: Term
    right: tuple[str, ...]
    wrong: tuple[str, ...]


def suggest(corrected: Sequence[Corrected], labeller: Labeller, taxonomy: Taxonomy) -> tuple[Suggestion, ...]:
    """The terms that would set most pages right, best first, each with all that it would move.

    `corrected` holds every page whose labels an editor has seen, also those that were right; `labeller` is the engine
    of `taxonomy`. A term of one to three words is proposed when at least two pages that hold it were wrong in the same
    way, and more of those that hold it would be right than wrong.
    """
    now = {page.id: labeller.label(page.headline) for page in corrected}
    holding: dict[str, list[Corrected]] = defaultdict(list)
    for page in corrected:
        for words in _phrases(page.headline):
            holding[words].append(page)
    known = {term.match.lower() for term in taxonomy.terms}
    found: dict[tuple[str, tuple[str, ...]], Suggestion] = {}
    for words, pages in sorted(holding.items(), key=lambda pair: (-pair[0].count(" "), pair[0])):
        for field in ("region", "category"):
            made = _suggestion(words, pages, field, now)
            if made and words not in known:
                found.setdefault((field, made.right), made)
    return tuple(sorted(found.values(), key=lambda s: (len(s.wrong) - len(s.right), len(s.wrong), s.term.match)))


def _suggestion(words: str, pages: Sequence[Corrected], field: str, now: Mapping[str, Labels]) -> Suggestion | None:
    """The best label of one field for a phrase, if it mends more than it breaks."""
    mended: dict[str, list[str]] = defaultdict(list)
    for page in pages:
        wanted = getattr(page, field)
        if getattr(now[page.id], field) != wanted:
            mended[wanted].append(page.id)
    if not mended:
        return None
    label = max(sorted(mended), key=lambda slug: len(mended[slug]))
    right = tuple(mended[label])
    wrong = tuple(p.id for p in pages if getattr(p, field) != label and getattr(now[p.id], field) == getattr(p, field))
    if len(right) < _LEAST_SEEN or len(wrong) >= len(right):
        return None
    term = Term(match=words, region=label) if field == "region" else Term(match=words, category=label)
    return Suggestion(term=term, right=right, wrong=wrong)


def _phrases(headline: str) -> Iterator[str]:
    """The phrases of one to three words that neither begin nor end with a word that says nothing, each once."""
    keys = text_of(headline).keys
    seen: set[str] = set()
    for start in range(len(keys)):
        for end in range(start + 1, min(start + _LONGEST, len(keys)) + 1):
            words = " ".join(keys[start:end])
            if keys[start] not in SILENT and keys[end - 1] not in SILENT and words not in seen:
                seen.add(words)
                yield words
