"""Metadata in the head of pages: titles, canonical URLs, robots rules."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from digest.config import Source
from digest.model import Kind
from digest.site.cards import Card, EntryCard, Picture, SocialCard
from digest.site.context import Context
from digest.site.metadata.jsonld import item_json, list_json
from digest.site.metadata.social import MIN_PICTURE_WIDTH, entry_social_card, social_image
from digest.site.views import Crumb, Head, HeadImage


def iso_moment(day: date, at: datetime | None) -> str:
    """ISO 8601: a moment where one is known, else a day."""
    return at.isoformat() if at else day.isoformat()


MAX_DESCRIPTION = 160
"""Characters of a list's description: search engines show no more."""


def page_head(url: str, title: str, context: Context, **more: Any) -> Head:
    """The head of a page that is no article. One that is not described is described as the site is."""
    known = {"image": social_image(None, context), "description": context.site.description or context.site.tagline}
    return Head(title=title, canonical=context.absolute_url(url), **known | {n: v for n, v in more.items() if v != ""})


def list_head(
    url: str,
    title: str,
    cards: Sequence[Card],
    context: Context,
    *,
    description: str = "",
    crumbs: Sequence[Crumb] = (),
    **more: Any,
) -> Head:
    """The head of a list, with its pages as an ItemList. One that is not described is so by its first headlines.

    `crumbs` is the way to it, without itself.
    """
    said = description or first_headlines(cards)
    way = (*crumbs, Crumb(name=title, url=url)) if crumbs else ()
    json_ld = list_json(url, title, cards, context, way)
    return page_head(url, title, context, json_ld=json_ld, description=said, **more)


def first_headlines(cards: Iterable[Card]) -> str:
    """Return as many headlines as fit, at least one if there is any."""
    said = ""
    for card in cards:
        longer = f"{said} · {card.title}" if said else card.title
        if said and len(longer) > MAX_DESCRIPTION:
            break
        said = longer
    return said


def item_head(entry: EntryCard, crumbs: Sequence[Crumb], context: Context) -> Head:
    """The head of an item's page, with a NewsArticle and the way to it."""
    card, published, modified = entry.card, iso_moment(entry.card.day, entry.card.at), modified_of(entry)
    return Head(
        title=card.title,
        description=card.standfirst,
        canonical=canonical_of(card, context),
        index=is_indexed(card, context),
        type="article",
        published=published,
        modified=modified,
        section=context.category(card.categories[0]).name,
        feed=f"/region/{card.regions[0]}/feed.xml",
        image=head_image(card, _social(card, context), context),
        json_ld=item_json(entry, crumbs, (published, modified), picture_image(card.image, context), context),
    )


def head_image(card: Card, social: SocialCard | None, context: Context) -> HeadImage | None:
    """Return the image of an entry for other sites: its own if large enough, else its social card, else any image."""
    picture = picture_image(card.image, context)
    return picture if picture and picture.width >= MIN_PICTURE_WIDTH else social_image(social, context) or picture


def picture_image(picture: Picture | None, context: Context) -> HeadImage | None:
    """A picture as other sites show it."""
    if picture is None:
        return None
    url = context.absolute_url(picture.url) if picture.url.startswith("/") else picture.url
    return HeadImage(url=url, width=picture.width, height=picture.height, alt=picture.alt, type=picture.type)


def _social(card: Card, context: Context) -> SocialCard | None:
    return entry_social_card(card, card.id, context) if context.social and card.kind is Kind.ARTICLE else None


def canonical_of(card: Card, context: Context) -> str:
    """The address that search engines should know: the original's, where a source's rights say so."""
    abroad = card.link and any(source.canonical == "link" for source in _sources(card, context))
    return card.link if abroad else context.absolute_url(card.url)


def is_indexed(card: Card, context: Context) -> bool:
    """Return True when the rights of all sources allow search engines to index the entry."""
    return all(source.index for source in _sources(card, context))


def is_listed_in_sitemap(card: Card, context: Context) -> bool:
    """Return True when search engines may index the entry at its URL here."""
    return is_indexed(card, context) and canonical_of(card, context) == context.absolute_url(card.url)


def _sources(card: Card, context: Context) -> list[Source]:
    return [context.config.sources[key] for key in card.sources if key in context.config.sources]


def modified_of(entry: EntryCard) -> str:
    """The newest of what matters to a reader: an update, a version, a correction."""
    moments = [iso_moment(entry.card.day, entry.card.at), *(iso_moment(h.day, h.at) for h in entry.history)]
    moments += [c.day.isoformat() for c in entry.corrections]
    moments += [iso_moment(entry.updated.day, entry.updated.at)] if entry.updated else []
    return max(moments)
