"""digest.toml as one frozen value. All mistakes of a file are found in one go, each with its place and a hint."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from digest.issues import CODES, Issue, Place, issue
from digest.model import Category, Region, Taxonomy, Term
from digest.toml import Document, Mistake, Slip, decode, mistakes, place_of, unknown, without

NAME = "digest.toml"
LABELLERS, DEFAULT_LABELLER = "digest.labellers", "default"
"""The group of entry points that label texts, and the name of what labels them without any."""

Colour = Annotated[str, msgspec.Meta(pattern="^#[0-9a-fA-F]{6}$")]
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


class Site(Struct, frozen=True, kw_only=True):
    """`[site]`: what the site is called, where it will stand, and whose day it keeps."""

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
    """`[theme]`: its name, its parameters, whether its templates may do as ours do, whether pages are squeezed."""

    name: str = "broadsheet"
    trusted: bool = False
    minify: bool = False
    parameters: dict[str, str | int | float | bool] = {}


class Import(Struct, frozen=True, kw_only=True):
    """`[import]`: how long a headline is the same item, and how far back a story reaches."""

    same_headline_days: int = 3
    recurring: tuple[str, ...] = ()
    version_hours: int = 36
    story_days: int = 14


class Labelling(Struct, frozen=True, kw_only=True):
    """`[labels]`: which engine says regions and categories."""

    engine: str = DEFAULT_LABELLER


class Briefs(Struct, frozen=True, kw_only=True):
    """`[briefs]`: which briefs have a page of their own."""

    pages: Literal["auto", "all", "none"] = "auto"


class Feeds(Struct, frozen=True, kw_only=True):
    """`[feeds]`: how many entries a feed holds, and the WebSub hub that tells readers of new ones."""

    entries: int = 60
    hub: str = ""


class Source(Struct, frozen=True, kw_only=True):
    """`[sources.X]`: an agency's name and rights. `days` until the copy must come off; 0: never."""

    name: str = ""
    credit: str = ""
    rights: str = ""
    days: int = 0
    index: bool = True
    canonical: Literal["self", "link"] = "self"
    feed: Literal["headline", "summary", "full"] = "summary"


class Author(Struct, frozen=True, kw_only=True):
    """`[authors.slug]`: somebody who has a page. `name` is what bylines say."""

    name: str
    bio: str = ""
    email: Annotated[str, msgspec.Meta(pattern=r"^([^@\s]+@[^@\s]+)?$")] = ""
    link: str = ""


class Publisher(Struct, frozen=True, kw_only=True):
    """`[publisher]`: what machines are told of who stands behind the site: addresses or paths of its policies."""

    logo: str = ""
    principles: str = ""
    ethics: str = ""
    corrections: str = "/corrections/"
    ownership: str = ""


class Robots(Struct, frozen=True, kw_only=True):
    """`[robots]`: crawlers that are asked to stay away; `ai = "deny"` names those that gather texts for models."""

    deny: tuple[str, ...] = ()
    ai: Literal["allow", "deny"] = "allow"


class Security(Struct, frozen=True, kw_only=True):
    """`[security]`: `/.well-known/security.txt` (RFC 9116), when there is a contact."""

    contact: tuple[str, ...] = ()
    expires: str = ""
    policy: str = ""
    encryption: str = ""


class Check(Struct, frozen=True, kw_only=True):
    """`[check]`: what `digest check` makes of headlines. `headline_length` is in characters, 0: any."""

    headline_length: int = 110
    duplicate_days: int = 3


class Images(Struct, frozen=True, kw_only=True):
    """`[images]`: in which widths (pixels) and formats pictures are shipped beside their own."""

    widths: tuple[int, ...] = (480, 960, 1600)
    formats: tuple[Literal["avif", "webp"], ...] = ("avif", "webp")
    quality: Literal["low", "medium", "high"] = "medium"


class Cards(Struct, frozen=True, kw_only=True):
    """`[cards]`: pictures with the headline on them, for social networks. `font` is a file below the site's folder."""

    generate: bool = False
    font: str = ""
    paper: Colour = "#fffefb"
    ink: Colour = "#1a1713"
    accent: Colour = "#8f1a12"


class Search(Struct, frozen=True, kw_only=True):
    """`[search]`: whether readers can search all texts."""

    enabled: bool = False


class Preview(Struct, frozen=True, kw_only=True):
    """`[preview]`: the link that opens a file in the editor."""

    editor: str = "vscode://file/{file}:{line}:{column}"


