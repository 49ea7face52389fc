"""PAGE on a command line → the page of the site that it means."""

from collections.abc import Iterable

from digest.cli.process.abort import Stop
from digest.cli.sites import Site
from digest.content.store.archive import Archive
from digest.edit import find_item
from digest.issues import Issue
from digest.model import Item


def item_of(archive: Archive, site: Site, page: str) -> Item:
    """The item that PAGE means; ends the command when there is none, or more than one."""
    found = find_item(archive, site.folder, site.config, page)
    if isinstance(found, Issue):
        raise Stop(found)
    return found


def items_of(archive: Archive, site: Site, pages: Iterable[str]) -> tuple[Item, ...]:
    """The items that they mean; all that mean none are named at once."""
    found = [find_item(archive, site.folder, site.config, page) for page in pages]
    if wrong := [f for f in found if isinstance(f, Issue)]:
        raise Stop(*wrong)
    return tuple(f for f in found if not isinstance(f, Issue))
