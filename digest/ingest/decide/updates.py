"""An existing page that the wire says again: another sighting, an article for its headline, a changed body.

All of it is text in, text out. What an editor has touched is left as it is; the wire's is offered where that matters to
readers (title, byline, body). Labels, sources and dates that an editor chose stay without a word.
"""

from collections.abc import Mapping
from typing import cast

from msgspec import Struct

from digest.content.infer import slug_of
from digest.content.merge import MergedBody, Offer, Side, merge_body, merge_fields
from digest.content.rewrite import Raw, fields_in, paragraphs_in, parts_of, rewrite, with_body
from digest.content.seals import BODY, Written, body_seals, seal_of
from digest.content.serialize import Value
from digest.ingest.draft.item import DraftItem, ItemLabels
from digest.ingest.draft.page import one_or_list, seen_value
from digest.ingest.markers.instructions import WITHDRAWN, marker_changes, repeats_withdrawn

_OFFERED = frozenset({"title", "byline", BODY})


class PageUpdate(Struct, frozen=True, kw_only=True):
    """A page's new text, whether readers see a difference, and what is only offered.

    `ordered`: a marker gave it another status. `regions` and `categories` are there where they are others now.
    """

    text: str
    changed: bool = False
    status_changed: bool = False
    title: str = ""
    regions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    body_seals: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()


class WireField(Struct, frozen=True):
    """`wire` of a page as it stands there, and the seals in it."""

    raw: dict[str, Raw]
    seals: dict[str, str]

    @property
    def dumps(self) -> tuple[str, ...]:
        return (*_texts(self.raw.get("dump", "")), *_texts(self.raw.get("also", [])))

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(str(self.raw.get("key", "")).split())


def add_sighting(text: str, sheet: DraftItem) -> str:
    """The page with one more dump that said it, and perhaps one more source. Raises ValueError as `rewrite` does."""
    fields = fields_in(text)
    wire = wire_of(fields)
    changes, seals = _sources(fields, wire, sheet)
    return rewrite(text, {**changes, "wire": wire_with_sighting(wire, sheet, seals)})


def update_page(text: str, sheet: DraftItem, labels: ItemLabels | None, side: Side | None = None) -> PageUpdate:
    """The page with what the wire has now; without `labels`, its own stay. With a `side`, nothing is only offered.

    Raises ValueError as `rewrite` does.
    """
    fields = fields_in(text)
    wire = wire_of(fields)
    written = {name: _written(value) for name, value in fields.items() if name != "wire"}
    paragraphs = paragraphs_in(parts_of(text).body)
    merged = merge_fields(written, _said(sheet, labels), wire.seals, side)
    body = _merged_body(paragraphs, sheet, wire, side)
    changed = "title" in merged.changes or body.paragraphs != paragraphs
    changes: dict[str, Value | None] = dict(merged.changes)
    seals = {**merged.seals, **({BODY: " ".join(body.seals)} if body.seals else {})}
    told = changed and not sheet.is_silent
    extra = _kept_address(written, merged.changes) | (_updated(written, wire, sheet) if told else {})
    seals |= {name: seal_of(value) for name, value in extra.items()}
    upgraded = {"article": sheet.day.isoformat()} if body.paragraphs and not paragraphs else {}
    if upgraded and "title" in merged.changes:
        upgraded["brief"] = str(written.get("title", ""))
    wire = WireField({**wire.raw, **upgraded}, wire.seals)
    more, seals = _sources(fields, WireField(wire.raw, seals), sheet)
    changes |= extra | more | ({"updated": sheet.day} if "updated" in extra else {})
    if labels:
        orders = marker_changes(fields, wire.seals, seals, sheet)
        changes, seals, changed = changes | orders.changes, orders.seals, changed or orders.is_visible
    text = rewrite(text, {**changes, "wire": wire_with_sighting(wire, sheet, seals)})
    return PageUpdate(
        text=with_body(text, body.paragraphs) if body.paragraphs != paragraphs else text,
        changed=changed,
        status_changed="status" in changes,
        title=str(merged.changes.get("title", written.get("title", ""))),
        regions=_texts(merged.changes.get("regions", ())),
        categories=_texts(merged.changes.get("categories", ())),
        body_seals=body.seals,
        offers=tuple(offer for offer in (*merged.offers, *body.offers) if offer.field in _OFFERED),
    )


