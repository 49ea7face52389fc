r"""Fast path for YAML: parses the plain subset that most front matter is written in, in half the time of libyaml.

    document    field*
    field       name ":" (" "+ (plain | quoted | list | map))? " "* "\n"
    list        "[" (value ("," " "+ value)*)? "]"
    map         "{" (pair ("," " "+ pair)*)? "}"
    pair        name ":" " "+ value
    value       word | quoted | list | map

`plain` starts with a letter or digit and contains no YAML indicator; `word` contains no bracket or comma either, and a
colon only before a letter or digit, as in a time; `quoted` contains no escape. For any other text the result is None.
The nodes are the same as from `digest.content.yaml.tree`. Delete this module and its two calls (`frontmatter`,
`rewrite`), and all front matter goes to PyYAML: a cold build takes 1.12 times as long.
"""

import re

from digest.content.yaml.nodes import Node, Scalar, YamlList, YamlMap
from digest.speedups import is_enabled

_MAX_DEPTH = 4
_QUOTED = r"\"([^\"\\\n]*)\"|'([^'\n]*)'"
_FIELD = re.compile(rf"([A-Za-z_][A-Za-z0-9_]*):(?: +(?:([^\W_][^\n]*)|{_QUOTED}))? *\n")
_OPENING = re.compile(r"([A-Za-z_][A-Za-z0-9_]*): +(?=[\[{])")
_LINE_END = re.compile(r" *\n")
_VALUE = rf"(?:([^\W_](?:[\w ./+-]*(?::(?=\w)[\w ./+-]*)*[\w./+-])?)|{_QUOTED})"
_PAIR = re.compile(rf"(\w+): +(?:{_VALUE}(, +|}})|(?=[\[{{]))", re.ASCII)
_ENTRY = re.compile(rf"{_VALUE}(, +|\])|(?=[\[{{])")
_NEXT = re.compile(r", +|[\]}]")
_INDICATOR = re.compile(r":(?: |\Z)| #")


def parse_plain(text: str) -> YamlMap | None:
    """Return the fields of a plain text; None for any other text, or when the optimisation is switched off."""
    if not is_enabled("yaml-fast-path") or not text.replace("\n", "").isprintable():
        return None
    pairs: list[tuple[Node, Node]] = []
    at, end = 0, len(text)
    while at < end:
        field = _field(text, at)
        if field is None:
            return None
        key, value, at = field
        pairs.append((key, value))
    return YamlMap(tuple(pairs), 0, end) if pairs else None


def _field(text: str, at: int) -> tuple[Scalar, Node, int] | None:
    found = _FIELD.match(text, at)
    if found is None:
        return _flow_field(text, at)
    key = Scalar(found[1], at, found.end(1), True)
    group = found.lastindex or 1
    if group == 1:
        return key, Scalar("", found.end(1) + 1, found.end(1) + 1, True), found.end()
    if group > 2:
        return key, Scalar(found[group], found.start(group) - 1, found.end(group) + 1, False), found.end()
    plain, start = found[2].rstrip(" "), found.start(2)
    if _INDICATOR.search(plain):
        return None
    return key, Scalar(plain, start, start + len(plain), True), found.end()


def _flow_field(text: str, at: int) -> tuple[Scalar, Node, int] | None:
    opening = _OPENING.match(text, at)
    found = _flow(text, opening.end(), 0) if opening else None
    line_end = _LINE_END.match(text, found.end) if found else None
    if opening is None or found is None or line_end is None:
        return None
    return Scalar(opening[1], at, opening.end(1), True), found, line_end.end()


def _flow(text: str, start: int, depth: int) -> YamlList | YamlMap | None:
    """Parse a list or map in brackets; its `end` is the index after the closing bracket."""
    if depth > _MAX_DEPTH:
        return None
    return _map(text, start, depth) if text.startswith("{", start) else _list(text, start, depth)


def _list(text: str, start: int, depth: int) -> YamlList | None:
    entries: list[Node] = []
    at, last = start + 1, text.startswith("]", start + 1)
    end = at + 1
    while not last:
        found = _ENTRY.match(text, at)
        if found is None:
            return None
        if found[4]:
            group = 1 if found[1] is not None else 2 if found[2] is not None else 3
            entries.append(Scalar(found[group], at, found.start(4), group == 1))
            at, last = found.end(), found[4] == "]"
        else:
            inner = _flow(text, at, depth + 1)
            after = _NEXT.match(text, inner.end) if inner else None
            if inner is None or after is None or after[0] == "}":
                return None
            entries.append(inner)
            at, last = after.end(), after[0] == "]"
        end = at
    return YamlList(tuple(entries), start, end)


def _map(text: str, start: int, depth: int) -> YamlMap | None:
    pairs: list[tuple[Node, Node]] = []
    at, last = start + 1, text.startswith("}", start + 1)
    end = at + 1
    while not last:
        found = _PAIR.match(text, at)
        if found is None:
            return None
        name = Scalar(found[1], at, found.end(1), True)
        value: Node | None
        if found[5]:
            group = 2 if found[2] is not None else 3 if found[3] is not None else 4
            plain = group == 2
            value = Scalar(found[group], found.start(group) - (not plain), found.start(5), plain)
            at, last = found.end(), found[5] == "}"
        else:
            value = _flow(text, found.end(), depth + 1)
            after = _NEXT.match(text, value.end) if value else None
            if value is None or after is None or after[0] == "]":
                return None
            at, last = after.end(), after[0] == "}"
        pairs.append((name, value))
        end = at
    return YamlMap(tuple(pairs), start, end)
