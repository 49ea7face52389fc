"""Scores of two headlines: similarity as news, and probability that an item belongs to the other's story.

`similarity` is a sum of shares with weights set by hand. `story_probability` is a logistic regression; its weights are
learned by `benchmarks/train_links.py` from open data. It falls as the stream gets denser, since among more items more
look alike by chance.
"""

import math

from digest.model import Evidence
from digest.stories.pairs.alignment import align
from digest.stories.pairs.contradictions import Contradiction
from digest.stories.pairs.evidence import evidence_of
from digest.stories.pairs.signals import MAX_SHARED_WEIGHT, Signals, signals_of
from digest.stories.text.features import features_of
from digest.stories.text.tables import link_weights

SAME_NEWS = 0.63
"""Similarity threshold of the same news: one headline could stand for the other."""
SAME_EVENT = 0.47
"""Similarity threshold of the same event, perhaps with different details."""
SAME_STORY = 0.6
"""Probability threshold for joining a story. It is above 0.5, since merging two events is worse than missing one."""
VERSION_OVERLAP = 0.7
"""Smallest share of both texts that a version has in common with the text that it repeats."""
RARE_WORD_WEIGHT = 9.0
"""Weight of a word that hardly any text has; by itself it raises the probability too much."""
HEADLINE_WEIGHT = 45.0
"""Largest weight of a short headline: seven or eight words of middling rarity."""
DETAIL_SHARE = 0.5
"""Share of a text from which a single word is its subject and not a detail."""
MIN_WORD_WEIGHT = 4.0
"""Smallest weight of shared words, besides countries and numbers, of two items about one event: one uncommon word."""
CONTRADICTION_PENALTIES = {
    Contradiction.OPPOSITE: 0.15,
    Contradiction.PLACE: 0.15,
    Contradiction.PERIOD: 0.15,
    Contradiction.ROLES: 0.15,
    Contradiction.NAME: 0.1,
    Contradiction.NEGATION: 0.1,
    Contradiction.NUMBER: 0.05,
}
"""Subtracted from the similarity for a contradiction."""
NUMBER_PENALTY = 0.2
"""Subtracted from the similarity for numbers that differ, times their distance (0–1)."""
LENGTH_BONUS = 0.4
"""Added for shared weight: two long headlines that agree are better evidence than two of three words."""
SAME_STORY_LOG_ODDS = math.log(SAME_STORY / (1 - SAME_STORY))
_NOT_SAME_NEWS = {Contradiction.PLACE, Contradiction.NAME, Contradiction.PERIOD, Contradiction.NUMBER}


def headline_similarity(a: str, b: str) -> tuple[float, tuple[Evidence, ...]]:
    """Return the similarity of two headlines (0–1) with evidence. Thresholds: `SAME_NEWS`, `SAME_EVENT`."""
    signals = signals_of(align(features_of(a), features_of(b)))
    return round(similarity(signals), 3), evidence_of(signals, "same", (a, b))


def similarity(signals: Signals) -> float:
    """Return the similarity (0–1): mean of coverage and Dice coefficient, with a bonus for length, less penalties."""
    bonus = LENGTH_BONUS * signals.shared_weight / MAX_SHARED_WEIGHT
    raw = (signals.coverage + signals.dice) / 2 + bonus - NUMBER_PENALTY * signals.number_distance
    if signals.contradiction:
        raw -= CONTRADICTION_PENALTIES[signals.contradiction]
    return min(1.0, max(0.0, raw / (1 + LENGTH_BONUS)))


def are_different_events(signals: Signals, gap_days: int) -> bool:
    """Return True when two items are different events, whatever else they share.

    They share at most a country and a number; or they name different places or people and share none; or they are of
    different days and share only the words of daily reports.
    """
    if signals.word_weight < MIN_WORD_WEIGHT:
        return True
    names_differ = signals.contradiction in {Contradiction.PLACE, Contradiction.NAME}
    elsewhere = names_differ and not signals.shared_country and not signals.shared_names
    return elsewhere or (gap_days > 0 and signals.is_routine)


def is_version(signals: Signals) -> bool:
    """Return True when one text repeats the other with changes and without a contradiction."""
    return signals.contradiction is None and signals.dice >= VERSION_OVERLAP and similarity(signals) >= SAME_NEWS


def joins_story(signals: Signals, probability: float) -> bool:
    """Return True when an item belongs to the story of another, by probability or as the same news."""
    same_news = similarity(signals) >= SAME_NEWS and signals.contradiction not in _NOT_SAME_NEWS
    return same_news or (probability >= SAME_STORY and not _share_one_rare_word(signals))


def _share_one_rare_word(signals: Signals) -> bool:
    """Return True when two short headlines share only one rare word, usually a place.

    Long texts are excluded: the regression already counts their unmatched weight. A headline has room for little but
    its event.
    """
    is_rare = len(signals.matches) == 1 and signals.heaviest_match >= RARE_WORD_WEIGHT
    is_short = signals.unmatched_weight + signals.shared_weight < HEADLINE_WEIGHT
    return is_rare and is_short and signals.coverage < DETAIL_SHARE


def story_probability(signals: Signals, gap_days: int, recent_items: int) -> float:
    """Return the probability of one story for items `gap_days` apart, in a stream of `recent_items` in six days."""
    weights, features = link_weights(), regression_features(signals, gap_days, recent_items)
    total = weights["bias"] + sum(weights[name] * value for name, value in features.items())
    return 1 / (1 + math.exp(-total))


def regression_features(signals: Signals, gap_days: int, recent_items: int) -> dict[str, float]:
    """Return the features of the regression by their names in `data/links.tsv`."""
    return {
        "cosine": signals.cosine,
        "shared": signals.shared_weight / 10,
        "top": signals.heaviest_match / 10,
        "names": signals.shared_names,
        "country": signals.shared_country / 10,
        "other place": float(signals.contradiction is Contradiction.PLACE),
        "alone": signals.unmatched_weight / 30,
        "gap": float(gap_days),
        "crowd": log_density(recent_items),
    }


def log_density(recent_items: int) -> float:
    """Return the logarithm of the stream's density, relative to 13 items in six days."""
    return math.log(max(recent_items, 1) / 13)
