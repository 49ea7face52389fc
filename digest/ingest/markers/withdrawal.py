"""A page that the wire withdraws, or asks to hold."""

from digest.content.rewrite import fields_in, rewrite
from digest.content.seals import seal_of
from digest.content.store.scan import FOLDER
from digest.ingest.decide.known_pages import PageRecord
from digest.ingest.decide.updates import wire_of, wire_with_sighting
from digest.ingest.draft.item import DraftItem
from digest.issues import Issue, Place, issue
from digest.model import Status
from digest.stories import SAME_NEWS, Likely

MIN_LEAD = 0.1
"""How much likelier than the next an entry must be to be killed without a question."""


def stop_page(text: str, draft: DraftItem, status: Status) -> str | None:
    """The page killed or held; None where the wire said so before, whatever was decided since, or where it is killed.

    Raises ValueError as `rewrite` does.
    """
    fields = fields_in(text)
    wire, seal = wire_of(fields), seal_of(status)
    if wire.seals.get("status") in {seal, seal_of(Status.KILLED)} or fields.get("status") in {status, Status.KILLED}:
        return None
    marks = fields.get("markers")
    markers = [str(mark) for mark in marks] if isinstance(marks, list) else []
    return rewrite(
        text,
        {
            "status": str(status),
            "markers": tuple(dict.fromkeys((*markers, str(status)))),
            "wire": wire_with_sighting(wire, draft, {**wire.seals, "status": seal}),
        },
    )


def clear_match(likely: list[Likely]) -> Likely | None:
    """The one entry that a withdrawal can mean: it tells the same news, and no other is nearly as like it."""
    if not likely or likely[0].turn or likely[0].same < SAME_NEWS:
        return None
    clear = len(likely) == 1 or likely[0].same - likely[1].same >= MIN_LEAD
    return likely[0] if clear else None


def killed_issue(draft: DraftItem, record: PageRecord) -> Issue:
    """That a page was killed."""
    place = f"{FOLDER}/{record.path}"
    message = f"the wire withdrew {record.title!r} ({draft.dump}:{draft.wire.span.first}): the page is killed"
    return issue("wire-killed", place, message, f"build and ship at once; `digest release {place}` takes it back")


def unmatched_kill_issue(draft: DraftItem, candidates: list[PageRecord]) -> Issue:
    """That a withdrawal names no page, or not only one."""
    place = Place(draft.dump, draft.wire.span.first, 1)
    message = f"the wire withdrew {draft.wire.headline!r}, and no page is surely meant"
    names = ", ".join(f"{FOLDER}/{record.path}" for record in candidates)
    hint = f"look at {names}, then `digest kill PAGE`" if names else "find it, then `digest kill PAGE`"
    return issue("wire-kill-missed", place, message, hint)
