"""Parsers of fields with several values: labels, aliases, markers, corrections."""

import re
from collections.abc import Mapping
from urllib.parse import unquote

from digest.content.fields.context import (
    FieldContext,
    describe,
    known_parts,
    parse_entries,
    parse_text,
    parse_texts,
    suggestion,
)
from digest.content.fields.scalars import DATE_HINT, parse_day_and_time
from digest.content.frontmatter import quoted
from digest.content.yaml.nodes import Node, YamlList, YamlMap
from digest.model import MARKERS, Correction

_PATH = re.compile(r"(/(?:[^\s/?#%]|%[0-9A-Fa-f]{2})+)+/?")
_INVALID_IN_NAME = re.compile(r'[/?#\\:*"<>|\x00-\x1f\x7f]')


def parse_regions(context: FieldContext, node: Node) -> tuple[str, ...] | None:
    """Parse a list of the site's regions."""
    return _labels(context, node, {slug: table.name for slug, table in context.config.regions.items()}, "region")


def parse_categories(context: FieldContext, node: Node) -> tuple[str, ...] | None:
    """Parse a list of the site's categories."""
    return _labels(context, node, {slug: table.name for slug, table in context.config.categories.items()}, "category")


def _labels(context: FieldContext, node: Node, known: Mapping[str, str], label_kind: str) -> tuple[str, ...] | None:
    if not isinstance(node, YamlList):
        return parse_texts(context, node)
    chosen: dict[str, None] = {}
    for entry, word in parse_entries(context, node):
        if word in known:
            chosen[word] = None
            continue
        by_name = {name.lower(): slug for slug, name in known.items()}
        meant = by_name.get(word.lower(), "")
        hint = f"did you mean `{meant}`?" if meant else suggestion(word, known) or f"the site has {', '.join(known)}"
        context.add_issue("page-label-unknown", entry, f"the site has no {label_kind} {quoted(word)}", hint)
    return tuple(chosen)


def parse_aliases(context: FieldContext, node: Node) -> tuple[str, ...] | None:
    """Parse a list of paths of the site, such as /2026/02/05/older-slug/."""
    if not isinstance(node, YamlList):
        return parse_texts(context, node)
    paths = []
    for entry, word in parse_entries(context, node):
        if _PATH.fullmatch(word) and all(map(_is_name, word.strip("/").split("/"))):
            paths.append(word)
        else:
            hint = "write a path of the site, such as /2026/02/05/older-slug/"
            context.add_issue("page-value", entry, f"{quoted(word)} is not a path of the site", hint)
    return tuple(dict.fromkeys(paths))


def _is_name(part: str) -> bool:
    """Return whether a percent-encoded path segment is a valid file name on every operating system."""
    try:
        name = unquote(part, errors="strict")
    except UnicodeDecodeError:
        return False
    return name not in {".", ".."} and name == name.strip() and not _INVALID_IN_NAME.search(name) and "%" not in name


def parse_markers(context: FieldContext, node: Node) -> tuple[str, ...] | None:
    """Parse a list of wire markers: each a known word, optionally with a number."""
    if not isinstance(node, YamlList):
        return parse_texts(context, node)
    known: dict[str, None] = {}
    for entry, marker in parse_entries(context, node):
        word = marker.partition(" ")[0]
        if word in MARKERS and re.fullmatch(r"[a-z]+( [0-9]{1,2})?", marker):
            known[marker] = None
        else:
            hint = suggestion(word, MARKERS) or f"write one of {', '.join(MARKERS)}, perhaps with a number"
            context.add_issue("page-value", entry, f"{quoted(marker)} is not a marker", hint)
    return tuple(known)


def parse_corrections(context: FieldContext, node: Node) -> tuple[Correction, ...] | None:
    """Parse a list of mappings with a date and a text."""
    if not isinstance(node, YamlList):
        context.add_type_issue(node, "a list: corrections: [{date: 2026-02-05, text: …}]")
        return None
    read = (_correction(context, entry) for entry in node.entries)
    return tuple(correction for correction in read if correction)


def _correction(context: FieldContext, node: Node) -> Correction | None:
    if not isinstance(node, YamlMap):
        context.add_issue("page-type", node, f"a correction is {describe(node)}", "write {date: 2026-02-05, text: …}")
        return None
    parts = known_parts(context, node, ("date", "text"))
    wording = parse_text(context, parts["text"]) if "text" in parts else ""
    when = parse_day_and_time(context, parts["date"]) if "date" in parts else None
    if not wording:
        context.add_issue(
            "correction-empty", parts.get("text", node), "a correction without a text", "say what was wrong"
        )
    if "date" not in parts:
        context.add_issue("page-date", node, "a correction without a date", DATE_HINT)
    return Correction(day=when[0], text=wording) if when and wording else None
