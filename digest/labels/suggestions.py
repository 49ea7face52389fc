"""Terms for the publisher's own table, learnt from the pages whose labels an editor changed."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

import msgspec
from msgspec import Struct

from digest.labels.text.function_words import SILENT
from digest.labels.text.tokenizer import text_of
from digest.model import Labeller, Labels, Taxonomy, Term

_LONGEST = 3
_LEAST_SEEN = 2
_LOUDNESS = (1.0, 2.0)
_WORDS_OF_BODY = 160


class Corrected(Struct, frozen=True, kw_only=True):
    """A page as an editor left it: its id, its text, the labels that are right."""

    id: str
    headline: str
    region: str
    category: str
    summary: str = ""
    body: str = ""

    def labels(self, labeller: Labeller) -> Labels:
        """Return the labels of its text."""
        return labeller.label(self.headline, self.summary, self.body)

    def holds(self, words: str) -> bool:
        """Return True when the text that labellers read has these words (in the form of `key_of`)."""
        whole = (*text_of(self.headline).keys, "", *text_of(self.summary).keys, "", *_begin(self.body))
        return f" {words} " in f" {' '.join(whole)} "


class Suggestion(Struct, frozen=True, kw_only=True):
    """A term with the pages (ids) that it would set right and wrong, and those that it moves and no editor has seen."""

    term: Term
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    moved: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        """Field of the label: region or category."""
        return "region" if self.term.region else "category"


def suggest(corrected: Sequence[Corrected], labeller: Labeller, taxonomy: Taxonomy) -> tuple[Suggestion, ...]:
    """The terms that would set most pages right if each of them decided, best first. `tried` says what they would do.

    `corrected` holds every page whose labels an editor has seen, also those that were right; `labeller` is the engine
    of `taxonomy`. A term of one to three words is proposed when at least two pages that hold it were wrong in the same
    way, and more of those that hold it would be right than wrong.
    """
    now = {page.id: page.labels(labeller) for page in corrected}
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
    return tuple(sorted(found.values(), key=_worth))


def tried(
    draft: Suggestion,
    corrected: Sequence[Corrected],
    others: Sequence[Corrected],
    labeller: Labeller,
    teach: Callable[[Term], Labeller],
    least: int = _LEAST_SEEN,
) -> Suggestion | None:
    """A draft as it holds: the least weight that does what it promises, and every page that would move with it.

    `others` are pages that no editor has seen; `teach` gives `labeller` with one term more. None for a term that mends
    fewer than `least` pages or not more than it breaks: something louder stands beside it, or the labeller knows no
    terms.
    """
    words, field = draft.term.match, draft.field
    seen = [(page, getattr(page.labels(labeller), field)) for page in corrected if page.holds(words)]
    unseen = [(page, getattr(page.labels(labeller), field)) for page in others if page.holds(words)]
    made = draft
    for weight in _LOUDNESS:
        term = msgspec.structs.replace(draft.term, weight=weight)
        taught = teach(term)
        after = [(page, was, getattr(page.labels(taught), field)) for page, was in seen]
        made = Suggestion(
            term=term,
            right=tuple(p.id for p, was, says in after if was != getattr(p, field) == says),
            wrong=tuple(p.id for p, was, says in after if was == getattr(p, field) != says),
            moved=tuple(p.id for p, was in unseen if was != getattr(p.labels(taught), field)),
        )
        if set(draft.right) <= set(made.right):
            break
    return made if len(made.right) >= max(least, len(made.wrong) + 1) else None


def drafts_of(page: Corrected, field: str, taxonomy: Taxonomy) -> tuple[Suggestion, ...]:
    """The terms that could have told one page's label (`region` or `category`): names first, then longer phrases."""
    known = {term.match.lower() for term in taxonomy.terms}
    text = text_of(page.headline)
    # The first word has a capital in any case.
    names = {key for key, form in zip(text.keys[1:], text.forms[1:], strict=True) if form[:1].isupper()}
    label = getattr(page, field)
    made = []
    for words in _phrases(page.headline):
        if words not in known:
            term = Term(match=words, region=label) if field == "region" else Term(match=words, category=label)
            made.append(Suggestion(term=term, right=(page.id,), wrong=()))
    return tuple(sorted(made, key=lambda one: _promise(one.term.match.split(), names)))


def _promise(words: Sequence[str], names: Collection[str]) -> tuple[bool, int, int]:
    """Sorts first what is likely to tell the same of other headlines: a name, one word or two, a long one."""
    return not any(word in names for word in words), len(words) == _LONGEST, -sum(map(len, words)) // len(words)


def chosen(found: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
    """The best of them, without those that mend only what a better one mends."""
    kept: list[Suggestion] = []
    mended: set[tuple[str, str]] = set()
    for one in sorted(found, key=_worth):
        own = {(one.field, page) for page in one.right}
        if not own <= mended:
            kept.append(one)
            mended |= own
    return tuple(kept)


def _worth(one: Suggestion) -> tuple[int, int, int, str, str]:
    """Sorts the best first: most pages right, fewest wrong, fewest that nobody has judged."""
    return len(one.wrong) - len(one.right), len(one.wrong), len(one.moved), one.term.match, one.field


def _begin(body: str) -> tuple[str, ...]:
    return text_of(body, _WORDS_OF_BODY).keys if body else ()


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
