"""One page being read: what stands in its front matter as text, and every mistake as an issue at its place."""

import re
from collections.abc import Collection, Iterator

from digest.config import Config
from digest.content.frontmatter import INVALID_CHARACTERS, FrontMatter, quoted
from digest.content.yaml.nodes import Node, Scalar, YamlList, YamlMap
from digest.issues import Issue, issue

_LONGEST_LIKE = 40
_SPACES = re.compile("[ \t\n\x85\u2028\u2029]+")


class FieldContext:
    """One page being read: where it is, what the site knows, and the issues so far."""

    def __init__(self, front: FrontMatter, path: str, config: Config) -> None:
        self.front_matter, self.path, self.config = front, path, config
        self.field = ""
        self.issues: list[Issue] = []

    def add_issue(self, code: str, node: Node, message: str, hint: str = "") -> None:
        """An issue at the place of a value."""
        self.issues.append(issue(code, self.front_matter.place(node.start), message, hint))

    def add_type_issue(self, node: Node, wanted: str) -> None:
        """`page-type` for a value that is a list where a text belongs, and the like."""
        self.add_issue("page-type", node, f"`{self.field}` is {describe(node)}", f"write {wanted}")


def is_empty(node: Node) -> bool:
    """Whether nothing is written: an empty value, YAML's plain `null` or `~`, an empty list or mapping."""
    if isinstance(node, Scalar):
        return not node.text or (node.plain and node.text in ("null", "~"))
    return not (node.entries if isinstance(node, YamlList) else node.pairs)


def suggestion(word: str, known: Collection[str]) -> str:
    """`did you mean …?` when something known looks like `word`, else nothing."""
    import difflib  # noqa: PLC0415 - what only a mistake needs

    found = difflib.get_close_matches(word[:_LONGEST_LIKE].lower().replace(" ", "-"), known, 1)
    return f"did you mean `{found[0]}`?" if found else ""


def describe(node: Node) -> str:
    """What a value is, in words."""
    if isinstance(node, YamlMap):
        return "a mapping"
    return "a list" if isinstance(node, YamlList) else "text"


def parse_text(reading: FieldContext, node: Node) -> str | None:
    """Text on one line, without characters that no page can show."""
    if not isinstance(node, Scalar):
        reading.add_type_issue(node, "text; in quotes if it begins with a bracket")
        return None
    written = node.text
    if written.isprintable() and "  " not in written and written[:1] != " " != written[-1:]:
        return written
    if bad := INVALID_CHARACTERS.search(written):
        message = f"`{reading.field}` holds U+{ord(bad[0]):04X}, which no page can show"
        reading.add_issue("page-value", node, message, "take it out")
        written = INVALID_CHARACTERS.sub("", written)
    return _SPACES.sub(" ", written).strip(" ")


def parse_texts(reading: FieldContext, node: Node) -> tuple[str, ...] | None:
    """A list of texts, each once."""
    if not isinstance(node, YamlList):
        said = node.text if isinstance(node, Scalar) else "one, two"
        reading.add_type_issue(node, f"a list: {reading.field}: [{said}]")
        return None
    return tuple(dict.fromkeys(word for _, word in parse_entries(reading, node)))


def parse_text_or_texts(reading: FieldContext, node: Node) -> tuple[str, ...] | None:
    """One text or a list of them."""
    if isinstance(node, YamlList):
        return parse_texts(reading, node)
    one = parse_text(reading, node)
    return (one,) if one else None


def parse_entries(reading: FieldContext, node: YamlList) -> Iterator[tuple[Node, str]]:
    """The texts of a list that are not empty, each with its node."""
    for entry in node.entries:
        if word := parse_text(reading, entry):
            yield entry, word


def known_parts(reading: FieldContext, node: YamlMap, known: Collection[str]) -> dict[str, Node]:
    """The known parts of a mapping that are written; others are told."""
    parts = {}
    for key, value in node.pairs:
        if not isinstance(key, Scalar) or key.text not in known:
            name = key.text if isinstance(key, Scalar) else describe(key)
            hint = suggestion(str(name), known) or f"known here: {', '.join(known)}"
            reading.add_issue("page-unknown-field", key, f"unknown field {quoted(f'{reading.field}.{name}')}", hint)
        elif not is_empty(value):
            parts[key.text] = value
    return parts
