"""Checks of a batch of pages: findings of each page, and the data for checks between pages."""

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

_HINT = "check the address"


class Translation(NamedTuple):
    """A link from a page to its translation."""

    file: str
    language: str
    target: str
    finding: Finding


class PageResults(NamedTuple):
    """Results of a batch of pages.

    `linked` are files that another page links to. `anchor_links` are targets with a fragment in another page, with the
    first file and link that lead there. `anchors` are the ids of each page. `unlisted` are pages that redirect or that
    search engines may not index.
    """

    findings: list[Finding]
    linked: set[str]
    anchor_links: dict[Target, tuple[str, PageLink]]
    anchors: dict[str, tuple[str, ...]]
    unlisted: set[str]
    translations: list[Translation]


def page_findings(page: HtmlPage) -> Iterator[Finding]:
    """Yield the findings of all checks of a single page."""
    for check in PAGE_CHECKS:
        yield from check(page)


def check_files(output: Output, addresses: AddressResolver, files: Sequence[str]) -> PageResults:
    """Check these HTML files; each is read once."""
    results = PageResults([], set(), {}, {}, set(), [])
    for file in files:
        page = HtmlPage(file, output.read(file))
        results.findings.extend(page_findings(page))
        results.anchors[file] = tuple(page.ids)
        if page.is_redirect or not page.is_indexed or page.canonical not in ("", addresses.url_of(file)):
            results.unlisted.add(file)
        for link in page.links:
            _check_link(results, page, link, output, addresses)
        for language, link in page.alternates:
            if target := addresses.target(link.address, file):
                message = f"`{link.address}` does not link back to this page as its translation"
                finding = page.finding("html-language", link.start, message, "translations must link to each other")
                results.translations.append(Translation(file, language, target.file, finding))
    return results


def _check_link(
    results: PageResults, page: HtmlPage, link: PageLink, output: Output, addresses: AddressResolver
) -> None:
    target = addresses.target(link.address, page.file)
    if target is None:
        return
    if target.file not in output.types:
        message = f"`{link.address}` leads to no page of the site"
        hint = f"write `{link.address}/`" if f"{target.file}/index.html" in output.types else _HINT
        results.findings.append(page.finding("link-broken", link.start, message, hint, link.address))
        return
    is_same_page = target.file == page.file
    if not is_same_page:
        results.linked.add(target.file)
    if target.fragment in ("", "top") or not target.file.endswith(".html"):
        return
    if not is_same_page:
        results.anchor_links.setdefault(target, (page.file, link))
    elif target.fragment not in page.ids:
        results.findings.append(missing_anchor(page, link, target))


def missing_anchor(page: HtmlPage, link: PageLink, target: Target) -> Finding:
    """Build the finding of a link to a missing anchor."""
    message = f"`{link.address}` leads to an anchor that {target.file} does not have"
    return page.finding("link-broken", link.start, message, _HINT, link.address)
