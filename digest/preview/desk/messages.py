"""Bodies of the desk's requests and responses, as JSON."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from digest.model import Term
from digest.preview.desk.entry_state import EntryState
from digest.preview.desk.field_changes import SLUG_PATTERN, FieldChanges
from digest.preview.desk.locate import Headline
from digest.preview.desk.queue import Task

ShortText = Annotated[str, Meta(max_length=200)]
OptionalSlug = Annotated[str, Meta(pattern=rf"^({SLUG_PATTERN})?$", max_length=120)]


class EntryRef(Struct, frozen=True, forbid_unknown_fields=True):
    """Id of an entry, and the digest of its files as the editor saw them."""

    id: ShortText
    digest: ShortText


class LocateRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """Headlines of the page at the URL path `page_path`."""

    page_path: Annotated[str, Meta(max_length=2000)]
    headlines: Annotated[list[Headline], Meta(max_length=2000)]


class ChangeRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """The same changes for one entry or many."""

    entries: Annotated[list[EntryRef], Meta(min_length=1, max_length=500)]
    changes: FieldChanges


class LeadRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """New rank of an entry in its edition, 0 for none. The entry that has the rank moves down."""

    entry: EntryRef
    rank: Annotated[int, Meta(ge=0, le=9)]


class StoryRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """Change of an entry's story.

    `merge` moves all entries of its story into `story`, `move` only this entry; `split` gives the entry a new story;
    `pin` writes its present story into its pages.
    """

    entry: EntryRef
    action: Literal["merge", "move", "split", "pin"]
    story: OptionalSlug = ""


class TakeRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """Decision of a conflict with the wire: use the text of the wire, or keep that of the page."""

    entry: EntryRef
    side: Literal["wire", "ours"]


class TermRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """Term to add to digest.toml."""

    match: Annotated[str, Meta(min_length=1, max_length=100)]
    region: OptionalSlug = ""
    category: OptionalSlug = ""
    weight: Annotated[float, Meta(gt=0, le=10)] = 1.0

    @property
    def term(self) -> Term:
        """The term as a row of `[[terms]]`."""
        return Term(match=self.match, region=self.region, category=self.category, weight=self.weight)


class UndoRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """Undo the last change.

    `ask` fails if a file has changed since, `force` overwrites it, `drop` keeps the change and removes it from the
    list of changes that can be undone.
    """

    mode: Literal["ask", "force", "drop"] = "ask"


class SeenRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """Key of a task to dismiss."""

    key: Annotated[str, Meta(max_length=1000)]


class LastChange(Struct, frozen=True, kw_only=True):
    """The change that undo would revert."""

    description: str
    at: datetime
    files: tuple[str, ...]


class LocatedEntry(Struct, frozen=True, kw_only=True):
    """Entry of a headline: id, digest of its files, title, rank. All fields are empty for a headline without entry."""

    id: str = ""
    digest: str = ""
    title: str = ""
    lead: int = 0


class LocateResponse(Struct, frozen=True, kw_only=True):
    """Entries of the requested headlines, in the same order, and the last change."""

    entries: Sequence[LocatedEntry]
    last_change: LastChange | None


class Label(Struct, frozen=True, kw_only=True):
    """A region or category of the site."""

    slug: str
    name: str


class SiteInfo(Struct, frozen=True, kw_only=True):
    """Title, language and labels of the site."""

    title: str
    language: str
    regions: Sequence[Label]
    categories: Sequence[Label]


class ChangeResponse(Struct, frozen=True, kw_only=True):
    """Result of a change: the new state of each entry, and the change that undo would revert."""

    states: Sequence[EntryState]
    last_change: LastChange | None
    description: str = ""


class QueueResponse(Struct, frozen=True, kw_only=True):
    """Number of tasks of each kind, and a part of the tasks that starts at `offset`."""

    counts: dict[str, int]
    tasks: Sequence[Task]
    offset: int
