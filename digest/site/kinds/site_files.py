"""Pages that only configuration decides: what stands where nothing is, and what machines are told of the site."""

from collections.abc import Iterable

from digest.site.context import Context
from digest.site.groups import Page, ReadGroup
from digest.site.kinds.kind import PageKind
from digest.site.views import Head, ManifestView, NotFoundView, RobotsView, SecurityView

AI_CRAWLERS = (
    "AI2Bot", "Amazonbot", "Applebot-Extended", "Bytespider", "CCBot", "ClaudeBot", "Diffbot", "FacebookBot",
    "Google-Extended", "GPTBot", "ImagesiftBot", "Meta-ExternalAgent", "Omgilibot", "anthropic-ai", "cohere-ai",
)  # fmt: skip
"""Crawlers that gather texts to train models with, by the names that they say they heed."""


class NotFound(PageKind):
    """`/404.html`."""

    name, template = "404", "404.html"

    def fixed(self, context: Context) -> Iterable[Page]:  # noqa: ARG002 - on every site
        """One."""
        yield Page(self.name, "", "/404.html")

    def view(self, page: Page, read: ReadGroup, context: Context) -> NotFoundView:  # noqa: ARG002 - it reads nothing
        """The frame alone."""
        return NotFoundView(url=page.url, head=Head(title="", index=False))


class Robots(PageKind):
    """`/robots.txt` (RFC 9309)."""

    name, template = "robots", "robots.txt"

    def fixed(self, context: Context) -> Iterable[Page]:  # noqa: ARG002 - on every site
        """One."""
        yield Page(self.name, "", "/robots.txt")

    def view(self, page: Page, read: ReadGroup, context: Context) -> RobotsView:  # noqa: ARG002 - it reads nothing
        """Return the sitemap URL and the crawlers that are refused."""
        robots = context.config.robots
        deny = (*robots.deny, *(AI_CRAWLERS if robots.ai == "deny" else ()))
        return RobotsView(url=page.url, sitemap=context.absolute_url("/sitemap.xml"), deny=tuple(dict.fromkeys(deny)))


class Manifest(PageKind):
    """`/site.webmanifest`."""

    name, template = "manifest", "site.webmanifest"

    def fixed(self, context: Context) -> Iterable[Page]:  # noqa: ARG002 - on every site
        """One."""
        yield Page(self.name, "", "/site.webmanifest")

    def view(self, page: Page, read: ReadGroup, context: Context) -> ManifestView:  # noqa: ARG002 - it reads nothing
        """The frame alone."""
        return ManifestView(url=page.url)


class Security(PageKind):
    """`/.well-known/security.txt` (RFC 9116), on a site that has a contact."""

    name, template = "security", "security.txt"

    def fixed(self, context: Context) -> Iterable[Page]:
        """One, when there is a contact."""
        if context.config.security.contact:
            yield Page(self.name, "", "/.well-known/security.txt")

    def view(self, page: Page, read: ReadGroup, context: Context) -> SecurityView | None:  # noqa: ARG002 - it reads nothing
        """Whom to tell; none on a site that does not say (any more)."""
        said = context.config.security
        if not said.contact:
            return None
        return SecurityView(
            url=page.url,
            contact=said.contact,
            expires=said.expires,
            policy=said.policy,
            encryption=said.encryption,
        )
