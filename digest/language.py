"""Properties of a language tag (BCP 47): wider tags, CLDR locale, direction of the script."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

# Unicode CLDR.
_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"}


def widened(tag: str) -> tuple[str, ...]:
    """The tag and all wider ones, the nearest first: zh-Hant-TW, zh-Hant, zh."""
    parts = tag.split("-")
    return tuple("-".join(parts[:n]) for n in range(len(parts), 0, -1))


@lru_cache
def locale_of(tag: str) -> "Locale":
    """The locale of a tag, or of the nearest wider one that CLDR knows; English when it knows none.

    Babel is imported here: a build in which no page changes that writes dates does without it.
    """
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - slow to import, see above

    for wider in widened(tag):
        try:
            return Locale.parse(wider, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


def direction_of(tag: str) -> str:
    """The direction of a language's script: `rtl` or `ltr`."""
    return "rtl" if tag.partition("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"
