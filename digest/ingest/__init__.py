"""Dumps into the content folder: wire, then labels, then stories, then content."""

from digest.ingest.archive.quote import Quoted, quoted
from digest.ingest.decide.conflicts import conflicts, settled_text
from digest.ingest.options import ImportOptions, Take
from digest.ingest.pipeline import import_dumps
from digest.ingest.report import DumpReport, ImportReport, Line, Outcome

__all__ = [
    "DumpReport",
    "ImportOptions",
    "ImportReport",
    "Line",
    "Outcome",
    "Quoted",
    "Take",
    "conflicts",
    "import_dumps",
    "quoted",
    "settled_text",
]
