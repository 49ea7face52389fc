"""All checks of a site: its output, page by page and as a whole, and its items."""

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
    """Input of a check: a site, its output and its items.

    `shown_as` is what issues call the output folder. `content` names for files of the output the pages that they were
    made of, relative to the content folder. `jobs` is the number of processes.
    """

    site: Path
    config: Config
    output: Path
    output_name: str = "output"
    items: Sequence[Item] = ()
    content: Mapping[str, Sequence[str]] = {}
    jobs: int = 1


def check_site(subject: CheckInput) -> Iterator[Issue]:
    """All that is wrong, in no order. An output without a manifest has nothing to look at."""
    output = load_output(subject.output)
    trace = SourceLocator(subject.site, subject.output_name, subject.config.base_path, subject.content)
    yield from trace.issues(_findings(output, subject.config.site.base_url, subject.jobs))
    rules, recurring = subject.config.check, subject.config.imports.recurring
    for found in check_headlines(subject.items, rules, recurring):
        yield trace.at_field(found, "title:")
    yield from check_bylines(subject.items)


def _findings(output: Output, base_url: str, jobs: int) -> Iterator[Finding]:
    addresses = AddressResolver(base_url)
    seen = check_pages(output, addresses, jobs)
    yield from seen.findings
    yield from check_between_pages(seen, output)
    yield from check_feeds(output, base_url)
    yield from check_sitemaps(output, addresses, seen.unlisted)
    yield from check_contrast(output)
