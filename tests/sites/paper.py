"""A built site for tests: every page parsed, every URL resolved."""

from collections.abc import Iterator
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from msgspec import Struct

from digest.builder.commit.manifest import MANIFEST, read_manifest
from digest.site.urls import file_of

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_NAMING = ("href", "src")


class Element(Struct, eq=False):
    """An element with what is in it."""

    tag: str
    attributes: dict[str, str]
    inside: "list[Element | str]"

    def walk(self) -> "Iterator[Element]":
        """All elements below this one, in order."""
        for part in self.inside:
            if isinstance(part, Element):
                yield part
                yield from part.walk()

    def all(self, *tags: str, **attributes: str) -> "list[Element]":
        """The elements below with one of these tags and these attributes; `class_` is one class of several."""
        return [e for e in self.walk() if e.tag in tags and e.has(**attributes)]

    def has(self, **attributes: str) -> bool:
        """Whether it has these attributes."""
        classes = attributes.pop("class_", "")
        if classes and classes not in self.attributes.get("class", "").split():
            return False
        return all(self.attributes.get(name) == value for name, value in attributes.items())

    @property
    def text(self) -> str:
        """The text in it, with every run of space as one."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for part in self.inside:
            if isinstance(part, Element):
                yield from part._texts()
            else:
                yield part


class _Reader(HTMLParser):
    """Reads HTML that closes every element, as our templates do; anything else is an error."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {}, [])
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice, line {self.getpos()[0]}"
        element = Element(tag, {name: value or "" for name, value in attrs}, [])
        self._open[-1].inside.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>, line {self.getpos()[0]}"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].inside.append(data)

    def close(self) -> None:
        super().close()
        assert self._open == [self.root], "an element is never closed"


def parsed(html: str) -> Element:
    """A page as a tree. Raises AssertionError where elements are not closed as they were opened."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root


class Paper:
    """The site in an output folder, which stands at `base_url`."""

    def __init__(self, output: Path, base_url: str) -> None:
        self.output, self.base_url = output, base_url

    @cached_property
    def files(self) -> list[str]:
        """Every file of the site."""
        manifest = read_manifest(self.output)
        assert manifest
        return [MANIFEST, *(file.path for file in manifest.files)]

    @cached_property
    def pages(self) -> dict[str, Element]:
        """Every HTML page by its file."""
        return {f: parsed(self.read(f)) for f in self.files if f.endswith(".html")}

    @property
    def front(self) -> Element:
        """The front page."""
        return self.pages["index.html"]

    def read(self, file: str) -> str:
        """The text of a file."""
        return (self.output / file).read_text("utf-8")

    def url_of(self, file: str) -> str:
        """The address of a file."""
        return urljoin(self.base_url, file.removesuffix("index.html"))

    def target(self, address: str, at: str = "index.html") -> tuple[str, str] | None:
        """The file and the fragment that an address in the file `at` leads to; None where it leaves the site."""
        whole, fragment = urldefrag(urljoin(self.url_of(at), address))
        if not whole.startswith(self.base_url):
            return None
        path = urlsplit(whole).path.removeprefix(urlsplit(self.base_url).path)
        return unquote(file_of(f"/{path}")), unquote(fragment)

    def named_by(self, file: str) -> Iterator[str]:
        """The files of the site that a page names."""
        for element in self.pages[file].walk():
            for name in _NAMING:
                found = self.target(element.attributes[name], file) if name in element.attributes else None
                if found:
                    yield found[0]

    @cached_property
    def reached(self) -> set[str]:
        """Every file that a reader who starts at the front page can come to."""
        seen, waiting = {"index.html"}, ["index.html"]
        while waiting:
            for file in self.named_by(waiting.pop()):
                if file not in seen:
                    seen.add(file)
                    waiting += [file] if file in self.pages else []
        return seen

    def with_body(self, kind: str) -> list[str]:
        """The files of the pages that the theme marks as `kind`."""
        return [f for f, page in self.pages.items() if page.all("body", class_=kind)]
