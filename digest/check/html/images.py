"""Can images be understood by those who do not see them, and do pages hold still while they load?"""

from collections.abc import Iterator

from digest.check.finding import Finding
from digest.check.html.page import HtmlPage


def check_images(page: HtmlPage) -> Iterator[Finding]:
    """Images without a text or without a size. An empty text marks decoration; an editor's is an issue of the page."""
    for start, attributes in page.images:
        source, named = attributes.get("src"), attributes.named
        if "alt" not in named:
            hint = 'say what it shows, or alt="" of decoration'
            message = f"the image `{source}` has no text for those who do not see it"
            yield page.finding("image-alt", start, message, hint, source)
        if not ("width" in named and "height" in named) and source:
            hint = "give it a width and a height; a file in `content/` gets them by itself"
            yield page.finding("image-size", start, f"the image `{source}` has no size", hint, source)
