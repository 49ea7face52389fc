"""Headline check: headlines that are too long or repeated within days."""

from collections.abc import Iterable, Iterator, Sequence

from digest.config import Check
from digest.ingest.decide.recurring import recurring_matcher
from digest.issues import Issue, Place, issue
from digest.model import Item, Status
from digest.wire import key_of


def check_headlines(items: Iterable[Item], rules: Check, recurring: Sequence[str] = ()) -> Iterator[Issue]:
    """Find long and duplicate headlines of published items.

    A version may repeat the headline of its entry. Headlines that match `recurring` may repeat too.
    """
    is_recurring = recurring_matcher(recurring)
    by_key: dict[str, list[Item]] = {}
    for item in items:
        if item.status is not Status.PUBLISHED:
            continue
        if 0 < rules.headline_length < len(item.title):
            message = f"the headline has {len(item.title)} characters; at most {rules.headline_length} are allowed"
            hint = "shorten it; `wire.key` still matches the wire's headline"
            yield issue("headline-long", Place(f"content/{item.path}", 1), message, hint)
        if not item.version_of and not is_recurring(item.title):
            by_key.setdefault(key_of(item.title), []).append(item)
    for same in by_key.values():
        yield from _duplicates(sorted(same, key=lambda item: item.order), rules.duplicate_days)


def _duplicates(same: list[Item], days: int) -> Iterator[Issue]:
    for n, item in enumerate(same[1:]):
        before = same[n]
        if (item.day - before.day).days < days:
            message = f"`{item.title}` is also the headline of content/{before.path}"
            hint = f"make one a version of the other (`version_of: {before.id}`), or change one of the headlines"
            yield issue("headline-duplicate", Place(f"content/{item.path}", 1), message, hint)
