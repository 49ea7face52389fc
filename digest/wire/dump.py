"""Parsing of a complete dump in memory, for small callers and for tests."""

from msgspec import Struct

from digest.issues import Issue
from digest.model import WireItem
from digest.wire.grammar import Segment
from digest.wire.outline import items, scan, segments
from digest.wire.source import BytesSource


class Dump(Struct, frozen=True, kw_only=True):
    """A parsed dump. `items` are in the order of the dump, the newest first; `segments` cover every line once."""

    items: tuple[WireItem, ...]
    segments: tuple[Segment, ...]
    issues: tuple[Issue, ...]
    agencies: tuple[str, ...]


def parse(data: bytes, *, name: str, encoding: str | None = None) -> Dump:
    """Parse a dump; `name` is used in issues. Never raises."""
    source = BytesSource(data)
    outline = scan(source, name=name, encoding=encoding)
    return Dump(
        items=tuple(items(source, outline))[::-1],
        segments=tuple(segments(source, outline)),
        issues=outline.issues,
        agencies=outline.agencies,
    )
