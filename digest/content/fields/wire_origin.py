"""Parse the field `wire`: the origin of an item, written by import."""

import re

from digest.content.fields.context import FieldContext, describe, known_parts, parse_text, parse_text_or_texts
from digest.content.frontmatter import INVALID_CHARACTERS, quoted
from digest.content.yaml.nodes import Node, Scalar, YamlMap
from digest.model import Origin

_KEYS = ("dump", "seen", "position", "lines", "key", "also", "article", "brief", "seals")


def parse_origin(context: FieldContext, node: Node) -> Origin | None:
    """Parse the mapping that import wrote; missing keys become issues and stay empty."""
    if not isinstance(node, YamlMap):
        context.add_type_issue(node, "a mapping, as import does, or drop the field")
        return None
    parts = known_parts(context, node, _KEYS)
    for name in ("dump", "seen", "position", "lines", "key"):
        if name not in parts:
            context.add_issue(
                "page-value", node, f"`wire` has no `{name}`", "put back what import wrote, or drop `wire`"
            )
    position = parse_text(context, parts["position"]) if "position" in parts else ""
    if position and not re.fullmatch(r"[0-9]{1,8}", position):
        context.add_issue(
            "page-value", parts["position"], f"`wire.position` cannot be {quoted(position)}", "write a whole number"
        )
        position = ""
    words = {name: parse_text(context, parts[name]) or "" for name in ("dump", "seen", "lines", "key") if name in parts}
    return Origin(
        **{"dump": "", "seen": "", "lines": "", "key": "", **words},
        position=int(position or 0),
        article=(parse_text(context, parts["article"]) or "") if "article" in parts else "",
        brief=(parse_text(context, parts["brief"]) or "") if "brief" in parts else "",
        also=(parse_text_or_texts(context, parts["also"]) or ()) if "also" in parts else (),
        seals=_seals(context, parts["seals"]) if "seals" in parts else {},
    )


def _seals(context: FieldContext, node: Node) -> dict[str, str]:
    if not isinstance(node, YamlMap):
        context.add_issue("page-type", node, f"`wire.seals` is {describe(node)}", "write a mapping, as import does")
        return {}
    return {
        _printable(key.text): _printable(value.text)
        for key, value in node.pairs
        if isinstance(key, Scalar) and isinstance(value, Scalar)
    }


def _printable(word: str) -> str:
    """Return a word without invalid characters."""
    return word if word.isprintable() else INVALID_CHARACTERS.sub("", word)
