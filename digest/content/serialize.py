"""Serialize a new page: front matter with fields in a fixed order, then the body.

YAML 1.1 and 1.2 readers agree on the result: a text is quoted when a reader could take it for a number, a date, a
boolean or an indicator, else it is plain. Dates and whole numbers are plain.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import TypeAlias

Value: TypeAlias = str | int | date | Sequence["Value"] | Mapping[str, "Value"]

FIELD_ORDER = (
    "id", "title", "slug", "date", "updated", "regions", "categories", "places", "story", "version_of", "summary",
    "byline", "source", "link", "image", "image_alt", "image_credit", "lang", "status", "publish_at", "embargo",
    "expires", "lead", "corrections", "aliases", "ai", "ai_note", "reviewed_by", "markers", "wire",
)  # fmt: skip

_RANK = {field: rank for rank, field in enumerate(FIELD_ORDER)}

# A text that starts with a letter is special only if it is one of these words or contains an indicator below.
_WORDS = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null"])
# A text that starts with a digit may be a number (any base, exponent, sexagesimal) or a timestamp.
_NUMBER_LIKE = re.compile(
    r"0[xob][0-9a-f_]+|[\d_,.:+ ]*(?:e[-+]?[\d_]*)?|\d{4}-\d\d?-\d\d?(?:[t ][\d:.tz+\- ]*)?", re.ASCII | re.IGNORECASE
)
_PLAIN = re.compile(r"[^\W_][^\x00-\x1f\x7f-\x9f\ufeff\u2028\u2029\ud800-\udfff\ufffe\uffff]*", re.DOTALL)
_INDICATORS = re.compile(r":(?=\s|\Z)|\s#|[\s]\Z")
_FLOW_INDICATORS = re.compile(r"[,:?\[\]{}]")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ufeff\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}


def rank_of(field: str) -> int:
    """Return the position of a field in a page; unknown fields come after all others, before `wire`."""
    return _RANK.get(field, _RANK["wire"] - 1)


def yaml_scalar_of(text: str, *, flow: bool = False) -> str:
    """Return a text as a YAML scalar on one line; `flow` is for use inside brackets."""
    if text.isascii() and (text.isalpha() or (text.replace(" ", "").isalpha() and text[0] != " " != text[-1])):
        return text if text.lower() not in _WORDS else f'"{text}"'
    if _is_plain(text) and not (flow and _FLOW_INDICATORS.search(text)):
        return text
    if _UNPRINTABLE.search(text):
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        return '"' + _UNPRINTABLE.sub(lambda found: _escape(found[0]), escaped) + '"'
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def yaml_value_of(value: Value, *, flow: bool = False) -> str:
    """Return a value as YAML on one line; lists and mappings are in brackets."""
    if isinstance(value, str):
        return yaml_scalar_of(value, flow=flow)
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds" if value.second else "minutes")
    if isinstance(value, (int, date)):
        return str(value)
    if isinstance(value, Mapping):
        pairs = [f"{_key_of(key)}: {yaml_value_of(inner, flow=True)}" for key, inner in value.items()]
        return "{" + ", ".join(pairs) + "}"
    return "[" + ", ".join([yaml_value_of(inner, flow=True) for inner in value]) + "]"


@lru_cache(maxsize=1 << 8)
def _key_of(name: str) -> str:
    return yaml_scalar_of(name, flow=True)


def page_text(fields: Mapping[str, Value], body: str = "") -> str:
    """Return the text of a page: the fields in their order, and the Markdown body if there is one."""
    lines = [f"{yaml_scalar_of(field)}: {yaml_value_of(fields[field])}\n" for field in sorted(fields, key=rank_of)]
    body = body.strip("\n")
    return "---\n" + "".join(lines) + "---\n" + (f"\n{body}\n" if body else "")


def _is_plain(text: str) -> bool:
    if not _PLAIN.fullmatch(text) or _INDICATORS.search(text):
        return False
    if text[0].isdigit():
        return text.isprintable() and not _NUMBER_LIKE.fullmatch(text) and text[0].isascii()
    return text.lower() not in _WORDS


def _escape(character: str) -> str:
    return _ESCAPES.get(character) or f"\\u{ord(character):04x}"
