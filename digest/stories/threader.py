"""Threader: finds for a new item the entry that it repeats or the story that it follows, among the known items."""

from bisect import insort
from collections.abc import Iterable, Sequence

from msgspec import Struct

from digest.model import Evidence, KnownItem, Relation, Thread
from digest.speedups import is_enabled
from digest.stories.elapsed import hours_between
from digest.stories.inverted_index import InvertedIndex, Posting
from digest.stories.pairs.alignment import align
from digest.stories.pairs.contradictions import Contradiction, contradiction_of
from digest.stories.pairs.evidence import evidence_of
from digest.stories.pairs.score import (
    SAME_EVENT,
    are_different_events,
    is_version,
    joins_story,
    similarity,
    story_probability,
)
from digest.stories.pairs.score_bound import cannot_join
from digest.stories.pairs.signals import Signals, signals_of
from digest.stories.prepared import PreparedTitle, decode_features, prepare_title
from digest.stories.text.features import Features, features_of
from digest.stories.text.slugs import unique_slug

WINDOW_DAYS = 14
"""Default for the largest number of days between an item and the next of its story."""
DENSITY_DAYS = 6
"""Days over which the density of the stream is measured: the weight of `crowd` was learned with this value."""
MIN_RECENT_ITEMS = 8
"""Lower bound of the density: fewer items in `DENSITY_DAYS` mean a new archive, not a quiet wire."""
VERSION_HOURS = 36
"""Default for the largest number of hours between an entry's first item and its last version."""
CHECKED_VERSIONS = 6
"""Number of an entry's newest versions that a new version must not contradict."""


class _Candidate(Struct, frozen=True, gc=False):
    """A known item compared with the new one: `similarity` and `probability` as in `score`."""

    known: KnownItem
    signals: Signals
    similarity: float
    probability: float
    gap_days: int
    joins_story: bool

    @property
    def strength(self) -> float:
        """Score that decides whether the new item joins the story."""
        return max(self.probability, self.similarity) if self.joins_story else self.probability

    @property
    def rank(self) -> tuple[float, int, str, str]:
        """Sort key: the strongest first, then the nearest day, then the first seen."""
        return -self.strength, self.gap_days, self.known.seen, self.known.id


class LikelyEntry(Struct, frozen=True):
    """An entry that a text may repeat: id of its root, similarity of the headlines (0–1), contradiction if any."""

    root_id: str
    similarity: float
    contradiction: Contradiction | None


