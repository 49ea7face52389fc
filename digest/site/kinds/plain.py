"""Pages that only configuration decides: what stands where nothing is, and what crawlers are asked."""

from collections.abc import Iterable

from digest.site.context import Context
from digest.site.groups import Page, Read
from digest.site.kinds.kind import Kind
from digest.site.views import Head, NotFoundView, RobotsView


class NotFound(Kind):
    """`/404.html`."""

    name, template = "404", "404.html"

    def fixed(self, context: Context) -> Iterable[Page]:  # noqa: ARG002 - on every site
        """One."""
        yield Page(self.name, "", "/404.html")

    def view(self, page: Page, read: Read, context: Context) -> NotFoundView:  # noqa: ARG002 - it reads nothing
        """The frame alone."""
        return NotFoundView(url=page.url, head=Head(title="", index=False))


class Robots(Kind):
    """`/robots.txt` (RFC 9309)."""

    name, template = "robots", "robots.txt"

    def fixed(self, context: Context) -> Iterable[Page]:  # noqa: ARG002 - on every site
        """One."""
        yield Page(self.name, "", "/robots.txt")

    def view(self, page: Page, read: Read, context: Context) -> RobotsView:  # noqa: ARG002 - it reads nothing
        """Where the sitemap is, and who is asked to stay away."""
        return RobotsView(url=page.url, sitemap=context.whole("/sitemap.xml"), deny=context.config.robots.deny)
