"""Work that an extra of this package does, where a site asks for it."""

from importlib.metadata import PackageNotFoundError, version

from msgspec import Struct

from digest.builder.request import BuildRequest
from digest.config import place_in
from digest.issues import Issue, issue
from digest.site.context import Audience


class Extra(Struct, frozen=True):
    """The package that works, the extra that brings it, the key that asks for it; the issue when it is not there."""

    package: str
    name: str
    setting: tuple[str, ...]
    code: str
    message: str
    alternative: str = ""


_FONTS = "the fonts for cards are not installed"
_INDEX = "what makes the index of the search is not installed; its page lists the months alone"
_PAGES = "what squeezes pages is not installed; they are as they are"
_PLAIN = "pictures are shipped as they are, with all that cameras wrote into them"

CARDS = Extra("pillow", "cards", ("cards", "generate"), "cards-missing", "what draws cards is not installed")
FONTS = Extra("font-source-serif-pro", "cards", ("cards", "generate"), "cards-missing", _FONTS)
IMAGES = Extra("pillow", "images", ("images", "widths"), "image-plain", _PLAIN, ", or set `[images] widths` to []")
MINIFY = Extra("minify-html", "minify", ("theme", "minify"), "minify-missing", _PAGES)
SEARCH = Extra("pagefind_bin", "search", ("search", "enabled"), "search-missing", _INDEX)


def installed_version(extra: Extra, request: BuildRequest, wanted: object) -> tuple[str, tuple[Issue, ...]]:
    """The package and its version; empty when the site does not want it, and with an issue when it cannot have it.

    The preview has none of them: they take longer than a save.
    """
    if not wanted or request.audience is Audience.PREVIEW:
        return "", ()
    try:
        return f"{extra.package} {version(extra.package)}", ()
    except PackageNotFoundError:
        hint = f"pip install 'digest-press[{extra.name}]'{extra.alternative}"
        return "", (issue(extra.code, place_in(request.site, extra.setting), extra.message, hint),)
