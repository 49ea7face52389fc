"""Media types by file ending. Python's own table differs from machine to machine, so ours is written out.

Text is UTF-8, which the header says; XML and JSON say it themselves (RFC 7303, RFC 8259).
"""

from collections.abc import Mapping

DEFAULT_TYPE = "application/octet-stream"

TYPES: Mapping[str, str] = {
    "avif": "image/avif",
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "gif": "image/gif",
    "htm": "text/html; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "ico": "image/vnd.microsoft.icon",
    "ics": "text/calendar; charset=utf-8",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "map": "application/json",
    "md": "text/markdown; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "oga": "audio/ogg",
    "otf": "font/otf",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "ttf": "font/ttf",
    "txt": "text/plain; charset=utf-8",
    "wasm": "application/wasm",
    "webm": "video/webm",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "xml": "application/xml",
    "zip": "application/zip",
}

# What the same ending means under a name that says more.
_NAMES: Mapping[str, str] = {
    "atom.xml": "application/atom+xml",
    "feed.json": "application/feed+json",
    "feed.xml": "application/atom+xml",
    "rss.xml": "application/rss+xml",
}


def media_type(path: str) -> str:
    """The media type of a file of the site, by its name."""
    name = path.rpartition("/")[2].lower()
    return _NAMES.get(name) or TYPES.get(name.rpartition(".")[2], DEFAULT_TYPE)
