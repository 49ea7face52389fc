"""One item of a dump on its way to a page: what the wire says of it, and a new page's fields."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from digest.content.markdown.escape import markdown_of
from digest.content.rewrite import paragraphs_in
from digest.content.seals import paragraph_seals, seal_of
from digest.ingest.decide.known_pages import PageRecord
from digest.ingest.markers.embargo import parse_embargo
from digest.ingest.markers.parse import MarkedItem, parse_markers
from digest.labels.text.language import language_of
from digest.model import Item, Kind, Labeller, Origin, Status, WireItem
from digest.stories import Filed
from digest.wire import MarkerKind, key_of

UTC = ZoneInfo("UTC")
_PARAGRAPHS = 4


class ItemLabels(Struct, frozen=True, kw_only=True):
    """The regions and categories of a text, the primary ones first."""

    regions: tuple[str, ...]
    categories: tuple[str, ...]


class ParsedItem(Struct, frozen=True, kw_only=True):
    """What an item says by itself, whenever and by whomever it was sent. `seals` are those of the paragraphs.

    `lang` is its language, when it is another than the site's. `labels`, and the headline as it is `filed`, are there
    when they were found beforehand.
    """

    marked: MarkedItem
    key: str
    paragraphs: tuple[str, ...] = ()
    seals: tuple[str, ...] = ()
    lang: str = ""
    labels: ItemLabels | None = None
    prepared_title: Filed | None = None


class DraftItem(Struct, frozen=True, kw_only=True):
    """What one dump says in one place. `first` is the dump's day; `seals` are those of the paragraphs.

    `markers` are its markers as front matter has them. `status` is what they ask for: hold, draft, or nothing.
    `embargo` is the moment to which they hold it back (ISO 8601), `zoned` whether the wire named its zone;
    `unread_embargo` the words of one that cannot be read. `lang`, `labels` and `filed` are as in `Read`.
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
    prepared_title: Filed | None = None

    @property
    def is_correction(self) -> bool:
        """Whether it takes back what was said before."""
        return self.marked.has(MarkerKind.CORRECTION)

    @property
    def corrections(self) -> tuple[str, ...]:
        """What was wrong, in the words of the wire."""
        return self.marked.corrections

    @property
    def embargo_seals(self) -> tuple[str, str]:
        """Seals of an embargo: of its moment and of its words, which mean another moment when they are said again."""
        return seal_of(self.embargo), seal_of(self.marked.embargo)

    @property
    def is_silent(self) -> bool:
        """Whether it is sent anew for a reason that is none of the readers' business."""
        return self.marked.has(MarkerKind.REFILE, MarkerKind.REPEAT) and not self.is_correction


def parse_item(wire: WireItem, language: str = "") -> ParsedItem:
    """What an item says. `language` is the site's; without one, none is looked for."""
    found = parse_markers(wire)
    wire = found.wire
    paragraphs = paragraphs_in(markdown_of(wire.body)) if wire.body else ()
    return ParsedItem(
        marked=found,
        key=key_of(wire.headline),
        paragraphs=paragraphs,
        seals=paragraph_seals(paragraphs),
        lang=_foreign(wire, language) if language else "",
    )


def draft_of(item: ParsedItem, dump: str, seen: str, source: str, zone: ZoneInfo = UTC) -> DraftItem:
    """What a dump says; an article's own agency goes before the source of the dump. `zone` is the site's."""
    found = item.marked
    return DraftItem(
        wire=found.wire,
        key=item.key,
        dump=dump,
        seen=seen,
        day=date.fromisoformat(seen[:10]),
        sources=tuple(filter(None, (found.wire.agency or source,))),
        paragraphs=item.paragraphs,
        seals=item.seals,
        marked=found,
        lang=item.lang,
        labels=item.labels,
        prepared_title=item.prepared_title,
        **(_orders(found, seen, zone) if found.markers else {}),
    )


def _foreign(wire: WireItem, language: str) -> str:
    """The language of an item; empty for the site's own, and where the text leaves it open."""
    found = language_of("\n".join((wire.headline, *(block.text for block in wire.body[:_PARAGRAPHS]))))
    return "" if found == language.partition("-")[0] else found


def _orders(found: MarkedItem, seen: str, zone: ZoneInfo) -> dict[str, Any]:
    """What the markers of an item ask for."""
    orders: dict[str, Any] = {"marker_texts": found.marker_texts}
    if found.embargo:
        ends = parse_embargo(found.embargo, seen, zone)
        given = {"embargo": ends.at.isoformat(timespec="minutes"), "has_zone": ends.has_zone} if ends else {}
        orders |= given or {"unread_embargo": found.embargo, "status": Status.HOLD.value}
    if found.has(MarkerKind.HOLD):
        orders["status"] = Status.HOLD.value
    if found.has(MarkerKind.ADVISORY):
        orders["status"] = Status.DRAFT.value
    return orders


def label_item(wire: WireItem, labeller: Labeller, fallback: tuple[str, str]) -> ItemLabels:
    """The labels of an item; `fallback` are the region and the category of a text that says nothing."""
    found = labeller.label(wire.headline, "", "\n".join(block.text for block in wire.body))
    return ItemLabels(
        regions=(found.region or fallback[0], *found.other_regions),
        categories=(found.category or fallback[1], *found.other_categories),
    )


def record_of_draft(
    draft: DraftItem, labels: ItemLabels, page_id: str, slug: str, story: str, version_of: str
) -> PageRecord:
    """What import must know of the page that an item makes."""
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
        order=item.order,
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
