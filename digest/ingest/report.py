"""Report of an import: the outcome of every item, the files written, the issues."""

from enum import StrEnum

from msgspec import Struct, field

from digest.issues import Issue
from digest.model import Span


class Outcome(StrEnum):
    """Outcome of one item of a dump. The values are shown to users."""

    NEW = "new"
    FOLLOW_UP = "follow-up"
    VERSION = "version"
    ARTICLE = "upgraded to article"
    UPDATED = "updated"
    SEEN = "seen again"
    CORRECTED = "corrected"
    JOINED = "joined to its article"
    KILLED = "killed"
    HELD = "held"
    REMOVED = "removed by an editor"
    UNPLACED = "without a page"


class LineReport(Struct, frozen=True, kw_only=True):
    """Consecutive lines of a dump and their outcome.

    `kind` is `item`, `marker`, `blank` or `issue`; `page` is the path of the page relative to the content folder.
    """

    span: Span
    kind: str = field(name="what")
    outcome: Outcome | None = None
    page: str = ""


class DumpReport(Struct, frozen=True, kw_only=True):
    """Report of one dump: its name on the command line, the name of its copy, its time and source, and its outcomes.

    `is_duplicate`: a dump with the same content was imported before, so nothing was done.
    The names in JSON (`given`, `known`, `account`) are part of the output of `digest import --json`.
    """

    label: str = field(name="given")
    name: str
    seen: str
    source: str = ""
    items: int = 0
    is_duplicate: bool = field(default=False, name="known")
    outcomes: dict[Outcome, int] = {}
    lines: tuple[LineReport, ...] = field(default=(), name="account")


class ImportReport(Struct, frozen=True, kw_only=True):
    """Report of an import. `written` are paths relative to the site, each once, in the order of the first write."""

    dumps: tuple[DumpReport, ...] = ()
    written: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()
    dry_run: bool = False

    def count(self, outcome: Outcome) -> int:
        """Return the number of items with this outcome in all dumps."""
        return sum(dump.outcomes.get(outcome, 0) for dump in self.dumps)
