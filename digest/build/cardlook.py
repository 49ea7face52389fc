"""How the cards for social networks of a site are drawn, and what is in the way of that."""

import hashlib
from functools import partial

import msgspec

from digest.build.request import BuildRequest
from digest.config import NAME as CONFIG
from digest.config import Config
from digest.issues import Issue, issue
from digest.site.context import Audience, Social
from digest.toml import place_of


def social_for(request: BuildRequest, config: Config) -> tuple[Social | None, tuple[Issue, ...]]:
    """How the cards of a site are drawn; None when it has none, with an issue when it wants them and cannot."""
    if not config.cards.generate or request.audience is Audience.PREVIEW:
        return None, ()
    text = (request.site / CONFIG).read_text("utf-8", "replace")
    try:
        from digest.pictures import social  # noqa: PLC0415 - it is an extra
    except ImportError:
        hint, place = "pip install 'digest-press[cards]'", place_of(text, CONFIG, ("cards", "generate"))
        return None, (issue("cards-missing", place, "what draws cards is not installed", hint),)
    font = request.site / config.cards.font
    if config.cards.font and not social.is_font(str(font)):
        hint = "write the path of a TrueType or OpenType file in the site's folder"
        place = place_of(text, CONFIG, ("cards", "font"))
        return None, (issue("cards-font", place, f"`{config.cards.font}` is no font that can be read", hint),)
    if not config.cards.font and not social.is_installed():
        hint, place = "pip install 'digest-press[cards]'", place_of(text, CONFIG, ("cards", "generate"))
        return None, (issue("cards-missing", place, "the fonts for cards are not installed", hint),)
    file = str(font) if config.cards.font else ""
    data = font.read_bytes() if file else b""
    mark = hashlib.blake2b(data + msgspec.json.encode((social.ENGINE, config.cards)), digest_size=8).hexdigest()
    return Social(mark, partial(social.covers, font=file)), ()
