"""Configuration: digest.toml as one frozen value. All mistakes are reported at once, each with its place and a hint."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from digest.issues import CODES, Issue, Place, issue
from digest.model import Category, Region, Taxonomy, Term
from digest.toml import Document, Mistake, MistakeKind, decode, find_mistakes, place_of, remove_paths, unknown_name_hint

CONFIG_FILE = "digest.toml"
LABELLER_GROUP, DEFAULT_LABELLER = "digest.labellers", "default"
"""Entry-point group of labelling engines, and the name of the built-in engine."""

Colour = Annotated[str, msgspec.Meta(pattern="^#[0-9a-fA-F]{6}$")]
_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
SLUG_PATTERN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


class Site(Struct, frozen=True, kw_only=True):
    """`[site]`: title, address, language, time zone, and order of regions and categories."""

    title: str = "The Digest"
    tagline: str = ""
    description: str = ""
    publisher: str = ""
    base_url: str = "http://localhost:8000/"
    language: str = "en"
    time_zone: str = "UTC"
    day_ends: str = "00:00"
    expired: Literal["gone", "headline"] = "gone"
    rules: tuple[Literal["_redirects", "_headers", ".htaccess"], ...] = ()
    regions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    alternates: dict[str, str] = {}


class Theme(Struct, frozen=True, kw_only=True):
    """`[theme]`: name and parameters; `trusted` templates run without the sandbox; `minify` shortens the HTML."""

    name: str = "broadsheet"
    trusted: bool = False
    minify: bool = False
    parameters: dict[str, str | int | float | bool] = {}


class Import(Struct, frozen=True, kw_only=True):
    """`[import]`: days in which an equal headline is the same item, and the time windows of versions and stories."""

    same_headline_days: int = 3
    recurring: tuple[str, ...] = ()
    version_hours: int = 36
    story_days: int = 14


class Labelling(Struct, frozen=True, kw_only=True):
    """`[labels]`: the engine that infers regions and categories."""

    engine: str = DEFAULT_LABELLER


class Briefs(Struct, frozen=True, kw_only=True):
    """`[briefs]`: the briefs that have a page of their own."""

    pages: Literal["auto", "all", "none"] = "auto"


class Feeds(Struct, frozen=True, kw_only=True):
    """`[feeds]`: number of entries in a feed, and the address of a WebSub hub."""

    entries: int = 60
    hub: str = ""


class Source(Struct, frozen=True, kw_only=True):
    """`[sources.X]`: name and rights of an agency. `days` until its copy must be removed; 0: never."""

    name: str = ""
    credit: str = ""
    rights: str = ""
    days: int = 0
    index: bool = True
    canonical: Literal["self", "link"] = "self"
    feed: Literal["headline", "summary", "full"] = "summary"


class Author(Struct, frozen=True, kw_only=True):
    """`[authors.slug]`: a person with an author page. `name` is the name in bylines."""

    name: str
    bio: str = ""
    email: Annotated[str, msgspec.Meta(pattern=r"^([^@\s]+@[^@\s]+)?$")] = ""
    link: str = ""


class Publisher(Struct, frozen=True, kw_only=True):
    """`[publisher]`: addresses or paths of the logo and the policies, for structured data."""

    logo: str = ""
    principles: str = ""
    ethics: str = ""
    corrections: str = "/corrections/"
    ownership: str = ""


class Robots(Struct, frozen=True, kw_only=True):
    """`[robots]`: crawlers that robots.txt excludes; `ai = "deny"` adds those that collect texts for models."""

    deny: tuple[str, ...] = ()
    ai: Literal["allow", "deny"] = "allow"


class Security(Struct, frozen=True, kw_only=True):
    """`[security]`: fields of `/.well-known/security.txt` (RFC 9116), which is written when there is a contact."""

    contact: tuple[str, ...] = ()
    expires: str = ""
    policy: str = ""
    encryption: str = ""


class Check(Struct, frozen=True, kw_only=True):
    """`[check]`: limits for headlines in `digest check`. `headline_length` is in characters; 0: no limit."""

    headline_length: int = 110
    duplicate_days: int = 3


class Images(Struct, frozen=True, kw_only=True):
    """`[images]`: widths (pixels) and formats of the resized copies of each image."""

    widths: tuple[int, ...] = (480, 960, 1600)
    formats: tuple[Literal["avif", "webp"], ...] = ("avif", "webp")
    quality: Literal["low", "medium", "high"] = "medium"


class Cards(Struct, frozen=True, kw_only=True):
    """`[cards]`: images with the headline, for social networks. `font` is a file below the site's folder."""

    generate: bool = False
    font: str = ""
    paper: Colour = "#fffefb"
    ink: Colour = "#1a1713"
    accent: Colour = "#8f1a12"


