"""Fields that hold several values: labels, aliases, corrections."""

import re
from collections.abc import Mapping
from urllib.parse import unquote

from digest.content.fields.reader import Reading, entries_of, kind_of, near, parts_of, text, texts
from digest.content.fields.scalars import WHEN, day_and_time
from digest.content.frontmatter import cited
from digest.content.yaml.nodes import Listing, Node, Table
from digest.model import MARKERS, Correction

_PATH = re.compile(r"(/(?:[^\s/?#%]|%[0-9A-Fa-f]{2})+)+/?")
_NO_NAME = re.compile(r'[/?#\\:*"<>|\x00-\x1f\x7f]')


def regions(reading: Reading, node: Node) -> tuple[str, ...] | None:
    """Slugs of the site's regions."""
    return _labels(reading, node, {slug: table.name for slug, table in reading.config.regions.items()}, "region")


def categories(reading: Reading, node: Node) -> tuple[str, ...] | None:
    """Slugs of the site's categories."""
    return _labels(reading, node, {slug: table.name for slug, table in reading.config.categories.items()}, "category")


def _labels(reading: Reading, node: Node, known: Mapping[str, str], what: str) -> tuple[str, ...] | None:
    if not isinstance(node, Listing):
        return texts(reading, node)
    chosen: dict[str, None] = {}
    for entry, word in entries_of(reading, node):
        if word in known:
            chosen[word] = None
            continue
        by_name = {name.lower(): slug for slug, name in known.items()}
        meant = by_name.get(word.lower(), "")
        hint = f"did you mean `{meant}`?" if meant else near(word, known) or f"the site has {', '.join(known)}"
        reading.say("page-label-unknown", entry, f"the site has no {what} {cited(word)}", hint)
    return tuple(chosen)


def aliases(reading: Reading, node: Node) -> tuple[str, ...] | None:
    """Paths of the site, such as /2026/02/05/older-slug/."""
    if not isinstance(node, Listing):
        return texts(reading, node)
    paths = []
    for entry, word in entries_of(reading, node):
        if _PATH.fullmatch(word) and all(map(_is_name, word.strip("/").split("/"))):
            paths.append(word)
        else:
            hint = "write a path of the site, such as /2026/02/05/older-slug/"
            reading.say("page-value", entry, f"{cited(word)} is no path of the site", hint)
    return tuple(dict.fromkeys(paths))


def _is_name(part: str) -> bool:
    """Whether a part of a path, its escapes read, is the name of a file on any system."""
    try:
        name = unquote(part, errors="strict")
    except UnicodeDecodeError:
        return False
    return name not in {".", ".."} and name == name.strip() and not _NO_NAME.search(name) and "%" not in name


def markers(reading: Reading, node: Node) -> tuple[str, ...] | None:
    """Words of wire markers, each perhaps with a number."""
    if not isinstance(node, Listing):
        return texts(reading, node)
    known: dict[str, None] = {}
    for entry, marker in entries_of(reading, node):
        word = marker.partition(" ")[0]
        if word in MARKERS and re.fullmatch(r"[a-z]+( [0-9]{1,2})?", marker):
            known[marker] = None
        else:
            hint = near(word, MARKERS) or f"write one of {', '.join(MARKERS)}, perhaps with a number"
            reading.say("page-value", entry, f"{cited(marker)} is no marker", hint)
    return tuple(known)


def corrections(reading: Reading, node: Node) -> tuple[Correction, ...] | None:
    """A list of mappings with a date and a text."""
    if not isinstance(node, Listing):
        reading.wrong_type(node, "a list: corrections: [{date: 2026-02-05, text: …}]")
        return None
    read = (_correction(reading, entry) for entry in node.entries)
    return tuple(correction for correction in read if correction)


def _correction(reading: Reading, node: Node) -> Correction | None:
    if not isinstance(node, Table):
        reading.say("page-type", node, f"a correction is {kind_of(node)}", "write {date: 2026-02-05, text: …}")
        return None
    parts = parts_of(reading, node, ("date", "text"))
    said = text(reading, parts["text"]) if "text" in parts else ""
    when = day_and_time(reading, parts["date"]) if "date" in parts else None
    if not said:
        reading.say("correction-empty", parts.get("text", node), "a correction without a text", "say what was wrong")
    if "date" not in parts:
        reading.say("page-date", node, "a correction without a date", WHEN)
    return Correction(day=when[0], text=said) if when and said else None
