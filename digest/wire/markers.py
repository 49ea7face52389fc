"""A wire's markers in front of and behind a headline: understood, and taken off what readers see.

The words are in `data/markers.tsv`. A form is a marker only in the places that a wire gives it, so that `Kill Bill`,
`Update your phone` and `Lead-free petrol` are headlines. Several may stand in a row (`CORRECTED-UPDATE 1-`).
"""

import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import cache
from importlib import resources

from msgspec import Struct

MAX_HEADLINE_CHARS = 500
"""Characters of the longest headline that is looked at: a longer line is none."""
MAX_MARKERS = 8
"""Markers taken off one headline; what has more is no headline of a wire."""


class MarkerKind(StrEnum):
    """What a marker means."""

    UPDATE = "update"
    WRAPUP = "wrapup"
    REFILE = "refile"
    CORRECTION = "correction"
    REPEAT = "repeat"
    ADVISORY = "advisory"
    HOLD = "hold"
    KILL = "kill"
    URGENT = "urgent"
    ALERT = "alert"
    LEAD = "lead"
    RECAST = "recast"
    TAKE = "take"
    EMBARGO = "embargo"


class Marker(Struct, frozen=True, kw_only=True):
    """One marker: what it means, its number (0: none), what it says beside (a reason, a time), its words as written."""

    kind: MarkerKind
    text: str
    number: int = 0
    detail: str = ""


class _Style(Struct, frozen=True):
    """A place for markers: the pattern around FORM, and whether the forms count in capitals only."""

    pattern: str
    capitals: bool = False


_NUMBER = r"(?:\s*\#?(?P<number>\d{1,2})(?!\d))?"
_ORDINAL = r"(?:(?P<ordinal>\d{1,2})(?:st|nd|rd|th)[\s-]+)?"
_COUNTED = r"(?P<ordinal>\d{1,2})(?:st|nd|rd|th)[\s-]+"
_DASH = r"(?:[-–—]+(?![a-z]|(?:UP|OFF|IN|ON|OUT|OVER)S?\b)|:+|/{2,})"
_OF = r"(?:\s+of\s+\d{1,2})?"
_STYLES = {
    "upper": (_Style(rf"^{_ORDINAL}(?P<form>FORM){_NUMBER}\s*{_DASH}\s*(?=\S)", capitals=True),),
    "colon": (_Style(rf"^{_ORDINAL}(?P<form>FORM){_NUMBER}\s*:\s*(?=\S)"),),
    "counted": (
        _Style(rf"^{_COUNTED}(?P<form>FORM)\s*(?:[-–—]+|:)\s*(?=\S)"),
        _Style(rf"\s*(?:-|–|—)+\s*{_COUNTED}(?P<form>FORM)$"),
    ),
    "bracket": (
        _Style(rf"^[(\[]\s*{_ORDINAL}(?P<form>FORM){_NUMBER}{_OF}\s*[)\]]\s*[-–—:]*\s*(?=\S)"),
        _Style(rf"\s*[(\[]\s*{_ORDINAL}(?P<form>FORM){_NUMBER}{_OF}\s*[)\]]$"),
    ),
    "tail": (
        _Style(rf"\s+[-–—]\s+{_ORDINAL}(?P<form>FORM){_NUMBER}$", capitals=True),
        _Style(rf"\s*(?:--|—)\s*{_ORDINAL}(?P<form>FORM){_NUMBER}$"),
    ),
    "reason": (_Style(r"\s*[(\[]\s*(?P<form>FORM)(?P<detail>(?:[\s,][^()\[\]]*)?)[)\]]$"),),
    "until": (
        _Style(r"^[(\[]\s*(?P<form>FORM)[\s:]*(?P<detail>[^()\[\]]*?)\s*[)\]]\s*[-–—:]*\s*"),
        _Style(r"^(?P<form>FORM)[\s:]+(?P<detail>\S.*?)(?:(?<!\d):(?!\d)|:\s|\s+[-–—]+\s+|$)\s*", capitals=True),
        _Style(r"\s*[(\[]\s*(?P<form>FORM)[\s:]*(?P<detail>[^()\[\]]*?)\s*[)\]]$"),
        _Style(r"\s+[-–—]+\s+(?P<form>FORM)[\s:]+(?P<detail>\S.*)$", capitals=True),
    ),
    "alone": (_Style(r"^(?P<form>FORM)[.!]?$", capitals=True),),
}
_WORD = re.compile("[A-Z]+")
_TAKE = re.compile(r"\s+=(?P<number>\d{1,2})$")
_HYPHENED = re.compile(r"^[A-Z]+-[A-Z]")


