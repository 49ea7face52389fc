"""From what is written in front matter to typed values; every mistake is an issue at the place of the value."""

import difflib
import posixpath
import re
from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, TypeVar

import yaml

from digest.config import SLUG, Config
from digest.content.frontmatter import Front
from digest.content.times import moment_of, parse_when
from digest.issues import Issue, issue
from digest.model import Correction, Origin

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LANG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_URL = re.compile(r"https?://[^\s/?#\\\"<>]+[^\s\\\"<>]*", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_LONGEST_NAME = 120
_WHEN = "write a day such as 2026-02-05, or with time and zone 2026-02-05T14:10:00+01:00"
_E = TypeVar("_E", bound=StrEnum)


class Reading:
    """One page being read: where it is, what the site knows, and the issues so far."""

    def __init__(self, front: Front, path: str, config: Config) -> None:
        self.front, self.path, self.config = front, path, config
        self.name = ""
        self.issues: list[Issue] = []

    def say(self, code: str, node: yaml.Node, message: str, hint: str = "") -> None:
        """An issue at the place of a value."""
        self.issues.append(issue(code, self.front.place(node.start_mark.index), message, hint))

    def wrong_type(self, node: yaml.Node, wanted: str) -> None:
        """`page-type` for a value that is a list where a text belongs, and the like."""
        self.say("page-type", node, f"`{self.name}` is {_kind_of(node)}", f"write {wanted}")


def is_empty(node: yaml.Node) -> bool:
    """Whether nothing is written: an empty value, YAML's plain `null` or `~`, an empty list or mapping."""
    if isinstance(node, yaml.ScalarNode):
        return not node.value or (not node.style and node.value in ("null", "~"))
    return not node.value


def near(word: str, known: Collection[str]) -> str:
    """`did you mean …?` when something known looks like `word`, else nothing."""
    found = difflib.get_close_matches(word.lower().replace(" ", "-"), known, 1)
    return f"did you mean `{found[0]}`?" if found else ""


def _kind_of(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode):
        return "a mapping"
    return "a list" if isinstance(node, yaml.SequenceNode) else "text"


def text(reading: Reading, node: yaml.Node) -> str | None:
    """Text on one line, without characters that no page can show."""
    if not isinstance(node, yaml.ScalarNode):
        reading.wrong_type(node, "text; in quotes if it begins with a bracket")
        return None
    written: str = node.value
    if bad := _UNSEEN.search(written):
        message = f"`{reading.name}` holds the control character U+{ord(bad[0]):04X}"
        reading.say("page-value", node, message, "take it out")
        written = _UNSEEN.sub("", written)
    return " ".join(written.split())


def texts(reading: Reading, node: yaml.Node) -> tuple[str, ...] | None:
    """A list of texts, each once."""
    if not isinstance(node, yaml.SequenceNode):
        said = node.value if isinstance(node, yaml.ScalarNode) else "one, two"
        reading.wrong_type(node, f"a list: {reading.name}: [{said}]")
        return None
    return tuple(dict.fromkeys(word for _, word in _entries(reading, node)))


def text_or_texts(reading: Reading, node: yaml.Node) -> tuple[str, ...] | None:
    """One text or a list of them."""
    if isinstance(node, yaml.SequenceNode):
        return texts(reading, node)
    one = text(reading, node)
    return (one,) if one else None


def _entries(reading: Reading, node: yaml.SequenceNode) -> Iterator[tuple[yaml.Node, str]]:
    for entry in node.value:
        if word := text(reading, entry):
            yield entry, word


def _matching(pattern: re.Pattern[str], wanted: str) -> Callable[[Reading, yaml.Node], str | None]:
    def read(reading: Reading, node: yaml.Node) -> str | None:
        word = text(reading, node)
        if word and not pattern.fullmatch(word):
            reading.say("page-value", node, f"`{reading.name}` cannot be `{word}`", f"write {wanted}")
            return None
        return word

    return read


def _short(read: Callable[[Reading, yaml.Node], str | None]) -> Callable[[Reading, yaml.Node], str | None]:
    def short(reading: Reading, node: yaml.Node) -> str | None:
        word = read(reading, node)
        if word and len(word) > _LONGEST_NAME:
            message = f"`{reading.name}` has {len(word)} characters"
            reading.say("page-value", node, message, f"use at most {_LONGEST_NAME}")
            return None
        return word

    return short


an_id = _short(_matching(_ID, "a letter, then lower-case letters, digits and hyphens"))
slug = _short(_matching(SLUG, "lower-case letters, digits and hyphens"))
lang = _matching(_LANG, "a language tag such as en, fr or pt-BR")
link = _matching(_URL, "a whole URL that begins with https://")


def one_of(kind: type[_E]) -> Callable[[Reading, yaml.Node], _E | None]:
    """A reader of one word of an enum."""
    known = {member.value: member for member in kind}

    def read(reading: Reading, node: yaml.Node) -> _E | None:
        word = text(reading, node)
        if word is None or word in known:
            return known[word] if word else None
        hint = near(word, known) or f"write {', '.join(known)}"
        reading.say("page-value", node, f"`{reading.name}` cannot be `{word}`", hint)
        return None

    return read


def lead(reading: Reading, node: yaml.Node) -> int | None:
    """A rank from 1 to 9."""
    word = text(reading, node)
    if word is None or re.fullmatch("[1-9]", word):
        return int(word) if word else None
    reading.say("page-value", node, f"`lead` cannot be `{word}`", "write a number from 1 to 9")
    return None


def regions(reading: Reading, node: yaml.Node) -> tuple[str, ...] | None:
    """Slugs of the site's regions."""
    return _labels(reading, node, {slug: table.name for slug, table in reading.config.regions.items()}, "region")


def categories(reading: Reading, node: yaml.Node) -> tuple[str, ...] | None:
    """Slugs of the site's categories."""
    return _labels(reading, node, {slug: table.name for slug, table in reading.config.categories.items()}, "category")


def _labels(reading: Reading, node: yaml.Node, known: dict[str, str], what: str) -> tuple[str, ...] | None:
    if not isinstance(node, yaml.SequenceNode):
        return texts(reading, node)
    chosen: dict[str, None] = {}
    for entry, word in _entries(reading, node):
        if word in known:
            chosen[word] = None
            continue
        by_name = {name.lower(): slug for slug, name in known.items()}
        meant = by_name.get(word.lower(), "")
        hint = f"did you mean `{meant}`?" if meant else near(word, known) or f"the site has {', '.join(known)}"
        reading.say("page-label-unknown", entry, f"the site has no {what} `{word}`", hint)
    return tuple(chosen)


def _when(reading: Reading, node: yaml.Node) -> tuple[date, time | None] | None:
    word = text(reading, node)
    when = parse_when(word) if word else None
    if word and not when:
        reading.say("page-date", node, f"`{word}` is no date", _WHEN)
    return when


def day_and_at(reading: Reading, node: yaml.Node) -> tuple[date, datetime | None] | None:
    """The day as written; the moment if a time is written, in the site's zone if it has none of its own."""
    when = _when(reading, node)
    if when is None:
        return None
    day, at = when
    if at is None:
        return day, None
    if at.tzinfo is None:
        zone = reading.config.site.time_zone
        message = f"`{reading.name}` has a time without a zone; {zone} was taken"
        reading.say("page-zone-missing", node, message, "add the zone, such as +01:00 or Z")
    return day, moment_of(day, at, reading.config.zone)


def moment(reading: Reading, node: yaml.Node) -> datetime | None:
    """A moment; a day alone means its first moment in the site's zone."""
    when = day_and_at(reading, node)
    if when is None:
        return None
    day, at = when
    return at or moment_of(day, time(), reading.config.zone)


def corrections(reading: Reading, node: yaml.Node) -> tuple[Correction, ...] | None:
    """A list of mappings with a date and a text."""
    if not isinstance(node, yaml.SequenceNode):
        reading.wrong_type(node, "a list: corrections: [{date: 2026-02-05, text: …}]")
        return None
    read = (_correction(reading, entry) for entry in node.value)
    return tuple(correction for correction in read if correction)


def _correction(reading: Reading, node: yaml.Node) -> Correction | None:
    if not isinstance(node, yaml.MappingNode):
        reading.say("page-type", node, f"a correction is {_kind_of(node)}", "write {date: 2026-02-05, text: …}")
        return None
    parts = _parts(reading, node, ("date", "text"))
    said = text(reading, parts["text"]) if "text" in parts else ""
    when = _when(reading, parts["date"]) if "date" in parts else None
    if not said:
        reading.say("correction-empty", parts.get("text", node), "a correction without a text", "say what was wrong")
    if "date" not in parts:
        reading.say("page-date", node, "a correction without a date", _WHEN)
    return Correction(day=when[0], text=said) if when and said else None


def _parts(reading: Reading, node: yaml.MappingNode, known: Collection[str]) -> dict[str, yaml.Node]:
    """The known parts of a mapping that are written; others are told."""
    parts = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.value not in known:
            name = key.value if isinstance(key, yaml.ScalarNode) else _kind_of(key)
            hint = near(str(name), known) or f"known here: {', '.join(known)}"
            reading.say("page-unknown-field", key, f"unknown field `{reading.name}.{name}`", hint)
        elif not is_empty(value):
            parts[key.value] = value
    return parts


def aliases(reading: Reading, node: yaml.Node) -> tuple[str, ...] | None:
    """Paths of the site, such as /2026/02/05/older-slug/."""
    if not isinstance(node, yaml.SequenceNode):
        return texts(reading, node)
    paths = []
    for entry, word in _entries(reading, node):
        if re.fullmatch(r"(/[^\s/?#\\:*\"<>|]+)+/?", word) and not {".", ".."} & set(word.split("/")):
            paths.append(word)
        else:
            hint = "write a path of the site, such as /2026/02/05/older-slug/"
            reading.say("page-value", entry, f"`{word}` is no path of the site", hint)
    return tuple(dict.fromkeys(paths))


def image(reading: Reading, node: yaml.Node) -> str | None:
    """A URL, or a path that stays inside the content folder."""
    word = text(reading, node)
    if not word or _URL.fullmatch(word):
        return word
    folder = "" if word.startswith("/") else posixpath.dirname(reading.path)
    resolved = posixpath.normpath(posixpath.join(folder, word.lstrip("/")))
    if _SCHEME.match(word) or "\\" in word or resolved.split("/")[0] == "..":
        hint = "write a URL that begins with https://, or a path inside the content folder"
        reading.say("page-value", node, f"`image` cannot be `{word}`", hint)
        return None
    return word


_WIRE = ("dump", "seen", "position", "lines", "key", "also", "seals")


def origin(reading: Reading, node: yaml.Node) -> Origin | None:
    """The mapping that import wrote. What is missing is told, and left empty."""
    if not isinstance(node, yaml.MappingNode):
        reading.wrong_type(node, "a mapping, as import does, or drop the field")
        return None
    parts = _parts(reading, node, _WIRE)
    for name in ("dump", "seen", "position", "lines", "key"):
        if name not in parts:
            reading.say("page-value", node, f"`wire` has no `{name}`", "put back what import wrote, or drop `wire`")
    position = text(reading, parts["position"]) if "position" in parts else ""
    if position and not re.fullmatch(r"[0-9]{1,8}", position):
        reading.say("page-value", parts["position"], f"`wire.position` cannot be `{position}`", "write a whole number")
        position = ""
    words = {name: text(reading, parts[name]) or "" for name in ("dump", "seen", "lines", "key") if name in parts}
    return Origin(
        **{"dump": "", "seen": "", "lines": "", "key": "", **words},
        position=int(position or 0),
        also=(text_or_texts(reading, parts["also"]) or ()) if "also" in parts else (),
        seals=_seals(reading, parts["seals"]) if "seals" in parts else {},
    )


def _seals(reading: Reading, node: yaml.Node) -> dict[str, str]:
    if not isinstance(node, yaml.MappingNode):
        reading.say("page-type", node, f"`wire.seals` is {_kind_of(node)}", "write a mapping, as import does")
        return {}
    pairs: list[tuple[Any, Any]] = node.value
    return {
        key.value: value.value
        for key, value in pairs
        if isinstance(key, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode)
    }
