"""How front matter names a picture, and where an address on a page leads."""

import posixpath
import re

from digest.content.fields.reader import FieldContext, known_parts, parse_text
from digest.content.fields.scalars import URL
from digest.content.frontmatter import quoted
from digest.content.yaml.nodes import Node, YamlMap
from digest.model import Image

IMAGE_FORMAT = "a URL, a path from the page or from the site's root, or {src, alt, credit}"

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


def parse_image(reading: FieldContext, node: Node) -> Image | None:
    """A picture: its address alone, or with what it shows and whose it is."""
    if not isinstance(node, YamlMap):
        return _addressed(reading, node)
    parts = known_parts(reading, node, ("src", "alt", "credit"))
    if "src" not in parts:
        reading.add_issue("page-value", node, "a picture without `src`", "write {src: ferry.jpg, alt: …}")
        return None
    found = _addressed(reading, parts["src"])
    alt, credit = (parse_text(reading, parts[name]) or "" if name in parts else "" for name in ("alt", "credit"))
    return Image(src=found.src, path=found.path, alt=alt, credit=credit) if found else None


def _addressed(reading: FieldContext, node: Node) -> Image | None:
    """A URL, or a path that stays inside the content folder."""
    word = parse_text(reading, node)
    if word is None:
        return None
    if URL.fullmatch(word):
        return Image(src=word)
    path = resolve_path(word, reading.path)
    if not path:
        hint = "write a URL that begins with https://, or a path inside the content folder"
        reading.add_issue("page-value", node, f"`{reading.field}` cannot be {quoted(word)}", hint)
        return None
    return Image(src=word, path=path)


def resolve_path(address: str, page: str) -> str:
    """Where an address on the page at `page` leads below the content folder, `/` before it when it begins there.

    Empty for an address of another site, and for one that leads out of the folder.
    """
    if not address or _SCHEME.match(address) or "\\" in address:
        return ""
    folder = "" if address.startswith("/") else posixpath.dirname(page)
    resolved = posixpath.normpath(posixpath.join(folder, address.lstrip("/")))
    if resolved.split("/")[0] in ("..", "."):
        return ""
    return f"/{resolved}" if address.startswith("/") else resolved
