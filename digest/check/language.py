"""Does a page say its language and direction, and do its translations say the same of each other?

`lang` is WCAG 2.2, 3.1.1; the directions of scripts are those of the Unicode CLDR.
"""

import re
from collections.abc import Iterator

from digest.check.finding import Finding
from digest.check.page import Page

_RIGHT_TO_LEFT = ("ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi")
_TAG = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?(-[a-z0-9]{5,8}|-\d[a-z0-9]{3})*", re.IGNORECASE)


def language(page: Page) -> Iterator[Finding]:
    """A page without a language, or one that runs the other way than its language."""
    said = page.root.get("lang", "")
    if not _TAG.fullmatch(said):
        message = f"`{said}` is no language" if said else "the page does not say its language"
        yield page.finding("html-language", 0, message, "write it into the `lang` of `<html>`")
        return
    expected = "rtl" if said.partition("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"
    direction = page.root.get("dir", "ltr")
    if direction != expected:
        message = f"a page in `{said}` runs `{direction}`"
        yield page.finding("html-language", 0, message, f'write dir="{expected}" into `<html>`')
    for tongue, named in page.alternates:
        if tongue != "x-default" and not _TAG.fullmatch(tongue):
            message = f"`{tongue}` is no language that a translation can have"
            yield page.finding("html-language", named.start, message, "write a tag such as `fr` or `pt-BR`")
