"""Style rules with the conditions around them, and the values of custom properties. tinycss2 parses the CSS."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import tinycss2

_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,((?:[^()]|\([^()]*\))*))?\)")
_LIGHT_DARK = re.compile(r"light-dark\(((?:[^(),]|\([^()]*\))*),((?:[^(),]|\([^()]*\))*)\)")
_DARK = re.compile(r"prefers-color-scheme:\s*dark|[=\"'-]dark\b|\.dark\b", re.IGNORECASE)
_NOT_ON_SCREEN = re.compile(r"@media[^{]*\bprint\b|forced-colors|prefers-contrast|@font-face|@keyframes|@property")
_ROOTS = re.compile(r"(?::root|html)\b")


class Rule(NamedTuple):
    """A style rule. `path` holds the conditions and selectors around it and its own selector, outermost first."""

    path: tuple[str, ...]
    declarations: Mapping[str, str]
    line: int
    column: int

    @property
    def selector(self) -> str:
        """The innermost selector."""
        return self.path[-1]

    @property
    def is_dark(self) -> bool:
        """True if the rule applies to the dark scheme only."""
        return any(_DARK.search(part) and ":not(" not in part for part in self.path)

    @property
    def is_on_screen(self) -> bool:
        """True if the rule applies to a page on an ordinary screen."""
        return not any(_NOT_ON_SCREEN.search(part) for part in self.path)


def parse_rules(css: str) -> Iterator[Rule]:
    """Parse a style sheet. Yield every rule with declarations, including nested rules and rules below conditions."""
    yield from _rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), ())


def _rules(nodes: Iterable[Any], path: tuple[str, ...]) -> Iterator[Rule]:
    for node in nodes:
        if node.type not in ("qualified-rule", "at-rule") or node.content is None:
            continue
        keyword = f"@{node.lower_at_keyword} " if node.type == "at-rule" else ""
        inner = (*path, keyword + " ".join(tinycss2.serialize(node.prelude).split()))
        contents = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
        declarations = {d.name: tinycss2.serialize(d.value).strip() for d in contents if d.type == "declaration"}
        if declarations:
            yield Rule(inner, declarations, node.source_line, node.source_column)
        yield from _rules(contents, inner)


def custom_properties(rules: list[Rule], *, dark: bool) -> dict[str, str]:
    """Return the custom properties of the root element in the light or the dark scheme."""
    values: dict[str, str] = {}
    for is_dark in (False, True) if dark else (False,):
        for rule in rules:
            if rule.is_dark is is_dark and rule.is_on_screen and _ROOTS.search(" ".join(rule.path)):
                values |= {n: v for n, v in rule.declarations.items() if n.startswith("--")}
    return values


def resolve_value(value: str, variables: Mapping[str, str], *, dark: bool, depth: int = 8) -> str:
    """Replace `var()` and `light-dark()` in a value. An unknown variable becomes an empty string.

    `depth` limits how often variables may refer to other variables.
    """
    value = _LIGHT_DARK.sub(lambda match: match[2 if dark else 1].strip(), value)
    match = _VARIABLE.search(value)
    if match is None or depth == 0:
        return value.strip()
    replacement = variables.get(match[1], match[2] or "")
    value = value[: match.start()] + replacement + value[match.end() :]
    return resolve_value(value, variables, dark=dark, depth=depth - 1)
