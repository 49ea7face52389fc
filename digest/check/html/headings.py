"""Heading check: the headings of a page form an outline, which screen readers navigate (WCAG 2.2, 1.3.1 and 2.4.6)."""

from collections.abc import Iterator
from itertools import pairwise

from digest.check.finding import Finding
from digest.check.html.page import HtmlPage


def check_headings(page: HtmlPage) -> Iterator[Finding]:
    """Find a missing or second `<h1>`, empty headings, and skipped levels."""
    if page.is_redirect:
        return
    first = [h for h in page.headings if h.level == 1]
    if len(first) != 1:
        message = "the page has no `<h1>`" if not first else f"the page has {len(first)} `<h1>`"
        start = first[1].start if first else 0
        needle = f"# {first[1].text}" if first else ""
        yield page.finding("heading-order", start, message, "a page needs exactly one `<h1>`, its title", needle)
    for heading in page.headings:
        if not heading.text:
            yield page.finding("heading-empty", heading.start, f"`<h{heading.level}>` without text", "remove it")
    for above, heading in pairwise(page.headings):
        if heading.level > above.level + 1:
            message = (
                f"the heading `{heading.text}` has level {heading.level} but follows a heading of level {above.level}"
            )
            hint = f"use level {above.level + 1}"
            yield page.finding("heading-order", heading.start, message, hint, f"# {heading.text}")
