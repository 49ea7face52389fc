"""Category of a text: votes of the terms in the tables. The linear model (`models.linear`) adds the rest."""

from collections.abc import Iterator, Mapping, Sequence

from digest.labels.gazetteer.lookup import Hit
from digest.labels.gazetteer.taxonomy import ResolvedReading

TABLE_WEIGHTS: Mapping[str, float] = {
    "people": 1.5,
    "sport": 1.4,
    "clubs": 1.4,
    "culture": 1.4,
    "bodies": 1.3,
    "terms": 2.5,
}
"""Factor of each table; 1.0 for a table that is not listed."""

_REPEATED_FACTOR, _AMBIGUOUS_FACTOR = 0.6, 0.5
CategoryVote = tuple[Hit, str, int, float]
"""Hit, table, slot of the category (see `TaxonomyMap`), weight."""


def category_votes(hits: Sequence[Hit], readings: Sequence[tuple[ResolvedReading, ...]]) -> list[CategoryVote]:
    """Return the votes of all hits for categories. Repeated and ambiguous terms count less."""
    votes: list[CategoryVote] = []
    seen: set[int] = set()
    for hit in hits:
        for reading in readings[hit.entry]:
            factor = (
                (1.0 - hit.ambiguity)
                * (_AMBIGUOUS_FACTOR if "~" in reading.flags else 1.0)
                * (_REPEATED_FACTOR if hit.entry in seen else 1.0)
                * TABLE_WEIGHTS.get(reading.table, 1.0)
            )
            votes.extend((hit, reading.table, slot, weight * factor) for slot, weight in reading.categories)
            if reading.categories:
                break
        seen.add(hit.entry)
    return votes


def name_spans(hits: Sequence[Hit], readings: Sequence[tuple[ResolvedReading, ...]]) -> Iterator[tuple[int, int]]:
    """Yield the word spans (start, end) of names of places, people and bodies."""
    for hit in hits:
        first = readings[hit.entry][0]
        if first.places and first.table != "hints":
            yield hit.start, hit.end
