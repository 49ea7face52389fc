"""Pages that depend on the configuration only: 404, robots.txt, web app manifest, security.txt."""

from collections.abc import Iterable

from digest.site.context import Context
from digest.site.groups import Page, ReadGroup
from digest.site.kinds.kind import PageKind
from digest.site.views import Head, ManifestView, NotFoundView, RobotsView, SecurityView

AI_CRAWLERS = (
    "AI2Bot", "Amazonbot", "Applebot-Extended", "Bytespider", "CCBot", "ClaudeBot", "Diffbot", "FacebookBot",
    "Google-Extended", "GPTBot", "ImagesiftBot", "Meta-ExternalAgent", "Omgilibot", "anthropic-ai", "cohere-ai",
)  # fmt: skip
"""User agents of crawlers that collect training data for AI models, as their operators document them."""


class NotFound(PageKind):
    """The page `/404.html`."""

    name, template = "404", "404.html"

    def fixed(self, context: Context) -> Iterable[Page]:  # noqa: ARG002 - part of the interface
        """Yield the page."""
        yield Page(self.name, "", "/404.html")

    def view(self, page: Page, read: ReadGroup, context: Context) -> NotFoundView:  # noqa: ARG002 - part of the interface
        """Build the view; it has no content of its own."""
        return NotFoundView(url=page.url, head=Head(title="", index=False))


class Robots(PageKind):
    """The file `/robots.txt` (RFC 9309)."""

    name, template = "robots", "robots.txt"

    def fixed(self, context: Context) -> Iterable[Page]:  # noqa: ARG002 - part of the interface
        """Yield the page."""
        yield Page(self.name, "", "/robots.txt")

    def view(self, page: Page, read: ReadGroup, context: Context) -> RobotsView:  # noqa: ARG002 - part of the interface
        """Build the view: the sitemap and the denied user agents."""
        robots = context.config.robots
        deny = (*robots.deny, *(AI_CRAWLERS if robots.ai == "deny" else ()))
        return RobotsView(url=page.url, sitemap=context.absolute_url("/sitemap.xml"), deny=tuple(dict.fromkeys(deny)))


class Manifest(PageKind):
    """The file `/site.webmanifest`."""

    name, template = "manifest", "site.webmanifest"

    def fixed(self, context: Context) -> Iterable[Page]:  # noqa: ARG002 - part of the interface
        """Yield the page."""
        yield Page(self.name, "", "/site.webmanifest")

    def view(self, page: Page, read: ReadGroup, context: Context) -> ManifestView:  # noqa: ARG002 - part of the interface
        """Build the view; it has no content of its own."""
        return ManifestView(url=page.url)


class Security(PageKind):
    """The file `/.well-known/security.txt` (RFC 9116), if a contact is configured."""

    name, template = "security", "security.txt"

    def fixed(self, context: Context) -> Iterable[Page]:
        """Yield the page if a contact is configured."""
        if context.config.security.contact:
            yield Page(self.name, "", "/.well-known/security.txt")

    def view(self, page: Page, read: ReadGroup, context: Context) -> SecurityView | None:  # noqa: ARG002 - part of the interface
        """Build the view, or return None if no contact is configured."""
        security = context.config.security
        if not security.contact:
            return None
        return SecurityView(
            url=page.url,
            contact=security.contact,
            expires=security.expires,
            policy=security.policy,
            encryption=security.encryption,
        )
