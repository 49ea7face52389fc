"""Can images be understood by those who do not see them, and do pages hold still while they load?"""

from collections.abc import Iterator

from digest.check.finding import Finding
from digest.check.page import Page


def images(page: Page) -> Iterator[Finding]:
    """Images without a text or without a size. An empty text marks decoration: a theme's right, not an editor's."""
    for start, attributes in page.images:
        source, named = attributes.get("src"), attributes.named
        if not attributes.get("alt").strip():
            hint = "say what it shows: ![a text](address)"
            message = f"the image `{source}` has no text for those who do not see it"
            yield page.finding("image-alt", start, message, hint, source, in_text="alt" in named)
        if not ("width" in named and "height" in named) and source:
            hint = "give it a width and a height, so that nothing moves when it comes"
            yield page.finding("image-size", start, f"the image `{source}` has no size", hint, source)
