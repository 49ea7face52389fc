"""Change fields or paragraphs of an existing page and keep every other byte.

Fields are located by the positions of YAML nodes and replaced in the text. Comments, order, quotes, blank lines, CR LF
and a byte order mark stay. A new field goes to its place in the usual order (`serialize.FIELD_ORDER`).
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
    """Parts of a page: `head` and `foot` are the lines of dashes; head, fields, foot and body make the whole text."""

    head: str
    fields: str
    foot: str
    body: str
    newline: str

    def __str__(self) -> str:
        return self.head + self.fields + self.foot + self.body


class _Body(Struct, frozen=True):
    """Parts of a body: leading blank lines, paragraphs, the gaps between them, and trailing space."""

    head: str
    paragraphs: list[str]
    gaps: list[str]
    tail: str


class _Field(Struct, frozen=True, kw_only=True):
    """Position of a field: offsets of its first line (`start`), key, value, and the end of its last line (`end`)."""

    name: str
    margin: str
    start: int
    key_end: int
    value_start: int
    value_end: int
    end: int


@lru_cache(maxsize=1)  # one change splits the same page several times
def page_parts_of(text: str) -> PageParts:
    """Split a page into its parts. Raises ValueError when the front matter is missing or does not end."""
    match = _FRONT.match(text)
    if match is None:
        raise ValueError("no front matter")
    return PageParts(match[1], match[3], match[4], text[match.end() :], match[2])


def split_paragraphs(body: str) -> tuple[str, ...]:
    """Return the source of the paragraphs of a body, split at blank lines, with LF line ends."""
    return tuple(paragraph.replace("\r\n", "\n") for paragraph in _body_of(body).paragraphs)


def set_fields(text: str, changes: Mapping[str, Value | None]) -> str:
    """Return the page with each field of `changes` set to its value, or removed when the value is None.

    Raises ValueError when the page has no front matter or the front matter is no YAML mapping.
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
    """Return the fields of a page with every scalar as text; of duplicate fields, the first.

    Raises ValueError when the page has no front matter or the front matter is no YAML mapping.
    """
    fields = page_parts_of(text).fields
    root = _plain(fields) or _root(fields)
    match = _raw(root) if root else {}
    return match if isinstance(match, dict) else {}


def replace_body(text: str, paragraphs: Sequence[str]) -> str:
    """Return the page with a new body; unchanged paragraphs keep their bytes and the blank lines after them.

    Raises ValueError when the page has no front matter.
    """
    page = page_parts_of(text)
    old = _body_of(page.body)
    wanted = [paragraph.rstrip().replace("\n", page.newline) for paragraph in paragraphs]
    if not wanted:
        return page.head + page.fields + page.foot
    old_index: dict[int, int] = {}
    same = SequenceMatcher(None, old.paragraphs, wanted, autojunk=False).get_matching_blocks() if old.paragraphs else ()
    for match in same:
        old_index.update((match.b + n, match.a + n) for n in range(match.size))
    foot = page.foot if page.foot.endswith("\n") else page.foot + page.newline
    body = old.head or page.newline
    for n, paragraph in enumerate(wanted):
        index, next_index = old_index.get(n, -2), old_index.get(n + 1, -4)
        body += paragraph
        if n + 1 < len(wanted):
            body += old.gaps[index] if index + 1 == next_index else page.newline * 2
    return page.head + page.fields + foot + body + (old.tail or page.newline)


def _body_of(body: str) -> _Body:
    start = _BLANK_LINES.match(body)
    head = start[0] if start else ""
    text = body[len(head) :].rstrip()
    pieces = _GAP.split(text) if text else []
    return _Body(head, pieces[0::2], pieces[1::2], body[len(head) + len(text) :])


def _edit(page: PageParts, fields: Sequence[_Field], name: str, value: Value | None) -> tuple[int, int, str] | None:
    """Return the start and end of the text to replace in the front matter, and the new text; None for no change."""
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
    return field.key_end, field.end, _text_after_key(page.fields, field, yaml_value_of(value), page.newline)


def _text_after_key(text: str, field: _Field, written: str, newline: str) -> str:
    """Return a field's text after its key with a new value; spaces and comments around the old value stay."""
    between = text[field.key_end : field.value_start]
    if ":" not in between or "\n" in between:
        between = ":"
    gap = "" if between.endswith((" ", "\t")) else " "
    rest = text[field.value_end : field.end]
    if field.value_end >= field.end or "\n" in rest.rstrip():
        rest = newline
    return f"{between}{gap}{written}{rest}"


def _fields(text: str) -> list[_Field]:
    """Return the fields in order. Raises ValueError when the text is no YAML mapping with one field per line."""
    if plain := _plain(text):
        pairs = ((key, value) for key, value in plain.pairs if isinstance(key, Scalar))
        return [_field_at(key.text, text, "", key.start, key.end, value.start, value.end) for key, value in pairs]
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
        return _first_values([(key.text, value) for key, value in node.pairs if isinstance(key, Scalar)])
    if isinstance(node, yaml.MappingNode):
        return _first_values([(str(key.value), value) for key, value in node.value])
    if isinstance(node, yaml.SequenceNode):
        return [_raw(value) for value in node.value]
    return str(node.value)


def _first_values(pairs: Iterable[tuple[str, Node | yaml.Node]]) -> dict[str, RawValue]:
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
    content_end = len(text[: _last_leaf(value).end_mark.index].rstrip())
    return _field_at(str(key.value), text, margin, start, key.end_mark.index, value.start_mark.index, content_end)


def _field_at(name: str, text: str, margin: str, start: int, key_end: int, value_start: int, value_end: int) -> _Field:
    end = text.find("\n", value_end) + 1 or len(text)
    return _Field(
        name=name, margin=margin, start=start, key_end=key_end, value_start=value_start, value_end=value_end, end=end
    )


def _last_leaf(node: yaml.Node) -> yaml.Node:
    """Return the last scalar or flow node of a value: PyYAML ends a block list only after the next comments."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        node = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
    return node
