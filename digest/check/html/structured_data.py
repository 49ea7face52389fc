"""JSON-LD of a page against schema.org. Types and properties are in `vocabulary.toml`."""

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
_HINT = "it comes from a template or from the page's head: see https://schema.org"


def check_structured_data(page: HtmlPage) -> Iterator[Finding]:
    """JSON-LD that is none, or that has types or properties that schema.org does not know or that are missing."""
    for start, text in page.json_ld:
        try:
            whole = json.loads(text)
        except ValueError as error:
            yield page.finding("data-malformed", start, f"the JSON-LD is no JSON: {error}", _HINT)
            continue
        for code, message in dict.fromkeys(_whole(whole)):
            yield page.finding(code, start, message, _HINT)


def _whole(value: Any) -> Iterator[tuple[str, str]]:
    parts = value if isinstance(value, list) else [value]
    for part in parts:
        if not isinstance(part, dict) or part.get("@context") not in _CONTEXTS:
            yield "data-malformed", "the JSON-LD does not say that its terms are those of schema.org"
            continue
        for node in part.get("@graph", [part]):
            yield from _node(node)


def _node(node: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(node, dict):
        return
    names = node.get("@type", [])
    names = names if isinstance(names, list) else [names]
    known = _vocabulary()
    for name in names:
        if name not in known:
            yield "data-term", f"`{name}` is no type that is known here"
    kinds = [known[name] for name in names if name in known]
    for name, value in node.items():
        if not name.startswith("@") and kinds:
            yield from _property(" or ".join(names), name, value, kinds)
        for inner in value if isinstance(value, list) else [value]:
            yield from _node(inner)
    for kind in kinds:
        for name in kind["required"]:
            if name not in node:
                yield "data-missing", f"a `{' or '.join(names)}` without `{name}`"


def _property(owner: str, name: str, value: Any, kinds: list[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    expected = next((kind["properties"][name] for kind in kinds if name in kind["properties"]), None)
    if expected is None:
        yield "data-term", f"a `{owner}` has no property `{name}`"
        return
    for inner in value if isinstance(value, list) else [value]:
        if not _fits(inner, expected):
            yield "data-term", f"`{name}` of a `{owner}` cannot be {json.dumps(inner, ensure_ascii=False)[:60]}"


def _fits(value: Any, expected: str) -> bool:
    """Return True when a value has a type that the property accepts."""
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
    """Types by name, each with the properties of all types above it, and those that it must have."""
    written = tomllib.loads(resources.files("digest.check").joinpath("vocabulary.toml").read_text("utf-8"))

    def properties(name: str) -> dict[str, str]:
        table = written[name]
        found = properties(table["is"]) if "is" in table else {}
        for kind in ("text", "address", "moment", "number", "flag", "thing", "any"):
            found |= dict.fromkeys(table.get(kind, ()), kind)
        return found

    return {
        name: {"properties": properties(name), "required": table.get("required", ())} for name, table in written.items()
    }
