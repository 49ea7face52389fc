"""The short cut through what is inside a block: emphasis, code, links and images, where no two readings are possible.

It takes spans that CommonMark (https://spec.commonmark.org/0.31.2/#inlines) can read in one way only: each mark opens
after a space and closes before one or before punctuation, and holds no mark of its own kind. Whatever else could be a
mark makes it give up, and the parser looks. A backslash escape is a private-use character by now (`plain`).
"""

import re
from collections.abc import Sequence
from itertools import chain

from digest.content.markdown.fast_wire import INLINE_MARKUP

_STAND_INS = "\ue000-\ue0ff"
_SPAN = "\ue000"
# An address that the parser writes as it stands: http, https, mailto, or a path of the site.
_ADDRESS = (
    r"(?:https?://[a-z0-9]+(?:[.-][a-z0-9]+)*(?::[0-9]{1,5})?(?=[/?#)\s>])|mailto:[a-z0-9]+@[a-z0-9]+(?:\.[a-z0-9]+)+(?=[)\s])"
    r"|(?=[/#][^/])|(?=[A-Za-z0-9._-]+[/)\s?#]))"
    r"(?:[A-Za-z0-9/._~?=,;@$+#-]|(?<=/)(?=/)|%[0-9A-F]{2}|&(?![#\w]*;))*"
)
_TITLE = rf'(?: "([^"&\n{_STAND_INS}]*)")?'
_TEXT = rf"[^\[\]*_`~<>&!\n{_STAND_INS}]"
_EMPHASES = (("*", 2), ("*", 1), ("_", 2), ("_", 1), ("~", 2))
_OPENERS = '\\s(“‘"—–-'
_AFTER = r"(?=$|[\s.,;:!?)\"'”’»…—–-])"


def _between(sign: str, count: int) -> str:
    """What stands between two equal runs of a sign, no other of its kind among it."""
    mark = re.escape(sign)
    opening = rf"{mark}(?<![^{_OPENERS}]{mark}){mark * (count - 1)}(?!\s)"
    return rf"{opening}([^{sign}]+)(?<!\s){mark * count}{_AFTER}"


# Each alternative begins with a character of its own, by which `re` finds it fast; then it looks at what is before.
_CONSTRUCT = re.compile(
    rf"`(?<!``)(?! )([^`\n{_STAND_INS}]+)(?<! )`(?!`)"
    rf"|!\[({_TEXT}*)\]\(({_ADDRESS}){_TITLE}\)"
    rf"|\[(?<!!\[)([^\[\]<]+)\]\(({_ADDRESS}){_TITLE}\)"
    r"|<(https?://[a-z0-9]+(?:[.-][a-z0-9]+)*/[A-Za-z0-9/._~=?-]*)>"
    rf"|{'|'.join(_between(*mark) for mark in _EMPHASES)}"
)
# What each group of the pattern is; the last one that took part tells the construct.
_CODE, _ALT, _SOURCE, _SOURCE_TITLE, _LABEL, _TARGET, _TARGET_TITLE, _AUTO = range(1, 9)
_TAGS = {9: "strong", 10: "em", 11: "strong", 12: "em", 13: "s"}
_LINKS = (_SOURCE, _SOURCE_TITLE, _TARGET, _TARGET_TITLE)
_SIGN = re.compile(r"[*_`~\[\]<&>\"\\]")


class NeedsParserError(Exception):
    """The text may mean something that only the parser can tell."""


def inlines_html_of(texts: Sequence[str]) -> list[str]:
    """The HTML of the texts of several blocks. Raises UnsureError.

    They are looked at as one, a blank line between two, which no text holds: what begins in one of them and would end
    in another is not sure.
    """
    html, bracketed = _html_of("\n\n".join(texts))
    if bracketed:
        return [inline_html_of(text) for text in texts]
    return html.split("\n\n") if texts else []


def inline_html_of(text: str) -> str:
    """The HTML of the text of one block, or of a part of it. Raises UnsureError."""
    if not _SIGN.search(text):
        return text
    html, bracketed = _html_of(text)
    if bracketed:
        raise NeedsParserError
    return html


def _html_of(text: str) -> tuple[str, bool]:
    """The HTML of a text, and whether there are brackets beside a link, each of which may be another."""
    spans, kinds = [""], set[int | None]()

    def take(found: re.Match[str]) -> str:
        kinds.add(found.lastindex)
        spans.append(_drawn(found))
        return _SPAN

    rest = _CONSTRUCT.sub(take, text)
    framed = f"\n\n{rest}\n\n"
    if any(mark in rest and markup.search(framed) for mark, markup in INLINE_MARKUP.items()):
        raise NeedsParserError
    html = "".join(chain.from_iterable(zip(spans, escape_html(rest).split(_SPAN), strict=True)))
    return html, ("[" in rest or "]" in rest) and not kinds.isdisjoint(_LINKS)


def escape_html(text: str) -> str:
    """Text as HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _inner(text: str) -> str:
    """The HTML of what a span holds, which is never more than one block has."""
    if "\n\n" in text:
        raise NeedsParserError
    return inline_html_of(text)


def _drawn(found: re.Match[str]) -> str:
    group = found.lastindex or 0
    if group == _CODE:
        return f"<code>{escape_html(found[_CODE])}</code>"
    if group == _AUTO:
        return f'<a href="{found[_AUTO]}">{found[_AUTO]}</a>'
    if group in (_SOURCE, _SOURCE_TITLE):
        title = _titled(found[_SOURCE_TITLE])
        return f'<img src="{escape_html(found[_SOURCE])}" alt="{escape_html(found[_ALT])}"{title} loading="lazy">'
    if group in (_TARGET, _TARGET_TITLE):
        title = _titled(found[_TARGET_TITLE])
        return f'<a href="{escape_html(found[_TARGET])}"{title}>{_inner(found[_LABEL])}</a>'
    return f"<{_TAGS[group]}>{_inner(found[group])}</{_TAGS[group]}>"


def _titled(title: str | None) -> str:
    return "" if title is None else f' title="{escape_html(title)}"'
