"""What the desk's requests hold, and what its answers do."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from digest.issues import Issue
from digest.model import Term
from digest.preview.desk.edits import SLUG_PATTERN, FieldChanges
from digest.preview.desk.entry_state import EntryState
from digest.preview.desk.locate import Headline
from digest.preview.desk.queue import Task

ShortText = Annotated[str, Meta(max_length=200)]
OptionalSlug = Annotated[str, Meta(pattern=rf"^({SLUG_PATTERN})?$", max_length=120)]


class EntryRef(Struct, frozen=True, forbid_unknown_fields=True):
    """An entry, and the digest of its files as the editor saw them."""

    id: ShortText
    digest: ShortText


class LocateRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """Headlines of the page at `here`."""

    here: Annotated[str, Meta(max_length=2000)]
    sights: Annotated[list[Headline], Meta(max_length=2000)]


class ChangeRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """The same for one entry or many."""

    rows: Annotated[list[EntryRef], Meta(min_length=1, max_length=500)]
    wish: FieldChanges


class LeadRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """An entry's rank in its edition, 0 for none; who has it gives way."""

    row: EntryRef
    rank: Annotated[int, Meta(ge=0, le=9)]


class StoryRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """`merge` all of the entry's story into another, `move` the entry alone, `split` it off, `pin` it where it is."""

    row: EntryRef
    do: Literal["merge", "move", "split", "pin"]
    into: OptionalSlug = ""


class TakeRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """What the wire offers, or what the page has, for good."""

    row: EntryRef
    side: Literal["wire", "ours"]


class TermRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """A term to be added."""

    match: Annotated[str, Meta(min_length=1, max_length=100)]
    region: OptionalSlug = ""
    category: OptionalSlug = ""
    weight: Annotated[float, Meta(gt=0, le=10)] = 1.0

    @property
    def term(self) -> Term:
        """As digest.toml has it."""
        return Term(match=self.match, region=self.region, category=self.category, weight=self.weight)


class UndoRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """Take the last change back; `force`, over what has changed since; `drop`: let it stand for good."""

    how: Literal["ask", "force", "drop"] = "ask"


class SeenRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """A task that was looked at and is let stand."""

    key: Annotated[str, Meta(max_length=1000)]


class LastChange(Struct, frozen=True, kw_only=True):
    """The change that undo would take back."""

    what: str
    at: datetime
    files: tuple[str, ...]


class LocatedEntry(Struct, frozen=True, kw_only=True):
    """A headline's entry: its id, the digest of its files, its labels, its rank. Empty for what is no entry."""

    id: str = ""
    digest: str = ""
    title: str = ""
    lead: int = 0


class LocateResponse(Struct, frozen=True, kw_only=True):
    """The entries of the headlines asked for, in their order, and the way back."""

    found: Sequence[LocatedEntry]
    last: LastChange | None


class Label(Struct, frozen=True, kw_only=True):
    """A region or category of the site."""

    slug: str
    name: str


class SiteInfo(Struct, frozen=True, kw_only=True):
    """What the desk must know of the site."""

    title: str
    language: str
    regions: Sequence[Label]
    categories: Sequence[Label]


class ChangeResponse(Struct, frozen=True, kw_only=True):
    """What became of a change: the entries as they are now, and the way back."""

    states: Sequence[EntryState]
    last: LastChange | None
    what: str = ""


class QueueResponse(Struct, frozen=True, kw_only=True):
    """The queue: how much of each kind there is, and the tasks asked for."""

    counts: dict[str, int]
    tasks: Sequence[Task]
    at: int


class Wrong(Struct, frozen=True, kw_only=True):
    """Why nothing was done."""

    issues: Sequence[Issue]
