"""Checks between pages: missing anchors, orphan pages, one-sided translations."""

from collections.abc import Iterable, Iterator
from functools import partial

from digest.builder.render.pools import can_share_by_fork, in_shards, map_shared
from digest.check.finding import Finding
from digest.check.html.page import HtmlPage
from digest.check.site.addresses import AddressResolver
from digest.check.site.output import Output
from digest.check.site.page_checks import PageResults, Translation, check_files, missing_anchor

SHARD_PAGES = 256
"""Number of pages in one task of a worker process."""

MIN_PARALLEL_PAGES = 4 * SHARD_PAGES
"""Number of pages from which worker processes are used."""

_UNLINKED = frozenset({"index.html", "404.html"})


def check_pages(output: Output, addresses: AddressResolver, jobs: int) -> PageResults:
    """Check every HTML page of an output, in worker processes if there are many."""
    files = output.files_of_type("text/html")
    shards = in_shards(files, SHARD_PAGES)
    jobs = jobs if len(files) >= MIN_PARALLEL_PAGES and can_share_by_fork(jobs) else 1
    return _merged(map_shared(partial(check_files, output, addresses), shards, jobs))


def _merged(shards: Iterable[PageResults]) -> PageResults:
    merged = PageResults([], set(), {}, {}, set(), [])
    for shard in shards:
        merged.findings.extend(shard.findings)
        merged.linked.update(shard.linked)
        for target, place in shard.anchor_links.items():
            merged.anchor_links.setdefault(target, place)
        merged.anchors.update(shard.anchors)
        merged.unlisted.update(shard.unlisted)
        merged.translations.extend(shard.translations)
    return merged


def check_between_pages(results: PageResults, output: Output) -> Iterator[Finding]:
    """Find problems that involve more than one page."""
    for target, (file, link) in results.anchor_links.items():
        if target.fragment not in results.anchors.get(target.file, ()):
            yield missing_anchor(HtmlPage(file, output.read(file)), link, target)
    yield from _orphans(results)
    yield from _one_sided(results.translations)


def _orphans(results: PageResults) -> Iterator[Finding]:
    for file in sorted(results.anchors.keys() - results.linked - results.unlisted - _UNLINKED):
        message = "no page links to this page"
        yield Finding(code="page-orphan", file=file, message=message, hint="link to it, or remove it from the site")


def _one_sided(translations: Iterable[Translation]) -> Iterator[Finding]:
    pairs = {(t.file, t.target) for t in translations}
    for one in translations:
        if one.target != one.file and (one.target, one.file) not in pairs:
            yield one.finding
