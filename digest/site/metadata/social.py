"""Which pages have a card for social networks, what stands on it, and where it is.

A card's name holds a digest of its words and its look, so that pages name it before it is drawn.
"""

import hashlib
from collections.abc import Iterable

import msgspec

from digest.model import Kind
from digest.site.cards import Card, SocialCard
from digest.site.context import Context
from digest.site.groups import SOCIAL, Put
from digest.site.views import HeadImage

FOLDER = "cards"
SITE = "site"
WIDTH, HEIGHT, LEAST = 1200, 630, 600
"""Pixels of a card; a page's own picture stands for it from so many on."""


def social_of(key: str, title: str, kicker: str, context: Context) -> SocialCard | None:
    """The card with these words; None where cards are not drawn, or not in this script."""
    social = context.social
    if social is None or not social.covers(f"{title}{kicker}{context.site.title}"):
        return None
    words = msgspec.json.encode((social.mark, title, kicker, context.site.title))
    digest = hashlib.blake2b(words, digest_size=6).hexdigest()
    return SocialCard(file=f"{FOLDER}/{key}.{digest}.png", title=title, kicker=kicker)


def site_card(context: Context) -> SocialCard | None:
    """The card of every page that has none of its own."""
    return social_of(SITE, context.site.title, context.site.tagline, context)


def card_of(card: Card, key: str, context: Context) -> SocialCard | None:
    """The card of an article, or of a story by its newest entry; None where a picture stands for it."""
    if card.image and card.image.width >= LEAST:
        return None
    return social_of(key, card.title, context.category(card.categories[0]).name, context)


def puts_of(card: Card, context: Context) -> Iterable[Put]:
    """An article's card, to be drawn."""
    if context.social and card.page and card.kind is Kind.ARTICLE and (found := card_of(card, card.id, context)):
        yield Put(f"{SOCIAL}/{card.id}", card.id, card.order, found)


def image_of(card: SocialCard | None, context: Context) -> HeadImage | None:
    """A card, or else the site's, as the picture that stands for a page."""
    found = card or site_card(context)
    if found is None:
        return None
    alt = f"{found.title} – {context.site.title}" if card else context.site.title
    return HeadImage(url=context.whole(found.file), width=WIDTH, height=HEIGHT, alt=alt, type="image/png")
