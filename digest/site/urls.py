"""URL paths of pages. They start with `/` and do not contain the folder of `base_url`."""

from datetime import date
from urllib.parse import unquote

from digest.model import Item

SEARCH_PAGE = "/search/"


def day_path(day: date) -> str:
    """Return the path of an edition: `/2026/02/05/`."""
    return f"/{day.isoformat().replace('-', '/')}/"


def month_path(month: str) -> str:
    """Return the path of a month: `2026-02` → `/2026/02/`."""
    return f"/{month.replace('-', '/')}/"


def item_path(item: Item) -> str:
    """Return the path of an item: `/2026/02/05/slug/`, with the date as written, in no other time zone."""
    return f"{day_path(item.day)}{item.slug}/"


def place_in_edition(edition: date, identifier: str) -> str:
    """Return the anchor of an entry without a page: `/2026/02/05/#id`."""
    return f"{day_path(edition)}#{identifier}"


def list_path(name: str) -> str:
    """Return a list's path: `region/africa` → `/region/africa/`, `cross/africa/sport` → `/region/africa/sport/`."""
    return f"/{name.replace('cross/', 'region/', 1)}/"


def file_of(url: str) -> str:
    """Return the output file of a URL path: percent-escapes are decoded, a folder stands for its `index.html`."""
    path = unquote(url).removeprefix("/")
    return f"{path}index.html" if not path or path.endswith("/") else path
