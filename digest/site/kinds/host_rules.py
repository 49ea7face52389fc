"""Rules for hosts that understand them: an older address is a 301, what was taken back a 410.

`_redirects` and `_headers` are what Netlify and Cloudflare Pages read, `.htaccess` is Apache's (mod_alias,
mod_headers). A site names in `[site] rules` the ones that its host wants; the pages at those addresses say the same
to everybody else.
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
    """`/_redirects`, `/_headers`, `/.htaccess`."""

    reads = (RULES,)

    def __init__(self, file: str) -> None:
        self.name = file.strip("_.")
        self.template = f"{self.name}.txt"
        self._file = file

    def emit(self, site_entry: SiteEntry, context: Context) -> Iterable[GroupCard]:
        """Emit moved and withdrawn URLs, once for all rule files."""
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
        """The file, on a site that wants it."""
        if self._file in context.config.site.rules:
            yield Page(self.name, "", f"/{self._file}")

    def readers(self, group: Group, read: ReadGroup, context: Context) -> Iterable[Page]:  # noqa: ARG002 - every kind is given the same
        """The file."""
        return self.fixed(context)

    def view(self, page: Page, read: ReadGroup, context: Context) -> RulesView | None:
        """All rules; none on a site that does not want the file (any more)."""
        if self._file not in context.config.site.rules:
            return None
        cards = () if self.name == "headers" else read(RULES, 0)
        return RulesView(
            url=page.url,
            moved=tuple((c.alias, c.url) for c in cards if isinstance(c, AliasCard)),
            gone=tuple(c.url for c in cards if isinstance(c, GoneCard)),
        )
