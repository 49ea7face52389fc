"""The metadata of a page's `<head>`: title, description, canonical URL, indexing, picture."""

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
    """Return a time in ISO 8601, or the date if no time is known."""
    return at.isoformat() if at else day.isoformat()


MAX_DESCRIPTION = 160
"""Maximum length of a list's description in characters: search engines show no more."""


def page_head(url: str, title: str, context: Context, **more: Any) -> Head:
    """Build the head of a page that is no article. The default description is the site's."""
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
    """Build the head of a list, with its pages as an ItemList. The default description is its first headlines.

    `crumbs` is the breadcrumb, without the list itself.
    """
    text = description or first_headlines(cards)
    steps = (*crumbs, Crumb(name=title, url=url)) if crumbs else ()
    json_ld = list_json(url, title, cards, context, steps)
    return page_head(url, title, context, json_ld=json_ld, description=text, **more)


def first_headlines(cards: Iterable[Card]) -> str:
    """Join headlines up to the maximum length of a description; at least one."""
    text = ""
    for card in cards:
        longer = f"{text} · {card.title}" if text else card.title
        if text and len(longer) > MAX_DESCRIPTION:
            break
        text = longer
    return text


def item_head(entry: EntryCard, crumbs: Sequence[Crumb], context: Context) -> Head:
    """Build the head of an item's page, with a NewsArticle and a breadcrumb."""
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
    """Return the picture for other sites: the entry's if large enough, else its social card, else any picture."""
    picture = picture_image(card.image, context)
    return picture if picture and picture.width >= MIN_PICTURE_WIDTH else social_image(social, context) or picture


def picture_image(picture: Picture | None, context: Context) -> HeadImage | None:
    """Return a picture with its absolute URL."""
    if picture is None:
        return None
    url = context.absolute_url(picture.url) if picture.url.startswith("/") else picture.url
    return HeadImage(url=url, width=picture.width, height=picture.height, alt=picture.alt, type=picture.type)


def _social(card: Card, context: Context) -> SocialCard | None:
    return entry_social_card(card, card.id, context) if context.social and card.kind is Kind.ARTICLE else None


def canonical_of(card: Card, context: Context) -> str:
    """Return the canonical URL: the original's, if a source has `canonical = "link"`."""
    is_external = card.link and any(source.canonical == "link" for source in _sources(card, context))
    return card.link if is_external else context.absolute_url(card.url)


def is_indexed(card: Card, context: Context) -> bool:
    """Return True if all sources allow search engines to index the entry."""
    return all(source.index for source in _sources(card, context))


def is_listed_in_sitemap(card: Card, context: Context) -> bool:
    """Return True if the entry may be indexed and its canonical URL is on this site."""
    return is_indexed(card, context) and canonical_of(card, context) == context.absolute_url(card.url)


def _sources(card: Card, context: Context) -> list[Source]:
    return [context.config.sources[key] for key in card.sources if key in context.config.sources]


def modified_of(entry: EntryCard) -> str:
    """Return the time of the newest update, version or correction."""
    moments = [iso_moment(entry.card.day, entry.card.at), *(iso_moment(h.day, h.at) for h in entry.history)]
    moments += [c.day.isoformat() for c in entry.corrections]
    moments += [iso_moment(entry.updated.day, entry.updated.at)] if entry.updated else []
    return max(moments)
