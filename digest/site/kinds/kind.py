"""Base class of page kinds.

The site is a map (`emit`), a reduce (`reduce`), and for each page a view of a few groups.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable

from digest.site.context import Context
from digest.site.groups import Group, GroupCard, Page, ReadGroup
from digest.site.site_entry import SiteEntry
from digest.site.views import View


class PageKind(ABC):
    """A kind of page. `reduces` and `reads` are the prefixes of the groups that it reduces and reads.

    `is_numerous`: the number of such pages grows with the number of entries.
    """

    name = ""
    template = ""
    is_numerous = False
    reduces: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()

    def emit(self, site_entry: SiteEntry, context: Context) -> Iterable[GroupCard]:  # noqa: ARG002 - the default ignores its arguments
        """Yield the cards that an entry puts into groups."""
        return ()

    def reduce(self, group: Group, read: ReadGroup, context: Context) -> Iterable[GroupCard]:  # noqa: ARG002 - as above
        """Yield the cards that a group puts into other groups, in a second pass."""
        return ()

    def fixed(self, context: Context) -> Iterable[Page]:  # noqa: ARG002 - as above
        """Yield the pages that exist without any item."""
        return ()

    def readers(self, group: Group, read: ReadGroup, context: Context) -> Iterable[Page]:  # noqa: ARG002 - as above
        """Yield the pages that read a group. `read` also returns the cards that were in the group before the change."""
        return ()

    def newest_limit(self, head: str, context: Context) -> int:  # noqa: ARG002 - as above
        """Return how many of the newest cards of a group with this prefix a page reads; 0 means all."""
        return 0

    def long_group(self, page: Page) -> Group:  # noqa: ARG002 - as above
        """Return a group that the page shows completely and that may be long; empty for none."""
        return ""

    @abstractmethod
    def view(self, page: Page, read: ReadGroup, context: Context) -> View | None:
        """Build the view of a page, or return None if the page does not exist."""