def split_markers(headline: str) -> tuple[str, tuple[Marker, ...]]:
    """The headline without its markers, and these in the order in which they stand.

    Where nothing but markers is left, the headline stays as it is: a page must have a title.
    """
    rest = headline.strip()
    if not may_have_markers(rest):
        return rest, ()
    front: list[Marker] = []
    behind: list[Marker] = []
    for _ in range(MAX_MARKERS):
        found = _next(rest)
        if not found:
            break
        marker, start, end = found
        (behind if start else front).append(marker)
        rest = (rest[:start] + rest[end:]).strip()
        if not rest:
            rest = headline.strip()
            break
    return rest, (*front, *reversed(behind))


def may_have_markers(headline: str) -> bool:
    """Whether a headline is worth a closer look: most have no word that a marker begins with."""
    if len(headline) > MAX_HEADLINE_CHARS:
        return False
    return "=" in headline or not _heads().isdisjoint(_WORD.findall(headline.upper()))


def _next(text: str) -> tuple[Marker, int, int] | None:
    """The first marker that the table knows at either end, and the part of the text that it takes."""
    for kind, pattern, fits in _patterns():
        match = pattern.search(text)
        if match and fits(match):
            found = match.groupdict()
            number = int(found.get("number") or found.get("ordinal") or 0)
            detail = (found.get("detail") or "").strip(" ,:")
            marker = Marker(kind=kind, text=match[0].strip(" -–—:"), number=number, detail=detail)
            return marker, match.start(), match.end()
    return None


@cache
def _patterns() -> tuple[tuple[MarkerKind, re.Pattern[str], Callable[[re.Match[str]], bool]], ...]:
    """Every kind in every style, compiled, in the order of the table; takes last."""
    return (*_compiled(), (MarkerKind.TAKE, _TAKE, _whole_headline_before))


def _compiled() -> Iterator[tuple[MarkerKind, re.Pattern[str], Callable[[re.Match[str]], bool]]]:
    for kind, styles, forms in _rows():
        any_form = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
        for style in (style for name in styles for style in _STYLES[name]):
            flags = re.NOFLAG if style.capitals else re.IGNORECASE
            yield kind, re.compile(style.pattern.replace("FORM", any_form), flags), _no_compound


@cache
def _heads() -> frozenset[str]:
    """The first words of all forms: a headline without any of them has no marker but a take's."""
    return frozenset(_WORD.findall(form)[0] for _, _, forms in _rows() for form in forms)


@cache
def _rows() -> tuple[tuple[MarkerKind, tuple[str, ...], tuple[str, ...]], ...]:
    """The table: kind, styles, forms."""
    table = (resources.files("digest.wire") / "data" / "markers.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return tuple((MarkerKind(kind), tuple(styles.split()), tuple(forms.split("|"))) for kind, styles, forms in rows)


def _no_compound(match: re.Match[str]) -> bool:
    """`KILL-SWITCH LAW PASSES`: in a headline all in capitals a hyphen without a number may join two words of it."""
    text = match.string
    return not (
        match.start() == 0 and text == text.upper() and _HYPHENED.match(text) and "number" in match.re.groupindex
    )


def _whole_headline_before(match: re.Match[str]) -> bool:
    return match.start() > 0
