"""Page kinds. The site is a map (`emit`), a reduce (`reduce`) and, for each page, a view of a few groups."""

from abc import ABC, abstractmethod
from collections.abc import Iterable

from digest.site.context import Context
from digest.site.groups import Group, GroupCard, Page, ReadGroup
from digest.site.site_entry import SiteEntry
from digest.site.views import View


class PageKind(ABC):
    """A family of pages. `reduces` and `reads` are the first words of the groups that it reduces and reads.

    `is_numerous`: a site has such pages by the number of its entries.
    """

    name = ""
    template = ""
    is_numerous = False
    reduces: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()

    def emit(self, site_entry: SiteEntry, context: Context) -> Iterable[GroupCard]:  # noqa: ARG002 - the default ignores what it is given
        """Into which groups an entry puts a card."""
        return ()

    def reduce(self, group: Group, read: ReadGroup, context: Context) -> Iterable[GroupCard]:  # noqa: ARG002 - as above
        """Emit cards of a group into other groups, in the second round."""
        return ()

    def fixed(self, context: Context) -> Iterable[Page]:  # noqa: ARG002 - as above
        """The pages that exist without any item."""
        return ()

    def readers(self, group: Group, read: ReadGroup, context: Context) -> Iterable[Page]:  # noqa: ARG002 - as above
        """The pages that read a group. `read` also yields the cards that were in the group before."""
        return ()

    def newest_limit(self, head: str, context: Context) -> int:  # noqa: ARG002 - as above
        """Return the number of newest cards that a page reads of a group with that first word; 0: all."""
        return 0

    def long_group(self, page: Page) -> Group:  # noqa: ARG002 - as above
        """A group that a page shows all of and that may be long; empty for none."""
        return ""

    @abstractmethod
    def view(self, page: Page, read: ReadGroup, context: Context) -> View | None:
        """Return the view of a page; None when the page does not exist (any more)."""
