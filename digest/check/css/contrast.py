"""Can text be read? The colours that style sheets give it, on the grounds that they give it, in both schemes.

At least 4.5 : 1 (WCAG 2.2, 1.4.3). What depends on more than a style sheet says, such as what a transparent colour
lies on, is left to a browser.
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
    """A colour of text on a colour of ground, each as it is written, and what that comes to."""

    selector: str
    text: str
    background: str
    ratio: float
    is_dark: bool
    start: int


def check_contrast(output: Output) -> Iterator[Finding]:
    """Pairs of every style sheet that are hard to read."""
    front = output.read(FRONT) if FRONT in output.types else ""
    chosen = "\n".join(_STYLE.findall(front))
    for file in output.files_of_type("text/css"):
        css = output.read(file)
        for pair in colour_pairs(css, chosen):
            if pair.ratio < MIN_CONTRAST:
                scheme = "dark" if pair.is_dark else "light"
                colours = f"`{pair.text}` on `{pair.background}` ({pair.selector}, {scheme})"
                message = f"{colours} has a contrast of {pair.ratio:.1f}"
                line = css.count("\n", 0, pair.start) + 1
                column = pair.start - css.rfind("\n", 0, pair.start)
                hint = f"{MIN_CONTRAST} is the least for text: make one of the two darker or lighter"
                yield Finding(code="contrast-low", file=file, message=message, hint=hint, line=line, column=column)


def colour_pairs(css: str, inline_css: str = "") -> Iterator[ColourPair]:
    """Yield text and background colours of rules; a missing colour is that of the page.

    `chosen` is a style sheet that pages bring themselves: a site's own choice of colours.
    """
    found = list(parse_rules(css))
    body = [r for r in found if r.selector in ("body", "html", ":root") and r.is_on_screen and not r.is_dark]
    ink = next((r.declarations["color"] for r in body if "color" in r.declarations), "")
    paper = next(filter(None, map(_ground, body)), "")
    for dark in (False, True):
        tokens = custom_properties([*found, *parse_rules(inline_css)], dark=dark)

        def worth(value: str, tokens: dict[str, str] = tokens, dark: bool = dark) -> Colour | None:
            return parse_colour(resolve_value(value, tokens, dark=dark)) if value else None

        for rule in found:
            text, ground = rule.declarations.get("color", ""), _ground(rule)
            if not rule.is_on_screen or (rule.is_dark and not dark) or not (text or ground):
                continue
            if not ground and text == paper:
                continue  # on a ground that an element around it has
            front, back = worth(text or ink), worth(ground or paper)
            if front and back and (text or _holds_text(rule)):
                yield ColourPair(
                    rule.selector,
                    text or ink,
                    ground or paper,
                    contrast_of(front, back),
                    is_dark=dark,
                    start=rule.start,
                )


def _ground(rule: Rule) -> str:
    """The background of a rule, where it is one colour."""
    value = rule.declarations.get("background-color") or rule.declarations.get("background", "")
    return "" if " " in value.replace(", ", ",") or value in ("none", "0", "inherit", "transparent") else value


def _holds_text(rule: Rule) -> bool:
    """Return False for rules that draw shapes, such as a dot, and hold no text."""
    return "::" not in rule.selector and not {"height", "width"} & rule.declarations.keys()
