"""Image check: images have an alternative text, and a size that prevents layout shifts while they load."""

from collections.abc import Iterator

from digest.check.finding import Finding
from digest.check.html.page import HtmlPage


def check_images(page: HtmlPage) -> Iterator[Finding]:
    """Find images without `alt` or without a size. An empty `alt` marks a decorative image."""
    for start, attributes in page.images:
        source, values = attributes.get("src"), attributes.values
        if "alt" not in values:
            hint = 'describe what it shows, or write alt="" for a decorative image'
            message = f"the image `{source}` has no alternative text (`alt`)"
            yield page.finding("image-alt", start, message, hint, source)
        if not ("width" in values and "height" in values) and source:
            hint = "add `width` and `height`; files in `content/` get them automatically"
            yield page.finding("image-size", start, f"the image `{source}` has no `width` and `height`", hint, source)
