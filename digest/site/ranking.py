"""Ranking: the score that orders entries on the front page and in an edition (docs/explanation/ranking.md).

score = 4 × weight of its subject (the first category's, `[categories.X] weight`)
      + 0.8 for each follow-up in its story, at most three; only for the newest entry of the story
      + 0.7 × log₂ of the number of dumps that contain it
      + 1 / (1 + position in its dump ÷ 10)
      − 3 for each day between its edition and the newest edition on the page
      − 2 if a newer entry of its story is on the page

Of equal scores, an article comes before a brief, then the newer before the older. Entries with `lead: 1` … `9` come
first, in that order, while their edition is the newest. A category with `leads = false` never comes first by score.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import log2

from msgspec import Struct

from digest.config import CategoryTable
from digest.model import Kind
from digest.site.cards import Card


class Rank(Struct, frozen=True, kw_only=True):
    """The parts of a card's score."""

    card: Card
    subject: float
    follow_ups: float
    sightings: float
    position: float
    age: float
    sibling: float

    @property
    def score(self) -> float:
        """The sum of the parts, rounded so that the order is the same on all platforms."""
        parts = (self.subject, self.follow_ups, self.sightings, self.position, self.age, self.sibling)
        return round(sum(parts), 6)


def ranked(cards: Sequence[Card], categories: Mapping[str, CategoryTable]) -> tuple[Rank, ...]:
    """Rank the cards of a page, highest score first. `cards` must be sorted newest first."""
    if not cards:
        return ()
    newest = max(card.edition for card in cards)
    stories = Counter(card.story for card in cards)
    seen: set[str] = set()
    ranks = []
    for card in cards:
        ranks.append(_rank(card, categories, (newest - card.edition).days, stories[card.story], card.story in seen))
        seen.add(card.story)
    ranks.sort(key=lambda r: (r.score, r.card.kind is Kind.ARTICLE, r.card.order), reverse=True)
    by_hand = sorted((r for r in ranks if r.card.lead and r.card.edition == newest), key=lambda r: r.card.lead)
    rest = [r for r in ranks if r not in by_hand]
    if not by_hand:
        first = next((r for r in rest if categories[r.card.categories[0]].leads), rest[0])
        rest = [first, *(r for r in rest if r is not first)]
    return (*by_hand, *rest)


def _rank(card: Card, categories: Mapping[str, CategoryTable], days: int, members: int, older: bool) -> Rank:
    return Rank(
        card=card,
        subject=4 * categories[card.categories[0]].weight,
        follow_ups=0.0 if older else 0.8 * min(3, members - 1),
        sightings=0.7 * log2(card.sightings),
        position=1 / (1 + card.position / 10),
        age=-3.0 * days,
        sibling=-2.0 if older else 0.0,
    )
