"""Sitemap check: sitemaps list existing pages that may be indexed, and keep the size limits.

https://www.sitemaps.org/protocol.html: at most 50,000 URLs and 50 MB a file. A news sitemap holds at most 1,000:
https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap.
"""

from collections.abc import Collection, Iterator
from typing import NamedTuple
from xml.etree import ElementTree as ET

from digest.check.finding import Finding
from digest.check.site.addresses import AddressResolver
from digest.check.site.output import Output

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
MAX_URLS, MAX_NEWS_URLS, MAX_BYTES = 50_000, 1_000, 50_000_000
_ROOTS = (f"{SITEMAP}urlset", f"{SITEMAP}sitemapindex")
_HINT = "correct the template that writes it"


class _SitemapFile(NamedTuple):
    file: str
    root: ET.Element
    addresses: list[str]


def check_sitemaps(output: Output, addresses: AddressResolver, unlisted: Collection[str]) -> Iterator[Finding]:
    """Check all sitemaps of an output, selected by root element."""
    for file in output.files_of_type("application/xml"):
        text = output.read(file)
        try:
            root = ET.fromstring(text)  # noqa: S314 - made by the build; expat bounds what entities may become
        except ET.ParseError as error:
            yield Finding(code="sitemap-malformed", file=file, message=f"the XML cannot be read: {error}", hint=_HINT)
            continue
        if root.tag in _ROOTS:
            sitemap = _SitemapFile(file, root, [e.findtext(f"{SITEMAP}loc", "").strip() for e in root])
            yield from _size_findings(sitemap, len(text.encode()))
            yield from _address_findings(sitemap, output, addresses, unlisted)


def _size_findings(sitemap: _SitemapFile, size: int) -> Iterator[Finding]:
    is_news = sitemap.root.find(f"{SITEMAP}url/{NEWS}news") is not None
    limit = MAX_NEWS_URLS if is_news else MAX_URLS
    if len(sitemap.addresses) > limit or size > MAX_BYTES:
        message = (
            f"{len(sitemap.addresses):,} addresses in {size / 1e6:.1f} MB; the limit is {limit:,} addresses in 50 MB"
        )
        hint = "split it, and list the parts in a sitemap index"
        yield Finding(code="sitemap-long", file=sitemap.file, message=message, hint=hint)
    for element in sitemap.root if is_news else ():
        if not all(element.findtext(f"{NEWS}news/{NEWS}{name}") for name in ("title", "publication_date")):
            message = f"`{element.findtext(f'{SITEMAP}loc')}` needs a title and a date"
            yield Finding(code="sitemap-malformed", file=sitemap.file, message=message, hint=_HINT)


def _address_findings(
    sitemap: _SitemapFile, output: Output, addresses: AddressResolver, unlisted: Collection[str]
) -> Iterator[Finding]:
    seen: set[str] = set()
    for address in sitemap.addresses:
        target = addresses.target(address, sitemap.file)
        message = ""
        if address in seen:
            message = f"`{address}` is listed twice"
        elif target is None or target.file not in output.types:
            message = f"`{address}` leads to no page of the site"
        elif target.file in unlisted:
            message = f"`{address}` is a page that search engines may not index"
        seen.add(address)
        if message:
            yield Finding(code="sitemap-address", file=sitemap.file, message=message, hint=_HINT)
