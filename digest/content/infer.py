"""Make a complete item from a page: infer the missing fields from the page alone (slug, date, labels, story, id)."""

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
from digest.model import Ai, Image, Item, Kind, Labeller, Status

LoadLabeller = Callable[[], Labeller]
Identify = Callable[[str, date], str]

_MAX_SLUG = 80
_DAY_IN_PATH = re.compile(r"(?:\A|/)(\d{4})/(\d\d)/(\d\d)/")


def item_of(
    page: Page, config: Config, load_labeller: LoadLabeller, identify: Identify
) -> tuple[Item | None, tuple[Issue, ...]]:
    """Return the item of a page and the issues found; None when the page has no title or no day.

    `load_labeller` is called only for a page without regions or categories. `identify` makes an id from title and day
    for a page without one.
    """
    day = page.day or _day_of(page.path)
    if day is None and "date" not in page.unreadable:
        hint = "add a line such as date: 2026-02-05, or move the page to content/2026/02/05/"
        return None, (
            issue("page-date", page.place_of("date"), "the page has no date, and its folders name none", hint),
        )
    if day is None or not page.title:
        return None, ()
    images, issues = images_of(page)
    item = _complete(page, day, page.id or identify(page.title, day), _labels(page, config, load_labeller), images)
    return item, (*issues, *_kind_issues(page, item))


def _complete(
    page: Page, day: date, item_id: str, labels: tuple[tuple[str, ...], tuple[str, ...]], images: tuple[Image, ...]
) -> Item:
    """Return the item of a page with everything that the page leaves out; `labels` are regions and categories."""
    regions, categories = labels
    return Item(
        path=page.path,
        id=item_id,
        title=page.title,
        slug=page.slug or slug_of(page.title) or item_id,
        day=day,
        at=page.at,
        kind=Kind.ARTICLE if page.body else Kind.BRIEF,
        regions=regions,
        categories=categories,
        story=page.story or item_id,
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


def inferred_fields(page: Page, item: Item) -> Mapping[str, str | tuple[str, ...]]:
    """Return the fields that the item has and the page lacks, by name, with values as written in front matter."""
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
    """Return the title as a URL slug of at most 80 characters, cut between words; "" for punctuation alone.

    Other scripts are transliterated by python-slugify (text-unidecode).
    """
    text = re.sub("['’]", "", title)
    if "," in text:
        text = re.sub(r"(?<=\d),(?=\d)", "", text)
    if text.isascii():
        # The same result as slugify in a tenth of the time.
        slug = re.sub("[^a-z0-9]+", "-", text.lower()).strip("-")
    else:
        from slugify import slugify  # noqa: PLC0415 - loads large tables; most titles are ASCII

        slug = slugify(text, entities=False, decimal=False, hexadecimal=False)
    if len(slug) <= _MAX_SLUG:
        return slug
    cut, hyphen, _ = slug[: _MAX_SLUG + 1].rpartition("-")
    return cut if hyphen else slug[:_MAX_SLUG]


def _day_of(path: str) -> date | None:
    for numbers in _DAY_IN_PATH.findall(path):
        try:
            return date(*map(int, numbers))
        except ValueError:
            continue
    return None


def _labels(page: Page, config: Config, load_labeller: LoadLabeller) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the labels of the page; the labeller fills in missing ones."""
    if page.regions and page.categories:
        return page.regions, page.categories
    labels = load_labeller().label(page.title, page.summary, page.body)
    return (
        page.regions or (labels.region or config.taxonomy.fallback_region, *labels.other_regions),
        page.categories or (labels.category or config.taxonomy.fallback_category, *labels.other_categories),
    )


def _kind_issues(page: Page, item: Item) -> tuple[Issue, ...]:
    if page.kind is None or page.kind == item.kind:
        return ()
    message = f"`kind` is {page.kind}, but the page is of kind {item.kind}: it has {'a' if page.body else 'no'} body"
    return (issue("page-kind", page.place_of("kind"), message, "delete the field; it follows from the body"),)
