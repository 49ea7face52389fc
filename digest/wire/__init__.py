"""Dump bytes to wire items and issues: pure, and total, which is to say that no bytes make it raise.

`scan` goes through a dump once and gives its `Outline`; with that `items` yields the items from the last line to the
first, and `account` says of every line what it is. `parse` does all three for a dump that is in memory.
"""

from digest.wire.bylines import Byline, parse_byline
from digest.wire.dump import Dump, parse
from digest.wire.file_names import DumpName, name_of
from digest.wire.grammar import Piece, What
from digest.wire.identity import id_of, key_of, normalised
from digest.wire.markers import Marker, MarkerKind, markers_of, may_have_markers
from digest.wire.outline import Outline, Part, account, items, items_of, parts, scan
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
    "Piece",
    "Source",
    "What",
    "account",
    "id_of",
    "items",
    "items_of",
    "key_of",
    "markers_of",
    "may_have_markers",
    "name_of",
    "normalised",
    "parse",
    "parse_byline",
    "parts",
    "scan",
]
