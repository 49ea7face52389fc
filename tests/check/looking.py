"""What checks say of a page that is written in a test."""

from digest.check.finding import Finding
from digest.check.html.page import HtmlPage
from digest.check.site.page_checks import page_findings

HEAD = '<!doctype html>\n<html lang="en" dir="ltr"><head><title>A page</title></head>'


def page_of(body: str) -> HtmlPage:
    """A page that is right but for its body."""
    return HtmlPage("x/index.html", f"{HEAD}<body><h1>A page</h1>{body}</body></html>")


def found_in(body: str) -> list[Finding]:
    """What is wrong with it."""
    return list(page_findings(page_of(body)))


def codes_in(body: str) -> list[str]:
    """The codes of what is wrong with it."""
    return [f.code for f in found_in(body)]
