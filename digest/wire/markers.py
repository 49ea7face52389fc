"""Parser for the markers of a wire before and after a headline, such as `UPDATE 2-` and `(adds quotes)`.

The words are in `data/markers.tsv`. A word is a marker only in the positions that wires use, so that `Kill Bill`,
`Update your phone` and `Lead-free petrol` are headlines. Several markers may follow each other (`CORRECTED-UPDATE 1-`).
"""

import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import cache
from importlib import resources

from msgspec import Struct

MAX_HEADLINE_CHARS = 500
"""Headlines that are longer are not searched for markers."""
MAX_MARKERS = 8
"""Maximum number of markers of one headline."""


class MarkerKind(StrEnum):
    """Meaning of a marker."""

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
    """A marker: its meaning, its words as written, its number (0: none), and its detail (a reason or a time)."""

    kind: MarkerKind
    text: str
    number: int = 0
    detail: str = ""


class _Style(Struct, frozen=True):
    """A position for markers: a pattern with the placeholder FORM; `capitals`: the words must be in capitals."""

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
    """Return the headline without its markers, and the markers in their order.

    If the headline is nothing but markers, it is returned unchanged, because a page needs a title.
    """
    rest = headline.strip()
    if not may_have_markers(rest):
        return rest, ()
    front: list[Marker] = []
    back: list[Marker] = []
    for _ in range(MAX_MARKERS):
        match = _next_marker(rest)
        if not match:
            break
        marker, start, end = match
        (back if start else front).append(marker)
        rest = (rest[:start] + rest[end:]).strip()
        if not rest:
            rest = headline.strip()
            break
    return rest, (*front, *reversed(back))


def may_have_markers(headline: str) -> bool:
    """Return False if a headline surely has no marker. Most contain no first word of a marker."""
    if len(headline) > MAX_HEADLINE_CHARS:
        return False
    return "=" in headline or not _first_words().isdisjoint(_WORD.findall(headline.upper()))


def _next_marker(text: str) -> tuple[Marker, int, int] | None:
    """Return the first marker of the table that matches at either end, and the start and end of the match."""
    for kind, pattern, is_marker in _patterns():
        match = pattern.search(text)
        if match and is_marker(match):
            groups = match.groupdict()
            number = int(groups.get("number") or groups.get("ordinal") or 0)
            detail = (groups.get("detail") or "").strip(" ,:")
            marker = Marker(kind=kind, text=match[0].strip(" -–—:"), number=number, detail=detail)
            return marker, match.start(), match.end()
    return None


@cache
def _patterns() -> tuple[tuple[MarkerKind, re.Pattern[str], Callable[[re.Match[str]], bool]], ...]:
    """Return the compiled patterns with their kind and condition, in the order of the table; takes come last."""
    return (*_compiled(), (MarkerKind.TAKE, _TAKE, _has_headline_before))


def _compiled() -> Iterator[tuple[MarkerKind, re.Pattern[str], Callable[[re.Match[str]], bool]]]:
    for kind, styles, forms in _rows():
        any_form = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
        for style in (style for name in styles for style in _STYLES[name]):
            flags = re.NOFLAG if style.capitals else re.IGNORECASE
            yield kind, re.compile(style.pattern.replace("FORM", any_form), flags), _is_no_compound


@cache
def _first_words() -> frozenset[str]:
    """Return the first words of all forms. A headline with none of them can only have the marker of a take."""
    return frozenset(_WORD.findall(form)[0] for _, _, forms in _rows() for form in forms)


@cache
def _rows() -> tuple[tuple[MarkerKind, tuple[str, ...], tuple[str, ...]], ...]:
    """Return the rows of the table: kind, styles, forms."""
    table = (resources.files("digest.wire") / "data" / "markers.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return tuple((MarkerKind(kind), tuple(styles.split()), tuple(forms.split("|"))) for kind, styles, forms in rows)


def _is_no_compound(match: re.Match[str]) -> bool:
    """Reject `KILL-SWITCH LAW PASSES`: in a headline in capitals, a hyphen without a number may join two words."""
    text = match.string
    return not (
        match.start() == 0 and text == text.upper() and _HYPHENED.match(text) and "number" in match.re.groupindex
    )


def _has_headline_before(match: re.Match[str]) -> bool:
    return match.start() > 0
