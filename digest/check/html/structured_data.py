"""Structured data check: JSON-LD against the types and properties of schema.org in `vocabulary.toml`."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

from digest.check.finding import Finding
from digest.check.html.page import HtmlPage

_CONTEXTS = ("https://schema.org", "http://schema.org", "https://schema.org/", "http://schema.org/")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:\S+")
_HINT = "correct the template or the metadata of the page: see https://schema.org"


def check_structured_data(page: HtmlPage) -> Iterator[Finding]:
    """Find invalid JSON-LD, unknown types, unknown properties and missing properties."""
    for start, text in page.json_ld:
        try:
            document = json.loads(text)
        except ValueError as error:
            yield page.finding("data-malformed", start, f"the JSON-LD is not valid JSON: {error}", _HINT)
            continue
        for code, message in dict.fromkeys(_document_errors(document)):
            yield page.finding(code, start, message, _HINT)


def _document_errors(value: Any) -> Iterator[tuple[str, str]]:
    parts = value if isinstance(value, list) else [value]
    for part in parts:
        if not isinstance(part, dict) or part.get("@context") not in _CONTEXTS:
            yield "data-malformed", "the JSON-LD does not have the context https://schema.org"
            continue
        for node in part.get("@graph", [part]):
            yield from _node_errors(node)


def _node_errors(node: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(node, dict):
        return
    names = node.get("@type", [])
    names = names if isinstance(names, list) else [names]
    known = _vocabulary()
    for name in names:
        if name not in known:
            yield "data-term", f"`{name}` is not a known type of schema.org"
    kinds = [known[name] for name in names if name in known]
    for name, value in node.items():
        if not name.startswith("@") and kinds:
            yield from _property_errors(" or ".join(names), name, value, kinds)
        for inner in value if isinstance(value, list) else [value]:
            yield from _node_errors(inner)
    for kind in kinds:
        for name in kind["required"]:
            if name not in node:
                yield "data-missing", f"`{' or '.join(names)}` needs the property `{name}`"


def _property_errors(owner: str, name: str, value: Any, kinds: list[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    expected = next((kind["properties"][name] for kind in kinds if name in kind["properties"]), None)
    if expected is None:
        yield "data-term", f"`{owner}` has no property `{name}`"
        return
    for inner in value if isinstance(value, list) else [value]:
        if not _fits(inner, expected):
            yield "data-term", f"`{name}` of `{owner}` cannot be {json.dumps(inner, ensure_ascii=False)[:60]}"


def _fits(value: Any, expected: str) -> bool:
    """Return True if a property takes a value of this type."""
    if isinstance(value, dict):
        return expected in ("thing", "any")
    return {
        "moment": isinstance(value, str) and bool(_MOMENT.fullmatch(value)),
        "address": isinstance(value, str) and bool(_ADDRESS.fullmatch(value)),
        "number": isinstance(value, int | float) and not isinstance(value, bool),
        "flag": isinstance(value, bool),
        "text": isinstance(value, str) and bool(value),
        "thing": isinstance(value, str) and bool(_ADDRESS.fullmatch(value)),
        "any": value not in ("", None),
    }[expected]


@cache
def _vocabulary() -> Mapping[str, Mapping[str, Any]]:
    """Return the types by name, each with its own and inherited properties and its required ones."""
    tables = tomllib.loads(resources.files("digest.check").joinpath("vocabulary.toml").read_text("utf-8"))

    def properties(name: str) -> dict[str, str]:
        table = tables[name]
        found = properties(table["is"]) if "is" in table else {}
        for kind in ("text", "address", "moment", "number", "flag", "thing", "any"):
            found |= dict.fromkeys(table.get(kind, ()), kind)
        return found

    return {
        name: {"properties": properties(name), "required": table.get("required", ())} for name, table in tables.items()
    }
