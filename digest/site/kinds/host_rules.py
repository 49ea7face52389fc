"""Rule files for hosts: 301 for older addresses, 410 for withdrawn entries.

Netlify and Cloudflare Pages read `_redirects` and `_headers`; Apache reads `.htaccess` (mod_alias, mod_headers).
`[site] rules` lists the files to write. Other hosts serve the alias and notice pages at these addresses.
"""

from collections.abc import Iterable

from digest.site.cards import AliasCard, GoneCard
from digest.site.context import Context
from digest.site.groups import RULES, Group, GroupCard, Page, ReadGroup
from digest.site.kinds.kind import PageKind
from digest.site.site_entry import SiteEntry
from digest.site.views import RulesView
from digest.site.visibility import Presence


class HostRules(PageKind):
    """A rule file: `/_redirects`, `/_headers` or `/.htaccess`."""

    reads = (RULES,)

    def __init__(self, file: str) -> None:
        self.name = file.strip("_.")
        self.template = f"{self.name}.txt"
        self._file = file

    def emit(self, site_entry: SiteEntry, context: Context) -> Iterable[GroupCard]:
        """Yield aliases and withdrawn addresses, once for all files."""
        card = site_entry.card
        if not context.config.site.rules or self.name != "redirects":
            return
        if site_entry.is_visible:
            for alias in site_entry.entry.root.aliases:
                old = AliasCard(id=card.id, alias=f"/{alias.strip('/')}/", url=card.url, path=site_entry.detail.path)
                yield GroupCard(RULES, card.id, f"{card.order} {old.alias}", old)
        elif site_entry.visibility.presence is Presence.GONE and card.page:
            yield GroupCard(RULES, card.id, card.order, GoneCard(id=card.id, url=card.url, path=site_entry.detail.path))

    def fixed(self, context: Context) -> Iterable[Page]:
        """Yield the file if `[site] rules` lists it."""
        if self._file in context.config.site.rules:
            yield Page(self.name, "", f"/{self._file}")

    def readers(self, group: Group, read: ReadGroup, context: Context) -> Iterable[Page]:  # noqa: ARG002 - part of the interface
        """Yield the file."""
        return self.fixed(context)

    def view(self, page: Page, read: ReadGroup, context: Context) -> RulesView | None:
        """Build the view of all rules, or None if the site does not use the file."""
        if self._file not in context.config.site.rules:
            return None
        cards = () if self.name == "headers" else read(RULES, 0)
        return RulesView(
            url=page.url,
            moved=tuple((c.alias, c.url) for c in cards if isinstance(c, AliasCard)),
            gone=tuple(c.url for c in cards if isinstance(c, GoneCard)),
        )
