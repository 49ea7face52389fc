"""Lead ranks of an edition (`lead: 1` … `9`): insert an entry at a rank and move the others down. Pure."""

from collections.abc import Mapping

MAX_RANK = 9


def place_lead(ranks: Mapping[str, int], name: str, rank: int) -> dict[str, int]:
    """Return the ranks that change when `name` gets `rank` among the entries of its edition; 0 is no rank.

    The entry that had the rank moves down by one, and so on up to a gap; an entry below the last rank loses its rank.

    >>> place_lead({"a": 1, "b": 2, "c": 4}, "d", 1)
    {'d': 1, 'a': 2, 'b': 3}
    """
    taken: dict[int, str] = {}
    for other, has in sorted(ranks.items(), key=lambda pair: (pair[1], pair[0])):
        if has and other != name:
            taken.setdefault(has, other)
    changes = {name: rank} if ranks.get(name, 0) != rank else {}
    while rank in taken:
        other, rank = taken[rank], rank + 1
        changes[other] = rank if rank <= MAX_RANK else 0
    return changes