class Threader:
    """Known items of the window, and the threading decision for a new item.

    `thread` depends on which items were added, never on the order or the number of calls that added them.
    """

    def __init__(
        self, window_days: int = WINDOW_DAYS, version_hours: int = VERSION_HOURS, taken_slugs: Iterable[str] = ()
    ) -> None:
        """No new story gets one of `taken_slugs`, nor the slug of an item that was added."""
        self._window_days = window_days
        self._version_hours = version_hours
        self._slugs = set(taken_slugs)
        self._next_numbers: dict[str, int] = {}
        self._items: dict[str, KnownItem] = {}
        self._features: dict[str, bytes] = {}
        self._versions: dict[str, list[tuple[str, str]]] = {}
        self._index = InvertedIndex()

    def add(self, known: KnownItem, prepared: PreparedTitle | None = None) -> None:
        """Add an item; an item whose id is known already is ignored.

        `prepared` is the result of `prepare_title` for its title, if available: it saves computing it again.
        """
        if known.id in self._items:
            return
        prepared = prepared or prepare_title(known.title)
        self._items[known.id] = known
        if known.root != known.id:
            insort(self._versions.setdefault(known.root, []), (known.seen, known.id))
        self._slugs.add(known.story)
        self._features[known.id] = prepared.features
        self._index.add(prepared.terms, Posting(known.day.toordinal(), known.id))

    def remove(self, item_id: str) -> None:
        """Remove an item, if it is known; the slug of its story stays taken."""
        if item_id not in self._items:
            return
        known = self._items.pop(item_id)
        if known.root != item_id:
            self._versions[known.root].remove((known.seen, item_id))
        self._index.remove(decode_features(self._features.pop(item_id)).terms, Posting(known.day.toordinal(), item_id))

    def thread(self, new: KnownItem, prepared: PreparedTitle | None = None, *, with_evidence: bool = True) -> Thread:
        """Return the decision for a new item: version of an entry, follow-up in a story, or new story.

        `entry_id` is the root of the entry that the item repeats or follows. The evidence gives the reasons and the
        runner-up. Without `with_evidence` there is none, a new story has no score, and candidates that cannot join are
        not compared in full. `prepared` is as in `add`.
        """
        prepared = prepared or prepare_title(new.title)
        features = decode_features(prepared.features)
        candidates = self._compare_candidates(new, features, all_candidates=with_evidence)
        compared = candidates if with_evidence else None
        if repeated := self._version_of(new, features, candidates):
            return _thread(Relation.VERSION, new, repeated, compared)
        by_story = _best_by_story(candidates)
        if by_story and by_story[0].joins_story:
            return _thread(Relation.FOLLOW_UP, new, by_story[0], compared)
        slug = self._free_slug(prepared.slug)
        score = by_story[0].strength if by_story and with_evidence else 0.0
        evidence = _runner_up(by_story) if with_evidence else ()
        return Thread(relation=Relation.NEW, story=slug, score=round(score, 3), evidence=evidence)

    def likely_entries(self, new: KnownItem) -> list[LikelyEntry]:
        """Return the entries about the same event, the most similar first, for a text that the wire marks as a repeat.

        Unlike in `thread`, a contradiction only lowers the score: a correction may say the opposite.
        """
        candidates = self._compare_candidates(new, features_of(new.title), all_candidates=True)
        best: dict[str, LikelyEntry] = {}
        for candidate in sorted(candidates, key=lambda c: (-c.similarity, *c.rank)):
            if candidate.similarity >= SAME_EVENT:
                root, similar = candidate.known.root, round(candidate.similarity, 3)
                best.setdefault(root, LikelyEntry(root, similar, candidate.signals.contradiction))
        return list(best.values())

    def _free_slug(self, slug: str) -> str:
        """Return a slug that no story has. Slugs are never released, so the search continues at the last number."""
        free = unique_slug(slug, self._slugs, self._next_numbers.get(slug, 2))
        if free != slug:
            self._next_numbers[slug] = int(free.rpartition("-")[2])
        return free

    def _compare_candidates(self, new: KnownItem, features: Features, *, all_candidates: bool) -> list[_Candidate]:
        """Compare the new item with the known items that share most terms; leave out those about another event.

        Without `all_candidates`, candidates that cannot join are left out too: they never decide.
        """
        day = new.day.toordinal()
        recent_items, bounded = self._recent_items(day), not all_candidates and is_enabled("score-bound")
        candidates = []
        for name in self._index.candidates(features, day - self._window_days, day + self._window_days):
            known, other = self._items[name], decode_features(self._features[name])
            gap_days = abs((new.day - known.day).days)
            alignment = align(other, features)
            if bounded and cannot_join(other, features, alignment.shared_weight, gap_days, recent_items):
                continue
            signals = signals_of(alignment)
            if are_different_events(signals, gap_days):
                continue
            probability = story_probability(signals, gap_days, recent_items)
            joins = joins_story(signals, probability)
            candidates.append(_Candidate(known, signals, similarity(signals), probability, gap_days, joins))
        return candidates

    def _recent_items(self, day: int) -> int:
        """Return the density: items of the last days, or of as many days like this one, whichever is larger."""
        in_days, today = self._index.count(day - DENSITY_DAYS, day), self._index.count(day, day)
        return max(MIN_RECENT_ITEMS, in_days, today * DENSITY_DAYS)

    def _version_of(self, new: KnownItem, features: Features, candidates: Sequence[_Candidate]) -> _Candidate | None:
        """Return the best match whose entry the new item may replace.

        It must be within the hours of a version and contradict no recent version of the entry.
        """
        best: dict[str, _Candidate] = {}
        repeats = [c for c in candidates if is_version(c.signals) and self._within_version_hours(new, c.known)]
        for candidate in sorted(repeats, key=lambda c: (-c.similarity, *c.rank)):
            best.setdefault(candidate.known.root, candidate)
        return next((c for c in best.values() if not self._contradicts(c.known, features)), None)

    def _within_version_hours(self, new: KnownItem, known: KnownItem) -> bool:
        """Return True within `version_hours` of the entry's first item, if that is known, else of `known`."""
        root = self._items.get(known.root, known)
        return hours_between(root, new) <= self._version_hours

    def _contradicts(self, known: KnownItem, features: Features) -> bool:
        """Return True when a text contradicts a recent version of an entry.

        Numbers are compared with its match only.
        """
        names = [known.root, *(name for _, name in self._versions.get(known.root, ())[-CHECKED_VERSIONS:])]
        versions = (decode_features(self._features[name]) for name in names if name in self._items)
        return any(contradiction_of(align(other, features)) not in {None, Contradiction.NUMBER} for other in versions)


def _best_by_story(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    """Return the strongest candidate of each story, the strongest story first."""
    best: dict[str, _Candidate] = {}
    for candidate in sorted(candidates, key=lambda c: c.rank):
        best.setdefault(candidate.known.story, candidate)
    return list(best.values())


def _thread(relation: Relation, new: KnownItem, to: _Candidate, compared: Sequence[_Candidate] | None) -> Thread:
    """Return the thread to a known item; the evidence is taken from `compared`, if given."""
    known = to.known
    evidence: tuple[Evidence, ...] = ()
    if compared is not None:
        others = _best_by_story(c for c in compared if c.known.story != known.story)
        reasons = evidence_of(to.signals, known.story, (known.title, new.title))
        evidence = (*reasons, *_runner_up(others))
    return Thread(
        relation=relation,
        story=known.story,
        entry_id=known.root,
        score=round(to.similarity if relation is Relation.VERSION else to.strength, 3),
        evidence=evidence,
    )


def _runner_up(by_story: Sequence[_Candidate]) -> tuple[Evidence, ...]:
    """Return the strongest of the other stories as evidence, if there is one."""
    return tuple(
        Evidence(words=c.known.title, table="second", label=c.known.story, weight=round(c.strength, 3))
        for c in by_story[:1]
    )
