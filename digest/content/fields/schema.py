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
            "id",
            "a letter, then lower-case letters, digits and hyphens",
            "permanent identifier of the item",
            scalars.parse_id,
        ),
        _field("title", "text", "headline; the only required field", parse_text),
        _field("slug", _SLUG, "last part of the URL; default: made from the title", scalars.parse_slug),
        _field(
            "date",
            _DAY,
            "day of publication; default: the day in the page's path",
            scalars.parse_day_and_moment,
            "day",
            "at",
        ),
        _field(
            "updated", _DAY, "day of the last change of the text", scalars.parse_day_and_moment, "updated", "updated_at"
        ),
        _field("kind", "brief or article", "follows from the body; may be left out", scalars.enum_parser(Kind)),
        _field(
            "regions",
            "a list of the site's regions",
            "places of the event; the first is the main region",
            lists.parse_regions,
        ),
        _field(
            "categories",
            "a list of the site's categories",
            "subjects; the first is the main category",
            lists.parse_categories,
        ),
        _field("places", _LIST, "places in the news, with their usual names", parse_texts),
        _field("story", _SLUG, "slug of the story; all entries of a story have the same", scalars.parse_slug),
        _field("version_of", "an id", "id of the item that this item updates", scalars.parse_id),
        _field("summary", "text", "one or two sentences below the headline", parse_text),
        _field("byline", "text", "author", parse_text),
        _field("source", "text or a list of texts", "agencies that sent the item", parse_text_or_texts, "sources"),
        _field("link", "a URL", "address of the original", scalars.parse_url),
        _field("image", images.IMAGE_FORMAT, "lead image", images.parse_image),
        _field("image_alt", "text", "alternative text of the image", parse_text),
        _field("image_credit", "text", "credit line of the image", parse_text),
        _field(
            "lang", "a language tag", "language of the text, if it is not that of the site", scalars.parse_language_tag
        ),
        _field("status", "draft, hold, published or killed", "editorial status", scalars.enum_parser(Status)),
        _field("publish_at", _MOMENT, "hidden until then", scalars.parse_moment),
        _field("embargo", _MOMENT, "hidden until then, by agreement with the source", scalars.parse_moment),
        _field("expires", _MOMENT, "hidden from then on", scalars.parse_moment),
        _field("lead", "1 to 9", "rank at the head of the edition", scalars.parse_lead),
        _field("corrections", "a list of {date, text}", "corrections, shown to readers", lists.parse_corrections),
        _field("aliases", "a list of paths", "old paths that redirect to this page", lists.parse_aliases),
        _field("ai", "none, assisted or generated", "part of generative AI in the text", scalars.enum_parser(Ai)),
        _field("ai_note", "text", "explanation of the use of AI, shown to readers", parse_text),
        _field("reviewed_by", "text", "reviewer of a generated text; without one, it is not published", parse_text),
        _field(
            "markers",
            "a list such as [update 2, corrected]",
            "wire markers beside the headline",
            lists.parse_markers,
        ),
        _field("wire", "a mapping, written by import", "origin of the item", parse_origin, "origin"),
    )
}

# Fields that control visibility: a page with an invalid value in one of them is held.
VISIBILITY_FIELDS = frozenset({"status", "publish_at", "embargo", "expires"})

# Field names of other generators, and ours for them.
FOREIGN_NAMES = {"author": "byline", "description": "summary", "tags": "categories", "url": "link", "language": "lang"}
