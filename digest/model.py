"""The frozen types that pass between stages. No behaviour beyond what follows from a value alone.

Times: `day` is a calendar day as written, never converted; `at` is the same moment with a zone, where one is known.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from msgspec import Struct


class Kind(StrEnum):
    """A brief is a headline alone; an article has a body."""

    BRIEF = "brief"
    ARTICLE = "article"


class Status(StrEnum):
    """Editorial status of an item."""

    DRAFT = "draft"
    HOLD = "hold"
    PUBLISHED = "published"
    KILLED = "killed"


class Ai(StrEnum):
    """Use of AI in the text."""

    NONE = "none"
    ASSISTED = "assisted"
    GENERATED = "generated"


MARKERS = (
    "update", "wrapup", "lead", "recast", "refile", "repeat", "corrected", "advisory", "hold", "killed", "urgent",
    "breaking", "take", "embargo",
)  # fmt: skip
"""What a wire writes beside a headline, in the words of front matter; a number may follow (`update 2`)."""


# --- labels ---------------------------------------------------------------------------------------------------------


class Region(Struct, frozen=True, kw_only=True):
    """A region of the site's taxonomy. `countries` are ISO 3166-1 alpha-2 codes; `world` has none."""

    slug: str
    name: str
    countries: tuple[str, ...] = ()


class Category(Struct, frozen=True, kw_only=True):
    """A category of the site's taxonomy. `iptc` is a Media Topic id such as `medtop:11000000`."""

    slug: str
    name: str
    iptc: str = ""
    weight: float = 1.0
    leads: bool = True


class Term(Struct, frozen=True, kw_only=True):
    """A publisher's own rule: `match` (words, case-aware if it has capitals) speaks for a label with `weight`."""

    match: str
    region: str = ""
    category: str = ""
    weight: float = 1.0
    exclude: bool = False


class Taxonomy(Struct, frozen=True, kw_only=True):
    """Regions and categories in the site's order, and the publisher's terms."""

    regions: tuple[Region, ...]
    categories: tuple[Category, ...]
    terms: tuple[Term, ...] = ()
    fallback_region: str = "world"
    fallback_category: str = "society"


class Witness(Struct, frozen=True, kw_only=True):
    """Why a label: the words in the text, the table and row that know them, the label they speak for, how loudly."""

    words: str
    table: str
    label: str
    weight: float


class Labels(Struct, frozen=True, kw_only=True):
    """The primary label and the others, each in order of strength.

    A confidence is 0–1: how often such a label is right.
    """

    region: str
    category: str
    other_regions: tuple[str, ...] = ()
    other_categories: tuple[str, ...] = ()
    region_confidence: float = 0.0
    category_confidence: float = 0.0
    evidence: tuple[Witness, ...] = ()

    @property
    def confidence(self) -> float:
        """Probability that both primary labels are right."""
        return min(self.region_confidence, self.category_confidence)


class Labeller(Protocol):
    """Text in, labels out: pure, the same for the same text in any order."""

    name: str
    version: str

    def label(self, headline: str, summary: str = "", body: str = "") -> Labels: ...


# --- the wire -------------------------------------------------------------------------------------------------------


class Span(Struct, frozen=True, kw_only=True):
    """Lines `first` to `last` of a dump, from 1, both included."""

    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.first}-{self.last}"


class Block(Struct, frozen=True, kw_only=True):
    """One line of a body as the wire said it. `level` 0 is a paragraph, 2 a sub-heading."""

    text: str
    level: int = 0


class WireItem(Struct, frozen=True, kw_only=True):
    """An item as the parser reads it: plain text. `position` counts from 1, newest first."""

    headline: str
    position: int
    span: Span
    body: tuple[Block, ...] = ()
    byline: str = ""
    agency: str = ""

    @property
    def kind(self) -> Kind:
        """An article has a body."""
        return Kind.ARTICLE if self.body else Kind.BRIEF


class Origin(Struct, frozen=True, kw_only=True):
    """Origin of an item: front matter's `wire`. `seen` is the day or time of its dump as written (ISO 8601).

    `key` is the digest of the normalised wire headline. `also` names later dumps that said it again. `seals` holds for
    each field and body paragraph that import wrote a short digest of what it wrote. `article` is the day on which an
    article came for what had been a brief, `brief` the headline that this had, where the article has another.
    """

    dump: str
    seen: str
    position: int
    lines: str
    key: str
    also: tuple[str, ...] = ()
    seals: Mapping[str, str] = {}
    article: str = ""
    brief: str = ""


