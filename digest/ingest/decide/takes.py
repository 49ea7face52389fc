"""Takes: an article that the wire sends in parts (`=2`). The parts become one page, in their order."""

from collections.abc import Sequence

import msgspec

from digest.content.rewrite import page_parts_of, raw_fields, replace_body, set_fields, split_paragraphs
from digest.content.seals import BODY, body_seals
from digest.content.serialize import Value
from digest.ingest.decide.known_pages import PageRecord
from digest.ingest.decide.updates import wire_of, wire_with_sighting
from digest.ingest.draft.item import DraftItem
from digest.model import Kind


def has_take(record: PageRecord, draft: DraftItem) -> bool:
    """Return True if a page already contains all paragraphs of a take."""
    return bool(record.body_seals) and set(draft.seals) <= set(record.body_seals.split())


def join_take(text: str, draft: DraftItem) -> str:
    """Return the page with the paragraphs of another take, before its own if that take's number is lower than all.

    Raises ValueError as `rewrite` does.
    """
    fields = raw_fields(text)
    wire = wire_of(fields)
    markers = tuple(map(str, fields.get("markers") or ()))
    own, base = split_paragraphs(page_parts_of(text).body), body_seals(wire.seals)
    is_first = _is_before(draft, markers)
    paragraphs = (*draft.paragraphs, *own) if is_first else (*own, *draft.paragraphs)
    body = (*draft.seals, *base) if is_first else (*base, *draft.seals)
    seals = {**wire.seals, BODY: " ".join(body)}
    changes: dict[str, Value | None] = {"markers": _merged(markers, draft.marker_texts)}
    changes["wire"] = wire_with_sighting(wire, draft, seals)
    return replace_body(set_fields(text, changes), paragraphs)


def record_with_take(record: PageRecord, draft: DraftItem) -> PageRecord:
    """Return the record of a page after `join_take`."""
    take = " ".join(draft.seals)
    is_first = _is_before(draft, record.markers)
    return msgspec.structs.replace(
        record,
        body_seals=f"{take} {record.body_seals}" if is_first else f"{record.body_seals} {take}",
        kind=Kind.ARTICLE,
        markers=_merged(record.markers, draft.marker_texts),
        dumps=_merged(record.dumps, (draft.dump,)),
    )


def take_numbers(markers: Sequence[str]) -> tuple[int, ...]:
    """Return the numbers of the takes in a page, from its `markers`; a page without a marker `take` is take 1."""
    parts = (marker.partition(" ") for marker in markers)
    return tuple(int(number or 1) for word, _, number in parts if word == "take") or (1,)


def _is_before(draft: DraftItem, markers: Sequence[str]) -> bool:
    return (draft.marked.take or 1) < min(take_numbers(markers))


def _merged(values: Sequence[str], more: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*values, *more)))
