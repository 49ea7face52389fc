"""Draft of a page: one item of a dump with its Markdown, labels, and the fields that its markers ask for."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from digest.content.markdown.escape import markdown_of
from digest.content.rewrite import split_paragraphs
from digest.content.seals import paragraph_seals, seal_of
from digest.ingest.decide.known_pages import PageRecord
from digest.ingest.markers.embargo import parse_embargo
from digest.ingest.markers.parse import MarkedItem, parse_markers
from digest.labels.text.language import language_of
from digest.model import Item, Kind, Labeller, Origin, Status, WireItem
from digest.stories import PreparedTitle
from digest.wire import MarkerKind, key_of

UTC = ZoneInfo("UTC")
_LANGUAGE_PARAGRAPHS = 4
"""Paragraphs of an article that language detection reads."""


class ItemLabels(Struct, frozen=True, kw_only=True):
    """Regions and categories of an item, each with the primary one first."""

    regions: tuple[str, ...]
    categories: tuple[str, ...]


class ParsedItem(Struct, frozen=True, kw_only=True):
    """The part of a draft that depends on the item alone, not on the dump's time or source or on other pages.

    `seals` are those of the paragraphs. `lang` is the language if it differs from the site's. `labels` and
    `prepared_title` (the headline prepared for threading) are set if a worker process computed them in advance.
    """

    marked: MarkedItem
    key: str
    paragraphs: tuple[str, ...] = ()
    seals: tuple[str, ...] = ()
    lang: str = ""
    labels: ItemLabels | None = None
    prepared_title: PreparedTitle | None = None


class DraftItem(Struct, frozen=True, kw_only=True):
    """An item of a dump, ready to become a page or to update one.

    `day` and `seen` are the time of the dump. `seals` are those of the paragraphs.
    `marker_texts` are the markers as front matter has them; `status` is what they ask for: hold, draft, or empty.
    `embargo` is the end of an embargo (ISO 8601); `has_zone` is False if the wire named no zone.
    `unread_embargo` holds the words of an embargo that cannot be parsed.
    `lang`, `labels` and `prepared_title` are as in `ParsedItem`.
    """

    wire: WireItem
    key: str
    dump: str
    seen: str
    day: date
    sources: tuple[str, ...]
    paragraphs: tuple[str, ...] = ()
    seals: tuple[str, ...] = ()
    marked: MarkedItem
    marker_texts: tuple[str, ...] = ()
    status: str = ""
    embargo: str = ""
    has_zone: bool = True
    unread_embargo: str = ""
    lang: str = ""
    labels: ItemLabels | None = None
    prepared_title: PreparedTitle | None = None

    @property
    def is_correction(self) -> bool:
        """True if the item corrects an earlier one."""
        return self.marked.has(MarkerKind.CORRECTION)

    @property
    def corrections(self) -> tuple[str, ...]:
        """The wire's own words on what was wrong."""
        return self.marked.corrections

    @property
    def embargo_seals(self) -> tuple[str, str]:
        """Seals of an embargo: of its end and of its words. The same words in a later dump mean another end."""
        return seal_of(self.embargo), seal_of(self.marked.embargo)

    @property
    def is_silent(self) -> bool:
        """True if the item is sent again for a technical reason, so that readers see no update."""
        return self.marked.has(MarkerKind.REFILE, MarkerKind.REPEAT) and not self.is_correction


def parse_item(wire: WireItem, language: str = "") -> ParsedItem:
    """Parse the markers and the Markdown of an item. `language` is the site's; empty: do not detect the language."""
    marked = parse_markers(wire)
    paragraphs = split_paragraphs(markdown_of(marked.wire.body)) if marked.wire.body else ()
    return ParsedItem(
        marked=marked,
        key=key_of(marked.wire.headline),
        paragraphs=paragraphs,
        seals=paragraph_seals(paragraphs),
        lang=_foreign_language(marked.wire, language) if language else "",
    )


def draft_of(item: ParsedItem, dump: str, seen: str, source: str, zone: ZoneInfo = UTC) -> DraftItem:
    """Return the draft of an item in a dump. An agency in the byline replaces the dump's `source`.

    `seen` is the time of the dump (ISO 8601), `zone` the zone of the site.
    """
    marked = item.marked
    return DraftItem(
        wire=marked.wire,
        key=item.key,
        dump=dump,
        seen=seen,
        day=date.fromisoformat(seen[:10]),
        sources=tuple(filter(None, (marked.wire.agency or source,))),
        paragraphs=item.paragraphs,
        seals=item.seals,
        marked=marked,
        lang=item.lang,
        labels=item.labels,
        prepared_title=item.prepared_title,
        **(_marker_fields(marked, seen, zone) if marked.markers else {}),
    )


def _foreign_language(wire: WireItem, language: str) -> str:
    """Return the language of an item; empty if it is the site's or uncertain."""
    text = "\n".join((wire.headline, *(block.text for block in wire.body[:_LANGUAGE_PARAGRAPHS])))
    detected = language_of(text)
    return "" if detected == language.partition("-")[0] else detected


def _marker_fields(marked: MarkedItem, seen: str, zone: ZoneInfo) -> dict[str, Any]:
    """Return the fields of `DraftItem` that follow from markers. Status: an advisory wins over a hold."""
    fields: dict[str, Any] = {"marker_texts": marked.marker_texts}
    if marked.embargo:
        if end := parse_embargo(marked.embargo, seen, zone):
            fields |= {"embargo": end.at.isoformat(timespec="minutes"), "has_zone": end.has_zone}
        else:
            fields |= {"unread_embargo": marked.embargo, "status": Status.HOLD.value}
    if marked.has(MarkerKind.HOLD):
        fields["status"] = Status.HOLD.value
    if marked.has(MarkerKind.ADVISORY):
        fields["status"] = Status.DRAFT.value
    return fields


def label_item(wire: WireItem, labeller: Labeller, fallback: tuple[str, str]) -> ItemLabels:
    """Label an item; `fallback` are the region and the category to use if the text gives none."""
    labels = labeller.label(wire.headline, "", "\n".join(block.text for block in wire.body))
    return ItemLabels(
        regions=(labels.region or fallback[0], *labels.other_regions),
        categories=(labels.category or fallback[1], *labels.other_categories),
    )


def record_of_draft(
    draft: DraftItem, labels: ItemLabels, page_id: str, slug: str, story: str, version_of: str
) -> PageRecord:
    """Return the record of the page that a draft makes."""
    wire, day = draft.wire, draft.day
    item = Item(
        path=f"{day:%Y/%m/%d}/{slug}.md",
        id=page_id,
        title=wire.headline,
        slug=slug,
        day=day,
        kind=Kind.ARTICLE if draft.paragraphs else Kind.BRIEF,
        regions=labels.regions,
        categories=labels.categories,
        origin=Origin(dump=draft.dump, seen=draft.seen, position=wire.position, lines=str(wire.span), key=draft.key),
    )
    return PageRecord(
        id=page_id,
        path=item.path,
        title=item.title,
        slug=slug,
        day=day,
        first_seen=day,
        seen=draft.seen,
        order=item.sort_key,
        kind=item.kind,
        story=story,
        version_of=version_of,
        keys=(draft.key,),
        dumps=(draft.dump,),
        sources=draft.sources,
        regions=labels.regions,
        categories=labels.categories,
        body_seals=" ".join(draft.seals),
        markers=draft.marker_texts,
    )
