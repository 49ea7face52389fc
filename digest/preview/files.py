"""A path of a URL → the answer's file and bytes. The reload snippet is put in here, and stands in no file."""

from hashlib import blake2b
from pathlib import Path

from msgspec import Struct

CLIENT = "/_digest/preview.js"
EVENTS = "/_digest/events"
_NOTHING = (
    b"<!doctype html><html lang=en><meta charset=utf-8><title>Not found</title><body><h1>Not found</h1></body></html>"
)


class Found(Struct, frozen=True, kw_only=True):
    """What stands at a path: a file; or the path to go to instead."""

    file: Path | None = None
    instead: str = ""


def find(folder: Path, path: str) -> Found:
    """The file behind `path`, which has no leading slash, below `folder`. Never one outside, or a folder's list."""
    try:
        whole = (folder / path).resolve()
        if not whole.is_relative_to(folder) or "\0" in path or any(p.startswith(".") for p in path.split("/")):
            return Found()
        if whole.is_dir() and path and not path.endswith("/"):
            return Found(instead=f"{path}/") if (whole / "index.html").is_file() else Found()
        file = whole / "index.html" if whole.is_dir() else whole
        return Found(file=file) if file.is_file() and not (path.endswith("/") and file == whole) else Found()
    except (OSError, ValueError):  # a name that no file system takes
        return Found()


def with_client(html: bytes, epoch: str) -> bytes:
    """A page with the script that listens for news; it says which epoch the page is of."""
    tag = f'<script src="{CLIENT}" data-epoch="{epoch}" data-events="{EVENTS}" defer></script>'.encode()
    before, end, after = html.rpartition(b"</body>")
    return before + tag + end + after if end else html + tag


def not_found(folder: Path) -> bytes:
    """The site's own page for what is not there, or a plain one while there is no site."""
    page = folder / "404.html"
    return page.read_bytes() if page.is_file() else _NOTHING


def etag_of(data: bytes) -> str:
    """The entity tag of an answer, strong."""
    return f'"{blake2b(data, digest_size=12).hexdigest()}"'
