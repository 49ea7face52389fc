"""An entry at build time, with its URL, edition and card: the input of `PageKind.emit`."""

import re
from collections.abc import Collection
from datetime import date

import msgspec
from msgspec import Struct

from digest.model import Correction, Entry, Item, Kind
from digest.site.cards import MARKS, Card, EntryCard, HistoryLine, Picture
from digest.site.context import Context
from digest.site.metadata.pictures import Pictures, body_pictures, image_of, paths_of, picture_of
from digest.site.urls import item_path, place_in_edition
from digest.site.visibility import Presence, Visibility

_NO_PICTURES: Pictures = {}
_UPDATES = frozenset({"update", "lead", "recast"})
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class SiteEntry(Struct, frozen=True, kw_only=True):
    """An entry at the time of the build.

    `in_story`: other entries have the same story. `in_story_on_day`: one of them is of the same day or
    earlier. `pictures` are the paths of its pictures.
    """

    visibility: Visibility
    in_story: bool
    in_story_on_day: bool
    edition: date
    card: Card
    detail: EntryCard
    pictures: tuple[str, ...] = ()

    @property
    def entry(self) -> Entry:
        """The entry, with its published versions."""
        return self.visibility.entry

    @property
    def is_visible(self) -> bool:
        """True if lists show the entry."""
        return self.visibility.presence is Presence.VISIBLE


def has_page(entry: Entry, *, in_story: bool, context: Context) -> bool:
    """Return True if an entry has a page of its own (`[briefs] pages`)."""
    latest = entry.latest
    if entry.text.kind is Kind.ARTICLE:
        return True
    policy = context.config.briefs.pages
    reasons = (latest.summary, latest.link, entry.root.corrections, latest.corrections, len(entry.versions) > 1)
    return policy == "all" or (policy == "auto" and (in_story or any(reasons)))


def site_entry_of(
    visibility: Visibility,
    *,
    in_story: bool,
    in_story_on_day: bool | None = None,
    context: Context,
    pictures: Pictures = _NO_PICTURES,
) -> SiteEntry:
    """Build the card and the detail of an entry."""
    entry, root, latest, text = visibility.entry, visibility.entry.root, visibility.entry.latest, visibility.entry.text
    edition = context.config.edition_of(root.day, root.at)
    page = has_page(entry, in_story=in_story, context=context)
    url = item_path(root) if page else place_in_edition(edition, root.id)
    image = picture_of(image_of(entry), pictures)
    card = _card(entry, url, edition, page=page, badge=visibility.badge, image=image)
    detail = EntryCard(
        card=card,
        body=text.path if text.body else "",
        body_digest=text.body,
        summary=latest.summary,
        words=text.words,
        updated=HistoryLine(day=latest.updated, at=latest.updated_at) if latest.updated else None,
        history=tuple(HistoryLine(day=v.day, at=v.at) for v in entry.versions[1:]),
        corrections=_corrections(entry),
        places=latest.places,
        ai=str(latest.ai),
        ai_note=latest.ai_note,
        path=root.path,
        pictures=body_pictures(text.images, pictures),
    )
    then = in_story if in_story_on_day is None else in_story_on_day
    return SiteEntry(
        visibility=visibility,
        in_story=in_story,
        in_story_on_day=then,
        edition=edition,
        card=card,
        detail=detail,
        pictures=paths_of(entry, pictures),
    )


def card_of_day(site_entry: SiteEntry, day: date, context: Context) -> Card:
    """Return the card for the edition of `day`. Later versions do not change it, unless they are corrections."""
    entry = site_entry.entry
    versions = _versions_until(entry, day, context)
    root = _until(entry.root, day)
    in_story = site_entry.in_story_on_day if day == site_entry.edition else site_entry.in_story
    same = len(versions) == len(entry.versions) and root is entry.root and in_story == site_entry.in_story
    if same:
        return site_entry.card
    then = Entry(root=root, versions=tuple(_until(version, day) for version in versions))
    page = has_page(then, in_story=in_story, context=context)
    url = item_path(root) if page else place_in_edition(site_entry.edition, root.id)
    image = site_entry.card.image if image_of(then) == image_of(entry) else None
    return _card(then, url, site_entry.edition, page=page, badge=site_entry.card.badge, image=image)


