"""Items, entries and cards for tests, with default values."""

from datetime import UTC, date, datetime

from digest.config import Config, parse
from digest.model import Entry, Item, Origin
from digest.site.cards import Card
from digest.site.context import Audience, Context
from digest.site.site_entry import SiteEntry, site_entry_of
from digest.site.visibility import visibility_of

NOW = datetime(2026, 3, 12, 18, 0, tzinfo=UTC)
DAY = date(2026, 3, 12)


def config_of(text: str = "") -> Config:
    """A configuration without mistakes."""
    config, issues = parse(f'[site]\nbase_url = "https://post.example/news/"\n{text}')
    assert not issues, issues
    return config


def context_of(text: str = "", audience: Audience = Audience.PUBLIC) -> Context:
    """A context of such a configuration."""
    return Context(config_of(text), audience)


def item(name: str = "x", day: date = DAY, **more: object) -> Item:
    """A brief called `name`."""
    known: dict[str, object] = {
        "path": f"{name}.md",
        "id": f"n{name}",
        "title": f"Headline {name}",
        "slug": f"headline-{name}",
        "day": day,
        "regions": ("africa",),
        "categories": ("politics",),
        "story": f"story-{name}",
    }
    return Item(**(known | more))  # type: ignore[arg-type] # a test passes what the type takes


def entry(*items: Item) -> Entry:
    """An entry of a root and its versions."""
    return Entry(root=items[0], versions=items)


def shown(found: Entry | Item, context: Context, *, in_story: bool = False, now: datetime = NOW) -> SiteEntry:
    """An entry as the site shows it at `now`."""
    whole = found if isinstance(found, Entry) else entry(found)
    return site_entry_of(visibility_of(whole, now, context), in_story=in_story, context=context)


def card(name: str = "x", day: date = DAY, **more: object) -> Card:
    """The card of a brief."""
    given = more.pop("origin", None)
    position, sightings = int(str(more.pop("position", 1))), int(str(more.pop("sightings", 1)))
    given = given or Origin(
        dump="d", seen="2026-03-12", position=position, lines="1-2", key="k", also=("d",) * (sightings - 1)
    )
    return shown(item(name, day, origin=given, **more), context_of()).card


def origin(dump: str, *also: str) -> Origin:
    """Where an item came from: its dump, and those that said it again."""
    return Origin(dump=dump, seen=dump[:10], position=1, lines="1-2", key="k", also=also)
