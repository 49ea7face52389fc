"""Optional dependencies: whether the package of an extra is installed, and the issue when it is not."""

from importlib.metadata import PackageNotFoundError, version

from msgspec import Struct

from digest.builder.request import BuildRequest
from digest.config import read_place
from digest.issues import Issue, issue
from digest.site.context import Audience


class Extra(Struct, frozen=True):
    """A package, the extra that installs it, the setting that needs it, and the issue when it is missing."""

    package: str
    name: str
    setting: tuple[str, ...]
    code: str
    message: str
    alternative: str = ""


_FONTS = "the fonts for social cards are not installed"
_INDEX = "Pagefind is not installed, so there is no search index; the search page lists the months only"
_PAGES = "minify-html is not installed, so pages are not minified"
_PLAIN = "Pillow is not installed, so images are published unchanged, with all metadata"

CARDS = Extra(
    "pillow", "cards", ("cards", "generate"), "cards-missing", "Pillow is not installed, so there are no social cards"
)
FONTS = Extra("font-source-serif-pro", "cards", ("cards", "generate"), "cards-missing", _FONTS)
IMAGES = Extra("pillow", "images", ("images", "widths"), "image-plain", _PLAIN, ", or set `[images] widths` to []")
MINIFY = Extra("minify-html", "minify", ("theme", "minify"), "minify-missing", _PAGES)
SEARCH = Extra("pagefind_bin", "search", ("search", "enabled"), "search-missing", _INDEX)


def installed_version(extra: Extra, request: BuildRequest, wanted: object) -> tuple[str, tuple[Issue, ...]]:
    """Return package and version; empty when the site does not need it, with an issue when it is missing.

    The preview uses no extras, since they take longer than a save.
    """
    if not wanted or request.audience is Audience.PREVIEW:
        return "", ()
    try:
        return f"{extra.package} {version(extra.package)}", ()
    except PackageNotFoundError:
        hint = f"pip install 'digest-press[{extra.name}]'{extra.alternative}"
        return "", (issue(extra.code, read_place(request.site, extra.setting), extra.message, hint),)
