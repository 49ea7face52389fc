"""Images of a page: the lead image of the front matter, and the images in the body."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from digest.content.fields.images import resolve_path
from digest.content.frontmatter import quoted
from digest.content.markdown.body import images_in
from digest.content.page import Page
from digest.issues import Issue, Place, issue
from digest.model import Image

_ALT = "describe what it shows, for readers who cannot see it"


def image_of(page: Page) -> Image | None:
    """Return the lead image with its alternative text and credit, or None."""
    own = page.image
    if own is None:
        return None
    return Image(src=own.src, path=own.path, alt=own.alt or page.image_alt, credit=own.credit or page.image_credit)


def images_of(page: Page) -> tuple[tuple[Image, ...], tuple[Issue, ...]]:
    """Return the images in the body without duplicates, and issues for images without alternative text."""
    issues = list(_lead_image_issues(page))
    images: dict[str, Image] = {}
    for src, alt, line in images_in(page.body):
        if not alt:
            place = Place(page.front_matter.file, page.body_line + line)
            issues.append(issue("image-alt-missing", place, f"the picture {quoted(src)} has no alternative text", _ALT))
        images.setdefault(src, Image(src=src, path=resolve_path(re.split("[?#]", unquote(src))[0], page.path)))
    return tuple(images.values()), tuple(issues)


def _lead_image_issues(page: Page) -> Iterator[Issue]:
    own = image_of(page)
    if own and not own.alt:
        message, hint = f"the picture {quoted(own.src)} has no alternative text", f"add `image_alt`: {_ALT}"
        yield issue("image-alt-missing", page.place_of("image"), message, hint)
