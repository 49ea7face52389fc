"""What markers do to a page: its status, its embargo, its corrections, and words that may not come back.

A wire is obeyed once. What it said is sealed, so that an editor who decides otherwise afterwards is not overruled when
the wire says the same again.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from digest.content.rewrite import Raw
from digest.content.seals import body_seals, seal_of
from digest.content.serialize import Value
from digest.content.store.scan import FOLDER
from digest.ingest.draft.item import DraftItem
from digest.ingest.draft.page import seen_value
from digest.issues import Issue, Place, issue
from digest.model import Status

WITHDRAWN = "withdrawn"
"""The seals of headlines and paragraphs that a correction took back, under this name among a page's seals."""


class MarkerChanges(Struct, frozen=True, kw_only=True):
    """Fields to write, the seals after that, and whether readers are told something new."""

    changes: dict[str, Value | None]
    seals: dict[str, str]
    is_visible: bool = False


def marker_changes(
    fields: Mapping[str, Raw], before: Mapping[str, str], seals: Mapping[str, str], draft: DraftItem
) -> MarkerChanges:
    """What the markers of an item change in a page; `before` are its seals as they were, `seals` as they will be."""
    changes: dict[str, Value | None] = {}
    sealed = dict(seals)
    if draft.marker_texts:
        _set(fields, sealed, changes, "markers", draft.marker_texts)
    if draft.status and not _said_already(before, draft.status) and fields.get("status") != Status.KILLED:
        changes["status"], sealed["status"] = draft.status, seal_of(draft.status)
    if draft.embargo and not set(draft.embargo_seals) & set(before.get("embargo", "").split()):
        changes["embargo"], sealed["embargo"] = datetime.fromisoformat(draft.embargo), " ".join(draft.embargo_seals)
    told = False
    if draft.is_correction:
        taken_back = dict.fromkeys((*before.get(WITHDRAWN, "").split(), *_gone(before, sealed)))
        sealed |= {WITHDRAWN: " ".join(taken_back)} if taken_back else {}
        told = _correct(fields, sealed, changes, draft)
    return MarkerChanges(changes=changes, seals=sealed, is_visible=told)


def repeats_withdrawn(seals: Mapping[str, str], draft: DraftItem) -> bool:
    """Whether an item brings back what a correction took back."""
    taken_back = seals.get(WITHDRAWN, "").split()
    return bool(taken_back) and not {seal_of(draft.wire.headline), *draft.seals}.isdisjoint(taken_back)


def held_issue(path: str, draft: DraftItem) -> Issue | None:
    """Why an item is not published, if a marker is the reason."""
    place, title = f"{FOLDER}/{path}", repr(draft.wire.headline)
    if draft.unread_embargo:
        message = f"nobody can tell when the embargo {draft.unread_embargo!r} of {title} ends; the item is held"
        return issue("wire-embargo", place, message, "write `embargo:` with day, time and zone, then `digest release`")
    if draft.status == Status.HOLD:
        return issue("wire-held", place, f"the wire holds {title}", f"`digest release {place}` publishes it")
    if draft.status == Status.DRAFT:
        hint = "delete it, or make a page of it and take `status` out"
        return issue("wire-advisory", place, f"an advisory to editors: {title}", hint)
    return None


def lone_marker_issue(draft: DraftItem) -> Issue:
    """Markers that stand beside nothing."""
    words = draft.wire.headline
    message = f"the marker {words!r} stands beside no headline; it is on no page"
    hint = "the dump may be cut off here; write the headline behind it and import the dump again"
    return issue("wire-marker-alone", _line_of(draft), message, hint)


def missing_take_issue(draft: DraftItem, path: str) -> Issue:
    """A later take without a first one."""
    message = f"take {draft.marked.take} of {draft.wire.headline!r}, and no earlier one is there"
    return issue("wire-take-missed", f"{FOLDER}/{path}", message, "import the dump that has it")


def version_of_killed_issue(draft: DraftItem, path: str) -> Issue:
    """The wire goes on with what was killed."""
    place = f"{FOLDER}/{path}"
    message = f"{draft.wire.headline!r} says again what was killed; it stays off the site"
    return issue("version-of-killed", place, message, f"`digest release {place}` if it may be published after all")


def missing_zone_issue(draft: DraftItem) -> Issue:
    """An embargo without a zone; said once."""
    message = f"an embargo without a zone; the site's was taken: {draft.embargo}"
    return issue("page-zone-missing", _line_of(draft), message, "look at `embargo:` of its page")


def _line_of(sheet: DraftItem) -> Place:
    return Place(sheet.dump, sheet.wire.span.first, 1)


def _said_already(seals: Mapping[str, str], status: str) -> bool:
    return seals.get("status") in {seal_of(status), seal_of(Status.KILLED)}


def _set(
    fields: Mapping[str, Raw],
    seals: dict[str, str],
    changes: dict[str, Value | None],
    name: str,
    value: Sequence[str],
) -> None:
    """A field that is import's own as long as no editor has touched it."""
    raw = fields.get(name, "")
    ours = raw if isinstance(raw, str) else tuple(map(str, raw))
    if seal_of(ours) == seals.get(name, seal_of("")):
        changes[name], seals[name] = tuple(value), seal_of(tuple(value))


def _gone(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """The seals of what a correction changed: the headline, and paragraphs."""
    old, new = {before.get("title", ""), *body_seals(before)}, {after.get("title", ""), *body_seals(after)}
    return sorted(old - new - {"", seal_of("")})


def _correct(
    fields: Mapping[str, Raw], seals: dict[str, str], changes: dict[str, Value | None], sheet: DraftItem
) -> bool:
    """Tell readers what was wrong, in the words of the wire, and once."""
    said = seals.get("corrections", "").split()
    raw = fields.get("corrections") or []
    new = [text for text in sheet.corrections if seal_of(text) not in said]
    if not new or not isinstance(raw, list):
        return False
    kept = [
        {k: seen_value(str(v)) if k == "date" else str(v) for k, v in c.items()} for c in raw if isinstance(c, dict)
    ]
    changes["corrections"] = [*kept, *({"date": sheet.day, "text": text} for text in new)]
    seals["corrections"] = " ".join((*said, *map(seal_of, new)))
    return True
