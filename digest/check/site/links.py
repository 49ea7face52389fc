"""Checks across pages: broken links and anchors, orphans, one-sided translations."""

from collections.abc import Iterable, Iterator
from functools import partial

from digest.builder.render.pools import can_share_by_fork, in_shards, map_shared
from digest.check.finding import Finding
from digest.check.html.page import HtmlPage
from digest.check.site.addresses import AddressResolver
from digest.check.site.output import Output
from digest.check.site.page_checks import PageResults, Translation, check_files, missing_anchor

SHARD_PAGES = 256
"""Pages that are looked at in one go."""

MIN_PARALLEL_PAGES = 4 * SHARD_PAGES
"""Pages from which on other processes are worth their start."""

_UNLINKED = frozenset({"index.html", "404.html"})


def check_pages(output: Output, addresses: AddressResolver, jobs: int) -> PageResults:
    """Every HTML page of an output, by several processes where it pays."""
    files = output.files_of_type("text/html")
    shards = in_shards(files, SHARD_PAGES)
    jobs = jobs if len(files) >= MIN_PARALLEL_PAGES and can_share_by_fork(jobs) else 1
    return _joined(map_shared(partial(check_files, output, addresses), shards, jobs))


def _joined(shards: Iterable[PageResults]) -> PageResults:
    whole = PageResults([], set(), {}, {}, set(), [])
    for shard in shards:
        whole.findings.extend(shard.findings)
        whole.linked.update(shard.linked)
        for target, place in shard.anchor_links.items():
            whole.anchor_links.setdefault(target, place)
        whole.anchors.update(shard.anchors)
        whole.unlisted.update(shard.unlisted)
        whole.translations.extend(shard.translations)
    return whole


def check_between_pages(seen: PageResults, output: Output) -> Iterator[Finding]:
    """Yield findings that concern two pages."""
    for target, (file, named) in seen.anchor_links.items():
        if target.fragment not in seen.anchors.get(target.file, ()):
            yield missing_anchor(HtmlPage(file, output.read(file)), named, target)
    yield from _orphans(seen)
    yield from _one_sided(seen.translations)


def _orphans(seen: PageResults) -> Iterator[Finding]:
    for file in sorted(seen.anchors.keys() - seen.linked - seen.unlisted - _UNLINKED):
        message = "no page leads to this page"
        yield Finding(code="page-orphan", file=file, message=message, hint="link to it, or take it off the site")


def _one_sided(translations: Iterable[Translation]) -> Iterator[Finding]:
    said = {(t.file, t.target) for t in translations}
    for one in translations:
        if one.target != one.file and (one.target, one.file) not in said:
            yield one.finding
