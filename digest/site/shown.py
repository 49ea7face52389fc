"""An entry as the site shows it: with its address, its place and its card. What `emit` is given."""

from datetime import date

from msgspec import Struct

from digest.model import Correction, Entry, Item, Kind
from digest.site.cards import Card, EntryCard, HistoryLine
from digest.site.context import Context
from digest.site.presence import Presence, Standing
from digest.site.urls import item_path, place_in_edition


class Shown(Struct, frozen=True, kw_only=True):
    """An entry at a moment, ready to be put into groups. `in_story`: it shares its story with others."""

    standing: Standing
    in_story: bool
    edition: date
    card: Card
    detail: EntryCard

    @property
    def entry(self) -> Entry:
        """The entry, with the versions that are out."""
        return self.standing.entry

    @property
    def seen(self) -> bool:
        """Whether lists show it."""
        return self.standing.presence is Presence.SEEN


def has_page(entry: Entry, *, in_story: bool, context: Context) -> bool:
    """Whether there is something to read on a page of its own."""
    latest = entry.latest
    if entry.text.kind is Kind.ARTICLE:
        return True
    policy = context.config.briefs.pages
    reasons = (latest.summary, latest.link, entry.root.corrections, latest.corrections, len(entry.versions) > 1)
    return policy == "all" or (policy == "auto" and (in_story or any(reasons)))


def shown_of(standing: Standing, *, in_story: bool, context: Context) -> Shown:
    """The entry with its card."""
    entry, root, latest, text = standing.entry, standing.entry.root, standing.entry.latest, standing.entry.text
    edition = context.config.edition_of(root.day, root.at)
    page = has_page(entry, in_story=in_story, context=context)
    url = item_path(root) if page else place_in_edition(edition, root.id)
    card = _card(entry, url, edition, page=page, badge=standing.badge)
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
    )
    return Shown(standing=standing, in_story=in_story, edition=edition, card=card, detail=detail)


def _corrections(entry: Entry) -> tuple[Correction, ...]:
    said = [c for item in (entry.versions or (entry.root,)) for c in item.corrections]
    return tuple(sorted(dict.fromkeys(said), key=lambda c: c.day, reverse=True))


def _card(entry: Entry, url: str, edition: date, *, page: bool, badge: str) -> Card:
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
        image=latest.image,
        lead=latest.lead or root.lead,
        sightings=1 + len(origin.also) if origin else 1,
        position=origin.position if origin else 0,
        versions=max(1, len(entry.versions)),
        corrected=any(v.corrections for v in entry.versions or (root,)),
        lang=latest.lang,
        badge=badge,
    )


def _sources(entry: Entry) -> tuple[str, ...]:
    items: tuple[Item, ...] = entry.versions or (entry.root,)
    return tuple(dict.fromkeys(source for item in items for source in item.sources))
