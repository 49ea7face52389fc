"""The field `wire`: what import wrote about where an item came from."""

import re

from digest.content.fields.reader import FieldContext, describe, known_parts, parse_text, parse_text_or_texts
from digest.content.frontmatter import INVALID_CHARACTERS, quoted
from digest.content.yaml.nodes import Node, Scalar, YamlMap
from digest.model import Origin

_WIRE = ("dump", "seen", "position", "lines", "key", "also", "article", "brief", "seals")


def parse_origin(reading: FieldContext, node: Node) -> Origin | None:
    """The mapping that import wrote. What is missing is told, and left empty."""
    if not isinstance(node, YamlMap):
        reading.add_type_issue(node, "a mapping, as import does, or drop the field")
        return None
    parts = known_parts(reading, node, _WIRE)
    for name in ("dump", "seen", "position", "lines", "key"):
        if name not in parts:
            reading.add_issue(
                "page-value", node, f"`wire` has no `{name}`", "put back what import wrote, or drop `wire`"
            )
    position = parse_text(reading, parts["position"]) if "position" in parts else ""
    if position and not re.fullmatch(r"[0-9]{1,8}", position):
        reading.add_issue(
            "page-value", parts["position"], f"`wire.position` cannot be {quoted(position)}", "write a whole number"
        )
        position = ""
    words = {name: parse_text(reading, parts[name]) or "" for name in ("dump", "seen", "lines", "key") if name in parts}
    return Origin(
        **{"dump": "", "seen": "", "lines": "", "key": "", **words},
        position=int(position or 0),
        article=(parse_text(reading, parts["article"]) or "") if "article" in parts else "",
        brief=(parse_text(reading, parts["brief"]) or "") if "brief" in parts else "",
        also=(parse_text_or_texts(reading, parts["also"]) or ()) if "also" in parts else (),
        seals=_seals(reading, parts["seals"]) if "seals" in parts else {},
    )


def _seals(reading: FieldContext, node: Node) -> dict[str, str]:
    if not isinstance(node, YamlMap):
        reading.add_issue("page-type", node, f"`wire.seals` is {describe(node)}", "write a mapping, as import does")
        return {}
    return {
        _seen(key.text): _seen(value.text)
        for key, value in node.pairs
        if isinstance(key, Scalar) and isinstance(value, Scalar)
    }


def _seen(word: str) -> str:
    """A word without what no page can show."""
    return word if word.isprintable() else INVALID_CHARACTERS.sub("", word)
