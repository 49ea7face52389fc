"""Fields that hold one value: names, links, words of a few, days and moments.

Each reader takes what is written and gives the typed value, or None after it has said what is wrong.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeVar

from digest.config import SLUG
from digest.content.fields.reader import FieldContext, parse_text, suggestion
from digest.content.fields.times import moment_of, parse_when
from digest.content.frontmatter import quoted
from digest.content.yaml.nodes import Node

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LANG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
URL = re.compile(r"https?://[^\s/?#\\\"<>]+[^\s\\\"<>]*", re.IGNORECASE)
_LONGEST_NAME = 120
_E = TypeVar("_E", bound=StrEnum)

DATE_HINT = "write a day such as 2026-02-05, or with time and zone 2026-02-05T14:10:00+01:00"


def _matching(pattern: re.Pattern[str], wanted: str) -> Callable[[FieldContext, Node], str | None]:
    def read(reading: FieldContext, node: Node) -> str | None:
        word = parse_text(reading, node)
        if word and not pattern.fullmatch(word):
            reading.add_issue("page-value", node, f"`{reading.field}` cannot be {quoted(word)}", f"write {wanted}")
            return None
        return word

    return read


def _short(read: Callable[[FieldContext, Node], str | None]) -> Callable[[FieldContext, Node], str | None]:
    def short(reading: FieldContext, node: Node) -> str | None:
        word = read(reading, node)
        if word and len(word) > _LONGEST_NAME:
            message = f"`{reading.field}` has {len(word)} characters"
            reading.add_issue("page-value", node, message, f"use at most {_LONGEST_NAME}")
            return None
        return word

    return short


parse_id = _short(_matching(_ID, "a letter, then lower-case letters, digits and hyphens"))
parse_slug = _short(_matching(SLUG, "lower-case letters, digits and hyphens"))
parse_language_tag = _matching(_LANG, "a language tag such as en, fr or pt-BR")
parse_url = _matching(URL, "a whole URL that begins with https://")


def enum_parser(kind: type[_E]) -> Callable[[FieldContext, Node], _E | None]:
    """A reader of one word of an enum."""
    known = {member.value: member for member in kind}

    def read(reading: FieldContext, node: Node) -> _E | None:
        word = parse_text(reading, node)
        if word is None or word in known:
            return known[word] if word else None
        hint = suggestion(word, known) or f"write {', '.join(known)}"
        reading.add_issue("page-value", node, f"`{reading.field}` cannot be {quoted(word)}", hint)
        return None

    return read


def parse_lead(reading: FieldContext, node: Node) -> int | None:
    """A rank from 1 to 9."""
    word = parse_text(reading, node)
    if word is None or re.fullmatch("[1-9]", word):
        return int(word) if word else None
    reading.add_issue("page-value", node, f"`lead` cannot be {quoted(word)}", "write a number from 1 to 9")
    return None


def parse_day_and_time(reading: FieldContext, node: Node) -> tuple[date, time | None] | None:
    """The day and the time as written."""
    word = parse_text(reading, node)
    when = parse_when(word) if word else None
    if word and not when:
        reading.add_issue("page-date", node, f"{quoted(word)} is no date", DATE_HINT)
    return when


def parse_day_and_moment(reading: FieldContext, node: Node) -> tuple[date, datetime | None] | None:
    """The day as written; the moment if a time is written, in the site's zone if it has none of its own."""
    when = parse_day_and_time(reading, node)
    if when is None:
        return None
    day, at = when
    if at is None:
        return day, None
    if at.tzinfo is None:
        zone = reading.config.site.time_zone
        message = f"`{reading.field}` has a time without a zone; {zone} was taken"
        reading.add_issue("page-zone-missing", node, message, "add the zone, such as +01:00 or Z")
    return day, moment_of(day, at, reading.config.zone)


def parse_moment(reading: FieldContext, node: Node) -> datetime | None:
    """A moment; a day alone means its first moment in the site's zone."""
    when = parse_day_and_moment(reading, node)
    if when is None:
        return None
    day, at = when
    return at or moment_of(day, time(), reading.config.zone)
