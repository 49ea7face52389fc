"""Site context: the configuration and audience that all pages share, and values derived from them."""

from collections.abc import Callable
from enum import StrEnum
from functools import cached_property

from msgspec import Struct

from digest.config import Config
from digest.language import direction_of
from digest.site.views import Credit, Label, SiteView


class Audience(StrEnum):
    """Audience of the output: the public, or editors, who also see drafts, held and embargoed items."""

    PUBLIC = "public"
    PREVIEW = "preview"


class SocialCardStyle(Struct, frozen=True):
    """Style of social cards. `style_digest` changes with the design; `can_draw` is true for text the font covers."""

    style_digest: str
    can_draw: Callable[[str], bool]


class Context:
    """Configuration and audience, with cached look-up tables."""

    def __init__(
        self,
        config: Config,
        audience: Audience = Audience.PUBLIC,
        engine: str = "digest",
        social: SocialCardStyle | None = None,
        search_indexer: str = "",
    ) -> None:
        self.config, self.audience, self.engine, self.social = config, audience, engine, social
        self.search_indexer = search_indexer
        """Name and version of the search indexer; empty on a site without a search index."""

    @cached_property
    def regions(self) -> dict[str, Label]:
        """Regions by slug, in the order of digest.toml."""
        return {s: Label(slug=s, name=t.name, url=f"/region/{s}/") for s, t in self.config.regions.items()}

    @cached_property
    def categories(self) -> dict[str, Label]:
        """Categories by slug, in the order of digest.toml."""
        return {s: Label(slug=s, name=t.name, url=f"/category/{s}/") for s, t in self.config.categories.items()}

    @cached_property
    def authors(self) -> dict[str, Label]:
        """Authors with a page, by their name in bylines."""
        return {a.name: Label(slug=s, name=a.name, url=f"/author/{s}/") for s, a in self.config.authors.items()}

    @cached_property
    def site(self) -> SiteView:
        """The view of the site that every page shares."""
        site = self.config.site
        return SiteView(
            title=site.title,
            tagline=site.tagline,
            description=site.description,
            publisher=site.publisher or site.title,
            base_url=site.base_url,
            base_path=self.config.base_path,
            language=site.language,
            direction=direction_of(site.language),
            regions=self.regions,
            categories=self.categories,
            sources={key: self.credit(key) for key in self.config.sources},
            authors={label.slug: label for label in self.authors.values()},
            generator=self.engine,
            preview=self.audience is Audience.PREVIEW,
            hub=self.config.feeds.hub,
            alternates=site.alternates,
            search=self.config.search.enabled,
        )

    def credit(self, key: str) -> Credit:
        """Return the credit of a source. An unknown source has its key as its name."""
        source = self.config.sources.get(key)
        if source is None:
            return Credit(key=key, name=key, line="", rights="")
        return Credit(key=key, name=source.name or key, line=source.credit, rights=source.rights)

    def absolute_url(self, url: str) -> str:
        """Return the absolute URL of a path."""
        return self.config.site.base_url + url.removeprefix("/")

    def region(self, slug: str) -> Label:
        """Return the label of a region."""
        return self.regions[slug]

    def category(self, slug: str) -> Label:
        """Return the label of a category."""
        return self.categories[slug]
