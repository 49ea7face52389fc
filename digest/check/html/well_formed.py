"""Well-formed HTML: browsers repair errors silently, each in its own way, so an error is a bug of a template."""

from collections.abc import Iterator

from digest.check.finding import Finding
from digest.check.html.page import HtmlPage

_HINT = "it comes from a template: mend it there"


def check_markup(page: HtmlPage) -> Iterator[Finding]:
    """Elements, attributes and ids that are not as they should be."""
    for start, message in page.markup_errors:
        yield page.finding("html-malformed", start, message, _HINT)
