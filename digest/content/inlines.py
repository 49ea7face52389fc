"""The short cut through what is inside a block: emphasis, code, links and images, where no two readings are possible.

It takes spans that CommonMark (https://spec.commonmark.org/0.31.2/#inlines) can read in one way only: each mark opens
after a space and closes before one or before punctuation, and holds no mark of its own kind. Whatever else could be a
mark makes it give up, and the parser looks. A backslash escape is a private-use character by now (`plain`).
"""

import re
from itertools import chain

from digest.content.plain import MARKUP

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


class UnsureError(Exception):
    """The text may mean something that only the parser can tell."""


def inline_html_of(text: str) -> str:
    """The HTML of the text of one block. Raises UnsureError."""
    if not _SIGN.search(text):
        return text
    spans = [""]
    bracketed = False
    end, plain = 0, list[str]()
    for found in _CONSTRUCT.finditer(text):
        plain.append(text[end : found.start()])
        spans.append(_drawn(found))
        bracketed = bracketed or found.lastindex in _LINKS
        end = found.end()
    rest = _SPAN.join((*plain, text[end:]))
    if _unsure(rest, bracketed=bracketed):
        raise UnsureError
    return "".join(chain.from_iterable(zip(spans, escaped(rest).split(_SPAN), strict=True)))


def _unsure(rest: str, *, bracketed: bool) -> bool:
    """Whether what is left beside the constructs may be more than text. Beside a link every bracket may be another."""
    if not _SIGN.search(rest):
        return False
    if bracketed and ("[" in rest or "]" in rest):
        return True
    framed = f"\n\n{rest}\n\n"
    return any(mark in rest and markup.search(framed) for mark, markup in MARKUP.items())


def escaped(text: str) -> str:
    """Text as HTML."""
    if not _SIGN.search(text):
        return text
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _drawn(found: re.Match[str]) -> str:
    group = found.lastindex or 0
    if group == _CODE:
        return f"<code>{escaped(found[_CODE])}</code>"
    if group == _AUTO:
        return f'<a href="{found[_AUTO]}">{found[_AUTO]}</a>'
    if group in (_SOURCE, _SOURCE_TITLE):
        title = _titled(found[_SOURCE_TITLE])
        return f'<img src="{escaped(found[_SOURCE])}" alt="{escaped(found[_ALT])}"{title} loading="lazy">'
    if group in (_TARGET, _TARGET_TITLE):
        title = _titled(found[_TARGET_TITLE])
        return f'<a href="{escaped(found[_TARGET])}"{title}>{inline_html_of(found[_LABEL])}</a>'
    return f"<{_TAGS[group]}>{inline_html_of(found[group])}</{_TAGS[group]}>"


def _titled(title: str | None) -> str:
    return "" if title is None else f' title="{escaped(title)}"'
