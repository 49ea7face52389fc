"""Fields that hold several values: labels, aliases, corrections."""

import re
from collections.abc import Mapping
from urllib.parse import unquote

from digest.content.fields.reader import (
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
_NO_NAME = re.compile(r'[/?#\\:*"<>|\x00-\x1f\x7f]')


def parse_regions(reading: FieldContext, node: Node) -> tuple[str, ...] | None:
    """Slugs of the site's regions."""
    return _labels(reading, node, {slug: table.name for slug, table in reading.config.regions.items()}, "region")


def parse_categories(reading: FieldContext, node: Node) -> tuple[str, ...] | None:
    """Slugs of the site's categories."""
    return _labels(reading, node, {slug: table.name for slug, table in reading.config.categories.items()}, "category")


def _labels(reading: FieldContext, node: Node, known: Mapping[str, str], what: str) -> tuple[str, ...] | None:
    if not isinstance(node, YamlList):
        return parse_texts(reading, node)
    chosen: dict[str, None] = {}
    for entry, word in parse_entries(reading, node):
        if word in known:
            chosen[word] = None
            continue
        by_name = {name.lower(): slug for slug, name in known.items()}
        meant = by_name.get(word.lower(), "")
        hint = f"did you mean `{meant}`?" if meant else suggestion(word, known) or f"the site has {', '.join(known)}"
        reading.add_issue("page-label-unknown", entry, f"the site has no {what} {quoted(word)}", hint)
    return tuple(chosen)


def parse_aliases(reading: FieldContext, node: Node) -> tuple[str, ...] | None:
    """Paths of the site, such as /2026/02/05/older-slug/."""
    if not isinstance(node, YamlList):
        return parse_texts(reading, node)
    paths = []
    for entry, word in parse_entries(reading, node):
        if _PATH.fullmatch(word) and all(map(_is_name, word.strip("/").split("/"))):
            paths.append(word)
        else:
            hint = "write a path of the site, such as /2026/02/05/older-slug/"
            reading.add_issue("page-value", entry, f"{quoted(word)} is no path of the site", hint)
    return tuple(dict.fromkeys(paths))


def _is_name(part: str) -> bool:
    """Whether a part of a path, its escapes read, is the name of a file on any system."""
    try:
        name = unquote(part, errors="strict")
    except UnicodeDecodeError:
        return False
    return name not in {".", ".."} and name == name.strip() and not _NO_NAME.search(name) and "%" not in name


def parse_markers(reading: FieldContext, node: Node) -> tuple[str, ...] | None:
    """Words of wire markers, each perhaps with a number."""
    if not isinstance(node, YamlList):
        return parse_texts(reading, node)
    known: dict[str, None] = {}
    for entry, marker in parse_entries(reading, node):
        word = marker.partition(" ")[0]
        if word in MARKERS and re.fullmatch(r"[a-z]+( [0-9]{1,2})?", marker):
            known[marker] = None
        else:
            hint = suggestion(word, MARKERS) or f"write one of {', '.join(MARKERS)}, perhaps with a number"
            reading.add_issue("page-value", entry, f"{quoted(marker)} is no marker", hint)
    return tuple(known)


def parse_corrections(reading: FieldContext, node: Node) -> tuple[Correction, ...] | None:
    """A list of mappings with a date and a text."""
    if not isinstance(node, YamlList):
        reading.add_type_issue(node, "a list: corrections: [{date: 2026-02-05, text: …}]")
        return None
    read = (_correction(reading, entry) for entry in node.entries)
    return tuple(correction for correction in read if correction)


def _correction(reading: FieldContext, node: Node) -> Correction | None:
    if not isinstance(node, YamlMap):
        reading.add_issue("page-type", node, f"a correction is {describe(node)}", "write {date: 2026-02-05, text: …}")
        return None
    parts = known_parts(reading, node, ("date", "text"))
    said = parse_text(reading, parts["text"]) if "text" in parts else ""
    when = parse_day_and_time(reading, parts["date"]) if "date" in parts else None
    if not said:
        reading.add_issue(
            "correction-empty", parts.get("text", node), "a correction without a text", "say what was wrong"
        )
    if "date" not in parts:
        reading.add_issue("page-date", node, "a correction without a date", DATE_HINT)
    return Correction(day=when[0], text=said) if when and said else None
