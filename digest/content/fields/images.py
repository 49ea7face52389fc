"""Parse the field `image`, and resolve paths on a page to paths in the content folder."""

import posixpath
import re

from digest.content.fields.context import FieldContext, known_parts, parse_text
from digest.content.fields.scalars import URL
from digest.content.frontmatter import quoted
from digest.content.yaml.nodes import Node, YamlMap
from digest.model import Image

IMAGE_FORMAT = "a URL, a path from the page or from the site's root, or {src, alt, credit}"

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


def parse_image(context: FieldContext, node: Node) -> Image | None:
    """Parse an image: a URL or path, or a mapping with src, alt and credit."""
    if not isinstance(node, YamlMap):
        return _image_at(context, node)
    parts = known_parts(context, node, ("src", "alt", "credit"))
    if "src" not in parts:
        context.add_issue("page-value", node, "a picture without `src`", "write {src: ferry.jpg, alt: …}")
        return None
    source = _image_at(context, parts["src"])
    alt, credit = (parse_text(context, parts[name]) or "" if name in parts else "" for name in ("alt", "credit"))
    return Image(src=source.src, path=source.path, alt=alt, credit=credit) if source else None


def _image_at(context: FieldContext, node: Node) -> Image | None:
    """Parse a URL, or a path inside the content folder."""
    word = parse_text(context, node)
    if word is None:
        return None
    if URL.fullmatch(word):
        return Image(src=word)
    path = resolve_path(word, context.path)
    if not path:
        hint = "write a URL that begins with https://, or a path inside the content folder"
        context.add_issue("page-value", node, f"`{context.field}` cannot be {quoted(word)}", hint)
        return None
    return Image(src=word, path=path)


def resolve_path(address: str, page: str) -> str:
    """Return the path in the content folder that `address` on the page at `page` leads to.

    An address from the site's root keeps its leading `/`. The result is "" for a URL and for a path outside the folder.
    """
    if not address or _SCHEME.match(address) or "\\" in address:
        return ""
    folder = "" if address.startswith("/") else posixpath.dirname(page)
    resolved = posixpath.normpath(posixpath.join(folder, address.lstrip("/")))
    if resolved.split("/")[0] in ("..", "."):
        return ""
    return f"/{resolved}" if address.startswith("/") else resolved