class Target(Struct, frozen=True, kw_only=True):
    """`[targets.X]`: where `digest deploy` ships the output."""

    kind: Literal["folder"] = "folder"
    path: str


class RegionTable(Struct, frozen=True, kw_only=True):
    """`[regions.X]`: a region; the X of a default region changes what it says."""

    name: str = ""
    countries: tuple[str, ...] = ()


class CategoryTable(Struct, frozen=True, kw_only=True):
    """`[categories.X]`: a category; the X of a default category changes what it says."""

    name: str = ""
    iptc: str = ""
    weight: float = 1.0
    leads: bool = True


class Config(Struct, frozen=True, kw_only=True):
    """All of digest.toml, complete and checked."""

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
        """The site's time zone."""
        return ZoneInfo(self.site.time_zone)

    @property
    def base_path(self) -> str:
        """The path of `base_url`, with a slash at both ends."""
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
            fallback_region=_one_of(self.regions, "world"),
            fallback_category=_one_of(self.categories, "society"),
        )

    def edition_of(self, day: date, at: datetime | None) -> date:
        """The edition that a moment belongs to; an item that knows no time belongs to its day."""
        if at is None:
            return day
        return (at.astimezone(self.zone) - _into_the_day(self.site.day_ends)).date()


@cache
def _into_the_day(clock: str) -> timedelta:
    hours, minutes = clock.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes))


def _one_of(slugs: Mapping[str, object], wanted: str) -> str:
    return wanted if wanted in slugs else list(slugs)[-1]


def default_taxonomy() -> Taxonomy:
    """The regions and categories of a site that says nothing of its own."""
    return parse("")[0].taxonomy


def parse(text: str, file: str = NAME) -> tuple[Config, tuple[Issue, ...]]:
    """The configuration that `text` writes, and all that is wrong with it; what is wrong keeps its default."""
    written, broken = decode(text, file)
    issues = [issue("config-syntax", *broken, "see https://toml.io for the syntax")] if broken else []
    typed = list(mistakes(written, Config))
    good = without(written, {m.path for m in typed})
    meant = [Mistake(Slip.VALUE, *problem) for problem in _meaning(good)]
    places = (place_of(text, file, m.path) for m in (*typed, *meant))
    found = zip((*typed, *meant), places, strict=True)
    issues += [issue(f"config-{m.slip}", place, m.message, m.hint) for m, place in found]
    good = without(good, {m.path for m in meant})
    language, _, _ = str(good.get("site", {}).get("language", "en")).partition("-")  # `pt` for pt-BR
    return msgspec.convert(_merged(_defaults(language), good), Config), tuple(issues)


@cache
def _defaults(language: str) -> Document:
    """The default tables, with the names that regions and categories have in a language."""
    tables = _table("defaults.toml")
    if language == "en":
        return tables
    named = _table("names.toml").get(language, {})
    for kind in named:
        tables[kind] = {slug: {**table, "name": named[kind][slug]} for slug, table in tables[kind].items()}
    return tables


def _table(file: str) -> Document:
    return tomllib.loads(Path(__file__).with_name(file).read_text("utf-8"))


