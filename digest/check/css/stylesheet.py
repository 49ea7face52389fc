"""Style sheets as far as colours go: rules with their conditions, and what custom properties are worth."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PIECE = re.compile(r"""((?:[^{};"'()]|"[^"]*"|'[^']*'|\((?:[^()]|\([^()]*\))*\))*)([{};]|\Z)""")
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,((?:[^()]|\([^()]*\))*))?\)")
_LIGHT_DARK = re.compile(r"light-dark\(((?:[^(),]|\([^()]*\))*),((?:[^(),]|\([^()]*\))*)\)")
_DARK = re.compile(r"prefers-color-scheme:\s*dark|[=\"'-]dark\b|\.dark\b", re.IGNORECASE)
_ELSEWHERE = re.compile(r"@media[^{]*\bprint\b|forced-colors|prefers-contrast|@font-face|@keyframes|@property")
_ROOTS = re.compile(r"(?::root|html)\b")


class Rule(NamedTuple):
    """A rule: `path` is its selectors and the conditions around it, `start` its offset."""

    path: tuple[str, ...]
    declarations: Mapping[str, str]
    start: int

    @property
    def selector(self) -> str:
        """The innermost selector."""
        return self.path[-1] if self.path else ""

    @property
    def is_dark(self) -> bool:
        """True for rules of the dark colour scheme only."""
        return any(_DARK.search(part) and ":not(" not in part for part in self.path)

    @property
    def is_on_screen(self) -> bool:
        """True for rules that apply on ordinary screens."""
        return not any(_ELSEWHERE.search(part) for part in self.path)


def parse_rules(css: str) -> Iterator[Rule]:
    """Every rule that declares something, in order; conditions and nested rules included."""
    css = _COMMENT.sub(lambda found: " " * len(found[0]), css)
    path: list[str] = []
    declared: list[dict[str, str]] = [{}]
    starts = [0]
    position = 0
    while position < len(css) and (piece := _PIECE.match(css, position)):
        text, mark = piece[1].strip(), piece[2]
        if mark == "{":
            path.append(" ".join(text.split()))
            declared.append({})
            starts.append(piece.start() + len(piece[1]) - len(piece[1].lstrip()))
        else:
            name, colon, value = text.partition(":")
            if colon:
                declared[-1][name.strip()] = value.strip()
            if mark == "}" and path:
                if declared[-1]:
                    yield Rule(tuple(path), declared[-1], starts[-1])
                path.pop()
                declared.pop()
                starts.pop()
        position = max(piece.end(), position + 1)


def custom_properties(found: list[Rule], *, dark: bool) -> dict[str, str]:
    """The custom properties of the root in one scheme."""
    tokens: dict[str, str] = {}
    for wanted in (False, True) if dark else (False,):
        for rule in found:
            if rule.is_dark is wanted and rule.is_on_screen and _ROOTS.search(" ".join(rule.path)):
                tokens |= {n: v for n, v in rule.declarations.items() if n.startswith("--")}
    return tokens


def resolve_value(value: str, tokens: Mapping[str, str], *, dark: bool, depth: int = 8) -> str:
    """A value with its variables and its choice of schemes put in; empty when one of them is not there."""
    value = _LIGHT_DARK.sub(lambda found: found[2 if dark else 1].strip(), value)
    found = _VARIABLE.search(value)
    if found is None or depth == 0:
        return value.strip()
    worth = tokens.get(found[1], found[2] or "")
    return resolve_value(value[: found.start()] + worth + value[found.end() :], tokens, dark=dark, depth=depth - 1)
