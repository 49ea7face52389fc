"""Lists of entries: by region, by category, by region and category, by author."""

from collections.abc import Iterable
from datetime import date

from digest.site.cards import Card
from digest.site.context import Context
from digest.site.groups import suffix_of
from digest.site.views import Label, Section


def lists_of(card: Card, context: Context) -> Iterable[str]:
    """Yield the names of an entry's lists: primary region, categories, both combined, author."""
    region = card.regions[0]
    yield f"region/{region}"
    for category in card.categories:
        yield f"category/{category}"
        yield f"cross/{region}/{category}"
    if card.byline in context.authors:
        yield f"author/{context.authors[card.byline].slug}"


def axis_of(name: str) -> str:
    """Return the axis of a list: `region`, `category`, `cross` or `author`."""
    return name.partition("/")[0]


def labels_of(name: str, context: Context) -> tuple[Label, Label | None] | None:
    """Return the one or two labels of a list, or None if the site has no such list."""
    axis, slug = axis_of(name), suffix_of(name)
    if axis == "cross":
        region, _, category = slug.partition("/")
        pair = context.regions.get(region), context.categories.get(category)
        return (pair[0], pair[1]) if pair[0] and pair[1] else None
    known = {
        "region": context.regions,
        "category": context.categories,
        "author": {label.slug: label for label in context.authors.values()},
    }[axis]
    return (known[slug], None) if slug in known else None


def by_other_axis(name: str, cards: Iterable[Card], context: Context) -> tuple[Section, ...]:
    """Group a region's cards by category, a category's by region, all other lists by day."""
    axis = axis_of(name)
    if axis not in ("region", "category"):
        return by_day(cards)
    labels = context.categories if axis == "region" else context.regions
    sections: dict[str, list[Card]] = {slug: [] for slug in labels}
    for card in cards:
        sections[card.categories[0] if axis == "region" else card.regions[0]].append(card)
    return tuple(Section(label=labels[slug], cards=tuple(found)) for slug, found in sections.items() if found)


def by_day(cards: Iterable[Card]) -> tuple[Section, ...]:
    """Group cards by edition, newest first."""
    days: dict[date, list[Card]] = {}
    for card in cards:
        days.setdefault(card.edition, []).append(card)
    return tuple(Section(label=None, day=day, cards=tuple(days[day])) for day in sorted(days, reverse=True))
