"""What only all pages together can tell: places that are not there, pages that nothing leads to, translations."""

from collections.abc import Iterable, Iterator
from functools import partial

from digest.builder.render.pools import can_share_by_fork, in_shards, map_shared
from digest.check.finding import Finding
from digest.check.html.page import Page
from digest.check.site.addresses import Addresses
from digest.check.site.output import Output
from digest.check.site.page_checks import Shard, Translation, look_at, nowhere

SIZE = 256
"""Pages that are looked at in one go."""

WORTH = 4 * SIZE
"""Pages from which on other processes are worth their start."""

_UNLINKED = frozenset({"index.html", "404.html"})


def look_at_all(output: Output, addresses: Addresses, jobs: int) -> Shard:
    """Every HTML page of an output, by several processes where it pays."""
    files = output.of("text/html")
    shards = in_shards(files, SIZE)
    jobs = jobs if len(files) >= WORTH and can_share_by_fork(jobs) else 1
    return _joined(map_shared(partial(look_at, output, addresses), shards, jobs))


def _joined(shards: Iterable[Shard]) -> Shard:
    whole = Shard([], set(), {}, {}, set(), [])
    for shard in shards:
        whole.findings.extend(shard.findings)
        whole.linked.update(shard.linked)
        for target, place in shard.wanted.items():
            whole.wanted.setdefault(target, place)
        whole.anchors.update(shard.anchors)
        whole.unlisted.update(shard.unlisted)
        whole.translations.extend(shard.translations)
    return whole


def between(seen: Shard, output: Output) -> Iterator[Finding]:
    """What is wrong between pages."""
    for target, (file, named) in seen.wanted.items():
        if target.fragment not in seen.anchors.get(target.file, ()):
            yield nowhere(Page(file, output.read(file)), named, target)
    yield from _orphans(seen)
    yield from _one_sided(seen.translations)


def _orphans(seen: Shard) -> Iterator[Finding]:
    for file in sorted(seen.anchors.keys() - seen.linked - seen.unlisted - _UNLINKED):
        message = "no page leads to this page"
        yield Finding(code="page-orphan", file=file, message=message, hint="link to it, or take it off the site")


def _one_sided(translations: Iterable[Translation]) -> Iterator[Finding]:
    said = {(t.file, t.target) for t in translations}
    for one in translations:
        if one.target != one.file and (one.target, one.file) not in said:
            yield one.finding
