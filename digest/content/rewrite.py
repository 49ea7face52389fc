"""An existing page with some fields or paragraphs changed and every other byte as it was.

Fields are found by the marks of the parser, of the plain one where the front matter is as plain as import writes it,
and replaced in the text itself; comments, order, quotes, blank lines, CR LF and a byte order mark stay. A field that is
new goes to its place in the usual order.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TypeAlias

import yaml
from msgspec import Struct

from digest.content.serialize import Value, rank_of, yaml_scalar_of, yaml_value_of
from digest.content.yaml.fast_path import parse_plain
from digest.content.yaml.nodes import Node, Scalar, YamlList, YamlMap
from digest.content.yaml.tree import compose

RawValue: TypeAlias = str | list["RawValue"] | dict[str, "RawValue"]

_FRONT = re.compile(r"\A(\ufeff?---[ \t]*(\r?\n))(.*?)^(---[ \t]*(?:\r?\n|\Z))", re.DOTALL | re.MULTILINE)
_BLANK_LINES = re.compile(r"(?:[ \t]*\r?\n)*")
_GAP = re.compile(r"([ \t]*\r?\n(?:[ \t]*\r?\n)+)")


class PageParts(Struct, frozen=True):
    """A page's text in its parts: `head` and `foot` are the lines of dashes; all four together are the page."""

    head: str
    fields: str
    foot: str
    body: str
    newline: str

    def __str__(self) -> str:
        return self.head + self.fields + self.foot + self.body


class _Body(Struct, frozen=True):
    """A body in its parts: blank lines, paragraphs with the gaps between them, and what stands behind the last."""

    head: str
    paragraphs: list[str]
    gaps: list[str]
    tail: str


class _Field(Struct, frozen=True, kw_only=True):
    """Where a field stands, as offsets: its first line from `start` to its last line's `end`, its key and its value."""

    name: str
    margin: str
    start: int
    key_end: int
    value_start: int
    value_end: int
    end: int


@lru_cache(maxsize=1)  # a change asks for the parts of one page again and again
def page_parts_of(text: str) -> PageParts:
    """The parts of a page. Raises ValueError where there is no front matter, or no end to it."""
    found = _FRONT.match(text)
    if found is None:
        raise ValueError("no front matter")
    return PageParts(found[1], found[3], found[4], text[found.end() :], found[2])


def split_paragraphs(body: str) -> tuple[str, ...]:
    """The paragraphs of a body as they are written: what stands between blank lines, with LF as the end of a line."""
    return tuple(paragraph.replace("\r\n", "\n") for paragraph in _body_of(body).paragraphs)


def set_fields(text: str, changes: Mapping[str, Value | None]) -> str:
    """The page with each field of `changes` set to its value, or removed where that is None.

    Raises ValueError where the page has no front matter or it is no YAML map.
    """
    page = page_parts_of(text)
    fields = _fields(page.fields)
    edits = []
    for rank, (name, value) in enumerate(sorted(changes.items(), key=lambda change: rank_of(change[0]))):
        if edit := _edit(page, fields, name, value):
            start, stop, written = edit
            edits.append((start, rank, stop, written))
    changed = page.fields
    for start, _, stop, written in sorted(edits, reverse=True):
        changed = changed[:start] + written + changed[stop:]
    return page.head + changed + page.foot + page.body


def raw_fields(text: str) -> dict[str, RawValue]:
    """The fields of a page as they are written, every scalar as text; of a field that is written twice, the first.

    Raises ValueError where the page has no front matter or it is no YAML map.
    """
    fields = page_parts_of(text).fields
    root = _plain(fields) or _root(fields)
    found = _raw(root) if root else {}
    return found if isinstance(found, dict) else {}


def replace_body(text: str, paragraphs: Sequence[str]) -> str:
    """The page with these paragraphs as its body; those that stay keep their bytes and the blank lines after them.

    Raises ValueError where the page has no front matter.
    """
    page = page_parts_of(text)
    old = _body_of(page.body)
    wanted = [paragraph.rstrip().replace("\n", page.newline) for paragraph in paragraphs]
    if not wanted:
        return page.head + page.fields + page.foot
    came_from: dict[int, int] = {}
    same = SequenceMatcher(None, old.paragraphs, wanted, autojunk=False).get_matching_blocks() if old.paragraphs else ()
    for match in same:
        came_from.update((match.b + n, match.a + n) for n in range(match.size))
    foot = page.foot if page.foot.endswith("\n") else page.foot + page.newline
    body = old.head or page.newline
    for n, paragraph in enumerate(wanted):
        here, then = came_from.get(n, -2), came_from.get(n + 1, -4)
        body += paragraph
        if n + 1 < len(wanted):
            body += old.gaps[here] if here + 1 == then else page.newline * 2
    return page.head + page.fields + foot + body + (old.tail or page.newline)


