"""A new page: its values, and its text in Markdown with front matter."""

from datetime import date, datetime

from msgspec import Struct

from digest.content.infer import slug_of
from digest.content.seals import BODY, FieldText, seal_of, seals_of
from digest.content.serialize import Value, page_text
from digest.ingest.decide.known_pages import PageRecord
from digest.ingest.draft.item import DraftItem
from digest.model import Origin


class NewPage(Struct, frozen=True, array_like=True, gc=False):
    """The values of a new page. It is small to send, so that the background writer can make the text.

    `embargo` is a time in ISO 8601, `embargo_words` the wire's words for it; `seals` are those of the paragraphs;
    `seen`, `position`, `lines` and `key` are fields of `wire`.
    """

    id: str
    title: str
    slug: str
    day: date
    regions: tuple[str, ...]
    categories: tuple[str, ...]
    story: str
    version_of: str
    byline: str
    sources: tuple[str, ...]
    lang: str
    status: str
    embargo: str
    embargo_words: str
    corrections: tuple[str, ...]
    markers: tuple[str, ...]
    dump: str
    seen: str
    position: int
    lines: str
    key: str
    paragraphs: tuple[str, ...]
    seals: tuple[str, ...]

    @property
    def size(self) -> int:
        """Approximate size of the text in bytes."""
        return sum(map(len, self.paragraphs)) + 10 * len(self.seals) + 500


PageContent = str | NewPage
"""A page as its text, or as the values to make the text from."""


def text_of(page: PageContent) -> str:
    """Return the text of a page."""
    return page if isinstance(page, str) else new_page_text(page)


def new_page_of(draft: DraftItem, record: PageRecord) -> NewPage:
    """Return the page that a draft makes under the id, slug, labels and story of its record."""
    wire, embargo_words = draft.wire, draft.marked.embargo if draft.embargo else ""
    return NewPage(
        record.id, record.title, record.slug, record.day, record.regions, record.categories, record.story,
        record.version_of, wire.byline, record.sources, draft.lang, draft.status, draft.embargo, embargo_words,
        draft.corrections if draft.marker_texts else (), draft.marker_texts, draft.dump, draft.seen, wire.position,
        str(wire.span), draft.key, draft.paragraphs, draft.seals,
    )  # fmt: skip


def new_page_text(new: NewPage) -> str:
    """Return the text of a new page: front matter with its seals, then the paragraphs."""
    written: dict[str, FieldText] = {"id": new.id, "title": new.title}
    if new.slug != slug_of(new.title):
        written["slug"] = new.slug
    written |= {"date": new.day.isoformat(), "regions": new.regions, "categories": new.categories, "story": new.story}
    optional: dict[str, FieldText] = {
        "version_of": new.version_of, "byline": new.byline, "source": one_or_list(new.sources), "lang": new.lang,
        "status": new.status, "embargo": new.embargo, "markers": new.markers,
    }  # fmt: skip
    written |= {name: value for name, value in optional.items() if value}
    fields: dict[str, Value] = {**written, "date": new.day}
    seals = seals_of(written)
    if new.seals:
        seals[BODY] = " ".join(new.seals)
    if new.embargo:
        fields["embargo"] = datetime.fromisoformat(new.embargo)
        seals["embargo"] = f"{seal_of(new.embargo)} {seal_of(new.embargo_words)}"
    if new.corrections:
        fields["corrections"] = [{"date": new.day, "text": text} for text in new.corrections]
        seals["corrections"] = " ".join(map(seal_of, new.corrections))
    origin = Origin(dump=new.dump, seen=new.seen, position=new.position, lines=new.lines, key=new.key, seals=seals)
    fields["wire"] = origin_value(origin)
    return page_text(fields, "\n\n".join(new.paragraphs))


def one_or_list(values: tuple[str, ...]) -> FieldText:
    """Return a single value as a string, several as a tuple."""
    return values[0] if len(values) == 1 else values


def seen_value(seen: str) -> Value:
    """Parse a day or a time, which front matter writes unquoted; return other text as it is."""
    try:
        return date.fromisoformat(seen) if len(seen) == 10 else datetime.fromisoformat(seen)
    except ValueError:
        return seen


def origin_value(origin: Origin) -> dict[str, Value]:
    """Return the front-matter value of `wire`."""
    value: dict[str, Value] = {"dump": origin.dump, "seen": seen_value(origin.seen), "position": origin.position}
    value |= {"lines": origin.lines, "key": origin.key}
    if origin.also:
        value["also"] = origin.also
    return {**value, "seals": origin.seals}