class Search(Struct, frozen=True, kw_only=True):
    """`[search]`: full-text search for readers."""

    enabled: bool = False


class Preview(Struct, frozen=True, kw_only=True):
    """`[preview]`: template of the link that opens a file in an editor."""

    editor: str = "vscode://file/{file}:{line}:{column}"


class Target(Struct, frozen=True, kw_only=True):
    """`[targets.X]`: a target of `digest deploy`."""

    kind: Literal["folder"] = "folder"
    path: str


class RegionTable(Struct, frozen=True, kw_only=True):
    """`[regions.X]`: a region; if X is a default region, the given keys replace its values."""

    name: str = ""
    countries: tuple[str, ...] = ()


class CategoryTable(Struct, frozen=True, kw_only=True):
    """`[categories.X]`: a category; if X is a default category, the given keys replace its values."""

    name: str = ""
    iptc: str = ""
    weight: float = 1.0
    leads: bool = True


class Config(Struct, frozen=True, kw_only=True):
    """The whole of digest.toml, checked, with all defaults filled in."""

    site: Site = Site()
    theme: Theme = Theme()
    imports: Import = msgspec.field(default=Import(), name="import")
    labels: Labelling = Labelling()
    briefs: Briefs = Briefs()
    feeds: Feeds = Feeds()
    publisher: Publisher = Publisher()
    robots: Robots = Robots()
    security: Security = Security()
    images: Images = Images()
    cards: Cards = Cards()
    search: Search = Search()
    check: Check = Check()
    preview: Preview = Preview()
    regions: dict[str, RegionTable] = {}
    categories: dict[str, CategoryTable] = {}
    sources: dict[str, Source] = {}
    authors: dict[str, Author] = {}
    targets: dict[str, Target] = {}
    issues: dict[str, Literal["error", "warning", "note", "off"]] = {}
    terms: tuple[Term, ...] = ()

    @property
    def zone(self) -> ZoneInfo:
        """Time zone of the site."""
        return ZoneInfo(self.site.time_zone)

    @property
    def base_path(self) -> str:
        """Path of `base_url`, with a slash at both ends."""
        return "/" + re.sub(r"\A[a-z]+://[^/]*/?", "", self.site.base_url)

    @property
    def taxonomy(self) -> Taxonomy:
        """Regions and categories in the site's order."""
        regions = (Region(slug=s, name=t.name, countries=t.countries) for s, t in self.regions.items())
        categories = (Category(slug=s, **msgspec.structs.asdict(t)) for s, t in self.categories.items())
        return Taxonomy(
            regions=tuple(regions),
            categories=tuple(categories),
            terms=self.terms,
            fallback_region="world" if "world" in self.regions else list(self.regions)[-1],
            fallback_category="society" if "society" in self.categories else list(self.categories)[-1],
        )

    def edition_of(self, day: date, at: datetime | None) -> date:
        """Return the edition of an item: its day, or the day of `at` in the site's time zone and by `day_ends`."""
        if at is None:
            return day
        return (at.astimezone(self.zone) - _parse_clock(self.site.day_ends)).date()