def _body_of(body: str) -> _Body:
    start = _BLANK_LINES.match(body)
    head = start[0] if start else ""
    text = body[len(head) :].rstrip()
    pieces = _GAP.split(text) if text else []
    return _Body(head, pieces[0::2], pieces[1::2], body[len(head) + len(text) :])


def _edit(page: PageParts, fields: Sequence[_Field], name: str, value: Value | None) -> tuple[int, int, str] | None:
    """What to put where: offsets into the front matter, and the text between them."""
    field = next((f for f in fields if f.name == name), None)
    if field is None:
        if value is None:
            return None
        first = fields[0].start if fields else len(page.fields)
        at = max((f.end for f in fields if rank_of(f.name) <= rank_of(name)), default=first)
        margin = fields[0].margin if fields else ""
        return at, at, f"{margin}{yaml_scalar_of(name)}: {yaml_value_of(value)}{page.newline}"
    if value is None:
        return field.start, field.end, ""
    return field.key_end, field.end, _behind_key(page.fields, field, yaml_value_of(value), page.newline)


def _behind_key(text: str, field: _Field, written: str, newline: str) -> str:
    """A field's lines from the end of its key, with another value; what stands around the old one on its line stays."""
    between = text[field.key_end : field.value_start]
    if ":" not in between or "\n" in between:
        between = ":"
    gap = "" if between.endswith((" ", "\t")) else " "
    behind = text[field.value_end : field.end]
    if field.value_end >= field.end or "\n" in behind.rstrip():
        behind = newline
    return f"{between}{gap}{written}{behind}"


def _fields(text: str) -> list[_Field]:
    """The fields in their order. Raises ValueError where the text is no YAML map with one field a line."""
    if plain := _plain(text):
        pairs = ((key, value) for key, value in plain.pairs if isinstance(key, Scalar))
        return [_placed(key.text, text, "", key.start, key.end, value.start, value.end) for key, value in pairs]
    root = _root(text)
    return [_field(key, value, text) for key, value in root.value] if root else []


@lru_cache(maxsize=1)
def _plain(text: str) -> YamlMap | None:
    return parse_plain(text)


@lru_cache(maxsize=1)
def _root(text: str) -> yaml.MappingNode | None:
    try:
        root = compose(text)
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error
    if root is None:
        return None
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        raise ValueError("the front matter is no map of one field a line")
    return root


def _raw(node: Node | yaml.Node) -> RawValue:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, YamlList):
        return [_raw(value) for value in node.entries]
    if isinstance(node, YamlMap):
        return _first_of_each([(key.text, value) for key, value in node.pairs if isinstance(key, Scalar)])
    if isinstance(node, yaml.MappingNode):
        return _first_of_each([(str(key.value), value) for key, value in node.value])
    if isinstance(node, yaml.SequenceNode):
        return [_raw(value) for value in node.value]
    return str(node.value)


def _first_of_each(pairs: Iterable[tuple[str, Node | yaml.Node]]) -> dict[str, RawValue]:
    fields: dict[str, RawValue] = {}
    for name, value in pairs:
        if name not in fields:
            fields[name] = value.text if isinstance(value, Scalar) else _raw(value)
    return fields


def _field(key: yaml.Node, value: yaml.Node, text: str) -> _Field:
    start = text.rfind("\n", 0, key.start_mark.index) + 1
    margin = text[start : key.start_mark.index]
    if margin.strip():
        raise ValueError("a field does not begin its line")
    content_end = len(text[: _last(value).end_mark.index].rstrip())
    return _placed(str(key.value), text, margin, start, key.end_mark.index, value.start_mark.index, content_end)


def _placed(name: str, text: str, margin: str, start: int, key_end: int, value_start: int, value_end: int) -> _Field:
    end = text.find("\n", value_end) + 1 or len(text)
    return _Field(
        name=name, margin=margin, start=start, key_end=key_end, value_start=value_start, value_end=value_end, end=end
    )


def _last(node: yaml.Node) -> yaml.Node:
    """The last scalar or bracket of a value: a list in block style ends, for the parser, behind the next comments."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        node = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
    return node
