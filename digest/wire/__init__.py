"""Dump bytes to wire items and issues: pure, and total, which is to say that no bytes make it raise.

`scan` goes through a dump once and gives its `Outline`; with that `items` yields the items from the last line to the
first, and `account` says of every line what it is. `parse` does all three for a dump that is in memory.
"""

from digest.wire.bylines import Byline, parse_byline
from digest.wire.dump import Dump, parse
from digest.wire.file_names import DumpName, parse_dump_name
from digest.wire.grammar import Segment, SegmentKind
from digest.wire.identity import id_of, key_of, normalise_headline
from digest.wire.markers import Marker, MarkerKind, may_have_markers, split_markers
from digest.wire.outline import Outline, Part, items, items_in_part, parts, scan, segments
from digest.wire.source import BytesSource, Source

__all__ = [
    "Byline",
    "BytesSource",
    "Dump",
    "DumpName",
    "Marker",
    "MarkerKind",
    "Outline",
    "Part",
    "Segment",
    "SegmentKind",
    "Source",
    "id_of",
    "items",
    "items_in_part",
    "key_of",
    "may_have_markers",
    "normalise_headline",
    "parse",
    "parse_byline",
    "parse_dump_name",
    "parts",
    "scan",
    "segments",
    "split_markers",
]
