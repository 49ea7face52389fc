"""Engine registry: entry points of the group `digest.labellers`; `[labels] engine` in digest.toml names one.

An entry point is a callable that takes a `Taxonomy` and returns a `Labeller` (see `digest.model`). For the default
engine no package metadata is read.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

import msgspec

from digest.config import CONFIG_FILE, DEFAULT_LABELLER, LABELLER_GROUP, Config
from digest.engine_version import engine_digest
from digest.issues import Issue, issue
from digest.labels.report import Report
from digest.model import Labeller, Labels, Taxonomy

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint


class PluginLabeller:
    """A labeller of another package, limited to the slugs of the site's taxonomy."""

    def __init__(self, labeller: Labeller, taxonomy: Taxonomy) -> None:
        self.name, self.version = labeller.name, labeller.version
        self._labeller, self._taxonomy = labeller, taxonomy
        self._regions = frozenset(region.slug for region in taxonomy.regions)
        self._categories = frozenset(category.slug for category in taxonomy.categories)

    def label(self, headline: str, summary: str = "", body: str = "") -> Labels:
        """Return the labels; a primary label that the site does not have becomes the fallback."""
        labels, taxonomy = self._labeller.label(headline, summary, body), self._taxonomy
        regions, categories = self._regions, self._categories
        return msgspec.structs.replace(
            labels,
            region=labels.region if labels.region in regions else taxonomy.fallback_region,
            category=labels.category if labels.category in categories else taxonomy.fallback_category,
            other_regions=tuple(slug for slug in labels.other_regions if slug in regions),
            other_categories=tuple(slug for slug in labels.other_categories if slug in categories),
        )


def site_labeller(config: Config) -> Labeller:
    """Load the labeller that a site has chosen. `engine_issues` reports beforehand when it cannot be loaded."""
    return load_labeller(config.labels.engine, config.taxonomy)


def load_labeller(name: str, taxonomy: Taxonomy) -> Labeller:
    """Load the labeller of this name for a taxonomy."""
    if name == DEFAULT_LABELLER:
        from digest.labels.labeller import load_engine  # noqa: PLC0415 - most builds label nothing

        return load_engine(taxonomy)
    return PluginLabeller(_load_factory(name)(taxonomy), taxonomy)


def engine_issues(config: Config) -> tuple[Issue, ...]:
    """Return an issue when the engine that a site has chosen cannot be loaded."""
    if config.labels.engine == DEFAULT_LABELLER:
        return ()
    try:
        _load_factory(config.labels.engine)
    except (ImportError, AttributeError) as error:
        message = f"the engine `{config.labels.engine}` cannot be loaded: {error}"
        hint = f'install the missing package, or write engine = "{DEFAULT_LABELLER}"'
        return (issue("config-value", CONFIG_FILE, message, hint),)
    return ()


def engine_fingerprint(config: Config) -> str:
    """Return a digest of the code that labels pages; when it changes, the build infers labels again."""
    if config.labels.engine == DEFAULT_LABELLER:
        return engine_digest()
    distribution = _entry_point(config.labels.engine).dist
    version = f"{distribution.name} {distribution.version}" if distribution else ""
    return f"{engine_digest()} {config.labels.engine} {version}"


def report_of(labeller: Labeller, headline: str, summary: str = "", body: str = "") -> Report:
    """Return the labels of a text with all evidence that the labeller gives."""
    from digest.labels.labeller import Engine  # noqa: PLC0415 - as above

    if isinstance(labeller, Engine):
        return labeller.report_of(headline, summary, body)
    labels = labeller.label(headline, summary, body)
    return Report(
        headline=headline,
        labels=labels,
        regions=((labels.region, labels.region_confidence),),
        categories=((labels.category, labels.category_confidence),),
        evidence=labels.evidence,
    )


def _load_factory(name: str) -> Callable[[Taxonomy], Labeller]:
    return cast("Callable[[Taxonomy], Labeller]", _entry_point(name).load())


def _entry_point(name: str) -> "EntryPoint":
    from importlib.metadata import entry_points  # noqa: PLC0415 - slower to import than the rest of this module

    return next(iter(entry_points(group=LABELLER_GROUP, name=name)))
