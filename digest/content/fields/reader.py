"""One page being read: what stands in its front matter as text, and every mistake as an issue at its place."""

import re
from collections.abc import Collection, Iterator

from digest.config import Config
from digest.content.frontmatter import UNSEEN, Front, cited
from digest.content.yaml.nodes import Listing, Node, Scalar, Table
from digest.issues import Issue, issue

_LONGEST_LIKE = 40
_SPACES = re.compile("[ \t\n\x85\u2028\u2029]+")


class Reading:
    """One page being read: where it is, what the site knows, and the issues so far."""

    def __init__(self, front: Front, path: str, config: Config) -> None:
        self.front, self.path, self.config = front, path, config
        self.name = ""
        self.issues: list[Issue] = []

    def say(self, code: str, node: Node, message: str, hint: str = "") -> None:
        """An issue at the place of a value."""
        self.issues.append(issue(code, self.front.place(node.start), message, hint))

    def wrong_type(self, node: Node, wanted: str) -> None:
        """`page-type` for a value that is a list where a text belongs, and the like."""
        self.say("page-type", node, f"`{self.name}` is {kind_of(node)}", f"write {wanted}")


def is_empty(node: Node) -> bool:
    """Whether nothing is written: an empty value, YAML's plain `null` or `~`, an empty list or mapping."""
    if isinstance(node, Scalar):
        return not node.text or (node.plain and node.text in ("null", "~"))
    return not (node.entries if isinstance(node, Listing) else node.pairs)


def near(word: str, known: Collection[str]) -> str:
    """`did you mean …?` when something known looks like `word`, else nothing."""
    import difflib  # noqa: PLC0415 - what only a mistake needs

    found = difflib.get_close_matches(word[:_LONGEST_LIKE].lower().replace(" ", "-"), known, 1)
    return f"did you mean `{found[0]}`?" if found else ""


def kind_of(node: Node) -> str:
    """What a value is, in words."""
    if isinstance(node, Table):
        return "a mapping"
    return "a list" if isinstance(node, Listing) else "text"


def text(reading: Reading, node: Node) -> str | None:
    """Text on one line, without characters that no page can show."""
    if not isinstance(node, Scalar):
        reading.wrong_type(node, "text; in quotes if it begins with a bracket")
        return None
    written = node.text
    if written.isprintable() and "  " not in written and written[:1] != " " != written[-1:]:
        return written
    if bad := UNSEEN.search(written):
        message = f"`{reading.name}` holds U+{ord(bad[0]):04X}, which no page can show"
        reading.say("page-value", node, message, "take it out")
        written = UNSEEN.sub("", written)
    return _SPACES.sub(" ", written).strip(" ")


def texts(reading: Reading, node: Node) -> tuple[str, ...] | None:
    """A list of texts, each once."""
    if not isinstance(node, Listing):
        said = node.text if isinstance(node, Scalar) else "one, two"
        reading.wrong_type(node, f"a list: {reading.name}: [{said}]")
        return None
    return tuple(dict.fromkeys(word for _, word in entries_of(reading, node)))


def text_or_texts(reading: Reading, node: Node) -> tuple[str, ...] | None:
    """One text or a list of them."""
    if isinstance(node, Listing):
        return texts(reading, node)
    one = text(reading, node)
    return (one,) if one else None


def entries_of(reading: Reading, node: Listing) -> Iterator[tuple[Node, str]]:
    """The texts of a list that are not empty, each with its node."""
    for entry in node.entries:
        if word := text(reading, entry):
            yield entry, word


def parts_of(reading: Reading, node: Table, known: Collection[str]) -> dict[str, Node]:
    """The known parts of a mapping that are written; others are told."""
    parts = {}
    for key, value in node.pairs:
        if not isinstance(key, Scalar) or key.text not in known:
            name = key.text if isinstance(key, Scalar) else kind_of(key)
            hint = near(str(name), known) or f"known here: {', '.join(known)}"
            reading.say("page-unknown-field", key, f"unknown field {cited(f'{reading.name}.{name}')}", hint)
        elif not is_empty(value):
            parts[key.text] = value
    return parts
