"""Articles that do not say who wrote them."""

from collections.abc import Iterable, Iterator

from digest.issues import Issue, Place, issue
from digest.model import Item, Kind, Status


def check_bylines(items: Iterable[Item]) -> Iterator[Issue]:
    """Published articles without a byline."""
    for item in items:
        if item.kind is Kind.ARTICLE and item.status is Status.PUBLISHED and not item.byline:
            hint = "write `byline: NAME` into its front matter"
            yield issue("byline-missing", Place(f"content/{item.path}", 1), "an article without a byline", hint)