def _versions_until(entry: Entry, day: date, context: Context) -> tuple[Item, ...]:
    """Return the versions up to the last one that is from `day` or earlier, or is a correction."""
    kept = 1
    for number, version in enumerate(entry.versions, 1):
        if (
            context.config.edition_of(version.day, version.at) <= day
            or version.corrections
            or "corrected" in version.marks
        ):
            kept = number
    return entry.versions[:kept]


def _until(item: Item, day: date) -> Item:
    """Return an item without later sightings, and as a brief if its article came after `day`."""
    origin = item.origin
    if origin is None:
        return item
    also = tuple(dump for dump in origin.also if _is_until(dump, day))
    brief = bool(origin.article) and origin.article > day.isoformat()
    if also == origin.also and not brief:
        return item
    then = msgspec.structs.replace(
        item,
        origin=msgspec.structs.replace(origin, also=also),
        sources=_sources_of(item, (origin.dump, *also), set(origin.also) - set(also)),
    )
    if not brief:
        return then
    corrected = item.corrections or "corrected" in item.marks
    return msgspec.structs.replace(
        then,
        title=item.title if corrected else origin.brief or item.title,
        kind=Kind.BRIEF,
        standfirst=item.summary,
        byline="",
        words=0,
        body="",
    )


def _sources_of(item: Item, dumps: Collection[str], later: Collection[str]) -> tuple[str, ...]:
    """Return an item's sources, without those that only later dumps name. A dump's file name contains its source."""
    return tuple(
        source
        for source in item.sources
        if any(_is_from_source(dump, source) for dump in dumps)
        or not any(_is_from_source(dump, source) for dump in later)
    )


def _is_from_source(dump: str, source: str) -> bool:
    return source.casefold() in dump.casefold()


def _is_until(dump: str, day: date) -> bool:
    """Return True if the date in a dump's name is `day` or earlier, or if it has none."""
    found = _DAY.search(dump)
    return found is None or found[0] <= day.isoformat()


def _corrections(entry: Entry) -> tuple[Correction, ...]:
    said = [c for item in (entry.versions or (entry.root,)) for c in item.corrections]
    return tuple(sorted(dict.fromkeys(said), key=lambda c: c.day, reverse=True))


def _card(entry: Entry, url: str, edition: date, *, page: bool, badge: str, image: Picture | None) -> Card:
    root, latest, text = entry.root, entry.latest, entry.text
    origin = root.origin
    return Card(
        id=root.id,
        order=root.order,
        title=latest.title,
        url=url,
        page=page,
        link=latest.link,
        kind=text.kind,
        edition=edition,
        day=root.day,
        at=root.at,
        regions=latest.regions,
        categories=latest.categories,
        sources=_sources(entry),
        story=root.story,
        standfirst=latest.standfirst or text.standfirst,
        byline=text.byline,
        image=image,
        lead=latest.lead or root.lead,
        sightings=1 + len(origin.also) if origin else 1,
        position=origin.position if origin else 0,
        versions=max(1, len(entry.versions)),
        corrected=any(v.corrections or "corrected" in v.marks for v in entry.versions or (root,)),
        lang=latest.lang,
        badge=badge,
        marks=_marks(latest),
    )


def _marks(item: Item) -> tuple[str, ...]:
    said = {"update" if word in _UPDATES else word for word in item.marks} | {str(item.ai)}
    return tuple(mark for mark in MARKS if mark in said)


def _sources(entry: Entry) -> tuple[str, ...]:
    items: tuple[Item, ...] = entry.versions or (entry.root,)
    return tuple(dict.fromkeys(source for item in items for source in item.sources))
