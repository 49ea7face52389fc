"""Language (WCAG 2.2, 3.1.1) and direction of a page, and mutual links between translations."""

import re
from collections.abc import Iterator

from digest.check.finding import Finding
from digest.check.html.page import HtmlPage
from digest.language import direction_of

_TAG = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?(-[a-z0-9]{5,8}|-\d[a-z0-9]{3})*", re.IGNORECASE)


def check_language(page: HtmlPage) -> Iterator[Finding]:
    """A page without a language, or one that runs the other way than its language."""
    said = page.root.get("lang", "")
    if not _TAG.fullmatch(said):
        message = f"`{said}` is no language" if said else "the page does not say its language"
        yield page.finding("html-language", 0, message, "write it into the `lang` of `<html>`")
        return
    expected = direction_of(said)
    direction = page.root.get("dir", "ltr")
    if direction != expected:
        message = f"a page in `{said}` runs `{direction}`"
        yield page.finding("html-language", 0, message, f'write dir="{expected}" into `<html>`')
    for tongue, named in page.alternates:
        if tongue != "x-default" and not _TAG.fullmatch(tongue):
            message = f"`{tongue}` is no language that a translation can have"
            yield page.finding("html-language", named.start, message, "write a tag such as `fr` or `pt-BR`")
