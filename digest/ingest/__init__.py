"""Dumps into the content folder: wire, then labels, then stories, then content."""

from digest.ingest.importing import import_dumps
from digest.ingest.options import ImportOptions, Take
from digest.ingest.quote import Quoted, quoted
from digest.ingest.report import DumpReport, ImportReport, Line, Outcome
from digest.ingest.take import conflicts, settled_text

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
