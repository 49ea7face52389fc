"""One pass over some pages: what is wrong with each alone, and the little that only all pages together can judge."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from digest.check.finding import Finding
from digest.check.html.headings import headings
from digest.check.html.images import images
from digest.check.html.language import language
from digest.check.html.page import Named, Page
from digest.check.html.structured_data import data
from digest.check.html.well_formed import markup
from digest.check.site.addresses import Addresses, Target
from digest.check.site.output import Output

PAGE_CHECKS: Sequence[Callable[[Page], Iterable[Finding]]] = (markup, headings, images, language, data)

_SEE = "see where it was written"


class Translation(NamedTuple):
    """A page says that another is its translation."""

    file: str
    tongue: str
    target: str
    finding: Finding


class Shard(NamedTuple):
    """What was seen of some pages.

    `linked` are files that another page leads to; `wanted` are places in other pages that one of these leads to, with
    the file and the address that leads there; `anchors` are the places that these pages have; `unlisted` are
    pages that search engines are told to leave alone, or that only lead elsewhere.
    """

    findings: list[Finding]
    linked: set[str]
    wanted: dict[Target, tuple[str, Named]]
    anchors: dict[str, tuple[str, ...]]
    unlisted: set[str]
    translations: list[Translation]


def page_findings(page: Page) -> Iterator[Finding]:
    """All that is wrong with a page, as far as it alone can tell."""
    for check in PAGE_CHECKS:
        yield from check(page)


def look_at(output: Output, addresses: Addresses, files: Sequence[str]) -> Shard:
    """Reads these HTML files, each once."""
    shard = Shard([], set(), {}, {}, set(), [])
    for file in files:
        page = Page(file, output.read(file))
        shard.findings.extend(page_findings(page))
        shard.anchors[file] = tuple(page.ids)
        if page.leads_on or not page.is_indexed or page.canonical not in ("", addresses.of(file)):
            shard.unlisted.add(file)
        for named in page.addresses:
            _follow(shard, page, named, output, addresses)
        for tongue, named in page.alternates:
            if target := addresses.target(named.address, file):
                message = f"`{named.address}` does not name this page as its translation"
                found = page.finding("html-language", named.start, message, "translations name each other")
                shard.translations.append(Translation(file, tongue, target.file, found))
    return shard


def _follow(shard: Shard, page: Page, named: Named, output: Output, addresses: Addresses) -> None:
    target = addresses.target(named.address, page.file)
    if target is None:
        return
    if target.file not in output.types:
        message = f"`{named.address}` leads to no page of the site"
        hint = f"write `{named.address}/`" if f"{target.file}/index.html" in output.types else _SEE
        shard.findings.append(page.finding("link-broken", named.start, message, hint, named.address))
        return
    is_here = target.file == page.file
    if not is_here:
        shard.linked.add(target.file)
    if target.fragment in ("", "top") or not target.file.endswith(".html"):
        return
    if not is_here:
        shard.wanted.setdefault(target, (page.file, named))
    elif target.fragment not in page.ids:
        shard.findings.append(nowhere(page, named, target))


def nowhere(page: Page, named: Named, target: Target) -> Finding:
    """That a page leads to a place that is not there."""
    message = f"`{named.address}` leads to a place that {target.file} does not have"
    return page.finding("link-broken", named.start, message, _SEE, named.address)
