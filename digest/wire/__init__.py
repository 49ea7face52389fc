"""Parser for wire dumps: bytes in, items and issues out.

`scan` reads a dump once and returns its `Outline`. With it, `items` yields the items from the last line to the first,
and `segments` yields every line with its kind. `parse` does all three for a dump in memory. The package is pure: it
never opens a file, and no bytes make it raise an exception.
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
