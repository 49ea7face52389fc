"""Style of social cards: fonts and colours of a site, and issues when they cannot be used."""

import hashlib
from functools import partial

import msgspec

from digest.builder.extras.loading import CARDS, FONTS, installed_version
from digest.builder.request import BuildRequest
from digest.config import Config, read_place
from digest.issues import Issue, issue
from digest.site.context import SocialCardStyle


def load_card_style(request: BuildRequest, config: Config) -> tuple[SocialCardStyle | None, tuple[Issue, ...]]:
    """Load the card style; None when the site has no cards, with an issue when it wants them but cannot have them."""
    engine, issues = installed_version(CARDS, request, config.cards.generate)
    if engine and not config.cards.font:
        engine, issues = installed_version(FONTS, request, wanted=True)
    if not engine:
        return None, issues
    from digest.pictures import social_card  # noqa: PLC0415 - it is an extra

    font = request.site / config.cards.font
    if config.cards.font and not social_card.is_font(str(font)):
        hint = "write the path of a TrueType or OpenType file in the site's folder"
        place = read_place(request.site, ("cards", "font"))
        return None, (issue("cards-font", place, f"`{config.cards.font}` is not a readable font", hint),)
    file = str(font) if config.cards.font else ""
    data = font.read_bytes() if file else b""
    mark = hashlib.blake2b(
        data + msgspec.json.encode((social_card.ENGINE_VERSION, config.cards)), digest_size=8
    ).hexdigest()
    return SocialCardStyle(mark, partial(social_card.can_render, font=file)), ()
