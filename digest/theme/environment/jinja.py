"""The Jinja environment: exactly what the contract in docs/reference/themes.md names, and no more.

No clock, no chance, no look at the machine: a template is a function of its view, the site and the theme.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

import msgspec
from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound, UndefinedError
from jinja2.utils import missing
from markupsafe import Markup
from msgspec import Struct

from digest.language import locale_of
from digest.theme.assets import Assets
from digest.theme.environment.date_filters import clock, day_filter, iso
from digest.theme.environment.picture_filter import BodyPictureLike, UrlFilter, expand_pictures, picture_filter
from digest.theme.environment.shorten_filter import shorten
from digest.theme.environment.translate import Translator
from digest.theme.front_layout import CardLike, Front, arrange
from digest.theme.theme import Template, Theme
from digest.toml import unknown

ESCAPED_SUFFIXES = (".html", ".xml", ".svg")
REMOVED_FILTERS = ("random", "pprint", "urlize", "tojson", "filesizeformat")
# Chance, and things that remember: what one page did to them another would see.
REMOVED_GLOBALS = ("lipsum", "cycler", "joiner")
# As in Jinja's own tojson: JSON that can stand in a script, in an attribute and in a file.
_UNSAFE = {ord(c): f"\\u{ord(c):04x}" for c in "<>&'\u2028\u2029"}

# Within the text of a body and its attributes a quotation mark is escaped: these are attributes.
_INSIDE = '="/'
_LINK = re.compile(r'( (?:href|src)=")/(?!/)')


class SiteLike(Protocol):
    """What the engine itself must know of the site; templates see all of it."""

    @property
    def base_url(self) -> str: ...
    @property
    def base_path(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def regions(self) -> Mapping[str, Any]: ...
    @property
    def categories(self) -> Mapping[str, Any]: ...


class BodyLike(Protocol):
    """A reference to the text of a page."""

    @property
    def path(self) -> str: ...
    @property
    def pictures(self) -> Sequence[BodyPictureLike]: ...


class AssetLink(Struct, frozen=True, kw_only=True):
    """What `asset("…")` gives: the address with the site's folder in front, and the integrity attribute's value."""

    url: str
    integrity: str


class UndefinedName(StrictUndefined):
    """A name that is not there. Its message is two lines: what is wrong, and a hint over the names that there are."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        name, owner = self._undefined_name, self._undefined_obj
        if not isinstance(name, str) or owner is missing:
            return f"`{name}` is not defined\na template sees `page`, `site` and `param`"
        if isinstance(owner, Struct):
            return f"{type(owner).__name__} has no `{name}`\n{unknown(name, iter(owner.__struct_fields__))}"
        if isinstance(owner, Mapping):
            return f"there is no `{name}` among these\n{unknown(name, iter(map(str, owner)))}"
        return f"{type(owner).__name__} has no `{name}`\n"


class ThemeLoader(BaseLoader):
    """Templates out of the theme's value; never from disk, never stale."""

    def __init__(self, templates: Mapping[str, Template]) -> None:
        self._templates = templates

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:  # noqa: ARG002 - Jinja's signature
        found = self._templates.get(template)
        if found is None:
            raise TemplateNotFound(template)
        return found.source, found.file, lambda: True


def is_escaped(name: str | None) -> bool:
    """Whether values are escaped in a template of this name."""
    return name is not None and name.endswith(ESCAPED_SUFFIXES)


E = TypeVar("E", bound=Environment)


def syntax_environment(theme: Theme, environment_class: type[E]) -> E:
    """The syntax alone: enough to parse and to check."""
    environment = environment_class(
        loader=ThemeLoader(theme.templates),
        undefined=UndefinedName,
        autoescape=is_escaped,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    for name in REMOVED_FILTERS:
        del environment.filters[name]
    for name in REMOVED_GLOBALS:
        del environment.globals[name]
    environment.filters |= dict.fromkeys(("url", "absolute", "day", "body", "picture"), str)
    environment.filters |= {"clock": clock, "iso": iso, "json": as_json, "shorten": shorten}
    return environment


def environment_of(
    theme: Theme, assets: Assets, site: SiteLike, body_html: Callable[[str], str], environment_class: type[E]
) -> E:
    """All that a template sees beside `page`."""
    environment = syntax_environment(theme, environment_class)
    locale = locale_of(site.language)
    regions, categories = tuple(site.regions), tuple(site.categories)

    def laid_out(cards: Sequence[CardLike]) -> Front[CardLike]:
        return arrange(cards, theme.front_counts, regions=regions, categories=categories)

    environment.globals |= {
        "site": site,
        "param": parameters_of(theme),
        "t": Translator(theme.strings, locale),
        "asset": _asset(assets, site.base_path),
        "arrange": laid_out,
    }
    url, absolute = _under(site.base_path), _under(site.base_url)
    environment.filters |= {
        "url": url,
        "absolute": absolute,
        "day": day_filter(locale),
        "body": _body(url, absolute, body_html),
        "picture": picture_filter(url),
    }
    return environment


def parameters_of(theme: Theme) -> Struct:
    """The parameters as a frozen value with a field each."""
    kind = msgspec.defstruct("Parameters", [(n, type(v)) for n, v in theme.parameters.items()], frozen=True)
    return kind(**theme.parameters)


def as_json(value: Any) -> Markup:
    """The filter `json`."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=msgspec.to_builtins)
    return Markup(text.translate(_UNSAFE))  # noqa: S704 - no character with a meaning in HTML is left


def _asset(assets: Assets, base_path: str) -> Callable[[str], AssetLink]:
    links = {n: AssetLink(url=base_path + a.path, integrity=a.integrity) for n, a in assets.links.items()}

    def asset(name: str) -> AssetLink:
        if name not in links:
            message = f"there is no asset `{name}`\n{unknown(name, links)}"
            raise UndefinedError(message)
        return links[name]

    return asset


def _under(base: str) -> UrlFilter:
    def address(path: str) -> str:
        """A path of the site with `base` before it; whole addresses and fragments stay."""
        return base + path[1:] if path.startswith("/") else path

    return address


def _body(url: UrlFilter, absolute: UrlFilter, resolve: Callable[[str], str]) -> Callable[..., Markup]:
    def body(reference: BodyLike | None, whole: bool = False) -> Markup:
        """The filter `body`: its links within the site get the site's folder, or with `whole` its whole address."""
        if reference is not None and not isinstance(reference, Struct):
            # What a template made itself could name any page, also one that is not out.
            raise UndefinedError("`body` draws a Body of the view\nsuch as page.body")
        html, address = resolve(reference.path) if reference else "", absolute if whole else url
        if address("/") != "/" and _INSIDE in html:
            html = _LINK.sub(lambda m: m[1] + address("/"), html)
        if reference and reference.pictures:
            html = expand_pictures(html, reference.pictures, address, for_feed=whole)
        return Markup(html)  # noqa: S704 - HTML of our own Markdown renderer

    return body
