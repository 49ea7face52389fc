"""Updates of an existing page by a later item: another sighting, a body for a brief, changed text.

All functions are pure: page text in, page text out. Whatever an editor has changed stays. Where the wire changed the
same title, byline or paragraph, its text is offered (see `conflicts`). Labels, sources and dates of an editor stay
without an offer.
"""

from collections.abc import Mapping
from typing import cast

from msgspec import Struct

from digest.content.infer import slug_of
from digest.content.merge import MergeConflict, MergedBody, Side, merge_body, merge_fields
from digest.content.rewrite import RawValue, page_parts_of, raw_fields, replace_body, set_fields, split_paragraphs
from digest.content.seals import BODY, FieldText, body_seals, seal_of
from digest.content.serialize import Value
from digest.ingest.draft.item import DraftItem, ItemLabels
from digest.ingest.draft.page import one_or_list, seen_value
from digest.ingest.markers.instructions import WITHDRAWN, marker_changes, repeats_withdrawn

_OFFERED = frozenset({"title", "byline", BODY})


class PageUpdate(Struct, frozen=True, kw_only=True):
    """A page's new text and the changes in it.

    `changed`: readers see a difference. `status_changed`: a marker set another status. `regions` and `categories` are
    empty if they stay. `offers` are the wire's texts that an editor's text kept out.
    """

    text: str
    changed: bool = False
    status_changed: bool = False
    title: str = ""
    regions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    body_seals: tuple[str, ...] = ()
    offers: tuple[MergeConflict, ...] = ()


class WireField(Struct, frozen=True):
    """The field `wire` of a page, unparsed, and the seals in it."""

    raw: dict[str, RawValue]
    seals: dict[str, str]

    @property
    def dumps(self) -> tuple[str, ...]:
        """Names of the dumps that contained the page, the first one first."""
        return (*_texts(self.raw.get("dump", "")), *_texts(self.raw.get("also", [])))

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the page's wire headlines."""
        return tuple(str(self.raw.get("key", "")).split())


def add_sighting(text: str, draft: DraftItem) -> str:
    """Return the page with another dump and, if new, another source. Raises ValueError as `rewrite` does."""
    fields = raw_fields(text)
    wire = wire_of(fields)
    changes, seals = _source_change(fields, wire, draft)
    return set_fields(text, {**changes, "wire": wire_with_sighting(wire, draft, seals)})


def update_page(text: str, draft: DraftItem, labels: ItemLabels | None, side: Side | None = None) -> PageUpdate:
    """Merge an item of the wire into a page.

    Without `labels` the page keeps its own, and markers have no effect. A `side` decides all conflicts, so that there
    are no offers. Raises ValueError as `rewrite` does.
    """
    fields = raw_fields(text)
    wire = wire_of(fields)
    written = {name: _written(value) for name, value in fields.items() if name != "wire"}
    paragraphs = split_paragraphs(page_parts_of(text).body)
    merged = merge_fields(written, _wire_values(draft, labels), wire.seals, side)
    body = _merged_body(paragraphs, draft, wire, side)
    changed = "title" in merged.changes or body.paragraphs != paragraphs
    changes: dict[str, Value | None] = dict(merged.changes)
    seals = {**merged.seals, **({BODY: " ".join(body.seals)} if body.seals else {})}
    extra = _slug_to_keep(written, merged.changes)
    if changed and not draft.is_silent:
        extra |= _updated_day(written, wire, draft)
    seals |= {name: seal_of(value) for name, value in extra.items()}
    raw = wire.raw | _upgrade_note(written, draft, merged.changes, is_upgrade=bool(body.paragraphs and not paragraphs))
    source_change, seals = _source_change(fields, WireField(raw, seals), draft)
    changes |= extra | source_change | ({"updated": draft.day} if "updated" in extra else {})
    if labels:
        by_markers = marker_changes(fields, wire.seals, seals, draft)
        changes, seals, changed = changes | by_markers.changes, by_markers.seals, changed or by_markers.is_visible
    text = set_fields(text, {**changes, "wire": wire_with_sighting(WireField(raw, wire.seals), draft, seals)})
    return PageUpdate(
        text=replace_body(text, body.paragraphs) if body.paragraphs != paragraphs else text,
        changed=changed,
        status_changed="status" in changes,
        title=str(merged.changes.get("title", written.get("title", ""))),
        regions=_texts(merged.changes.get("regions", ())),
        categories=_texts(merged.changes.get("categories", ())),
        body_seals=body.seals,
        offers=tuple(offer for offer in (*merged.conflicts, *body.conflicts) if offer.field in _OFFERED),
    )


def _merged_body(paragraphs: tuple[str, ...], draft: DraftItem, wire: WireField, side: Side | None) -> MergedBody:
    """Merge the paragraphs. An item without paragraphs leaves the body of the page as it is."""
    base = body_seals(wire.seals)
    if not draft.paragraphs:
        return MergedBody(paragraphs=paragraphs, seals=base)
    if not paragraphs and not base:
        return MergedBody(paragraphs=draft.paragraphs, seals=draft.seals)
    return merge_body(paragraphs, draft.paragraphs, base, side)


