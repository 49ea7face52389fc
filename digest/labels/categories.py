"""Category of a text: words of the tables plus the linear model."""

from collections.abc import Iterator, Mapping, Sequence

from digest.labels.gazetteer.lookup import Hit
from digest.labels.gazetteer.taxonomy import Resolved

WEIGHTS: Mapping[str, float] = {
    "people": 1.5,
    "sport": 1.4,
    "clubs": 1.4,
    "culture": 1.4,
    "bodies": 1.3,
    "terms": 2.5,
}
_AGAIN, _UNSURE = 0.6, 0.5
Said = tuple[Hit, str, int, float]


def said(found: Sequence[Hit], readings: Sequence[tuple[Resolved, ...]]) -> list[Said]:
    """Yield the vote of each hit: (hit, table, index of the category, weight). Repeated terms count less."""
    made: list[Said] = []
    seen: set[int] = set()
    for hit in found:
        for reading in readings[hit.entry]:
            factor = (
                (1.0 - hit.doubt)
                * (_UNSURE if "~" in reading.flags else 1.0)
                * (_AGAIN if hit.entry in seen else 1.0)
                * WEIGHTS.get(reading.kind, 1.0)
            )
            made.extend((hit, reading.kind, slot, weight * factor) for slot, weight in reading.categories)
            if reading.categories:
                break
        seen.add(hit.entry)
    return made


def named(found: Sequence[Hit], readings: Sequence[tuple[Resolved, ...]]) -> Iterator[tuple[int, int]]:
    """Return the spans (start, end) of names of places, people and bodies."""
    for hit in found:
        own = readings[hit.entry][0]
        if own.places and own.kind != "hints":
            yield hit.start, hit.end
