"""Dumps into the content folder: wire, then labels, then stories, then content."""

from digest.ingest.archive.quote import QuotedLine, quote_lines
from digest.ingest.decide.conflicts import find_conflicts, resolve_text
from digest.ingest.options import ConflictResolution, ImportOptions
from digest.ingest.pipeline import import_dumps
from digest.ingest.report import DumpReport, ImportReport, LineReport, Outcome

__all__ = [
    "ConflictResolution",
    "DumpReport",
    "ImportOptions",
    "ImportReport",
    "LineReport",
    "Outcome",
    "QuotedLine",
    "find_conflicts",
    "import_dumps",
    "quote_lines",
    "resolve_text",
]