@cache
def _parse_clock(clock: str) -> timedelta:
    hours, minutes = clock.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes))


def default_taxonomy() -> Taxonomy:
    """Return the regions and categories of a site that configures none."""
    return parse("")[0].taxonomy


def parse(text: str, file: str = CONFIG_FILE) -> tuple[Config, tuple[Issue, ...]]:
    """Parse `text` into a configuration and its issues; an invalid value is replaced by its default."""
    document, syntax_error = decode(text, file)
    issues = [issue("config-syntax", *syntax_error, "see https://toml.io for the syntax")] if syntax_error else []
    type_mistakes = list(find_mistakes(document, Config))
    valid = remove_paths(document, {m.path for m in type_mistakes})
    value_mistakes = [Mistake(MistakeKind.VALUE, *problem) for problem in _invalid_values(valid)]
    issues += [
        issue(f"config-{m.kind}", place_of(text, file, m.path), m.message, m.hint)
        for m in (*type_mistakes, *value_mistakes)
    ]
    valid = remove_paths(valid, {m.path for m in value_mistakes})
    language, _, _ = str(valid.get("site", {}).get("language", "en")).partition("-")  # `pt` for pt-BR
    return msgspec.convert(_with_defaults(_defaults(language), valid), Config), tuple(issues)


@cache
def _defaults(language: str) -> Document:
    """Return the default tables, with the names of regions and categories in a language."""
    tables = _read_table("defaults.toml")
    if language == "en":
        return tables
    names = _read_table("names.toml").get(language, {})
    for kind in names:
        tables[kind] = {slug: {**table, "name": names[kind][slug]} for slug, table in tables[kind].items()}
    return tables


def _read_table(file: str) -> Document:
    return tomllib.loads(Path(__file__).with_name(file).read_text("utf-8"))


