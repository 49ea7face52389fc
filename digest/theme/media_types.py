"""Media types by file suffix.

Python's `mimetypes` reads tables of the operating system, so its answers differ between machines, and a build must
give the same bytes everywhere: this table is complete in itself. Text types name the charset UTF-8; XML and JSON need
no charset (RFC 7303, RFC 8259).
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

# Files whose whole name gives a more exact type than the suffix.
_TYPES_BY_NAME: Mapping[str, str] = {
    "atom.xml": "application/atom+xml",
    "feed.json": "application/feed+json",
    "feed.xml": "application/atom+xml",
    "rss.xml": "application/rss+xml",
}


def media_type(path: str) -> str:
    """Return the media type of a file of the site, by its name."""
    name = path.rpartition("/")[2].lower()
    return _TYPES_BY_NAME.get(name) or TYPES.get(name.rpartition(".")[2], DEFAULT_TYPE)
