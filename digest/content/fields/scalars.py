"""Parsers of fields with one value: ids, slugs, URLs, enums, days and moments.

A parser returns the typed value, or None after it has added an issue.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeVar

from digest.config import SLUG_PATTERN
from digest.content.fields.context import FieldContext, parse_text, suggestion
from digest.content.fields.times import moment_of, parse_when
from digest.content.frontmatter import quoted
from digest.content.yaml.nodes import Node

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LANG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
URL = re.compile(r"https?://[^\s/?#\\\"<>]+[^\s\\\"<>]*", re.IGNORECASE)
_MAX_NAME = 120
_E = TypeVar("_E", bound=StrEnum)

DATE_HINT = "write a day such as 2026-02-05, or with time and zone 2026-02-05T14:10:00+01:00"


def _matching(pattern: re.Pattern[str], expected: str) -> Callable[[FieldContext, Node], str | None]:
    def read(context: FieldContext, node: Node) -> str | None:
        word = parse_text(context, node)
        if word and not pattern.fullmatch(word):
            context.add_issue("page-value", node, f"`{context.field}` cannot be {quoted(word)}", f"write {expected}")
            return None
        return word

    return read


def _with_limit(read: Callable[[FieldContext, Node], str | None]) -> Callable[[FieldContext, Node], str | None]:
    def parse_limited(context: FieldContext, node: Node) -> str | None:
        word = read(context, node)
        if word and len(word) > _MAX_NAME:
            message = f"`{context.field}` has {len(word)} characters"
            context.add_issue("page-value", node, message, f"use at most {_MAX_NAME}")
            return None
        return word

    return parse_limited


parse_id = _with_limit(_matching(_ID, "a letter, then lower-case letters, digits and hyphens"))
parse_slug = _with_limit(_matching(SLUG_PATTERN, "lower-case letters, digits and hyphens"))
parse_language_tag = _matching(_LANG, "a language tag such as en, fr or pt-BR")
parse_url = _matching(URL, "a whole URL that begins with https://")


def enum_parser(kind: type[_E]) -> Callable[[FieldContext, Node], _E | None]:
    """Return a parser of the values of an enum."""
    known = {member.value: member for member in kind}

    def read(context: FieldContext, node: Node) -> _E | None:
        word = parse_text(context, node)
        if word is None or word in known:
            return known[word] if word else None
        hint = suggestion(word, known) or f"write {', '.join(known)}"
        context.add_issue("page-value", node, f"`{context.field}` cannot be {quoted(word)}", hint)
        return None

    return read


def parse_lead(context: FieldContext, node: Node) -> int | None:
    """Parse a rank from 1 to 9."""
    word = parse_text(context, node)
    if word is None or re.fullmatch("[1-9]", word):
        return int(word) if word else None
    context.add_issue("page-value", node, f"`lead` cannot be {quoted(word)}", "write a number from 1 to 9")
    return None


def parse_day_and_time(context: FieldContext, node: Node) -> tuple[date, time | None] | None:
    """Parse a day, and the time if there is one, as written."""
    word = parse_text(context, node)
    when = parse_when(word) if word else None
    if word and not when:
        context.add_issue("page-date", node, f"{quoted(word)} is no date", DATE_HINT)
    return when


def parse_day_and_moment(context: FieldContext, node: Node) -> tuple[date, datetime | None] | None:
    """Parse a day as written, and a moment if there is a time; a time without a zone is in the site's zone."""
    when = parse_day_and_time(context, node)
    if when is None:
        return None
    day, at = when
    if at is None:
        return day, None
    if at.tzinfo is None:
        zone = context.config.site.time_zone
        message = f"`{context.field}` has a time without a zone; {zone} was taken"
        context.add_issue("page-zone-missing", node, message, "add the zone, such as +01:00 or Z")
    return day, moment_of(day, at, context.config.zone)


def parse_moment(context: FieldContext, node: Node) -> datetime | None:
    """Parse a moment; a day alone means its first moment in the site's zone."""
    when = parse_day_and_moment(context, node)
    if when is None:
        return None
    day, at = when
    return at or moment_of(day, time(), context.config.zone)
