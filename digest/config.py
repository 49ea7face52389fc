"""digest.toml as one frozen value. All mistakes of a file are found in one go, each with its place and a hint."""

import difflib
import re
import tomllib
import types
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from digest.issues import CODES, Issue, Place, issue
from digest.model import Category, Region, Taxonomy, Term

NAME = "digest.toml"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
# Controls and noncharacters, which neither HTML nor XML can hold.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


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
    rules: tuple[Literal["_redirects", ".htaccess"], ...] = ()
    regions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


class Theme(Struct, frozen=True, kw_only=True):
    """`[theme]`: its name and the values of its parameters."""

    name: str = "broadsheet"
    parameters: dict[str, str | int | float | bool] = {}


class Import(Struct, frozen=True, kw_only=True):
    """`[import]`: how long a headline is the same item, and how far back a story reaches."""

    same_headline_days: int = 3
    recurring: tuple[str, ...] = ()
    version_hours: int = 36
    story_days: int = 14


class Briefs(Struct, frozen=True, kw_only=True):
    """`[briefs]`: which briefs have a page of their own."""

    pages: Literal["auto", "all", "none"] = "auto"


class Feeds(Struct, frozen=True, kw_only=True):
    """`[feeds]`: how many entries a feed holds."""

    entries: int = 60


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
    email: str = ""
    link: str = ""


class Robots(Struct, frozen=True, kw_only=True):
    """`[robots]`: crawlers that are asked to stay away."""

    deny: tuple[str, ...] = ()


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
    briefs: Briefs = Briefs()
    feeds: Feeds = Feeds()
    robots: Robots = Robots()
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
        categories = (
            Category(slug=s, name=t.name, iptc=t.iptc, weight=t.weight, leads=t.leads)
            for s, t in self.categories.items()
        )
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
        hours, minutes = self.site.day_ends.split(":")
        return (at.astimezone(self.zone) - timedelta(hours=int(hours), minutes=int(minutes))).date()


def _one_of(slugs: Mapping[str, object], wanted: str) -> str:
    return wanted if wanted in slugs else list(slugs)[-1]


def default_taxonomy() -> Taxonomy:
    """The regions and categories of a site that says nothing of its own."""
    return parse("")[0].taxonomy


def parse(text: str, file: str = NAME) -> tuple[Config, tuple[Issue, ...]]:
    """The configuration that `text` writes, and all that is wrong with it; what is wrong keeps its default."""
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return parse("")[0], (_syntax(error, file),)
    reader = _Reader(text, file)
    defaults = tomllib.loads(resources.files("digest").joinpath("defaults.toml").read_text("utf-8"))
    reader.check(written)
    config = msgspec.convert(_merged(defaults, reader.good(written)), Config)
    return config, tuple(reader.issues)


