"""Table of all fields of a page: format, meaning and parser of each.

A parser takes a YAML node and returns the typed value, or None after it has added an issue.
"""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from digest.content.fields import images, lists, scalars
from digest.content.fields.context import FieldContext, parse_text, parse_text_or_texts, parse_texts
from digest.content.fields.wire_origin import parse_origin
from digest.model import Ai, Kind, Status

FieldParser = Callable[[FieldContext, Any], Any]


class Field(Struct, frozen=True, kw_only=True):
    """A field of front matter. `attributes` names the attributes of a `Page` that its values fill, in order."""

    name: str
    format: str
    meaning: str
    parse: FieldParser
    attributes: tuple[str, ...]


def _field(name: str, written: str, meaning: str, reader: FieldParser, *into: str) -> Field:
    return Field(name=name, format=written, meaning=meaning, parse=reader, attributes=into or (name,))


_DAY, _MOMENT = "a day, or a day with time and zone", "a day with time and zone; a day alone means its first moment"
_SLUG, _LIST = "lower-case letters, digits and hyphens", "a list of texts"

FIELDS: dict[str, Field] = {
    field.name: field
    for field in (
        _field(
            "id", "a letter, then lower-case letters, digits and hyphens", "names the item for ever", scalars.parse_id
        ),
        _field("title", "text", "the headline; the only field that a page must have", parse_text),
        _field("slug", _SLUG, "the last part of the URL; else made from the title", scalars.parse_slug),
        _field(
            "date",
            _DAY,
            "when it was published; else the day in the page's path",
            scalars.parse_day_and_moment,
            "day",
            "at",
        ),
        _field("updated", _DAY, "when the text last changed", scalars.parse_day_and_moment, "updated", "updated_at"),
        _field("kind", "brief or article", "follows from the body; need not be written", scalars.enum_parser(Kind)),
        _field("regions", "a list of the site's regions", "where it happens, the first above all", lists.parse_regions),
        _field(
            "categories",
            "a list of the site's categories",
            "what it is about, the first above all",
            lists.parse_categories,
        ),
        _field("places", _LIST, "places in the news, as readers know them", parse_texts),
        _field("story", _SLUG, "entries of one story share it", scalars.parse_slug),
        _field("version_of", "an id", "the item that this one says again, changed", scalars.parse_id),
        _field("summary", "text", "one or two sentences under the headline", parse_text),
        _field("byline", "text", "who wrote it", parse_text),
        _field("source", "text or a list of texts", "the agencies that sent it", parse_text_or_texts, "sources"),
        _field("link", "a URL", "where the original stands", scalars.parse_url),
        _field("image", images.IMAGE_FORMAT, "the picture", images.parse_image),
        _field("image_alt", "text", "what the picture shows, for those who do not see it", parse_text),
        _field("image_credit", "text", "whose picture it is", parse_text),
        _field(
            "lang", "a language tag", "the language of the text, when it is not the site's", scalars.parse_language_tag
        ),
        _field("status", "draft, hold, published or killed", "what an editor decided", scalars.enum_parser(Status)),
        _field("publish_at", _MOMENT, "not shown before", scalars.parse_moment),
        _field("embargo", _MOMENT, "not shown before, by agreement with the source", scalars.parse_moment),
        _field("expires", _MOMENT, "not shown from then on", scalars.parse_moment),
        _field("lead", "1 to 9", "its place at the head of its edition", scalars.parse_lead),
        _field("corrections", "a list of {date, text}", "what was wrong, said to readers", lists.parse_corrections),
        _field("aliases", "a list of paths", "older addresses that lead here", lists.parse_aliases),
        _field("ai", "none, assisted or generated", "what part a machine had in the text", scalars.enum_parser(Ai)),
        _field("ai_note", "text", "what the machine did, said to readers", parse_text),
        _field("reviewed_by", "text", "who read a generated text; without it, it is not published", parse_text),
        _field(
            "markers",
            "a list such as [update 2, corrected]",
            "what the wire wrote beside the headline",
            lists.parse_markers,
        ),
        _field("wire", "a mapping, written by import", "where the item came from", parse_origin, "origin"),
    )
}

# Fields that control visibility: a page with an invalid value in one of them is held.
VISIBILITY_FIELDS = frozenset({"status", "publish_at", "embargo", "expires"})

# Field names of other generators, and ours for them.
FOREIGN_NAMES = {"author": "byline", "description": "summary", "tags": "categories", "url": "link", "language": "lang"}
