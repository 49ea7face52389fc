"""Files behind URL paths, and the elements that the preview adds to a page. The files in the output stay unchanged."""

from hashlib import blake2b
from pathlib import Path

from msgspec import Struct

URL_PREFIX = "/-/digest"
"""URL path of everything that the preview adds. It cannot collide with a page: no slug is a single hyphen."""
CLIENT_URL = f"{URL_PREFIX}/preview.js"
MORPH_URL = f"{URL_PREFIX}/idiomorph.min.js"
EVENTS_URL = f"{URL_PREFIX}/events"
CLOCK_URL = f"{URL_PREFIX}/clock"
_DEFAULT_404 = (
    b"<!doctype html><html lang=en><meta charset=utf-8><title>Not found</title><body><h1>Not found</h1></body></html>"
)


class FoundFile(Struct, frozen=True, kw_only=True):
    """Result of a lookup: a file, a path to redirect to, or neither."""

    file: Path | None = None
    redirect: str = ""


def find_file(folder: Path, path: str) -> FoundFile:
    """Find the file of a URL path, which has no leading slash. Never return a file outside `folder` or a hidden one."""
    try:
        target = (folder / path).resolve()
        if not target.is_relative_to(folder) or "\0" in path or any(p.startswith(".") for p in path.split("/")):
            return FoundFile()
        if target.is_dir() and path and not path.endswith("/"):
            return FoundFile(redirect=f"{path}/") if (target / "index.html").is_file() else FoundFile()
        file = target / "index.html" if target.is_dir() else target
        return FoundFile(file=file) if file.is_file() and not (path.endswith("/") and file == target) else FoundFile()
    except (OSError, ValueError):  # a name that the file system does not accept
        return FoundFile()


class Additions(Struct, frozen=True, kw_only=True):
    """Elements that the preview adds to each page: the token for writes, and URLs of scripts and stylesheets."""

    token: str
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()


def with_additions(html: bytes, additions: Additions, epoch: str) -> bytes:
    """Add the token, stylesheets and scripts to a page. The live update script gets the epoch of the page."""
    head = f'<meta name="digest-token" content="{additions.token}">'
    head += "".join(f'<link rel="stylesheet" href="{style}">' for style in additions.styles)
    tail = f'<script src="{MORPH_URL}" defer></script>'
    tail += f'<script src="{CLIENT_URL}" data-epoch="{epoch}" data-events="{EVENTS_URL}" type="module"></script>'
    tail += "".join(f'<script src="{script}" type="module"></script>' for script in additions.scripts)
    before, end, after = html.partition(b"</head>")
    page = before + head.encode() + end + after if end else head.encode() + html
    before, end, after = page.rpartition(b"</body>")
    return before + tail.encode() + end + after if end else page + tail.encode()


def not_found_page(folder: Path) -> bytes:
    """Return the site's own 404 page, or a plain one if there is none yet."""
    page = folder / "404.html"
    return page.read_bytes() if page.is_file() else _DEFAULT_404


def etag_of(data: bytes) -> str:
    """Return the strong entity tag of a response body."""
    return f'"{blake2b(data, digest_size=12).hexdigest()}"'
