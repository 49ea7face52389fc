"""Withdrawals: pages that the wire kills or asks to hold."""

from digest.content.rewrite import raw_fields, set_fields
from digest.content.seals import seal_of
from digest.content.store.scan import CONTENT_FOLDER
from digest.ingest.decide.known_pages import PageRecord
from digest.ingest.decide.updates import wire_of, wire_with_sighting
from digest.ingest.draft.item import DraftItem
from digest.issues import Issue, Place, issue
from digest.model import Status
from digest.stories import SAME_NEWS, LikelyEntry

MIN_LEAD = 0.1
"""Lead in score over the second candidate that an entry needs to be killed without a question to the editor."""


def stop_page(text: str, draft: DraftItem, status: Status) -> str | None:
    """Return the page with status killed or hold.

    Return None if it is killed already, or if the wire gave this status before: then a later decision of an editor
    stands. Raises ValueError as `rewrite` does.
    """
    fields = raw_fields(text)
    wire, seal = wire_of(fields), seal_of(status)
    if wire.seals.get("status") in {seal, seal_of(Status.KILLED)} or fields.get("status") in {status, Status.KILLED}:
        return None
    raw = fields.get("markers")
    markers = [str(marker) for marker in raw] if isinstance(raw, list) else []
    return set_fields(
        text,
        {
            "status": str(status),
            "markers": tuple(dict.fromkeys((*markers, str(status)))),
            "wire": wire_with_sighting(wire, draft, {**wire.seals, "status": seal}),
        },
    )


def clear_match(likely: list[LikelyEntry]) -> LikelyEntry | None:
    """Return the first candidate if it tells the same news and no other candidate comes near its score."""
    if not likely or likely[0].contradiction or likely[0].similarity < SAME_NEWS:
        return None
    is_clear = len(likely) == 1 or likely[0].similarity - likely[1].similarity >= MIN_LEAD
    return likely[0] if is_clear else None


def killed_issue(draft: DraftItem, record: PageRecord) -> Issue:
    """Return the issue for a killed page."""
    place = f"{CONTENT_FOLDER}/{record.path}"
    message = f"the wire withdrew {record.title!r} ({draft.dump}:{draft.wire.span.first}): the page is killed"
    return issue(
        "wire-killed", place, message, f"build and deploy at once; `digest release {place}` publishes it again"
    )


def unmatched_kill_issue(draft: DraftItem, candidates: list[PageRecord]) -> Issue:
    """Return the issue for a withdrawal that matches no page, or several."""
    place = Place(draft.dump, draft.wire.span.first, 1)
    message = f"the wire withdrew {draft.wire.headline!r}, but no single page clearly matches"
    names = ", ".join(f"{CONTENT_FOLDER}/{record.path}" for record in candidates)
    hint = f"check {names}, then `digest kill PAGE`" if names else "find the page, then `digest kill PAGE`"
    return issue("wire-kill-missed", place, message, hint)
