"""What was corrected, all in one place."""

from collections.abc import Iterable

from digest.site.cards import EntryCard
from digest.site.context import Context
from digest.site.groups import CORRECTIONS, Group, Page, Put, Read
from digest.site.kinds.front import NEWEST
from digest.site.kinds.kind import Kind
from digest.site.metadata.head import page_head
from digest.site.site_entry import Shown
from digest.site.views import Corrected, CorrectionsView, Crumb


class Corrections(Kind):
    """`/corrections/`."""

    name, template = "corrections", "corrections.html"
    listens = (CORRECTIONS,)

    def emit(self, shown: Shown, context: Context) -> Iterable[Put]:  # noqa: ARG002 - on every site
        """Entries with a correction, ordered by the newest one's day."""
        said = shown.detail.corrections
        if shown.seen and said:
            order = f"{max(c.day for c in said)} {shown.card.order}"
            yield Put(CORRECTIONS, shown.card.id, order, shown.detail)

    def fixed(self, context: Context) -> Iterable[Page]:  # noqa: ARG002 - on every site
        """One."""
        yield Page(self.name, "", "/corrections/")

    def readers(self, group: Group, read: Read, context: Context) -> Iterable[Page]:  # noqa: ARG002 - every kind is given the same
        """The page itself."""
        return self.fixed(context)

    def most(self, head: str, context: Context) -> int:  # noqa: ARG002 - every kind is given the same
        """The newest."""
        return NEWEST

    def view(self, page: Page, read: Read, context: Context) -> CorrectionsView:
        """The entries corrected last."""
        entries = [c for c in read(CORRECTIONS, NEWEST) if isinstance(c, EntryCard)]
        return CorrectionsView(
            url=page.url,
            head=page_head(page.url, "", context),
            entries=tuple(Corrected(card=e.card, corrections=e.corrections) for e in entries),
            crumbs=(Crumb(name=context.site.title, url="/"),),
        )
