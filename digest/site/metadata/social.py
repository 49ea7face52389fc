"""Social cards: the pages that have one, its text and its file name.

The file name contains a digest of text and style, so that pages can link to a card before it is drawn.
"""

import hashlib
from collections.abc import Iterable

import msgspec

from digest.model import Kind
from digest.site.cards import Card, SocialCard
from digest.site.context import Context
from digest.site.groups import SOCIAL, GroupCard
from digest.site.views import HeadImage

CARDS_FOLDER = "cards"
SITE_CARD_KEY = "site"
WIDTH, HEIGHT, MIN_PICTURE_WIDTH = 1200, 630, 600
"""Size of a card in pixels; a picture of at least the minimum width replaces the card."""


def social_card(key: str, title: str, kicker: str, context: Context) -> SocialCard | None:
    """Return the card with this text, or None if cards are off or the font does not cover the text."""
    social = context.social
    if social is None or not social.can_draw(f"{title}{kicker}{context.site.title}"):
        return None
    words = msgspec.json.encode((social.style_digest, title, kicker, context.site.title))
    digest = hashlib.blake2b(words, digest_size=6).hexdigest()
    return SocialCard(file=f"{CARDS_FOLDER}/{key}.{digest}.png", title=title, kicker=kicker)


def site_card(context: Context) -> SocialCard | None:
    """Return the card of pages without a card of their own."""
    return social_card(SITE_CARD_KEY, context.site.title, context.site.tagline, context)


def entry_social_card(card: Card, key: str, context: Context) -> SocialCard | None:
    """Return the card of an article, or of a story by its newest entry; None if it has a large picture."""
    if card.image and card.image.width >= MIN_PICTURE_WIDTH:
        return None
    return social_card(key, card.title, context.category(card.categories[0]).name, context)


def social_group_cards(card: Card, context: Context) -> Iterable[GroupCard]:
    """Yield the card of an article."""
    if (
        context.social
        and card.page
        and card.kind is Kind.ARTICLE
        and (found := entry_social_card(card, card.id, context))
    ):
        yield GroupCard(f"{SOCIAL}/{card.id}", card.id, card.order, found)


def social_image(card: SocialCard | None, context: Context) -> HeadImage | None:
    """Return a card, or the site's card, as the picture of a page."""
    found = card or site_card(context)
    if found is None:
        return None
    alt = f"{found.title} – {context.site.title}" if card else context.site.title
    return HeadImage(url=context.absolute_url(found.file), width=WIDTH, height=HEIGHT, alt=alt, type="image/png")
