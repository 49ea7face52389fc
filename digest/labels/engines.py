"""The door for other engines: `[labels] engine` names an entry point of the group `digest.labellers`.

What it leads to is called with the site's `Taxonomy` and gives a `Labeller` (`digest.model`). Nothing is loaded, and no
installed package is looked at, for a site that keeps the default.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

import msgspec

from digest.config import DEFAULT_LABELLER, LABELLERS, NAME, Config
from digest.engine_version import engine_digest
from digest.issues import Issue, issue
from digest.labels.report import Report
from digest.model import Labeller, Labels, Taxonomy

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint


class Guest:
    """Another engine behind the door: of what it says, only the slugs that the site has come in."""

    def __init__(self, own: Labeller, taxonomy: Taxonomy) -> None:
        self.name, self.version = own.name, own.version
        self._own, self._taxonomy = own, taxonomy
        self._regions = frozenset(region.slug for region in taxonomy.regions)
        self._categories = frozenset(category.slug for category in taxonomy.categories)

    def label(self, headline: str, summary: str = "", body: str = "") -> Labels:
        """Return the labels; a primary label that the site does not have becomes the fallback."""
        said, taxonomy = self._own.label(headline, summary, body), self._taxonomy
        regions, categories = self._regions, self._categories
        return msgspec.structs.replace(
            said,
            region=said.region if said.region in regions else taxonomy.fallback_region,
            category=said.category if said.category in categories else taxonomy.fallback_category,
            other_regions=tuple(slug for slug in said.other_regions if slug in regions),
            other_categories=tuple(slug for slug in said.other_categories if slug in categories),
        )


def labeller_of(config: Config) -> Labeller:
    """The labeller that a site has chosen. `issues_of` says beforehand whether there is one."""
    return engine_named(config.labels.engine, config.taxonomy)


def engine_named(name: str, taxonomy: Taxonomy) -> Labeller:
    """The engine of this name for a taxonomy."""
    if name == DEFAULT_LABELLER:
        from digest.labels.labeller import engine  # noqa: PLC0415 - most builds label nothing

        return engine(taxonomy)
    made = _maker(name)(taxonomy)
    return Guest(made, taxonomy)


def issues_of(config: Config) -> tuple[Issue, ...]:
    """Why the labeller that a site has chosen cannot be loaded, if so."""
    if config.labels.engine == DEFAULT_LABELLER:
        return ()
    try:
        _maker(config.labels.engine)
    except (ImportError, AttributeError) as error:
        message = f"the engine `{config.labels.engine}` cannot be loaded: {error}"
        hint = f'install what it needs, or write engine = "{DEFAULT_LABELLER}"'
        return (issue("config-value", NAME, message, hint),)
    return ()


def mark_of(config: Config) -> str:
    """Return a digest of the code that labels pages; when it changes, the build infers labels again."""
    if config.labels.engine == DEFAULT_LABELLER:
        return engine_digest()
    dist = _entry(config.labels.engine).dist
    version = f"{dist.name} {dist.version}" if dist else ""
    return f"{engine_digest()} {config.labels.engine} {version}"


def report_of(labeller: Labeller, headline: str, summary: str = "", body: str = "") -> Report:
    """Return the labels of a text with all reasons that the labeller gives."""
    from digest.labels.labeller import Engine  # noqa: PLC0415 - as above

    if isinstance(labeller, Engine):
        return labeller.report_of(headline, summary, body)
    labels = labeller.label(headline, summary, body)
    return Report(
        headline=headline,
        labels=labels,
        regions=((labels.region, labels.region_confidence),),
        categories=((labels.category, labels.category_confidence),),
        witnesses=labels.evidence,
    )


def _maker(name: str) -> Callable[[Taxonomy], Labeller]:
    return cast("Callable[[Taxonomy], Labeller]", _entry(name).load())


def _entry(name: str) -> "EntryPoint":
    from importlib.metadata import entry_points  # noqa: PLC0415 - it takes longer than all that is here

    return next(iter(entry_points(group=LABELLERS, name=name)))
