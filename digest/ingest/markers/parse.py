"""An item of a dump with its markers understood, and taken off its headline and off the lines above its text."""

from collections.abc import Iterable

import msgspec
from msgspec import Struct

from digest.model import WireItem
from digest.wire import Marker, MarkerKind, may_have_markers, split_markers

_SPELT = {MarkerKind.CORRECTION: "corrected", MarkerKind.KILL: "killed", MarkerKind.ALERT: "breaking"}
_LONGEST_ALONE = 60
UPDATE_KINDS = frozenset({MarkerKind.UPDATE, MarkerKind.WRAPUP, MarkerKind.LEAD, MarkerKind.RECAST})
"""Markers of an item that says an earlier one again, with more in it."""
REPLACEMENT_KINDS = frozenset({MarkerKind.REFILE, MarkerKind.CORRECTION, MarkerKind.REPEAT})
"""Markers of an item that stands in the place of an earlier one."""


class MarkedItem(Struct, frozen=True, kw_only=True):
    """An item without its markers, and these. `alone`: they stand beside no headline at all."""

    wire: WireItem
    markers: tuple[Marker, ...] = ()
    has_no_headline: bool = False

    def has(self, *kinds: MarkerKind) -> bool:
        """Whether a marker of one of these kinds stands beside it."""
        return any(marker.kind in kinds for marker in self.markers)

    @property
    def marker_texts(self) -> tuple[str, ...]:
        """The markers as front matter has them."""
        return tuple(dict.fromkeys(map(marker_text, self.markers)))

    @property
    def take(self) -> int:
        """Which part of an article it is; 0 where it does not say."""
        return next((m.number for m in self.markers if m.kind is MarkerKind.TAKE), 0)

    @property
    def embargo(self) -> str:
        """Until when, in the words of the wire; empty without an embargo."""
        return next((m.detail or m.text for m in self.markers if m.kind is MarkerKind.EMBARGO), "")

    @property
    def corrections(self) -> tuple[str, ...]:
        """What was wrong, in the words of the wire's own lines."""
        lines = (m.text for m in self.markers if m.kind is MarkerKind.CORRECTION and m.detail)
        said = (line.strip("()[] .") for line in lines)
        return tuple(dict.fromkeys(f"{text[:1].upper()}{text[1:]}." for text in said))


def parse_markers(wire: WireItem) -> MarkedItem:
    """The item and its markers. Where the first line holds nothing else, the next one is the headline."""
    headline, body, found = wire.headline, wire.body, list[Marker]()
    if not may_have_markers(headline) and not (body and may_have_markers(body[0].text)):
        return MarkedItem(wire=wire)
    while is_marker_line(headline):
        found += _found(headline)
        if not body:
            return MarkedItem(wire=wire, markers=tuple(found), has_no_headline=True)
        headline, body = body[0].text, body[1:]
    title, beside = split_markers(headline)
    found += beside
    while body and not body[0].level and is_marker_line(body[0].text):
        found += _found(body[0].text)
        body = body[1:]
    if not found:
        return MarkedItem(wire=wire)
    return MarkedItem(wire=msgspec.structs.replace(wire, headline=title, body=body), markers=tuple(found))


def is_marker_line(line: str) -> bool:
    """Whether a line is markers and nothing else."""
    title, found = split_markers(line)
    return (bool(found) and title == line.strip()) or bool(_cut_off(line))


def marker_text(marker: Marker) -> str:
    """A marker as front matter has it: `update 2`."""
    word = _SPELT.get(marker.kind, str(marker.kind))
    return f"{word} {marker.number}" if marker.number else word


def _found(line: str) -> Iterable[Marker]:
    return split_markers(line)[1] or _cut_off(line)


def _cut_off(line: str) -> tuple[Marker, ...]:
    """The markers of a line that ends where its headline should begin: `UPDATE 2-`."""
    if len(line) > _LONGEST_ALONE:
        return ()
    for join in (" ", ": "):
        title, found = split_markers(f"{line}{join}x")
        if title == "x":
            return found
    return ()
