"""Alias pages: redirects from older addresses of an entry (`aliases` in its front matter)."""

from collections.abc import Iterable

from digest.site.cards import AliasCard
from digest.site.context import Context
from digest.site.groups import Group, GroupCard, Page, ReadGroup
from digest.site.kinds.kind import PageKind
from digest.site.site_entry import SiteEntry
from digest.site.views import AliasView, Head


class Alias(PageKind):
    """A redirect page at any address that ends with a slash."""

    name, template = "alias", "alias.html"
    reads = ("alias",)

    def emit(self, site_entry: SiteEntry, context: Context) -> Iterable[GroupCard]:  # noqa: ARG002 - part of the interface
        """Yield one card for each alias."""
        card = site_entry.card
        if not site_entry.is_visible:
            return
        for alias in site_entry.entry.root.aliases:
            url = f"/{alias.strip('/')}/"
            old = AliasCard(id=card.id, alias=url, url=card.url, path=site_entry.detail.path)
            yield GroupCard(f"alias{url}{card.id}", card.id, card.order, old)

    def readers(self, group: Group, read: ReadGroup, context: Context) -> Iterable[Page]:  # noqa: ARG002 - part of the interface
        """Yield the page of the alias."""
        yield from (Page(self.name, group, card.alias) for card in read(group, 0) if isinstance(card, AliasCard))

    def view(self, page: Page, read: ReadGroup, context: Context) -> AliasView | None:
        """Build the view with the target of the redirect."""
        found = [c for c in read(page.key, 1) if isinstance(c, AliasCard)]
        if not found:
            return None
        head = Head(title="", canonical=context.absolute_url(found[0].url), index=False)
        return AliasView(url=page.url, head=head, target=found[0].url)
