"""Can images be understood by those who do not see them, and do pages hold still while they load?"""

from collections.abc import Iterator

from digest.check.finding import Finding
from digest.check.page import Page


def images(page: Page) -> Iterator[Finding]:
    """Images without a text or without a size. An empty text marks decoration: a theme's right, not an editor's."""
    for tag in page.images:
        attributes = tag.attributes
        source = attributes.get("src", "")
        if not attributes.get("alt", "").strip():
            hint = "say what it shows: ![a text](address)"
            message = f"the image `{source}` has no text for those who do not see it"
            yield page.finding("image-alt", tag.start, message, hint, source, in_text="alt" in attributes)
        if not ("width" in attributes and "height" in attributes) and source:
            hint = "give it a width and a height, so that nothing moves when it comes"
            yield page.finding("image-size", tag.start, f"the image `{source}` has no size", hint, source)
