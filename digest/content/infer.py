"""From what a page says to a complete item: all that can be told from the page alone is inferred here, nothing else."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from hashlib import blake2b

from digest.config import Config
from digest.content.markdown.body import count_words, first_paragraph_of
from digest.content.page import Page
from digest.content.page_images import image_of, images_of
from digest.issues import Issue, issue
from digest.model import Ai, Item, Kind, Labeller, Status

LoadLabeller = Callable[[], Labeller]
Identify = Callable[[str, date], str]

_LONGEST_SLUG = 80
_DAY_IN_PATH = re.compile(r"(?:\A|/)(\d{4})/(\d\d)/(\d\d)/")


def item_of(
    page: Page, config: Config, load_labeller: LoadLabeller, identify: Identify
) -> tuple[Item | None, tuple[Issue, ...]]:
    """The item that a page stands for; none when it has no title or no day.

    `label` gives the labeller and is called only for a page without regions or categories; `identify` makes an id from
    title and day for a page without one.
    """
    day = page.day or _day_of(page.path)
    if day is None and "date" not in page.unreadable:
        hint = "add a line such as date: 2026-02-05, or move the page to content/2026/02/05/"
        return None, (
            issue("page-date", page.place_of("date"), "the page has no date, and its folders name none", hint),
        )
    if day is None or not page.title:
        return None, ()
    regions, categories = _labels(page, config, load_labeller)
    images, wrong = images_of(page)
    name = page.id or identify(page.title, day)
    item = Item(
        path=page.path,
        id=name,
        title=page.title,
        slug=page.slug or slug_of(page.title) or name,
        day=day,
        at=page.at,
        kind=Kind.ARTICLE if page.body else Kind.BRIEF,
        regions=regions,
        categories=categories,
        story=page.story or name,
        summary=page.summary,
        standfirst=page.summary or first_paragraph_of(page.body),
        words=count_words(page.body),
        body=blake2b(page.body.encode(), digest_size=8).hexdigest() if page.body else "",
        byline=page.byline,
        sources=page.sources,
        link=page.link,
        places=page.places,
        updated=page.updated,
        updated_at=page.updated_at,
        status=Status.HOLD if page.is_held else page.status or Status.PUBLISHED,
        publish_at=page.publish_at,
        embargo=page.embargo,
        expires=page.expires,
        lead=page.lead,
        version_of=page.version_of,
        corrections=page.corrections,
        aliases=page.aliases,
        image=image_of(page),
        images=images,
        lang=page.lang,
        ai=page.ai or Ai.NONE,
        ai_note=page.ai_note,
        reviewed_by=page.reviewed_by,
        markers=page.markers,
        origin=page.origin,
        extra=page.extra,
    )
    return item, (*wrong, *_contradictions(page, item))


def inferred_fields(page: Page, item: Item) -> Mapping[str, str | tuple[str, ...]]:
    """The fields that the page does not write and the item has, by name, as they are written in front matter."""
    fields: tuple[tuple[str, object, str | tuple[str, ...]], ...] = (
        ("id", page.id, item.id),
        ("slug", page.slug, item.slug),
        ("date", page.day, item.day.isoformat()),
        ("regions", page.regions, item.regions),
        ("categories", page.categories, item.categories),
        ("story", page.story, item.story),
    )
    return {field: value for field, written, value in fields if not written}


@lru_cache(maxsize=1 << 8)
def slug_of(title: str) -> str:
    """The title as the last part of a URL: at most 80 characters, cut between words; empty for a title of signs alone.

    A title in another script is transliterated by text-unidecode, as python-slugify does.
    """
    text = re.sub("['’]", "", title)
    if "," in text:
        text = re.sub(r"(?<=\d),(?=\d)", "", text)
    if text.isascii():
        # The same as slugify says, at a tenth of its price.
        slug = re.sub("[^a-z0-9]+", "-", text.lower()).strip("-")
    else:
        from slugify import slugify  # noqa: PLC0415 - with its tables; most titles are ASCII

        slug = slugify(text, entities=False, decimal=False, hexadecimal=False)
    if len(slug) <= _LONGEST_SLUG:
        return slug
    cut, hyphen, _ = slug[: _LONGEST_SLUG + 1].rpartition("-")
    return cut if hyphen else slug[:_LONGEST_SLUG]


def _day_of(path: str) -> date | None:
    for numbers in _DAY_IN_PATH.findall(path):
        try:
            return date(*map(int, numbers))
        except ValueError:
            continue
    return None


def _labels(page: Page, config: Config, label: LoadLabeller) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is written stays; what is missing is read from the text."""
    if page.regions and page.categories:
        return page.regions, page.categories
    found = label().label(page.title, page.summary, page.body)
    return (
        page.regions or (found.region or config.taxonomy.fallback_region, *found.other_regions),
        page.categories or (found.category or config.taxonomy.fallback_category, *found.other_categories),
    )


def _contradictions(page: Page, item: Item) -> tuple[Issue, ...]:
    if page.kind is None or page.kind == item.kind:
        return ()
    message = f"`kind` is {page.kind}, but the page is of kind {item.kind}: it has {'a' if page.body else 'no'} body"
    return (issue("page-kind", page.place_of("kind"), message, "drop the field; it follows from the body"),)
