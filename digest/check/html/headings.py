"""Heading order: screen readers navigate by headings (WCAG 2.2, 1.3.1 and 2.4.6)."""

from collections.abc import Iterator
from itertools import pairwise

from digest.check.finding import Finding
from digest.check.html.page import HtmlPage


def check_headings(page: HtmlPage) -> Iterator[Finding]:
    """Not one first heading, one without text, or a level that is skipped."""
    if page.is_redirect:
        return
    first = [h for h in page.headings if h.level == 1]
    if len(first) != 1:
        message = "the page has no `<h1>`" if not first else f"the page has {len(first)} `<h1>`"
        start = first[1].start if first else 0
        needle = f"# {first[1].text}" if first else ""
        yield page.finding("heading-order", start, message, "a page has one first heading, its title", needle)
    for heading in page.headings:
        if not heading.text:
            yield page.finding("heading-empty", heading.start, f"an `<h{heading.level}>` without text", "take it out")
    for above, heading in pairwise(page.headings):
        if heading.level > above.level + 1:
            message = f"the heading `{heading.text}` is of level {heading.level}, after one of level {above.level}"
            hint = f"make it one of level {above.level + 1}"
            yield page.finding("heading-order", heading.start, message, hint, f"# {heading.text}")