def restores_withdrawn(text: str, draft: DraftItem) -> bool:
    """Return True if an item repeats text that a correction of the page withdrew. Raises ValueError as `rewrite`."""
    return not draft.is_correction and WITHDRAWN in text and repeats_withdrawn(wire_of(raw_fields(text)).seals, draft)


def dumps_and_keys(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return a page's dumps, the first one first, and the keys of its headlines. Raises ValueError as `rewrite`."""
    wire = wire_of(raw_fields(text))
    return wire.dumps, wire.keys


def wire_of(fields: Mapping[str, RawValue]) -> WireField:
    """Return the field `wire` of a page; an empty one if the page was not imported."""
    raw = fields.get("wire")
    wire = dict(raw) if isinstance(raw, dict) else {}
    seals = wire.get("seals")
    return WireField(wire, {k: str(v) for k, v in seals.items()} if isinstance(seals, dict) else {})


def wire_with_sighting(wire: WireField, draft: DraftItem, seals: Mapping[str, str]) -> Value:
    """Return the new value of `wire`: with the draft's dump and key added, and with these seals."""
    also = wire.dumps[1:] if draft.dump in wire.dumps else (*wire.dumps[1:], draft.dump)
    keys = wire.keys if draft.key in wire.keys else (*wire.keys, draft.key)
    value: dict[str, Value] = {
        name: _typed(name, raw) for name, raw in wire.raw.items() if name not in {"also", "seals"}
    }
    value["key"] = " ".join(keys)
    if also or "also" in wire.raw:
        value["also"] = also or _texts(wire.raw["also"])
    return {**value, "seals": dict(seals)}


def _wire_values(draft: DraftItem, labels: ItemLabels | None) -> dict[str, FieldText]:
    values: dict[str, FieldText] = {"title": draft.wire.headline}
    if labels:
        values |= {"regions": labels.regions, "categories": labels.categories}
    return {**values, "byline": draft.wire.byline} if draft.wire.byline else values


def _slug_to_keep(written: Mapping[str, FieldText], changes: Mapping[str, FieldText]) -> dict[str, FieldText]:
    """Return `slug` if the page had none and its new title would change its URL."""
    old, new = str(written.get("title", "")), str(changes.get("title", ""))
    if written.get("slug") or not new or slug_of(old) == slug_of(new):
        return {}
    return {"slug": slug_of(old) or str(written.get("id", ""))}


def _updated_day(written: Mapping[str, FieldText], wire: WireField, draft: DraftItem) -> dict[str, FieldText]:
    """Return `updated` if the draft is of a later day and no editor wrote another value."""
    day = draft.day.isoformat()
    ours = written.get("updated", "")
    is_untouched = seal_of(ours) == wire.seals.get("updated", seal_of(""))
    is_later = day > max(str(written.get("date", ""))[:10], str(ours)[:10])
    return {"updated": day} if is_untouched and is_later else {}


def _upgrade_note(
    written: Mapping[str, FieldText], draft: DraftItem, changes: Mapping[str, FieldText], *, is_upgrade: bool
) -> dict[str, RawValue]:
    """Return the keys of `wire` that record that a brief became an article: the day, and the brief's title."""
    if not is_upgrade:
        return {}
    note: dict[str, RawValue] = {"article": draft.day.isoformat()}
    return note | {"brief": str(written.get("title", ""))} if "title" in changes else note


def _source_change(
    fields: Mapping[str, RawValue], wire: WireField, draft: DraftItem
) -> tuple[dict[str, Value | None], dict[str, str]]:
    """Return the change of `source`, if there is a new source and no editor touched the field, and all seals."""
    ours = _written(fields.get("source", ""))
    known = _texts(ours)
    merged = tuple(dict.fromkeys((*known, *draft.sources)))
    if merged == known or seal_of(ours) != wire.seals.get("source", seal_of("")):
        return {}, wire.seals
    value = one_or_list(merged)
    return {"source": value}, {**wire.seals, "source": seal_of(value)}


def _typed(name: str, raw: RawValue) -> Value:
    """Return a value inside `wire` for writing: numbers and days unquoted, unknown keys as they are."""
    if name == "position" and isinstance(raw, str) and raw.isdecimal():
        return int(raw)
    if name in {"seen", "article"} and isinstance(raw, str):
        return seen_value(raw)
    return cast("Value", raw)


def _written(raw: RawValue | FieldText) -> FieldText:
    """Return a field's value as it is sealed. A map, which import never writes, becomes its text."""
    if isinstance(raw, str):
        return raw
    return tuple(str(value) for value in raw) if isinstance(raw, list | tuple) else str(raw)


def _texts(value: RawValue | FieldText) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,) if value else ()
    return tuple(str(entry) for entry in value)
