"""Long pages wait while an editor works: what was saved is told of before them, and they follow one by one.

The state remembers which wait, so that a process that ends owes them to the next build. A build of the whole puts
nothing off.
"""

from collections.abc import Mapping

from digest.builder.state.database import State
from digest.site.groups import Page
from digest.site.kinds import KINDS

LONG_PAGE_CARDS = 200
"""Cards of a page that is long: to draw one more takes about 0.1 ms."""
DEFERRED_REASON = "it was put off"


def defer_long_pages(state: State, pages: Mapping[Page, str], *, idle: bool) -> dict[Page, str]:
    """Those of `pages`, with their reasons, that are not long; with `idle` also the page that has waited longest."""
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
    """All of `pages`, and those that wait."""
    waiting = dict.fromkeys((Page(*page) for page in state.deferred_pages()), DEFERRED_REASON)
    if waiting:
        state.set_deferred_pages(())
    return waiting | {**pages}


def _is_long(state: State, page: Page) -> bool:
    group = KINDS[page.kind].long_group(page)
    return bool(group) and state.place_at(group, LONG_PAGE_CARDS) is not None
