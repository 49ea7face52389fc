"""Inline Markdown: emphasis, code, links and images, where CommonMark allows one reading only.

Source: https://spec.commonmark.org/0.31.2/#inlines. A delimiter opens after a space, closes before a space or
punctuation, and encloses no delimiter of its own kind. Any other possible delimiter raises NeedsParserError.
Backslash escapes have been masked by private-use characters (`wire.mask_escapes`).
"""

import re
from collections.abc import Sequence
from itertools import chain

from digest.content.markdown.fast.wire import INLINE_MARKUP

_MASKS = "\ue000-\ue0ff"
_SPAN = "\ue000"
# A link target that the parser writes unchanged: http, https, mailto, or a path of the site.
_ADDRESS = (
    r"(?:https?://[a-z0-9]+(?:[.-][a-z0-9]+)*(?::[0-9]{1,5})?(?=[/?#)\s>])|mailto:[a-z0-9]+@[a-z0-9]+(?:\.[a-z0-9]+)+(?=[)\s])"
    r"|(?=[/#][^/])|(?=[A-Za-z0-9._-]+[/)\s?#]))"
    r"(?:[A-Za-z0-9/._~?=,;@$+#-]|(?<=/)(?=/)|%[0-9A-F]{2}|&(?![#\w]*;))*"
)
_TITLE = rf'(?: "([^"&\n{_MASKS}]*)")?'
_TEXT = rf"[^\[\]*_`~<>&!\n{_MASKS}]"
_EMPHASES = (("*", 2), ("*", 1), ("_", 2), ("_", 1), ("~", 2))
_OPENERS = '\\s(“‘"—–-'
_AFTER = r"(?=$|[\s.,;:!?)\"'”’»…—–-])"


def _between(delimiter: str, count: int) -> str:
    """Return a pattern for text between two equal runs of a delimiter, without that delimiter inside."""
    mark = re.escape(delimiter)
    opening = rf"{mark}(?<![^{_OPENERS}]{mark}){mark * (count - 1)}(?!\s)"
    return rf"{opening}([^{delimiter}]+)(?<!\s){mark * count}{_AFTER}"


# Each alternative starts with a literal character, which makes `re` fast, and then looks behind.
_CONSTRUCT = re.compile(
    rf"`(?<!``)(?! )([^`\n{_MASKS}]+)(?<! )`(?!`)"
    rf"|!\[({_TEXT}*)\]\(({_ADDRESS}){_TITLE}\)"
    rf"|\[(?<!!\[)([^\[\]<]+)\]\(({_ADDRESS}){_TITLE}\)"
    r"|<(https?://[a-z0-9]+(?:[.-][a-z0-9]+)*/[A-Za-z0-9/._~=?-]*)>"
    rf"|{'|'.join(_between(*mark) for mark in _EMPHASES)}"
)
# Numbers of the groups of the pattern; the last group that matched names the construct.
_CODE, _ALT, _SOURCE, _SOURCE_TITLE, _LABEL, _TARGET, _TARGET_TITLE, _AUTO = range(1, 9)
_TAGS = {9: "strong", 10: "em", 11: "strong", 12: "em", 13: "s"}
_LINKS = (_SOURCE, _SOURCE_TITLE, _TARGET, _TARGET_TITLE)
_SIGN = re.compile(r"[*_`~\[\]<&>\"\\]")


class NeedsParserError(Exception):
    """The Markdown may have more than one reading: the parser has to decide."""


def inlines_html_of(texts: Sequence[str]) -> list[str]:
    """Return the HTML of the texts of several blocks. Raises NeedsParserError.

    For speed they are rendered as one text, joined by blank lines, which no text contains. A span that would reach
    from one text into another raises.
    """
    html, has_brackets = _html_of("\n\n".join(texts))
    if has_brackets:
        return [inline_html_of(text) for text in texts]
    return html.split("\n\n") if texts else []


def inline_html_of(text: str) -> str:
    """Return the HTML of the text of one block, or of a part of it. Raises NeedsParserError."""
    if not _SIGN.search(text):
        return text
    html, has_brackets = _html_of(text)
    if has_brackets:
        raise NeedsParserError
    return html


def _html_of(text: str) -> tuple[str, bool]:
    """Return the HTML of a text, and whether it has brackets besides a link: they may be part of another link."""
    spans, kinds = [""], set[int | None]()

    def replace_span(span: re.Match[str]) -> str:
        kinds.add(span.lastindex)
        spans.append(_span_html(span))
        return _SPAN

    rest = _CONSTRUCT.sub(replace_span, text)
    framed = f"\n\n{rest}\n\n"
    if any(mark in rest and markup.search(framed) for mark, markup in INLINE_MARKUP.items()):
        raise NeedsParserError
    html = "".join(chain.from_iterable(zip(spans, escape_html(rest).split(_SPAN), strict=True)))
    return html, ("[" in rest or "]" in rest) and not kinds.isdisjoint(_LINKS)


def escape_html(text: str) -> str:
    """Escape a text for HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _inner(text: str) -> str:
    """Return the HTML of the content of a span, which must lie within one block."""
    if "\n\n" in text:
        raise NeedsParserError
    return inline_html_of(text)


def _span_html(span: re.Match[str]) -> str:
    group = span.lastindex or 0
    if group == _CODE:
        return f"<code>{escape_html(span[_CODE])}</code>"
    if group == _AUTO:
        return f'<a href="{span[_AUTO]}">{span[_AUTO]}</a>'
    if group in (_SOURCE, _SOURCE_TITLE):
        title = _title_attribute(span[_SOURCE_TITLE])
        return f'<img src="{escape_html(span[_SOURCE])}" alt="{escape_html(span[_ALT])}"{title} loading="lazy">'
    if group in (_TARGET, _TARGET_TITLE):
        title = _title_attribute(span[_TARGET_TITLE])
        return f'<a href="{escape_html(span[_TARGET])}"{title}>{_inner(span[_LABEL])}</a>'
    return f"<{_TAGS[group]}>{_inner(span[group])}</{_TAGS[group]}>"


def _title_attribute(title: str | None) -> str:
    return "" if title is None else f' title="{escape_html(title)}"'
