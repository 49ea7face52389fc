"""Language check: `lang` (WCAG 2.2, 3.1.1) and `dir` of a page, and the language tags of its translations."""

import re
from collections.abc import Iterator

from digest.check.finding import Finding
from digest.check.html.page import HtmlPage
from digest.language import direction_of

_TAG = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?(-[a-z0-9]{5,8}|-\d[a-z0-9]{3})*", re.IGNORECASE)


def check_language(page: HtmlPage) -> Iterator[Finding]:
    """Find a missing or invalid language, a wrong text direction, and invalid language tags of translations."""
    tag = page.root.get("lang", "")
    if not _TAG.fullmatch(tag):
        message = f"`{tag}` is not a language tag" if tag else "the page has no language"
        yield page.finding("html-language", 0, message, "set the attribute `lang` of `<html>`")
        return
    expected = direction_of(tag)
    direction = page.root.get("dir", "ltr")
    if direction != expected:
        message = f"the page is in `{tag}` but has the direction `{direction}`"
        yield page.finding("html-language", 0, message, f'write dir="{expected}" in `<html>`')
    for language, link in page.alternates:
        if language != "x-default" and not _TAG.fullmatch(language):
            message = f"`{language}` is not a language tag (`hreflang` of a translation)"
            yield page.finding("html-language", link.start, message, "use a tag such as `fr` or `pt-BR`")
