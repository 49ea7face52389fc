"""Style sheets: parsing of colours, contrast ratios in both schemes, places of rules."""

import math
from pathlib import Path

import pytest

from digest.check.css.colours import Colour, contrast_of, parse_colour
from digest.check.css.contrast import MIN_CONTRAST, colour_pairs
from digest.check.css.stylesheet import parse_rules
from tests.machine import ROOT

SHEETS = sorted((ROOT / "themes").glob("*/static/*.css"))


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#fff", (1, 1, 1)),
        ("#ff0000", (1, 0, 0)),
        ("white", (1, 1, 1)),
        ("rgb(255, 0, 0)", (1, 0, 0)),
        ("rgb(100% 0% 0% / 1)", (1, 0, 0)),
        ("hsl(120deg 100% 50%)", (0, 1, 0)),
        ("oklch(1 0 0)", (1, 1, 1)),
        ("oklch(62.796% 0.25768 29.234)", (1, 0, 0)),  # red, as CSS Color 4 gives it
        ("oklab(0.51975 -0.1403 0.10768)", (0, 0.50196, 0)),  # green, likewise
    ],
)
def test_opaque_colours_are_parsed(text: str, colour: tuple[float, float, float]) -> None:
    found = parse_colour(text)
    assert found
    assert all(math.isclose(a, b, abs_tol=0.002) for a, b in zip(found, colour, strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "red-ish",
        "#fff8",
        "rgb(0 0 0 / 50%)",
        "currentcolor",
        "lab(50% 0 0)",
        "rgb(a b c)",
        "color-mix(in srgb, red, blue)",
    ],
)
def test_other_values_are_none(text: str) -> None:
    assert parse_colour(text) is None


def test_contrast_follows_wcag() -> None:
    black, white = Colour(0, 0, 0), Colour(1, 1, 1)
    assert math.isclose(contrast_of(black, white), 21)
    assert contrast_of(white, white) == 1
    grey = parse_colour("#767676")  # the lightest grey that is enough on white
    assert grey
    assert 4.5 <= contrast_of(grey, white) < 4.6


SHEET = """
:root { --paper: #fff; --ink: #000; --soft: #999; --mark: light-dark(#00f, #ff0) }
@media (prefers-color-scheme: dark) { :root { --paper: #000; --ink: #fff } }
body { background: var(--paper); color: var(--ink) }
/* .old { color: var(--paper) } */
.soft { color: var(--soft) }
.mark { color: var(--mark) }
.badge { background: var(--ink); color: var(--paper); & a { color: var(--paper) } }
.note { background: #ccc url(x.png) }
.dot::before { background: #777 }
@media print { .soft { color: #eee } }
.none { color: var(--nothing); }
"""


def test_pairs_of_text_and_background() -> None:
    found = {(p.selector, p.is_dark): round(p.ratio, 1) for p in colour_pairs(SHEET)}
    assert found == {
        ("body", False): 21.0,
        ("body", True): 21.0,
        (".soft", False): 2.8,
        (".soft", True): 7.4,
        (".mark", False): 8.6,
        (".mark", True): 19.6,
        (".badge", False): 21.0,
        (".badge", True): 21.0,
    }


def test_inline_css_overrides_custom_properties() -> None:
    inline_css = ":root{--ink:#ccc}"
    assert (
        min(p.ratio for p in colour_pairs(SHEET, inline_css) if p.selector == "body" and not p.is_dark) < MIN_CONTRAST
    )


def test_a_rule_has_its_line_and_column() -> None:
    (rule,) = (r for r in parse_rules(SHEET) if r.selector == ".mark")
    assert SHEET.splitlines()[rule.line - 1][rule.column - 1 :].startswith(".mark {")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_shipped_themes_have_enough_contrast(sheet: Path) -> None:
    found = list(colour_pairs(sheet.read_text("utf-8")))
    assert [p for p in found if p.ratio < MIN_CONTRAST] == []
    texts = [p for p in found if p.selector == "body"]
    assert all(p.ratio >= 7 for p in texts)
