"""Ranking: the score that orders entries on the front page and in an edition (docs/explanation/ranking.md).

score = 4 × weight of its subject (the first category's, `[categories.X] weight`)
      + 0.8 for each follow-up in its story, at most three, for the newest entry of the story
      + 0.7 × log₂ of the number of dumps that said it
      + 1 / (1 + place in its dump ÷ 10)
      − 3 for each day that it is older than the newest edition on the page
      − 2 when a newer entry of its story stands on the page

An article beats a brief of the same score, then the newer beats the older. `lead: 1` … `9` stand before all, in that
order, while the edition they belong to is the newest. A subject with `leads = false` never comes first by its score.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import log2

from msgspec import Struct

from digest.config import CategoryTable
from digest.model import Kind
from digest.site.cards import Card


class Rank(Struct, frozen=True, kw_only=True):
    """A card's score, by its parts."""

    card: Card
    subject: float
    follow_ups: float
    sightings: float
    position: float
    age: float
    sibling: float

    @property
    def score(self) -> float:
        """The sum, rounded so that no platform's last bit decides."""
        parts = (self.subject, self.follow_ups, self.sightings, self.position, self.age, self.sibling)
        return round(sum(parts), 6)


def ranked(cards: Sequence[Card], categories: Mapping[str, CategoryTable]) -> tuple[Rank, ...]:
    """All cards of a page, the best first. `cards` come with the newest first."""
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