def _merged_body(paragraphs: tuple[str, ...], sheet: DraftItem, wire: WireField, side: Side | None) -> MergedBody:
    """The paragraphs of both; a headline alone says nothing of the body that a page has."""
    base = body_seals(wire.seals)
    if not sheet.paragraphs:
        return MergedBody(paragraphs=paragraphs, seals=base)
    if not paragraphs and not base:
        return MergedBody(paragraphs=sheet.paragraphs, seals=sheet.seals)
    return merge_body(paragraphs, sheet.paragraphs, base, side)


def restores_withdrawn(text: str, sheet: DraftItem) -> bool:
    """Whether an item says what a correction of the page took back. Raises ValueError as `rewrite` does."""
    return not sheet.is_correction and WITHDRAWN in text and repeats_withdrawn(wire_of(fields_in(text)).seals, sheet)


def dumps_and_keys(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The dumps that said a page, the first first, and its headlines' keys. Raises ValueError as `rewrite` does."""
    wire = wire_of(fields_in(text))
    return wire.dumps, wire.keys


def _said(sheet: DraftItem, labels: ItemLabels | None) -> dict[str, Written]:
    said: dict[str, Written] = {"title": sheet.wire.headline}
    if labels:
        said |= {"regions": labels.regions, "categories": labels.categories}
    return {**said, "byline": sheet.wire.byline} if sheet.wire.byline else said


def _kept_address(written: Mapping[str, Written], changes: Mapping[str, Written]) -> dict[str, Written]:
    """`slug`, where the page's address would follow its new title."""
    old, new = str(written.get("title", "")), str(changes.get("title", ""))
    if written.get("slug") or not new or slug_of(old) == slug_of(new):
        return {}
    return {"slug": slug_of(old) or str(written.get("id", ""))}


def _updated(written: Mapping[str, Written], wire: WireField, sheet: DraftItem) -> dict[str, Written]:
    """`updated`, where the text changes on a later day than the page's and no editor has said another."""
    day = sheet.day.isoformat()
    ours = written.get("updated", "")
    untouched = seal_of(ours) == wire.seals.get("updated", seal_of(""))
    later = day > max(str(written.get("date", ""))[:10], str(ours)[:10])
    return {"updated": day} if untouched and later else {}


def _sources(
    fields: Mapping[str, Raw], wire: WireField, sheet: DraftItem
) -> tuple[dict[str, Value | None], dict[str, str]]:
    """The change of `source`, if there is a new one and no editor has touched it; and the seals after it."""
    ours = _written(fields.get("source", ""))
    known = _texts(ours)
    merged = tuple(dict.fromkeys((*known, *sheet.sources)))
    if merged == known or seal_of(ours) != wire.seals.get("source", seal_of("")):
        return {}, wire.seals
    value = one_or_list(merged)
    return {"source": value}, {**wire.seals, "source": seal_of(value)}


def wire_with_sighting(wire: WireField, sheet: DraftItem, seals: Mapping[str, str]) -> Value:
    """`wire` as it is written, with another dump and, where the headline was another, another key."""
    also = wire.dumps[1:] if sheet.dump in wire.dumps else (*wire.dumps[1:], sheet.dump)
    keys = wire.keys if sheet.key in wire.keys else (*wire.keys, sheet.key)
    raw = {**wire.raw, "key": " ".join(keys)}
    return _value(WireField({**raw, "also": list(also)} if also else raw, wire.seals), seals)


def _value(wire: WireField, seals: Mapping[str, str]) -> Value:
    """`wire` as it is written, what others have put into it included; days and numbers are plain."""
    value: dict[str, Value] = {}
    for name, raw in wire.raw.items():
        if name not in ("also", "seals"):
            value[name] = _plain(name, raw)
    if "also" in wire.raw:
        value["also"] = _texts(wire.raw["also"])
    return {**value, "seals": dict(seals)}


def _plain(name: str, raw: Raw) -> Value:
    if name == "position" and isinstance(raw, str) and raw.isdecimal():
        return int(raw)
    if name in ("seen", "article") and isinstance(raw, str):
        return seen_value(raw)
    return cast("Value", raw)


def wire_of(fields: Mapping[str, Raw]) -> WireField:
    """What import wrote into a page about the wire."""
    raw = fields.get("wire")
    wire = dict(raw) if isinstance(raw, dict) else {}
    seals = wire.get("seals")
    return WireField(wire, {k: str(v) for k, v in seals.items()} if isinstance(seals, dict) else {})


def _written(raw: Raw | Written) -> Written:
    """A field's value as it is sealed; a map, which import never writes, as its text."""
    if isinstance(raw, str):
        return raw
    return tuple(str(value) for value in raw) if isinstance(raw, list | tuple) else str(raw)


def _texts(value: Raw | Written) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,) if value else ()
    return tuple(str(entry) for entry in value)
