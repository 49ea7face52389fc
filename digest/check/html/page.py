"""HTML page: the parts that checks need, gathered in one pass over the text."""

import re
from collections.abc import Mapping
from html import unescape
from typing import NamedTuple

from digest.check.finding import Finding
from digest.check.html.nesting import Nesting
from digest.check.html.tokenizer import Attributes, Tag, attributes_of, tags

_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_ELEMENTS = {*_HEADINGS, "html", "title", "img", "script", "meta", "link"}
_TAGS = re.compile(r"<[^>]*>")


class PageLink(NamedTuple):
    """A URL in a page and the offset of its tag."""

    address: str
    start: int


class Heading(NamedTuple):
    """A heading: level, text without markup, offset."""

    level: int
    text: str
    start: int


class HtmlPage:
    """An HTML page. `file` is its path relative to the output, `text` its HTML."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self.text = file, text
        self.root: Mapping[str, str] = {}
        self.has_title = False
        self.ids: dict[str, int] = {}
        self.links: list[PageLink] = []
        self.alternates: list[tuple[str, PageLink]] = []
        self.headings: list[Heading] = []
        self.images: list[tuple[int, Attributes]] = []
        self.json_ld: list[tuple[int, str]] = []
        self.canonical = ""
        self.is_indexed = True
        self.is_redirect = False
        """True if the page only redirects."""
        self.markup_errors: list[tuple[int, str]] = []
        self._read()

    def finding(self, code: str, start: int, message: str, hint: str, source_text: str = "") -> Finding:
        """Build a finding at an offset of this page."""
        line = self.text.count("\n", 0, start) + 1
        column = start - self.text.rfind("\n", 0, start)
        return Finding(
            code=code,
            file=self.file,
            message=message,
            hint=hint,
            line=line,
            column=column,
            source_text=source_text,
        )

    def _read(self) -> None:
        nesting = Nesting()
        for tag in tags(self.text):
            nesting.handle_tag(tag)
            if tag.closes:
                continue
            if tag.raw:
                self._read_attributes(tag, attributes_of(tag.raw))
            if tag.name in _ELEMENTS:
                self._read_element(tag, attributes_of(tag.raw))
        nesting.finish()
        self.markup_errors += nesting.errors
        if not self.text[:20].lower().startswith("<!doctype html"):
            self.markup_errors.append((0, "the page does not begin with `<!doctype html>`"))
        if not self.has_title:
            self.markup_errors.append((0, "the page has no title"))

    def _read_attributes(self, tag: Tag, attributes: Attributes) -> None:
        for address in attributes.addresses:
            self.links.append(PageLink(address, tag.start))
        if attributes.duplicate:
            self.markup_errors.append((tag.start, f"`<{tag.name}>` has the attribute `{attributes.duplicate}` twice"))
        if "id" in attributes.values:
            self._add_id(attributes.values["id"], tag.start)

    def _add_id(self, name: str, start: int) -> None:
        if name in self.ids:
            self.markup_errors.append((start, f"the id `{name}` is already used by another element"))
        self.ids.setdefault(name, start)

    def _read_element(self, tag: Tag, attributes: Attributes) -> None:
        name = tag.name
        if name in _HEADINGS:
            end = self.text.find(f"</{name}", tag.end)
            text = unescape(_TAGS.sub("", self.text[tag.end : end])).strip()
            self.headings.append(Heading(_HEADINGS[name], text, tag.start))
        elif name == "html":
            self.root = attributes.values
        elif name == "title":
            end = self.text.find("</", tag.end)
            self.has_title |= bool(self.text[tag.end : end].strip())
        elif name == "img":
            self.images.append((tag.start, attributes))
        elif name == "script":
            if attributes.get("type") == "application/ld+json":
                self.json_ld.append((tag.end, self.text[tag.end : self.text.find("</script", tag.end)]))
        else:
            self._read_head(tag, attributes)

    def _read_head(self, tag: Tag, attributes: Attributes) -> None:
        relation = attributes.get("rel")
        if attributes.get("name").lower() == "robots":
            self.is_indexed &= "noindex" not in attributes.get("content")
        elif attributes.get("http-equiv").lower() == "refresh":
            self.is_redirect = True
        elif relation == "canonical":
            self.canonical = attributes.get("href")
        elif relation == "alternate" and "hreflang" in attributes.values:
            self.alternates.append((attributes.get("hreflang"), PageLink(attributes.get("href"), tag.start)))
