"""Import of wire dumps: parse, label, thread into stories, write Markdown pages, keep a copy of the dump.

`import_dumps` runs an import. `find_conflicts` and `resolve_text` compare pages with the last text of the wire, and
`quote_lines` shows the lines of a dump that became a page. This package never builds the site, never opens a network
connection, and never overwrites what an editor wrote.
"""

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