def load(folder: Path) -> tuple[Config, tuple[Issue, ...]]:
    """Load the configuration of the site in `folder`. Raises OSError when its file cannot be read."""
    data = (folder / CONFIG_FILE).read_bytes()
    try:
        return parse(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = issue("config-syntax", Place(CONFIG_FILE, line), "the file is not UTF-8", "save it as UTF-8")
        return parse("")[0], (problem,)


def read_place(folder: Path, path: tuple[str, ...]) -> Place:
    """Return the place of a key in the site's digest.toml, or of the table to which it belongs."""
    file = folder / CONFIG_FILE
    return place_of(file.read_text("utf-8", "replace"), CONFIG_FILE, path) if file.is_file() else Place(CONFIG_FILE)


def find_site_folder(start: Path) -> Path | None:
    """Return the nearest folder with a digest.toml, from `start` upwards."""
    return next((f for f in (start, *start.parents) if (f / CONFIG_FILE).is_file()), None)


def _with_defaults(defaults: Document, document: Document) -> Document:
    """Merge a document into the defaults key by key; `[site] regions` and `categories` select and order the tables."""
    merged = {**defaults, **document}
    merged["site"] = {**defaults["site"], **document.get("site", {})}
    for kind in ("regions", "categories"):
        changed = {s: {**defaults[kind].get(s, {}), **t} for s, t in document.get(kind, {}).items()}
        tables = {**defaults[kind], **changed}
        order = document.get("site", {}).get(kind) or list(tables)
        merged[kind] = {slug: {"name": slug.capitalize(), **tables.get(slug, {})} for slug in order}
        merged["site"][kind] = order
    return merged


def _invalid_values(config: Document) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Yield values of the right type that are still invalid: path, message, hint."""
    site = config.get("site", {})
    zone = site.get("time_zone", "UTC")
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, KeyError):
        yield ("site", "time_zone"), f"`{zone}` is not a time zone", "write a name such as Europe/Zurich or UTC"
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", site.get("day_ends", "00:00")):
        yield ("site", "day_ends"), f"`{site['day_ends']}` is not a time of day", 'write "HH:MM", such as "03:00"'
    if not re.fullmatch(r"https?://[^/\s?#]+/([^\s?#]*/)?", site.get("base_url", "http://localhost/")):
        hint = "write the complete URL with a slash at its end, such as https://example.org/news/"
        yield ("site", "base_url"), f"`{site['base_url']}` is not the URL of a site", hint
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", site.get("language", "en")):
        yield ("site", "language"), f"`{site['language']}` is not a language tag", "write one such as en, fr or pt-BR"
    yield from _invalid_slugs(config)
    engine = config.get("labels", {}).get("engine", DEFAULT_LABELLER)
    if engine != DEFAULT_LABELLER and engine not in (known := _installed_labellers()):
        yield ("labels", "engine"), f"no engine `{engine}` is installed", unknown_name_hint(engine, known)
    for code in config.get("issues", {}):
        if code not in CODES:
            yield ("issues", code), f"no issue has the code `{code}`", unknown_name_hint(code, CODES)
    for width in (w for w in config.get("images", {}).get("widths", ()) if not 16 <= w <= 8000):
        yield ("images", "widths"), f"an image cannot be {width} pixels wide", "write widths from 16 to 8000"
    yield from _too_small_values(config)
    yield from _invalid_addresses(config)


def _invalid_addresses(config: Document) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Yield settings that must be absolute URLs, and the requirements of security.txt."""
    urls: list[tuple[tuple[str, ...], str]] = [(("feeds", "hub"), config.get("feeds", {}).get("hub", ""))]
    alternates = config.get("site", {}).get("alternates", {})
    urls += [(("site", "alternates", language), address) for language, address in alternates.items()]
    urls += [(("authors", slug, "link"), author.get("link", "")) for slug, author in config.get("authors", {}).items()]
    for path, address in urls:
        if address and not re.fullmatch(r"https?://[^/\s]+(/\S*)?", address):
            yield path, f"`{address}` is not a complete URL", "write one that begins with https://"
    security = config.get("security", {})
    if security.get("contact") and not _TIMESTAMP.fullmatch(security.get("expires", "")):
        hint = 'add expires = "2027-06-30T00:00:00Z", less than a year from now (RFC 9116)'
        yield ("security",), "a security.txt needs an expiry date", hint


def _too_small_values(config: Document) -> Iterator[tuple[tuple[str, ...], str, str]]:
    for path, minimum in (
        (("import", "same_headline_days"), 1),
        (("feeds", "entries"), 1),
        (("import", "story_days"), 1),
        (("check", "headline_length"), 0),
        (("check", "duplicate_days"), 0),
    ):
        if (value := config.get(path[0], {}).get(path[1], minimum)) < minimum:
            yield path, f"`{'.'.join(path)}` cannot be {value}", f"write {minimum} or more"


def _installed_labellers() -> tuple[str, ...]:
    """Return the names of the installed engines."""
    from importlib.metadata import entry_points  # noqa: PLC0415 - slower to import than the rest of this module

    return (DEFAULT_LABELLER, *sorted(entry_points(group=LABELLER_GROUP).names))


def _invalid_slugs(config: Document) -> Iterator[tuple[tuple[str, ...], str, str]]:
    defaults = _defaults("en")
    for kind in ("regions", "categories"):
        known = {**defaults[kind], **config.get(kind, {})}
        for slug in config.get(kind, {}):
            if not SLUG_PATTERN.match(slug):
                yield (kind, slug), f"`{slug}` cannot be part of a URL", "use lower-case letters, digits and hyphens"
        for slug in config.get("site", {}).get(kind, ()):
            if slug not in known:
                hint = f"add a table [{kind}.{slug}]; {unknown_name_hint(slug, known)}"
                yield ("site", kind), f"`{slug}` is not one of the {kind}", hint
    for slug in config.get("authors", {}):
        if not SLUG_PATTERN.match(slug):
            yield ("authors", slug), f"`{slug}` cannot be part of a URL", "use lower-case letters, digits and hyphens"
