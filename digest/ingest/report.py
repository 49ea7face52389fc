"""What an import did, or would do."""

from enum import StrEnum

from msgspec import Struct, field

from digest.issues import Issue
from digest.model import Span


class Outcome(StrEnum):
    """What became of one item of a dump."""

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
    """Lines of a dump and what became of them. `what` is `item`, `marker`, `blank` or `issue`; `page` is a path."""

    span: Span
    kind: str = field(name="what")
    outcome: Outcome | None = None
    page: str = ""


class DumpReport(Struct, frozen=True, kw_only=True):
    """One dump: the name it was given and the name of its copy, when it was seen, its source and its items' fates.

    `known` means that the same content was imported before, so that there was nothing to do.
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
    """All of one import. `written` are paths relative to the site, each once, in the order in which they were made."""

    dumps: tuple[DumpReport, ...] = ()
    written: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()
    dry_run: bool = False

    def count(self, outcome: Outcome) -> int:
        """How many items of all dumps came to this."""
        return sum(dump.outcomes.get(outcome, 0) for dump in self.dumps)
