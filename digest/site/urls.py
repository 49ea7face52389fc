"""Addresses. All start with `/` and know nothing of the folder that the site stands in."""

from datetime import date
from urllib.parse import unquote

from digest.model import Item

SEARCH_PAGE = "/search/"


def day_path(day: date) -> str:
    """`/2026/02/05/`."""
    return f"/{day.isoformat().replace('-', '/')}/"


def month_path(month: str) -> str:
    """`2026-02` → `/2026/02/`."""
    return f"/{month.replace('-', '/')}/"


def item_path(item: Item) -> str:
    """`/2026/02/05/slug/`: the day as written, whatever the zone."""
    return f"{day_path(item.day)}{item.slug}/"


def place_in_edition(edition: date, identifier: str) -> str:
    """Return the URL of an entry without a page: `/2026/02/05/#id`."""
    return f"{day_path(edition)}#{identifier}"


def list_path(name: str) -> str:
    """A list's address: `region/africa` → `/region/africa/`, `cross/africa/sport` → `/region/africa/sport/`."""
    return f"/{name.replace('cross/', 'region/', 1)}/"


def file_of(url: str) -> str:
    """The output file behind a path, as hosts find it: escapes stand for letters, a folder's file is `index.html`."""
    path = unquote(url).removeprefix("/")
    return f"{path}index.html" if not path or path.endswith("/") else path