def load(folder: Path) -> tuple[Config, tuple[Issue, ...]]:
    """The configuration of the site in `folder`. Raises OSError when its file cannot be read."""
    data = (folder / NAME).read_bytes()
    try:
        return parse(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        wrong = issue("config-syntax", Place(NAME, line), "the file is not UTF-8", "save it as UTF-8")
        return parse("")[0], (wrong,)


def folder_above(start: Path) -> Path | None:
    """The nearest folder with a digest.toml, from `start` upwards."""
    return next((f for f in (start, *start.parents) if (f / NAME).is_file()), None)


def _syntax(error: tomllib.TOMLDecodeError, file: str) -> Issue:
    message = str(error)
    at = re.search(r" \(at line (\d+), column (\d+)\)", message)
    place = Place(file, int(at[1]), int(at[2])) if at else Place(file)
    said = re.sub(r" \(at (line.*|end of document)\)", "", message)
    return issue("config-syntax", place, said[:1].lower() + said[1:], "see https://toml.io for the syntax")


def _merged(defaults: dict[str, Any], written: dict[str, Any]) -> dict[str, Any]:
    """A default table is changed key by key; `[site] regions` and `categories` choose and order."""
    merged = {**defaults, **written}
    merged["site"] = {**defaults["site"], **written.get("site", {})}
    for kind in ("regions", "categories"):
        tables = {**defaults[kind], **{s: {**defaults[kind].get(s, {}), **t} for s, t in written.get(kind, {}).items()}}
        order = written.get("site", {}).get(kind) or list(tables)
        merged[kind] = {slug: {"name": slug.capitalize(), **tables.get(slug, {})} for slug in order}
        merged["site"][kind] = order
    return merged


class _Reader:
    """Walks a decoded document beside the types, and collects what does not fit."""

    def __init__(self, text: str, file: str) -> None:
        self.file, self.issues = file, list[Issue]()
        self._places = dict(_places(text))
        self._bad: set[tuple[str, ...]] = set()

    def check(self, written: dict[str, Any]) -> None:
        """Types first, then what only all values together can tell."""
        self._table(written, Config, ())
        for path, problem, hint in _meaning(self.good(written)):
            self._say("config-value", path, problem, hint)

    def good(self, value: Any, path: tuple[str, ...] = ()) -> Any:
        """The document without what is wrong."""
        if not isinstance(value, dict):
            return value
        return {k: self.good(v, (*path, k)) for k, v in value.items() if (*path, k) not in self._bad}

    def _say(self, code: str, path: tuple[str, ...], message: str, hint: str) -> None:
        self._bad.add(path)
        known = next((self._places[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self._places), (0, 0))
        self.issues.append(issue(code, Place(self.file, *known), message, hint))

    def _table(self, table: dict[str, Any], kind: type[Struct], path: tuple[str, ...]) -> None:
        fields = {f.encode_name: f for f in msgspec.structs.fields(kind)}
        for key, value in table.items():
            if key in fields:
                self._value(value, fields[key].type, (*path, key))
                continue
            near = difflib.get_close_matches(key, fields, 1)
            hint = f"did you mean `{near[0]}`?" if near else f"known here: {', '.join(fields)}"
            self._say("config-unknown-key", (*path, key), f"unknown key `{'.'.join((*path, key))}`", hint)
        for name, field in fields.items():
            if field.required and name not in table:
                self._say("config-value", path, f"`{'.'.join(path)}` has no `{name}`", f'add {name} = "…"')

    def _value(self, value: Any, kind: Any, path: tuple[str, ...]) -> None:
        origin, arguments = get_origin(kind), get_args(kind)
        if _is_table(kind) and isinstance(value, dict):
            self._table(value, kind, path)
        elif origin is dict and isinstance(value, dict):
            for key, inner in value.items():
                self._value(inner, arguments[1], (*path, key))
        elif origin is tuple and isinstance(value, list) and _is_table(arguments[0]):
            for n, inner in enumerate(value):
                self._value(inner, arguments[0], (*path, str(n)))
                self._bad |= {path} if (*path, str(n)) in self._bad else set()
        else:
            self._scalar(value, kind, path)

    def _scalar(self, value: Any, kind: Any, path: tuple[str, ...]) -> None:
        try:
            msgspec.convert(value, kind)
        except msgspec.ValidationError:
            choices = get_args(kind) if get_origin(kind) is Literal else ()
            code = "config-value" if choices and isinstance(value, str) else "config-type"
            near = difflib.get_close_matches(str(value), choices, 1)
            hint = f"did you mean `{near[0]}`?" if near else f"write {_spelt(kind)}"
            self._say(code, path, f"`{'.'.join(path)}` cannot be {value!r}", hint)
            return
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and (bad := _UNSEEN.search(text)):
                message = f"`{'.'.join(path)}` holds U+{ord(bad[0]):04X}, which no page can show"
                self._say("config-value", path, message, "take it out")
                return


def _is_table(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Struct)


def _spelt(kind: Any) -> str:
    """A type in the words of somebody who writes TOML."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return " or ".join(f'"{a}"' for a in arguments)
    if origin is tuple:
        return f"a list, each {_spelt(arguments[0])}"
    if origin in (Union, types.UnionType):
        return " or ".join(dict.fromkeys(_spelt(a) for a in arguments))
    words = {str: 'text in "quotes"', bool: "true or false", int: "a whole number", float: "a number"}
    return words.get(kind, "a table")


def _meaning(config: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """What is well typed and still wrong: path, message, hint."""
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
    for code in config.get("issues", {}):
        if code not in CODES:
            near = difflib.get_close_matches(code, CODES, 1)
            yield ("issues", code), f"no issue has the code `{code}`", f"did you mean `{near[0]}`?" if near else ""
    for path, least in (
        (("import", "same_headline_days"), 1),
        (("feeds", "entries"), 1),
        (("import", "story_days"), 1),
    ):
        value = config.get(path[0], {}).get(path[1], least)
        if value < least:
            yield path, f"`{'.'.join(path)}` cannot be {value}", f"write {least} or more"


def _slugs(config: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], str, str]]:
    defaults = tomllib.loads(resources.files("digest").joinpath("defaults.toml").read_text("utf-8"))
    for kind in ("regions", "categories"):
        known = {**defaults[kind], **config.get(kind, {})}
        for slug in config.get(kind, {}):
            if not SLUG.match(slug):
                yield (kind, slug), f"`{slug}` cannot stand in a URL", "use lower-case letters, digits and hyphens"
        for slug in config.get("site", {}).get(kind, ()):
            if slug not in known:
                near = difflib.get_close_matches(slug, known, 1)
                hint = f"did you mean `{near[0]}`?" if near else f"add a table [{kind}.{slug}]"
                yield ("site", kind), f"`{slug}` is none of the {kind}", hint
    for slug in config.get("authors", {}):
        if not SLUG.match(slug):
            yield ("authors", slug), f"`{slug}` cannot stand in a URL", "use lower-case letters, digits and hyphens"


def _places(text: str) -> Iterator[tuple[tuple[str, ...], tuple[int, int]]]:
    """Path of each table and key → line and column. tomllib tells none; read only to place an issue."""
    table: tuple[str, ...] = ()
    counts: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*(\[\[?)\s*([^\]]+?)\s*\]", line):
            table = _key(header[2])
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, str(counts[table]))
            yield table, (number, header.start(2) + 1)
        elif key := re.match(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""", line):
            yield (*table, *_key(key[1])), (number, key.start(1) + 1)


def _key(text: str) -> tuple[str, ...]:
    return tuple(a or b or c for a, b, c in re.findall(r"""([\w-]+)|"([^"]*)"|'([^']*)'""", text))
