"""Split a page into front matter and body, and parse the front matter into fields with their positions."""

import re
from collections.abc import Mapping

from msgspec import Struct

from digest.content.yaml.fast_path import parse_plain
from digest.content.yaml.nodes import Node, Scalar, YamlMap
from digest.issues import Issue, Place, issue

FENCE = "---"
_QUOTE_HINT = 'put a text in quotes if it contains ": " or starts with a sign, such as title: "Talks: what comes next"'

# Characters that a page and a terminal cannot show: controls, lone surrogates, noncharacters, byte order marks.
INVALID_CHARACTERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_MAX_QUOTED = 60

Fields = Mapping[str, tuple[Scalar, Node]]


def quoted(text: str) -> str:
    """Quote a text for a message: between backticks, at most 60 characters, without control characters."""
    short = text if len(text) <= _MAX_QUOTED else text[:_MAX_QUOTED] + "…"
    return f"`{INVALID_CHARACTERS.sub('�', short)}`"


class FrontMatter(Struct, frozen=True, kw_only=True):
    """Front matter of `file`: its YAML text, and the number of its first line."""

    file: str
    text: str = ""
    line: int = 2

    def place(self, index: int) -> Place:
        """Return the place in the file of the character at `index` of the text."""
        start = self.text.rfind("\n", 0, index) + 1
        return Place(self.file, self.line + self.text.count("\n", 0, index), index - start + 1)


def split_page(text: str, file: str) -> tuple[FrontMatter, str, int] | Issue:
    r"""Return the front matter, the body and the number of the body's first line, or an issue.

    `text` has `\\n` line ends only.
    """
    opening, newline, _ = text.partition("\n")
    if opening.rstrip() != FENCE or not newline:
        hint = "begin the page with a line `---`, then `title: …`, then another `---`"
        return issue("page-front-matter", Place(file, 1, 1), "the page has no front matter", hint)
    start = end = len(opening) + 1
    while (after := _after_fence(text, end)) < 0:
        end = text.find("\n" + FENCE, end) + 1
        if not end:
            hint = "end the front matter with a line `---`"
            return issue("page-front-matter", Place(file, 1, 1), "the front matter has no closing line", hint)
    return FrontMatter(file=file, text=text[start:end]), text[after:], text.count("\n", 0, after) + 1


def _after_fence(text: str, start: int) -> int:
    """Return the index of the line after the fence at `start`, or -1 when there is no fence."""
    if not text.startswith(FENCE, start):
        return -1
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    return -1 if text[start + 3 : end].strip() else min(end + 1, len(text))


def fields_of(front: FrontMatter) -> tuple[Fields, tuple[Issue, ...]]:
    """Return key node and value node of each field by name, and the issues. Of duplicate fields the first counts."""
    root: Node | Issue | None = parse_plain(front.text)
    if root is None:
        from digest.content.yaml.parse import parse_yaml  # noqa: PLC0415 - imports PyYAML, which few pages need

        root = parse_yaml(front.text, front.place, _QUOTE_HINT)
    if isinstance(root, Issue):
        return {}, (root,)
    if root is None:
        return {}, ()
    if not isinstance(root, YamlMap):
        hint = "write each field on a line of its own, such as title: Talks resume"
        return {}, (issue("page-yaml", front.place(root.start), "the front matter has no fields", hint),)
    return _fields_by_name(front, root)


def _fields_by_name(front: FrontMatter, root: YamlMap) -> tuple[Fields, tuple[Issue, ...]]:
    fields: dict[str, tuple[Scalar, Node]] = {}
    issues = []
    for key, value in root.pairs:
        if not isinstance(key, Scalar):
            message = "a list or mapping is in the place of a field name"
            issues.append(issue("page-yaml", front.place(key.start), message, _QUOTE_HINT))
        elif key.text in fields:
            first = front.place(fields[key.text][0].start).line
            message = f"{quoted(key.text)} is written twice, first in line {first}"
            issues.append(issue("page-duplicate-field", front.place(key.start), message, "drop one of them"))
        else:
            fields[key.text] = (key, value)
    return fields, tuple(issues)
