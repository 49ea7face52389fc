"""A path of a URL → the answer's file and bytes. What the preview adds to a page is put in here, and is in no file."""

from hashlib import blake2b
from pathlib import Path

from msgspec import Struct

URL_PREFIX = "/-/digest"
"""Below this is what the preview adds to the site. No page of a site has such an address: no slug is a mere hyphen."""
CLIENT_URL = f"{URL_PREFIX}/preview.js"
MORPH_URL = f"{URL_PREFIX}/idiomorph.min.js"
EVENTS_URL = f"{URL_PREFIX}/events"
CLOCK_URL = f"{URL_PREFIX}/clock"
_NOTHING = (
    b"<!doctype html><html lang=en><meta charset=utf-8><title>Not found</title><body><h1>Not found</h1></body></html>"
)


class FoundFile(Struct, frozen=True, kw_only=True):
    """What stands at a path: a file; or the path to go to instead."""

    file: Path | None = None
    redirect: str = ""


def find_file(folder: Path, path: str) -> FoundFile:
    """The file behind `path`, which has no leading slash, below `folder`. Never one outside, or a folder's list."""
    try:
        whole = (folder / path).resolve()
        if not whole.is_relative_to(folder) or "\0" in path or any(p.startswith(".") for p in path.split("/")):
            return FoundFile()
        if whole.is_dir() and path and not path.endswith("/"):
            return FoundFile(redirect=f"{path}/") if (whole / "index.html").is_file() else FoundFile()
        file = whole / "index.html" if whole.is_dir() else whole
        return FoundFile(file=file) if file.is_file() and not (path.endswith("/") and file == whole) else FoundFile()
    except (OSError, ValueError):  # a name that no file system takes
        return FoundFile()


class Additions(Struct, frozen=True, kw_only=True):
    """What the preview adds to each page: the token for those who write, scripts and stylesheets of our own."""

    token: str
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()


def with_additions(html: bytes, additions: Additions, epoch: str) -> bytes:
    """A page with the script that listens for news, which is told of which epoch the page is, and all the others."""
    head = f'<meta name="digest-token" content="{additions.token}">'
    head += "".join(f'<link rel="stylesheet" href="{style}">' for style in additions.styles)
    tail = f'<script src="{MORPH_URL}" defer></script>'
    tail += f'<script src="{CLIENT_URL}" data-epoch="{epoch}" data-events="{EVENTS_URL}" type="module"></script>'
    tail += "".join(f'<script src="{script}" type="module"></script>' for script in additions.scripts)
    before, end, after = html.partition(b"</head>")
    whole = before + head.encode() + end + after if end else head.encode() + html
    before, end, after = whole.rpartition(b"</body>")
    return before + tail.encode() + end + after if end else whole + tail.encode()


def not_found_page(folder: Path) -> bytes:
    """The site's own page for what is not there, or a plain one while there is no site."""
    page = folder / "404.html"
    return page.read_bytes() if page.is_file() else _NOTHING


def etag_of(data: bytes) -> str:
    """The entity tag of an answer, strong."""
    return f'"{blake2b(data, digest_size=12).hexdigest()}"'
