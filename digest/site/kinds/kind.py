"""What a page kind is. The site is a map (`emit`), a reduce (`reduce`) and, for each page, a view of a few groups."""

from collections.abc import Iterable
from typing import Protocol

from digest.site.context import Context
from digest.site.groups import Group, Page, Put, Read
from digest.site.shown import Shown
from digest.site.views import View


class Kind(Protocol):
    """A family of pages.

    `emit` says into which groups an entry puts a card, `reduce` what a group says to other groups in a second round.
    `fixed` names the pages that exist without any item. `readers` names the pages that read a group; what it is given
    to read with also yields the cards that were in the group before. `view` is what a page shows, None when there is no
    such page (any more). `reduces` and `listens` are the first words of the groups that it reduces and reads.
    """

    name: str
    template: str
    reduces: tuple[str, ...]
    listens: tuple[str, ...]

    def emit(self, shown: Shown, context: Context) -> Iterable[Put]: ...
    def reduce(self, group: Group, read: Read, context: Context) -> Iterable[Put]: ...
    def fixed(self, context: Context) -> Iterable[Page]: ...
    def readers(self, group: Group, read: Read, context: Context) -> Iterable[Page]: ...
    def view(self, page: Page, read: Read, context: Context) -> View | None: ...


class Base:
    """A kind that does nothing; kinds say what they do differently."""

    name = ""
    template = ""
    reduces: tuple[str, ...] = ()
    listens: tuple[str, ...] = ()

    def emit(self, shown: Shown, context: Context) -> Iterable[Put]:  # noqa: ARG002 - a default ignores what it is given
        """Nothing."""
        return ()

    def reduce(self, group: Group, read: Read, context: Context) -> Iterable[Put]:  # noqa: ARG002 - as above
        """Nothing."""
        return ()

    def fixed(self, context: Context) -> Iterable[Page]:  # noqa: ARG002 - as above
        """None."""
        return ()

    def readers(self, group: Group, read: Read, context: Context) -> Iterable[Page]:  # noqa: ARG002 - as above
        """None."""
        return ()