def load(folder: Path) -> tuple[Config, tuple[Issue, ...]]:
    """The configuration of the site in `folder`. Raises OSError when its file cannot be read."""
    data = (folder / NAME).read_bytes()
    try:
        return parse(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        wrong = issue("config-syntax", Place(NAME, line), "the file is not UTF-8", "save it as UTF-8")
        return parse("")[0], (wrong,)


def place_in(folder: Path, path: tuple[str, ...]) -> Place:
    """The place of a key in the configuration of the site in `folder`, or of the table that it would stand in."""
    file = folder / NAME
    return place_of(file.read_text("utf-8", "replace"), NAME, path) if file.is_file() else Place(NAME)


def folder_above(start: Path) -> Path | None:
    """The nearest folder with a digest.toml, from `start` upwards."""
    return next((f for f in (start, *start.parents) if (f / NAME).is_file()), None)


def _merged(defaults: Document, written: Document) -> Document:
    """A default table is changed key by key; `[site] regions` and `categories` choose and order."""
    merged = {**defaults, **written}
    merged["site"] = {**defaults["site"], **written.get("site", {})}
    for kind in ("regions", "categories"):
        tables = {**defaults[kind], **{s: {**defaults[kind].get(s, {}), **t} for s, t in written.get(kind, {}).items()}}
        order = written.get("site", {}).get(kind) or list(tables)
        merged[kind] = {slug: {"name": slug.capitalize(), **tables.get(slug, {})} for slug in order}
        merged["site"][kind] = order
    return merged


def _meaning(config: Document) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Yield values of the right type that are still invalid: path, message, hint."""
    site = config.get("site", {})
    zone = site.get("time_zone", "UTC")
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, KeyError):
        yield ("site", "time_zone"), f"`{zone}` is no time zone", "write a name such as Europe/Zurich or UTC"
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", site.get("day_ends", "00:00")):
        yield ("site", "day_ends"), f"`{site['day_ends']}` is no time of day", 'write "HH:MM", such as "03:00"'
    if not re.fullmatch(r"https?://[^/\s?#]+/([^\s?#]*/)?", site.get("base_url", "http://localhost/")):
        hint = "write the whole address with a slash at its end, such as https://example.org/news/"
        yield ("site", "base_url"), f"`{site['base_url']}` is no address of a site", hint
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", site.get("language", "en")):
        yield ("site", "language"), f"`{site['language']}` is no language tag", "write one such as en, fr or pt-BR"
    yield from _slugs(config)
    engine = config.get("labels", {}).get("engine", DEFAULT_LABELLER)
    if engine != DEFAULT_LABELLER and engine not in (known := _labellers()):
        yield ("labels", "engine"), f"no engine `{engine}` is installed", unknown(engine, known)
    for code in config.get("issues", {}):
        if code not in CODES:
            yield ("issues", code), f"no issue has the code `{code}`", unknown(code, CODES)
    for width in (w for w in config.get("images", {}).get("widths", ()) if not 16 <= w <= 8000):
        yield ("images", "widths"), f"no picture can be {width} pixels wide", "write widths from 16 to 8000"
    yield from _too_small(config)
    yield from _addresses(config)


def _addresses(config: Document) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Yield settings that must be absolute URLs, and the requirements of security.txt."""
    asked: list[tuple[tuple[str, ...], str]] = [(("feeds", "hub"), config.get("feeds", {}).get("hub", ""))]
    alternates = config.get("site", {}).get("alternates", {})
    asked += [(("site", "alternates", language), address) for language, address in alternates.items()]
    asked += [(("authors", slug, "link"), author.get("link", "")) for slug, author in config.get("authors", {}).items()]
    for path, address in asked:
        if address and not re.fullmatch(r"https?://[^/\s]+(/\S*)?", address):
            yield path, f"`{address}` is no whole address", "write one that begins with https://"
    security = config.get("security", {})
    if security.get("contact") and not _MOMENT.fullmatch(security.get("expires", "")):
        hint = 'add expires = "2027-06-30T00:00:00Z", less than a year from now (RFC 9116)'
        yield ("security",), "a security.txt must say when it expires", hint


def _too_small(config: Document) -> Iterator[tuple[tuple[str, ...], str, str]]:
    for path, least in (
        (("import", "same_headline_days"), 1),
        (("feeds", "entries"), 1),
        (("import", "story_days"), 1),
        (("check", "headline_length"), 0),
        (("check", "duplicate_days"), 0),
    ):
        if (value := config.get(path[0], {}).get(path[1], least)) < least:
            yield path, f"`{'.'.join(path)}` cannot be {value}", f"write {least} or more"


def _labellers() -> tuple[str, ...]:
    """The engines that are installed."""
    from importlib.metadata import entry_points  # noqa: PLC0415 - it takes longer than all of this file

    return (DEFAULT_LABELLER, *sorted(entry_points(group=LABELLERS).names))


def _slugs(config: Document) -> Iterator[tuple[tuple[str, ...], str, str]]:
    defaults = _defaults("en")
    for kind in ("regions", "categories"):
        known = {**defaults[kind], **config.get(kind, {})}
        for slug in config.get(kind, {}):
            if not SLUG.match(slug):
                yield (kind, slug), f"`{slug}` cannot stand in a URL", "use lower-case letters, digits and hyphens"
        for slug in config.get("site", {}).get(kind, ()):
            if slug not in known:
                hint = f"add a table [{kind}.{slug}]; {unknown(slug, known)}"
                yield ("site", kind), f"`{slug}` is none of the {kind}", hint
    for slug in config.get("authors", {}):
        if not SLUG.match(slug):
            yield ("authors", slug), f"`{slug}` cannot stand in a URL", "use lower-case letters, digits and hyphens"
