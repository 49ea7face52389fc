"""All checks of a site: its output, page by page and as a whole, and its items."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from digest.check.css.contrast import contrast
from digest.check.finding import Finding
from digest.check.items.bylines import bylines
from digest.check.items.headlines import headlines
from digest.check.site.addresses import Addresses
from digest.check.site.feeds import feeds
from digest.check.site.links import between, look_at_all
from digest.check.site.output import Output, output_of
from digest.check.site.sitemaps import sitemaps
from digest.check.source_lines import Trace
from digest.config import Config
from digest.issues import Issue
from digest.model import Item


class Subject(Struct, frozen=True, kw_only=True):
    """What is looked at: a site, its output and its items.

    `shown_as` is what issues call the output folder. `content` names for files of the output the pages that they were
    made of, relative to the content folder. `jobs` is the number of processes.
    """

    site: Path
    config: Config
    output: Path
    shown_as: str = "output"
    items: Sequence[Item] = ()
    content: Mapping[str, Sequence[str]] = {}
    jobs: int = 1


def check_site(subject: Subject) -> Iterator[Issue]:
    """All that is wrong, in no order. An output without a manifest has nothing to look at."""
    output = output_of(subject.output)
    trace = Trace(subject.site, subject.shown_as, subject.config.base_path, subject.content)
    yield from trace.issues(_findings(output, subject.config.site.base_url, subject.jobs))
    rules, recurring = subject.config.check, subject.config.imports.recurring
    for found in headlines(subject.items, rules, recurring):
        yield trace.at(found, "title:")
    yield from bylines(subject.items)


def _findings(output: Output, base_url: str, jobs: int) -> Iterator[Finding]:
    addresses = Addresses(base_url)
    seen = look_at_all(output, addresses, jobs)
    yield from seen.findings
    yield from between(seen, output)
    yield from feeds(output, base_url)
    yield from sitemaps(output, addresses, seen.unlisted)
    yield from contrast(output)
