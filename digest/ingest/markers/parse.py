"""Split an item into its text and its markers, which stand on the headline and on lines above the text."""

from collections.abc import Iterable

import msgspec
from msgspec import Struct

from digest.model import WireItem
from digest.wire import Marker, MarkerKind, may_have_markers, split_markers

_TEXTS = {MarkerKind.CORRECTION: "corrected", MarkerKind.KILL: "killed", MarkerKind.ALERT: "breaking"}
_MAX_CUT_OFF_CHARS = 60
UPDATE_KINDS = frozenset({MarkerKind.UPDATE, MarkerKind.WRAPUP, MarkerKind.LEAD, MarkerKind.RECAST})
"""Markers of an item that repeats an earlier one with more in it."""
REPLACEMENT_KINDS = frozenset({MarkerKind.REFILE, MarkerKind.CORRECTION, MarkerKind.REPEAT})
"""Markers of an item that replaces an earlier one."""


class MarkedItem(Struct, frozen=True, kw_only=True):
    """An item without its markers, and the markers. `has_no_headline`: the item was markers and nothing else."""

    wire: WireItem
    markers: tuple[Marker, ...] = ()
    has_no_headline: bool = False

    def has(self, *kinds: MarkerKind) -> bool:
        """Return True if one of the markers is of one of these kinds."""
        return any(marker.kind in kinds for marker in self.markers)

    @property
    def marker_texts(self) -> tuple[str, ...]:
        """The markers as the front-matter field `markers` has them."""
        return tuple(dict.fromkeys(map(marker_text, self.markers)))

    @property
    def take(self) -> int:
        """Number of the take of an article; 0 without a take marker."""
        return next((m.number for m in self.markers if m.kind is MarkerKind.TAKE), 0)

    @property
    def embargo(self) -> str:
        """The wire's words for the end of the embargo; empty without an embargo."""
        return next((m.detail or m.text for m in self.markers if m.kind is MarkerKind.EMBARGO), "")

    @property
    def corrections(self) -> tuple[str, ...]:
        """The wire's own lines on what was wrong, as sentences."""
        lines = (m.text for m in self.markers if m.kind is MarkerKind.CORRECTION and m.detail)
        stripped = (line.strip("()[] .") for line in lines)
        return tuple(dict.fromkeys(f"{text[:1].upper()}{text[1:]}." for text in stripped))


def parse_markers(wire: WireItem) -> MarkedItem:
    """Split an item into text and markers. If the first line holds only markers, the next one is the headline."""
    headline, body, markers = wire.headline, wire.body, list[Marker]()
    if not may_have_markers(headline) and not (body and may_have_markers(body[0].text)):
        return MarkedItem(wire=wire)
    while is_marker_line(headline):
        markers += _markers_in(headline)
        if not body:
            return MarkedItem(wire=wire, markers=tuple(markers), has_no_headline=True)
        headline, body = body[0].text, body[1:]
    title, beside = split_markers(headline)
    markers += beside
    while body and not body[0].level and is_marker_line(body[0].text):
        markers += _markers_in(body[0].text)
        body = body[1:]
    if not markers:
        return MarkedItem(wire=wire)
    return MarkedItem(wire=msgspec.structs.replace(wire, headline=title, body=body), markers=tuple(markers))


def is_marker_line(line: str) -> bool:
    """Return True if a line is markers and nothing else."""
    title, markers = split_markers(line)
    return (bool(markers) and title == line.strip()) or bool(_cut_off_markers(line))


def marker_text(marker: Marker) -> str:
    """Return a marker as front matter has it, for example `update 2`."""
    word = _TEXTS.get(marker.kind, str(marker.kind))
    return f"{word} {marker.number}" if marker.number else word


def _markers_in(line: str) -> Iterable[Marker]:
    return split_markers(line)[1] or _cut_off_markers(line)


def _cut_off_markers(line: str) -> tuple[Marker, ...]:
    """Return the markers of a line that ends before its headline, such as `UPDATE 2-`."""
    if len(line) > _MAX_CUT_OFF_CHARS:
        return ()
    for separator in (" ", ": "):
        title, markers = split_markers(f"{line}{separator}x")
        if title == "x":
            return markers
    return ()
