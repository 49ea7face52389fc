"""Run all checks of a site: pages, links between pages, feeds, sitemaps, style sheets, items."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from digest.check.css.contrast import check_contrast
from digest.check.finding import Finding
from digest.check.items.bylines import check_bylines
from digest.check.items.headlines import check_headlines
from digest.check.site.addresses import AddressResolver
from digest.check.site.feeds import check_feeds
from digest.check.site.links import check_between_pages, check_pages
from digest.check.site.output import Output, load_output
from digest.check.site.sitemaps import check_sitemaps
from digest.check.source_lines import SourceLocator
from digest.config import Config
from digest.issues import Issue
from digest.model import Item


class CheckInput(Struct, frozen=True, kw_only=True):
    """The input of `check_site`: a site, its output and its items.

    `output_name` is the name of the output folder in issues. `content` maps a file of the output to the content pages
    it was made from, relative to the content folder. `jobs` is the number of worker processes.
    """

    site: Path
    config: Config
    output: Path
    output_name: str = "output"
    items: Sequence[Item] = ()
    content: Mapping[str, Sequence[str]] = {}
    jobs: int = 1


def check_site(subject: CheckInput) -> Iterator[Issue]:
    """Yield all issues of a site, unsorted. An output without a manifest has no files to check."""
    output = load_output(subject.output)
    locator = SourceLocator(subject.site, subject.output_name, subject.config.base_path, subject.content)
    yield from locator.issues(_findings(output, subject.config.site.base_url, subject.jobs))
    rules, recurring = subject.config.check, subject.config.imports.recurring
    for duplicate in check_headlines(subject.items, rules, recurring):
        yield locator.at_field(duplicate, "title:")
    yield from check_bylines(subject.items)


def _findings(output: Output, base_url: str, jobs: int) -> Iterator[Finding]:
    addresses = AddressResolver(base_url)
    results = check_pages(output, addresses, jobs)
    yield from results.findings
    yield from check_between_pages(results, output)
    yield from check_feeds(output, base_url)
    yield from check_sitemaps(output, addresses, results.unlisted)
    yield from check_contrast(output)
