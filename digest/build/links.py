"""Do all internal links of a built site lead somewhere? Read from the output's pages, as a browser would."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from digest.build.manifest import MANIFEST, read_manifest
from digest.issues import Issue, Place, issue
from digest.site.urls import file_of

_ADDRESSES = {"href", "src", "action", "poster"}


class _Page(HTMLParser):
    """The addresses that a page names, with their lines, and the places in it that can be led to."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.addresses: list[tuple[str, int, int]] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect what an element names."""
        line, column = self.getpos()
        for name, value in attrs:
            if value is None:
                continue
            if name == "id" or (tag == "a" and name == "name"):
                self.anchors.add(value)
            elif name in _ADDRESSES:
                self.addresses.append((value, line, column + 1))
            elif name == "srcset":
                self.addresses += [(part.split()[0], line, column + 1) for part in value.split(",") if part.strip()]


def broken_links(output: Path, base_url: str) -> tuple[Issue, ...]:
    """An issue for each link of an HTML page to a page, file or fragment of this site that is not there."""
    manifest = read_manifest(output)
    files = {file.path for file in manifest.files} if manifest else set()
    pages = {path: _read(output / path) for path in sorted(files) if path.endswith(".html")}
    files.add(MANIFEST)
    return tuple(broken for path in pages for broken in _broken(path, pages, files, base_url))


def _read(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text("utf-8"))
    return page


def _broken(path: str, pages: dict[str, _Page], files: set[str], base_url: str) -> Iterator[Issue]:
    here = urljoin(base_url, path.removesuffix("index.html"))
    for address, line, column in pages[path].addresses:
        whole, fragment = urldefrag(urljoin(here, address))
        if not _is_ours(address, whole, base_url):
            continue
        target = file_of("/" + unquote(urlsplit(whole).path.removeprefix(urlsplit(base_url).path)))
        place = Place(path, line, column)
        if target not in files:
            yield issue("link-broken", place, f"`{address}` leads to no page of the site", "see where it was written")
        elif fragment and target in pages and unquote(fragment) not in pages[target].anchors:
            message = f"`{address}` leads to a place that {target} does not have"
            yield issue("link-broken", place, message, "see where it was written")


def _is_ours(address: str, whole: str, base_url: str) -> bool:
    """Whether an address means this site. A whole one beside its folder is somebody else's; a short one is a slip."""
    there, here = urlsplit(whole), urlsplit(base_url)
    inside = there.path.startswith(here.path) or not urlsplit(address).netloc
    return (there.scheme, there.netloc) == (here.scheme, here.netloc) and inside