# --- pages ----------------------------------------------------------------------------------------------------------


class Correction(Struct, frozen=True, kw_only=True):
    """A correction note for readers."""

    day: date
    text: str


class Image(Struct, frozen=True, kw_only=True):
    """A picture that a page names: `src` as it is written, `alt` what it shows, in words, `credit` whose it is.

    `path` is where it stands below the content folder, or, with a `/` before it, there or in the site's `static`; empty
    for one that stands on another site.
    """

    src: str
    path: str = ""
    alt: str = ""
    credit: str = ""


class Item(Struct, frozen=True, kw_only=True):
    """One Markdown file, complete: what it says and what was inferred from it alone. Its body stays on disk.

    `path` is relative to the content folder, with `/`. `standfirst` is the summary, else the first paragraph as plain
    text; `words` counts the body's; `body` is the digest of the body's text, empty for a brief; `images` stand in it.
    """

    path: str
    id: str
    title: str
    slug: str
    day: date
    at: datetime | None = None
    kind: Kind = Kind.BRIEF
    regions: tuple[str, ...]
    categories: tuple[str, ...]
    story: str = ""
    summary: str = ""
    standfirst: str = ""
    words: int = 0
    body: str = ""
    byline: str = ""
    sources: tuple[str, ...] = ()
    link: str = ""
    places: tuple[str, ...] = ()
    updated: date | None = None
    updated_at: datetime | None = None
    status: Status = Status.PUBLISHED
    publish_at: datetime | None = None
    embargo: datetime | None = None
    expires: datetime | None = None
    lead: int = 0
    version_of: str = ""
    corrections: tuple[Correction, ...] = ()
    aliases: tuple[str, ...] = ()
    image: Image | None = None
    images: tuple[Image, ...] = ()
    lang: str = ""
    ai: Ai = Ai.NONE
    ai_note: str = ""
    reviewed_by: str = ""
    markers: tuple[str, ...] = ()
    origin: Origin | None = None
    extra: Mapping[str, str] = {}

    @property
    def marks(self) -> frozenset[str]:
        """The words of its markers, without their numbers."""
        return frozenset(marker.partition(" ")[0] for marker in self.markers)

    @property
    def order(self) -> str:
        """Sorts items from the oldest to the newest: day as written, time, when seen, place in the dump, id."""
        seen, position = (self.origin.seen, self.origin.position) if self.origin else ("", 0)
        time = self.at.isoformat()[11:19] if self.at else ""
        return f"{self.day.isoformat()} {time:8} {seen:25} {99_999_999 - position:08} {self.id}"


class Entry(Struct, frozen=True, kw_only=True):
    """One item for readers: id and URL of the root with the latest headline and text. `versions` is oldest first."""

    root: Item
    versions: tuple[Item, ...] = ()

    @property
    def latest(self) -> Item:
        """The version whose text is shown."""
        return self.versions[-1] if self.versions else self.root

    @property
    def text(self) -> Item:
        """The newest version with a body, else the latest: a new headline takes no article away."""
        return next((v for v in reversed(self.versions) if v.body), self.latest)


# --- stories --------------------------------------------------------------------------------------------------------


class Known(Struct, frozen=True, kw_only=True):
    """A known item, with the fields that threading needs."""

    id: str
    title: str
    day: date
    seen: str
    story: str
    root: str
    regions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


class Relation(StrEnum):
    """Relation of a new item to known items."""

    NEW = "new"
    FOLLOW_UP = "follow-up"
    VERSION = "version"


class Thread(Struct, frozen=True, kw_only=True):
    """Threading decision for a new item: `of` is the id of the item it follows or repeats, `evidence` says why."""

    relation: Relation
    story: str = ""
    of: str = ""
    score: float = 0.0
    evidence: tuple[Witness, ...] = ()


# --- the output -----------------------------------------------------------------------------------------------------


class OutputFile(Struct, frozen=True, kw_only=True):
    """A file of the site: path below the output folder with `/`, BLAKE2 digest, size in bytes, media type."""

    path: str
    digest: str
    size: int
    type: str


class Manifest(Struct, frozen=True, kw_only=True):
    """All that a build made, by path. Published as `/digest-manifest.json`."""

    files: tuple[OutputFile, ...]
    format: int = 1
