"""Byline check: published articles without an author."""

from collections.abc import Iterable, Iterator

from digest.issues import Issue, Place, issue
from digest.model import Item, Kind, Status


def check_bylines(items: Iterable[Item]) -> Iterator[Issue]:
    """Find published articles without a byline."""
    for item in items:
        if item.kind is Kind.ARTICLE and item.status is Status.PUBLISHED and not item.byline:
            hint = "add `byline: NAME` to its front matter"
            yield issue("byline-missing", Place(f"content/{item.path}", 1), "the article has no byline", hint)
