"""Context of parsing one page's fields, and the parsers of text and lists of text that all other parsers build on."""

import re
from collections.abc import Collection, Iterator

from digest.config import Config
from digest.content.frontmatter import INVALID_CHARACTERS, FrontMatter, quoted
from digest.content.yaml.nodes import Node, Scalar, YamlList, YamlMap
from digest.issues import Issue, issue

_MAX_COMPARED = 40
_SPACES = re.compile("[ \t\n\x85\u2028\u2029]+")


class FieldContext:
    """State while the fields of one page are parsed: the front matter, the path, the configuration, the issues so far.

    `field` is the name of the current field.
    """

    def __init__(self, front: FrontMatter, path: str, config: Config) -> None:
        self.front_matter, self.path, self.config = front, path, config
        self.field = ""
        self.issues: list[Issue] = []

    def add_issue(self, code: str, node: Node, message: str, hint: str = "") -> None:
        """Add an issue at the place of a value."""
        self.issues.append(issue(code, self.front_matter.place(node.start), message, hint))

    def add_type_issue(self, node: Node, wanted: str) -> None:
        """Add the issue `page-type`: a value has the wrong type, such as a list instead of text."""
        self.add_issue("page-type", node, f"`{self.field}` is {describe(node)}", f"write {wanted}")


def is_empty(node: Node) -> bool:
    """Return whether a value is empty: no text, a plain `null` or `~`, an empty list or mapping."""
    if isinstance(node, Scalar):
        return not node.text or (node.plain and node.text in ("null", "~"))
    return not (node.entries if isinstance(node, YamlList) else node.pairs)


def suggestion(word: str, known: Collection[str]) -> str:
    """Return `did you mean …?` with the most similar known word, or ""."""
    import difflib  # noqa: PLC0415 - needed for mistakes only

    similar = difflib.get_close_matches(word[:_MAX_COMPARED].lower().replace(" ", "-"), known, 1)
    return f"did you mean `{similar[0]}`?" if similar else ""


def describe(node: Node) -> str:
    """Name the type of a value: text, a list or a mapping."""
    if isinstance(node, YamlMap):
        return "a mapping"
    return "a list" if isinstance(node, YamlList) else "text"


def parse_text(context: FieldContext, node: Node) -> str | None:
    """Parse a text: on one line, without invalid characters."""
    if not isinstance(node, Scalar):
        context.add_type_issue(node, "text; in quotes if it begins with a bracket")
        return None
    written = node.text
    if written.isprintable() and "  " not in written and written[:1] != " " != written[-1:]:
        return written
    if bad := INVALID_CHARACTERS.search(written):
        message = f"`{context.field}` holds U+{ord(bad[0]):04X}, which no page can show"
        context.add_issue("page-value", node, message, "take it out")
        written = INVALID_CHARACTERS.sub("", written)
    return _SPACES.sub(" ", written).strip(" ")


def parse_texts(context: FieldContext, node: Node) -> tuple[str, ...] | None:
    """Parse a list of texts; duplicates are dropped."""
    if not isinstance(node, YamlList):
        example = node.text if isinstance(node, Scalar) else "one, two"
        context.add_type_issue(node, f"a list: {context.field}: [{example}]")
        return None
    return tuple(dict.fromkeys(word for _, word in parse_entries(context, node)))


def parse_text_or_texts(context: FieldContext, node: Node) -> tuple[str, ...] | None:
    """Parse one text or a list of texts."""
    if isinstance(node, YamlList):
        return parse_texts(context, node)
    one = parse_text(context, node)
    return (one,) if one else None


def parse_entries(context: FieldContext, node: YamlList) -> Iterator[tuple[Node, str]]:
    """Yield each non-empty text of a list with its node."""
    for entry in node.entries:
        if word := parse_text(context, entry):
            yield entry, word


def known_parts(context: FieldContext, node: YamlMap, known: Collection[str]) -> dict[str, Node]:
    """Return the non-empty known keys of a mapping with their values; unknown keys become issues."""
    parts = {}
    for key, value in node.pairs:
        if not isinstance(key, Scalar) or key.text not in known:
            name = key.text if isinstance(key, Scalar) else describe(key)
            hint = suggestion(str(name), known) or f"known here: {', '.join(known)}"
            context.add_issue("page-unknown-field", key, f"unknown field {quoted(f'{context.field}.{name}')}", hint)
        elif not is_empty(value):
            parts[key.text] = value
    return parts
