"""Make the Jinja environment: the functions and filters of the contract in docs/reference/themes.md, and no others.

There is no clock, no random number and no access to the machine: a page depends on its view, the site and the theme
alone.
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
from digest.toml import unknown_name_hint

ESCAPED_SUFFIXES = (".html", ".xml", ".svg")
REMOVED_FILTERS = ("random", "pprint", "urlize", "tojson", "filesizeformat")
# Random text, and objects with state: one page would see what another page did to them.
REMOVED_GLOBALS = ("lipsum", "cycler", "joiner")
# As in Jinja's own `tojson`: the JSON is safe in a script, in an attribute and in a file.
_JSON_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&'\u2028\u2029"}

# A body contains this only where an attribute begins: in text and in attribute values the quotation mark is escaped.
_LOCAL_LINK_START = '="/'
_LOCAL_LINK = re.compile(r'( (?:href|src)=")/(?!/)')


class SiteLike(Protocol):
    """Fields of the site view that the environment reads; templates see all of the view."""

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
    """Reference to the text of a page."""

    @property
    def path(self) -> str: ...
    @property
    def pictures(self) -> Sequence[BodyPictureLike]: ...


class AssetLink(Struct, frozen=True, kw_only=True):
    """Result of `asset("…")`: the address with the path of the site, and the value of the `integrity` attribute."""

    url: str
    integrity: str


class UndefinedName(StrictUndefined):
    """An undefined name. Its error message has two lines: the problem, and a hint with similar names."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        name, owner = self._undefined_name, self._undefined_obj
        if not isinstance(name, str) or owner is missing:
            return f"`{name}` is not defined\na template sees `page`, `site` and `param`"
        if isinstance(owner, Struct):
            return f"{type(owner).__name__} has no `{name}`\n{unknown_name_hint(name, iter(owner.__struct_fields__))}"
        if isinstance(owner, Mapping):
            return f"there is no key `{name}`\n{unknown_name_hint(name, iter(map(str, owner)))}"
        return f"{type(owner).__name__} has no `{name}`\n"


class ThemeLoader(BaseLoader):
    """Loads templates from the `Theme` value, never from disk."""

    def __init__(self, templates: Mapping[str, Template]) -> None:
        self._templates = templates

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:  # noqa: ARG002 - Jinja's signature
        loaded = self._templates.get(template)
        if loaded is None:
            raise TemplateNotFound(template)
        return loaded.source, loaded.file, lambda: True


def is_escaped(name: str | None) -> bool:
    """Return True for templates in which Jinja escapes values: HTML, XML and SVG."""
    return name is not None and name.endswith(ESCAPED_SUFFIXES)


E = TypeVar("E", bound=Environment)


def syntax_environment(theme: Theme, environment_class: type[E]) -> E:
    """Make an environment that can parse and check templates, but not render them."""
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
    """Make an environment with every function and filter of the contract; `page` is given at rendering.

    `body_html` returns the HTML of a body by its content path.
    """
    environment = syntax_environment(theme, environment_class)
    locale = locale_of(site.language)
    regions, categories = tuple(site.regions), tuple(site.categories)

    def arrange_cards(cards: Sequence[CardLike]) -> Front[CardLike]:
        return arrange(cards, theme.front_counts, regions=regions, categories=categories)

    environment.globals |= {
        "site": site,
        "param": parameters_of(theme),
        "t": Translator(theme.strings, locale),
        "asset": _asset_function(assets, site.base_path),
        "arrange": arrange_cards,
    }
    url, absolute = _url_filter(site.base_path), _url_filter(site.base_url)
    environment.filters |= {
        "url": url,
        "absolute": absolute,
        "day": day_filter(locale),
        "body": _body_filter(url, absolute, body_html),
        "picture": picture_filter(url),
    }
    return environment


def parameters_of(theme: Theme) -> Struct:
    """Return the theme's parameters as a frozen struct with one field for each."""
    struct = msgspec.defstruct("Parameters", [(n, type(v)) for n, v in theme.parameters.items()], frozen=True)
    return struct(**theme.parameters)


def as_json(value: Any) -> Markup:
    """Return a value as JSON that is safe inside HTML (filter `json`)."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=msgspec.to_builtins)
    return Markup(text.translate(_JSON_ESCAPES))  # noqa: S704 - no character with a meaning in HTML is left


def _asset_function(assets: Assets, base_path: str) -> Callable[[str], AssetLink]:
    links = {n: AssetLink(url=base_path + a.path, integrity=a.integrity) for n, a in assets.links.items()}

    def asset(name: str) -> AssetLink:
        if name not in links:
            message = f"there is no asset `{name}`\n{unknown_name_hint(name, links)}"
            raise UndefinedError(message)
        return links[name]

    return asset


def _url_filter(base: str) -> UrlFilter:
    def url(path: str) -> str:
        """Put `base` before a path of the site; absolute addresses and fragments stay unchanged."""
        return base + path[1:] if path.startswith("/") else path

    return url


def _body_filter(url: UrlFilter, absolute: UrlFilter, body_html: Callable[[str], str]) -> Callable[..., Markup]:
    def body(reference: BodyLike | None, whole: bool = False) -> Markup:
        """Return the HTML of a body; links within the site get its path, or its whole address with `whole`."""
        if reference is not None and not isinstance(reference, Struct):
            # A reference that a template builds itself could name any page, even one that is not published.
            raise UndefinedError("`body` needs a Body of the view\nsuch as page.body")
        html, url_filter = body_html(reference.path) if reference else "", absolute if whole else url
        if url_filter("/") != "/" and _LOCAL_LINK_START in html:
            html = _LOCAL_LINK.sub(lambda m: m[1] + url_filter("/"), html)
        if reference and reference.pictures:
            html = expand_pictures(html, reference.pictures, url_filter, for_feed=whole)
        return Markup(html)  # noqa: S704 - HTML of our own Markdown renderer

    return body
