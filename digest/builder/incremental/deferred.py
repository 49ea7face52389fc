"""Deferred rendering: long archive pages are rendered after the pages that an editor is looking at, one by one.

The state stores which pages wait, so the next build renders them when the process ends. An ordinary build defers
nothing. Without this module a save in the preview waits for every long page that shows the entry.
"""

from collections.abc import Mapping

from digest.builder.state.database import State
from digest.site.groups import Page
from digest.site.kinds import KINDS
from digest.speedups import is_enabled

LONG_PAGE_CARDS = 200
"""Number of cards from which a page is long; each card takes about 0.1 ms."""
DEFERRED_REASON = "it was deferred"


def defer_long_pages(state: State, pages: Mapping[Page, str], *, idle: bool) -> dict[Page, str]:
    """Return the pages that are not long; with `idle` also the page that has waited longest. Store the others."""
    if not is_enabled("deferred-pages"):
        return with_deferred_pages(state, pages)
    before = [Page(*page) for page in state.deferred_pages()]
    long = {page for page in pages if _is_long(state, page)}
    waiting = list(
        dict.fromkeys((*(p for p in before if p not in pages or p in long), *(p for p in pages if p in long)))
    )
    due = waiting[:1] if idle else []
    if waiting or before:
        state.set_deferred_pages(waiting[len(due) :])
    return {page: why for page, why in pages.items() if page not in waiting} | dict.fromkeys(due, DEFERRED_REASON)


def with_deferred_pages(state: State, pages: Mapping[Page, str]) -> dict[Page, str]:
    """Return all of `pages` and all deferred pages."""
    waiting = dict.fromkeys((Page(*page) for page in state.deferred_pages()), DEFERRED_REASON)
    if waiting:
        state.set_deferred_pages(())
    return waiting | {**pages}


def _is_long(state: State, page: Page) -> bool:
    group = KINDS[page.kind].long_group(page)
    return bool(group) and state.place_at(group, LONG_PAGE_CARDS) is not None
