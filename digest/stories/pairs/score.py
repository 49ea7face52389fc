"""Signals → two scores: how far two headlines say the same news, and how surely an item belongs to a story.

The first is a sum set by hand, of shares that mean something by themselves. The second is a logistic regression whose
weights `benchmarks/train_links.py` learns from open data; it asks how likely the likeness is by chance, and so falls as
the stream gets denser: among more items, more look alike.
"""

import math

from digest.model import Witness
from digest.stories.pairs.alignment import align
from digest.stories.pairs.contradictions import Turn
from digest.stories.pairs.evidence import witnesses_of
from digest.stories.pairs.signals import LONG, Signals, signals_of
from digest.stories.text.features import gist_of
from digest.stories.text.tables import link_weights

SAME_NEWS = 0.63
"""`same` from here on: the two headlines tell the same news, one could stand for the other."""
SAME_EVENT = 0.47
"""`same` from here on: the two headlines tell one event, with different details perhaps."""
TOGETHER = 0.6
"""The probability from which an item joins a story: to merge two events is worse than to miss one."""
SENTENCE = 0.7
"""The share of both texts that must agree for one to be the other's sentence again, as a version is."""
RARE_WORD = 9.0
"""Weight of a word that hardly any text has: alone it says too much in the odds."""
HEADLINE = 45.0
"""Weight that a headline may have: seven or eight words of middling rarity."""
HALF = 0.5
"""Share of a text that one word may be, for the rest to be a detail."""
WORD = 4.0
"""Weight of words that two items of one event share at least, beside countries and numbers: one that is not common."""
PENALTIES = {
    Turn.OPPOSITE: 0.15,
    Turn.PLACE: 0.15,
    Turn.PERIOD: 0.15,
    Turn.ROLES: 0.15,
    Turn.NAME: 0.1,
    Turn.NEGATION: 0.1,
    Turn.NUMBER: 0.05,
}
"""What a turn takes off; differing numbers are taken off by how far they differ, at most `NUMBERS`."""
NUMBERS = 0.2
DEPTH = 0.4
"""What much shared weight adds: two long headlines that agree say more than two of three words."""
ODDS_TOGETHER = math.log(TOGETHER / (1 - TOGETHER))


def same(a: str, b: str) -> tuple[float, tuple[Witness, ...]]:
    """Return how surely two headlines tell one event (0 to 1), with evidence. Thresholds: `SAME_NEWS`, `SAME_EVENT`."""
    signals = signals_of(align(gist_of(a), gist_of(b)))
    return round(likeness(signals), 3), witnesses_of(signals, "same", (a, b))


def likeness(signals: Signals) -> float:
    """The mean of two shares, of the shorter text and of both, that agree; more for long texts, less for turns."""
    raw = (signals.cover + signals.dice) / 2 + DEPTH * signals.shared / LONG - NUMBERS * signals.numbers
    if signals.turn:
        raw -= PENALTIES[signals.turn]
    return min(1.0, max(0.0, raw / (1 + DEPTH)))


def apart(signals: Signals, gap_days: int) -> bool:
    """Return True when two items are different events, whatever else they share.

    They share a country and a number at most, or they tell of different places or people and share none, or what they
    share is the routine of another day.
    """
    if signals.words < WORD:
        return True
    elsewhere = signals.turn in {Turn.PLACE, Turn.NAME} and not signals.country and not signals.names
    return elsewhere or (gap_days > 0 and signals.routine)


def again(signals: Signals) -> bool:
    """Return True when one text repeats the other with changes and without a contradiction."""
    return signals.turn is None and signals.dice >= SENTENCE and likeness(signals) >= SAME_NEWS


def joins(signals: Signals, together: float) -> bool:
    """Return True when an item belongs to the story of another, by odds or as the same news."""
    same_news = likeness(signals) >= SAME_NEWS and signals.turn not in {Turn.PLACE, Turn.NAME, Turn.PERIOD, Turn.NUMBER}
    return same_news or (together >= TOGETHER and not _by_one_word(signals))


def _by_one_word(signals: Signals) -> bool:
    """Return True when two headlines share only one rare word, usually a place.

    What long texts leave unsaid of each other is told by the odds; a headline has room for little but its event.
    """
    short = signals.alone + signals.shared < HEADLINE
    return len(signals.matches) == 1 and signals.top >= RARE_WORD and short and signals.cover < HALF


def chance(signals: Signals, gap_days: int, crowd: int) -> float:
    """Return the probability of one story for items `gap_days` apart in a window of `crowd` items."""
    weights = link_weights()
    total = weights["bias"] + sum(
        weights[name] * value for name, value in features_of(signals, gap_days, crowd).items()
    )
    return 1 / (1 + math.exp(-total))


def features_of(signals: Signals, gap_days: int, crowd: int) -> dict[str, float]:
    """Return the features of the regression by name, so that the table of weights is readable."""
    return {
        "cosine": signals.cosine,
        "shared": signals.shared / 10,
        "top": signals.top / 10,
        "names": signals.names,
        "country": signals.country / 10,
        "other place": float(signals.turn is Turn.PLACE),
        "alone": signals.alone / 30,
        "gap": float(gap_days),
        "crowd": density(crowd),
    }


def density(crowd: int) -> float:
    return math.log(max(crowd, 1) / 13)
