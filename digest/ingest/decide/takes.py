"""An article that a wire sends in takes (`=2`): its parts become one page, in their order."""

from collections.abc import Sequence

import msgspec

from digest.content.rewrite import fields_in, paragraphs_in, parts_of, rewrite, with_body
from digest.content.seals import BODY, body_seals
from digest.ingest.decide.known_pages import PageRecord
from digest.ingest.decide.updates import wire_of, wire_with_sighting
from digest.ingest.draft.item import DraftItem
from digest.model import Kind


def has_take(record: PageRecord, sheet: DraftItem) -> bool:
    """Whether a page has all paragraphs of a take already."""
    return bool(record.body_seals) and set(sheet.seals) <= set(record.body_seals.split())


def join_take(text: str, sheet: DraftItem) -> str:
    """The page with another take behind what it has, or before it where the take is the earlier one.

    Raises ValueError as `rewrite` does.
    """
    fields = fields_in(text)
    wire = wire_of(fields)
    markers = tuple(map(str, fields.get("markers") or ()))
    own, base = paragraphs_in(parts_of(text).body), body_seals(wire.seals)
    first = _before(take_numbers(markers), sheet.marked.take or 1)
    paragraphs = (*sheet.paragraphs, *own) if first else (*own, *sheet.paragraphs)
    body = (*sheet.seals, *base) if first else (*base, *sheet.seals)
    seals = {**wire.seals, BODY: " ".join(body)}
    changed = rewrite(
        text, {"markers": _with(markers, sheet.marker_texts), "wire": wire_with_sighting(wire, sheet, seals)}
    )
    return with_body(changed, paragraphs)


def record_with_take(record: PageRecord, sheet: DraftItem) -> PageRecord:
    """What import must know of a page after `joined`."""
    first = _before(take_numbers(record.markers), sheet.marked.take or 1)
    said = " ".join(sheet.seals)
    body = f"{said} {record.body_seals}" if first else f"{record.body_seals} {said}"
    return msgspec.structs.replace(
        record,
        body_seals=body,
        kind=Kind.ARTICLE,
        markers=_with(record.markers, sheet.marker_texts),
        dumps=_also(record, sheet),
    )


def take_numbers(markers: Sequence[str]) -> tuple[int, ...]:
    """The numbers of the takes that a page is made of; a page of none is the first."""
    numbers = (marker.partition(" ") for marker in markers)
    return tuple(int(number or 1) for word, _, number in numbers if word == "take") or (1,)


def _before(have: Sequence[int], take: int) -> bool:
    return take < min(have)


def _with(markers: Sequence[str], more: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*markers, *more)))


def _also(record: PageRecord, sheet: DraftItem) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*record.dumps, sheet.dump)))
