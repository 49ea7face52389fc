"""Fields that hold one value: names, links, words of a few, days and moments.

Each reader takes what is written and gives the typed value, or None after it has said what is wrong.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeVar

from digest.config import SLUG
from digest.content.fields.reader import Reading, near, text
from digest.content.fields.times import moment_of, parse_when
from digest.content.frontmatter import cited
from digest.content.yaml.nodes import Node

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LANG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
URL = re.compile(r"https?://[^\s/?#\\\"<>]+[^\s\\\"<>]*", re.IGNORECASE)
_LONGEST_NAME = 120
_E = TypeVar("_E", bound=StrEnum)

WHEN = "write a day such as 2026-02-05, or with time and zone 2026-02-05T14:10:00+01:00"


def _matching(pattern: re.Pattern[str], wanted: str) -> Callable[[Reading, Node], str | None]:
    def read(reading: Reading, node: Node) -> str | None:
        word = text(reading, node)
        if word and not pattern.fullmatch(word):
            reading.say("page-value", node, f"`{reading.name}` cannot be {cited(word)}", f"write {wanted}")
            return None
        return word

    return read


def _short(read: Callable[[Reading, Node], str | None]) -> Callable[[Reading, Node], str | None]:
    def short(reading: Reading, node: Node) -> str | None:
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
link = _matching(URL, "a whole URL that begins with https://")


def one_of(kind: type[_E]) -> Callable[[Reading, Node], _E | None]:
    """A reader of one word of an enum."""
    known = {member.value: member for member in kind}

    def read(reading: Reading, node: Node) -> _E | None:
        word = text(reading, node)
        if word is None or word in known:
            return known[word] if word else None
        hint = near(word, known) or f"write {', '.join(known)}"
        reading.say("page-value", node, f"`{reading.name}` cannot be {cited(word)}", hint)
        return None

    return read


def lead(reading: Reading, node: Node) -> int | None:
    """A rank from 1 to 9."""
    word = text(reading, node)
    if word is None or re.fullmatch("[1-9]", word):
        return int(word) if word else None
    reading.say("page-value", node, f"`lead` cannot be {cited(word)}", "write a number from 1 to 9")
    return None


def day_and_time(reading: Reading, node: Node) -> tuple[date, time | None] | None:
    """The day and the time as written."""
    word = text(reading, node)
    when = parse_when(word) if word else None
    if word and not when:
        reading.say("page-date", node, f"{cited(word)} is no date", WHEN)
    return when


def day_and_at(reading: Reading, node: Node) -> tuple[date, datetime | None] | None:
    """The day as written; the moment if a time is written, in the site's zone if it has none of its own."""
    when = day_and_time(reading, node)
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


def moment(reading: Reading, node: Node) -> datetime | None:
    """A moment; a day alone means its first moment in the site's zone."""
    when = day_and_at(reading, node)
    if when is None:
        return None
    day, at = when
    return at or moment_of(day, time(), reading.config.zone)
