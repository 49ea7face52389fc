"""Pages for tests of checks, and the findings of these pages."""

from digest.check.finding import Finding
from digest.check.html.page import HtmlPage
from digest.check.site.page_checks import page_findings

HEAD = '<!doctype html>\n<html lang="en" dir="ltr"><head><title>A page</title></head>'


def page_of(body: str) -> HtmlPage:
    """Return a valid page with this body."""
    return HtmlPage("x/index.html", f"{HEAD}<body><h1>A page</h1>{body}</body></html>")


def found_in(body: str) -> list[Finding]:
    """Return the findings of a page with this body."""
    return list(page_findings(page_of(body)))


def codes_in(body: str) -> list[str]:
    """Return the codes of these findings."""
    return [f.code for f in found_in(body)]
