"""Parsed HTML page: everything that checks need, collected in one pass."""

import re
from collections.abc import Mapping
from html import unescape
from typing import NamedTuple

from digest.check.finding import Finding
from digest.check.html.nesting import Nesting
from digest.check.html.tokenizer import Attributes, Tag, attributes_of, tags

_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_TOLD = {*_HEADINGS, "html", "title", "img", "script", "meta", "link"}
_TAGS = re.compile(r"<[^>]*>")


class PageLink(NamedTuple):
    """An address that a page names, and where."""

    address: str
    start: int


class Heading(NamedTuple):
    """A heading, with the text in it as it was written."""

    level: int
    text: str
    start: int


class HtmlPage:
    """An HTML page of the output: `file` is its path there, `text` its bytes decoded."""

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
        """Whether it only sends its readers elsewhere."""
        self.markup_errors: list[tuple[int, str]] = []
        self._read()

    def finding(self, code: str, start: int, message: str, hint: str, source_text: str = "", **more: bool) -> Finding:
        """A finding at an offset of this page."""
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
            **more,
        )

    def _read(self) -> None:
        nesting = Nesting()
        for tag in tags(self.text):
            nesting.take(tag)
            if tag.closes:
                continue
            if tag.raw:
                self._attributes(tag, attributes_of(tag.raw))
            if tag.name in _TOLD:
                self._element(tag, attributes_of(tag.raw))
        nesting.end()
        self.markup_errors += nesting.wrong
        if not self.text[:20].lower().startswith("<!doctype html"):
            self.markup_errors.append((0, "the page does not begin with `<!doctype html>`"))
        if not self.has_title:
            self.markup_errors.append((0, "the page has no title"))

    def _attributes(self, tag: Tag, attributes: Attributes) -> None:
        for address in attributes.addresses:
            self.links.append(PageLink(address, tag.start))
        if attributes.twice:
            self.markup_errors.append((tag.start, f"`<{tag.name}>` has the attribute `{attributes.twice}` twice"))
        if "id" in attributes.named:
            self._anchor(attributes.named["id"], tag.start)

    def _anchor(self, name: str, start: int) -> None:
        if name in self.ids:
            self.markup_errors.append((start, f"the id `{name}` is already that of another element"))
        self.ids.setdefault(name, start)

    def _element(self, tag: Tag, attributes: Attributes) -> None:
        name = tag.name
        if name in _HEADINGS:
            end = self.text.find(f"</{name}", tag.end)
            text = unescape(_TAGS.sub("", self.text[tag.end : end])).strip()
            self.headings.append(Heading(_HEADINGS[name], text, tag.start))
        elif name == "html":
            self.root = attributes.named
        elif name == "title":
            end = self.text.find("</", tag.end)
            self.has_title |= bool(self.text[tag.end : end].strip())
        elif name == "img":
            self.images.append((tag.start, attributes))
        elif name == "script":
            if attributes.get("type") == "application/ld+json":
                self.json_ld.append((tag.end, self.text[tag.end : self.text.find("</script", tag.end)]))
        else:
            self._head(tag, attributes)

    def _head(self, tag: Tag, attributes: Attributes) -> None:
        relation = attributes.get("rel")
        if attributes.get("name").lower() == "robots":
            self.is_indexed &= "noindex" not in attributes.get("content")
        elif attributes.get("http-equiv").lower() == "refresh":
            self.is_redirect = True
        elif relation == "canonical":
            self.canonical = attributes.get("href")
        elif relation == "alternate" and "hreflang" in attributes.named:
            self.alternates.append((attributes.get("hreflang"), PageLink(attributes.get("href"), tag.start)))
