"""Sitemaps: they name existing, indexable pages, and no more than they may.

https://www.sitemaps.org/protocol.html: at most 50,000 addresses and 50 MB a file. A news sitemap holds at most 1,000:
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
_HINT = "it comes from a template: mend it there"


class _Map(NamedTuple):
    file: str
    root: ET.Element
    addresses: list[str]


def check_sitemaps(output: Output, addresses: AddressResolver, unlisted: Collection[str]) -> Iterator[Finding]:
    """All sitemaps of an output, by their root elements."""
    for file in output.files_of_type("application/xml"):
        text = output.read(file)
        try:
            root = ET.fromstring(text)  # noqa: S314 - made by the build; expat bounds what entities may become
        except ET.ParseError as error:
            yield Finding(code="sitemap-malformed", file=file, message=f"the XML cannot be read: {error}", hint=_HINT)
            continue
        if root.tag in _ROOTS:
            found = _Map(file, root, [e.findtext(f"{SITEMAP}loc", "").strip() for e in root])
            yield from _size(found, len(text.encode()))
            yield from _places(found, output, addresses, unlisted)


def _size(found: _Map, size: int) -> Iterator[Finding]:
    is_news = found.root.find(f"{SITEMAP}url/{NEWS}news") is not None
    most = MAX_NEWS_URLS if is_news else MAX_URLS
    if len(found.addresses) > most or size > MAX_BYTES:
        message = f"{len(found.addresses):,} addresses in {size / 1e6:.1f} MB; {most:,} in 50 MB is the most"
        hint = "split it, and name the parts in an index"
        yield Finding(code="sitemap-long", file=found.file, message=message, hint=hint)
    for element in found.root if is_news else ():
        if not all(element.findtext(f"{NEWS}news/{NEWS}{name}") for name in ("title", "publication_date")):
            message = f"`{element.findtext(f'{SITEMAP}loc')}` has no title or no date"
            yield Finding(code="sitemap-malformed", file=found.file, message=message, hint=_HINT)


def _places(found: _Map, output: Output, addresses: AddressResolver, unlisted: Collection[str]) -> Iterator[Finding]:
    seen: set[str] = set()
    for address in found.addresses:
        target = addresses.target(address, found.file)
        message = ""
        if address in seen:
            message = f"`{address}` stands there twice"
        elif target is None or target.file not in output.types:
            message = f"`{address}` leads to no page of the site"
        elif target.file in unlisted:
            message = f"`{address}` is a page that search engines are told to leave alone"
        seen.add(address)
        if message:
            yield Finding(code="sitemap-address", file=found.file, message=message, hint=_HINT)
