"""Contrast check: text colours against the background colours of style sheets, in the light and the dark scheme.

Text needs a contrast of at least 4.5 : 1 (WCAG 2.2, 1.4.3). The check skips colours that depend on the page, such as
transparent ones: only a browser can compute them.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from digest.check.css.colours import Colour, contrast_of, parse_colour
from digest.check.css.stylesheet import Rule, custom_properties, parse_rules, resolve_value
from digest.check.finding import Finding
from digest.check.site.output import Output

MIN_CONTRAST = 4.5
FRONT = "index.html"
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)


class ColourPair(NamedTuple):
    """A text colour and a background colour as written in CSS, their contrast ratio, and the place of the rule."""

    selector: str
    text: str
    background: str
    ratio: float
    is_dark: bool
    line: int
    column: int


def check_contrast(output: Output) -> Iterator[Finding]:
    """Find colour pairs of low contrast in all style sheets."""
    front = output.read(FRONT) if FRONT in output.types else ""
    inline_css = "\n".join(_STYLE.findall(front))
    for file in output.files_of_type("text/css"):
        for pair in colour_pairs(output.read(file), inline_css):
            if pair.ratio < MIN_CONTRAST:
                place = f"{pair.selector}, {'dark' if pair.is_dark else 'light'}"
                message = f"`{pair.text}` on `{pair.background}` ({place}) has a contrast of {pair.ratio:.1f}"
                hint = f"text needs at least {MIN_CONTRAST}: make one of the colours darker or lighter"
                yield Finding(
                    code="contrast-low", file=file, message=message, hint=hint, line=pair.line, column=pair.column
                )


def colour_pairs(css: str, inline_css: str = "") -> Iterator[ColourPair]:
    """Yield the text and background colour of each rule.

    A rule without a background or a text colour gets that of the page. `inline_css` is the style sheet inside the
    pages: it holds the colours that the site has chosen.
    """
    rules = list(parse_rules(css))
    page_rules = [r for r in rules if r.selector in ("body", "html", ":root") and r.is_on_screen and not r.is_dark]
    page_text = next((r.declarations["color"] for r in page_rules if "color" in r.declarations), "")
    page_background = next(filter(None, map(_background, page_rules)), "")
    for dark in (False, True):
        variables = custom_properties([*rules, *parse_rules(inline_css)], dark=dark)
        for rule in rules:
            text, background = rule.declarations.get("color", ""), _background(rule)
            if not rule.is_on_screen or (rule.is_dark and not dark) or not (text or background):
                continue
            if not background and text == page_background:
                continue  # its background is that of an element around it
            if not text and not _contains_text(rule):
                continue
            pair = text or page_text, background or page_background
            front, back = (_computed(value, variables, dark=dark) for value in pair)
            if front and back:
                yield ColourPair(rule.selector, *pair, contrast_of(front, back), dark, rule.line, rule.column)


def _computed(value: str, variables: dict[str, str], *, dark: bool) -> Colour | None:
    return parse_colour(resolve_value(value, variables, dark=dark)) if value else None


def _background(rule: Rule) -> str:
    """Return the background of a rule if it is a single colour, else an empty string."""
    value = rule.declarations.get("background-color") or rule.declarations.get("background", "")
    return "" if " " in value.replace(", ", ",") or value in ("none", "0", "inherit", "transparent") else value


def _contains_text(rule: Rule) -> bool:
    """Return False for rules that draw a shape, such as a dot, with a background but no text."""
    return "::" not in rule.selector and not {"height", "width"} & rule.declarations.keys()
