"""One pass over some pages: what is wrong with each alone, and the little that only all pages together can judge."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from digest.check.finding import Finding
from digest.check.html.headings import check_headings
from digest.check.html.images import check_images
from digest.check.html.language import check_language
from digest.check.html.page import HtmlPage, PageLink
from digest.check.html.structured_data import check_structured_data
from digest.check.html.well_formed import check_markup
from digest.check.site.addresses import AddressResolver, Target
from digest.check.site.output import Output

PAGE_CHECKS: Sequence[Callable[[HtmlPage], Iterable[Finding]]] = (
    check_markup,
    check_headings,
    check_images,
    check_language,
    check_structured_data,
)

_SEE = "see where it was written"


class Translation(NamedTuple):
    """A page says that another is its translation."""

    file: str
    language: str
    target: str
    finding: Finding


class PageResults(NamedTuple):
    """Results of checking some pages.

    `linked` are files that another page leads to; `wanted` are places in other pages that one of these leads to, with
    the file and the address that leads there; `anchors` are the places that these pages have; `unlisted` are
    pages that search engines are told to leave alone, or that only lead elsewhere.
    """

    findings: list[Finding]
    linked: set[str]
    anchor_links: dict[Target, tuple[str, PageLink]]
    anchors: dict[str, tuple[str, ...]]
    unlisted: set[str]
    translations: list[Translation]


def page_findings(page: HtmlPage) -> Iterator[Finding]:
    """All that is wrong with a page, as far as it alone can tell."""
    for check in PAGE_CHECKS:
        yield from check(page)


def check_files(output: Output, addresses: AddressResolver, files: Sequence[str]) -> PageResults:
    """Reads these HTML files, each once."""
    shard = PageResults([], set(), {}, {}, set(), [])
    for file in files:
        page = HtmlPage(file, output.read(file))
        shard.findings.extend(page_findings(page))
        shard.anchors[file] = tuple(page.ids)
        if page.is_redirect or not page.is_indexed or page.canonical not in ("", addresses.url_of(file)):
            shard.unlisted.add(file)
        for named in page.links:
            _follow(shard, page, named, output, addresses)
        for tongue, named in page.alternates:
            if target := addresses.target(named.address, file):
                message = f"`{named.address}` does not name this page as its translation"
                found = page.finding("html-language", named.start, message, "translations name each other")
                shard.translations.append(Translation(file, tongue, target.file, found))
    return shard


def _follow(shard: PageResults, page: HtmlPage, named: PageLink, output: Output, addresses: AddressResolver) -> None:
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
        shard.anchor_links.setdefault(target, (page.file, named))
    elif target.fragment not in page.ids:
        shard.findings.append(missing_anchor(page, named, target))


def missing_anchor(page: HtmlPage, named: PageLink, target: Target) -> Finding:
    """Return the finding for a link to a missing anchor."""
    message = f"`{named.address}` leads to a place that {target.file} does not have"
    return page.finding("link-broken", named.start, message, _SEE, named.address)
