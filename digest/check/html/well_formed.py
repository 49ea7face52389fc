"""Well-formedness check: errors that browsers repair silently, each in its own way."""

from collections.abc import Iterator

from digest.check.finding import Finding
from digest.check.html.page import HtmlPage

_HINT = "correct the template that writes it"


def check_markup(page: HtmlPage) -> Iterator[Finding]:
    """Find unclosed elements, duplicate attributes and ids, and a missing doctype or title."""
    for start, message in page.markup_errors:
        yield page.finding("html-malformed", start, message, _HINT)
