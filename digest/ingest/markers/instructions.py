"""Effect of markers on a page: status, embargo, corrections, and text that must not come back; issues about them.

A marker is obeyed once: its effect is sealed. If an editor decides otherwise later, a repetition of the marker by the
wire changes nothing.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from digest.content.rewrite import RawValue
from digest.content.seals import body_seals, seal_of
from digest.content.serialize import Value
from digest.content.store.scan import CONTENT_FOLDER
from digest.ingest.draft.item import DraftItem
from digest.ingest.draft.page import seen_value
from digest.issues import Issue, Place, issue
from digest.model import Status

WITHDRAWN = "withdrawn"
"""Name among a page's seals; its value are the seals of headlines and paragraphs that a correction withdrew."""


class MarkerChanges(Struct, frozen=True, kw_only=True):
    """Fields to write, all seals after that, and `is_visible`: readers see a new correction."""

    changes: dict[str, Value | None]
    seals: dict[str, str]
    is_visible: bool = False


def marker_changes(
    fields: Mapping[str, RawValue], before: Mapping[str, str], seals: Mapping[str, str], draft: DraftItem
) -> MarkerChanges:
    """Return the changes that the markers of an item make in a page.

    `before` are the page's seals before the update, `seals` after the other changes of the update.
    """
    changes: dict[str, Value | None] = {}
    sealed = dict(seals)
    if draft.marker_texts:
        _set_untouched(fields, sealed, changes, "markers", draft.marker_texts)
    if draft.status and not _was_obeyed(before, draft.status) and fields.get("status") != Status.KILLED:
        changes["status"], sealed["status"] = draft.status, seal_of(draft.status)
    if draft.embargo and not set(draft.embargo_seals) & set(before.get("embargo", "").split()):
        changes["embargo"], sealed["embargo"] = datetime.fromisoformat(draft.embargo), " ".join(draft.embargo_seals)
    is_visible = False
    if draft.is_correction:
        withdrawn = dict.fromkeys((*before.get(WITHDRAWN, "").split(), *_removed_seals(before, sealed)))
        sealed |= {WITHDRAWN: " ".join(withdrawn)} if withdrawn else {}
        is_visible = _add_corrections(fields, sealed, changes, draft)
    return MarkerChanges(changes=changes, seals=sealed, is_visible=is_visible)


def repeats_withdrawn(seals: Mapping[str, str], draft: DraftItem) -> bool:
    """Return True if an item contains a headline or paragraph that a correction withdrew."""
    withdrawn = seals.get(WITHDRAWN, "").split()
    return bool(withdrawn) and not {seal_of(draft.wire.headline), *draft.seals}.isdisjoint(withdrawn)


def held_issue(path: str, draft: DraftItem) -> Issue | None:
    """Return an issue if a marker keeps an item off the site."""
    place, title = f"{CONTENT_FOLDER}/{path}", repr(draft.wire.headline)
    if draft.unread_embargo:
        message = f"the end of the embargo {draft.unread_embargo!r} of {title} is not clear; the item is held"
        return issue("wire-embargo", place, message, "write `embargo:` with day, time and zone, then `digest release`")
    if draft.status == Status.HOLD:
        return issue("wire-held", place, f"the wire holds {title}", f"`digest release {place}` publishes it")
    if draft.status == Status.DRAFT:
        hint = "delete it, or rewrite it as a page and remove `status`"
        return issue("wire-advisory", place, f"an advisory to editors: {title}", hint)
    return None


def lone_marker_issue(draft: DraftItem) -> Issue:
    """Return the issue for markers without a headline."""
    message = f"the marker {draft.wire.headline!r} has no headline; it is on no page"
    hint = "the dump may be cut off here; write the headline after it and import the dump again"
    return issue("wire-marker-alone", _place_of(draft), message, hint)


def missing_take_issue(draft: DraftItem, path: str) -> Issue:
    """Return the issue for a later take without the first one."""
    message = f"take {draft.marked.take} of {draft.wire.headline!r} has no earlier take"
    return issue("wire-take-missed", f"{CONTENT_FOLDER}/{path}", message, "import the dump that contains it")


def version_of_killed_issue(draft: DraftItem, path: str) -> Issue:
    """Return the issue for an item that continues a killed entry."""
    place = f"{CONTENT_FOLDER}/{path}"
    message = f"{draft.wire.headline!r} continues a killed entry; it stays off the site"
    return issue("version-of-killed", place, message, f"`digest release {place}` if it may be published after all")


def missing_zone_issue(draft: DraftItem) -> Issue:
    """Return the issue for an embargo without a time zone."""
    message = f"an embargo without a time zone; the site's zone is used: {draft.embargo}"
    return issue("page-zone-missing", _place_of(draft), message, "check `embargo:` of its page")


def _place_of(draft: DraftItem) -> Place:
    return Place(draft.dump, draft.wire.span.first, 1)


def _was_obeyed(seals: Mapping[str, str], status: str) -> bool:
    return seals.get("status") in {seal_of(status), seal_of(Status.KILLED)}


def _set_untouched(
    fields: Mapping[str, RawValue],
    seals: dict[str, str],
    changes: dict[str, Value | None],
    name: str,
    value: Sequence[str],
) -> None:
    """Set a list field if no editor has changed it."""
    raw = fields.get(name, "")
    ours = raw if isinstance(raw, str) else tuple(map(str, raw))
    if seal_of(ours) == seals.get(name, seal_of("")):
        changes[name], seals[name] = tuple(value), seal_of(tuple(value))


def _removed_seals(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Return the seals of the headline and paragraphs that an update removed."""
    old, new = {before.get("title", ""), *body_seals(before)}, {after.get("title", ""), *body_seals(after)}
    return sorted(old - new - {"", seal_of("")})


def _add_corrections(
    fields: Mapping[str, RawValue], seals: dict[str, str], changes: dict[str, Value | None], draft: DraftItem
) -> bool:
    """Add the wire's corrections that the page does not have yet; return True if there are any."""
    known = seals.get("corrections", "").split()
    raw = fields.get("corrections") or []
    new = [text for text in draft.corrections if seal_of(text) not in known]
    if not new or not isinstance(raw, list):
        return False
    kept = [
        {k: seen_value(str(v)) if k == "date" else str(v) for k, v in c.items()} for c in raw if isinstance(c, dict)
    ]
    changes["corrections"] = [*kept, *({"date": draft.day, "text": text} for text in new)]
    seals["corrections"] = " ".join((*known, *map(seal_of, new)))
    return True
