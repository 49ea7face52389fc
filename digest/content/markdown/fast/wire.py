"""Plain Markdown, as import writes it: paragraphs and `## ` headings without inline markup, rendered without a parser.

The functions return None for a text with any character that might be markup, even if the parser would show it as text.
Backslash escapes are supported: each escaped character is masked by a private-use character while the text is checked.
"""

import re

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_MASK = re.compile("[\ue021-\ue07e]")
_MASKS = {chr(code): chr(0xE000 + code) for code in range(0x21, 0x7F)}
_CHARACTERS = {mask: character for character, mask in _MASKS.items()}

_BLOCK = re.compile(
    r"\n(?:"
    r"[^\S\n]|(?<=[^\S\n]\n)"  # space at either end of a line
    r"|[-*_=~:|>]|\+\s|[0-9]{1,9}[.)]\s"  # lists, rules, underlines, fences, tables, quotes
    r"|(?=#{1,6}\s)(?!(?<=\n\n)##\ (?!#|[^\n]*\s#+\n)\S[^\n]*\n\n)"  # a heading other than `## …` alone
    r")"
)
# A search for one character is much faster than one for any of them, and most texts hold none.
INLINE_MARKUP = {
    "\r": re.compile(r"\r"),
    "\0": re.compile(r"\0"),
    "`": re.compile(r"`"),
    "\\": re.compile(r"\\\n(?!\n)"),  # a line break
    "*": re.compile(r"\*(?:(?![ \n*])|(?<![ \n*]\*))"),
    "_": re.compile(r"_(?:(?!\w)|(?<!\w_))"),
    "~": re.compile(r"~~"),
    "]": re.compile(r"\][(:]"),
    "<": re.compile(r"<(?!\s)"),
    "&": re.compile(r"&(?:#|\w{2,};)"),
}
_GAP = re.compile(r"\n{2,}")


def plain_html_of(markdown: str) -> str | None:
    """Return the HTML of plain Markdown, the same bytes as from the parser; None for any other Markdown."""
    text = _plain(markdown)
    if not text:
        return text
    html = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    html = "".join(map(_element, filter(None, html.split("\n\n"))))
    return unmask_escapes(html) if "\\" in markdown else html


def _element(block: str) -> str:
    block = block.lstrip("\n")  # a gap of three line feeds leaves one
    return f"<h2>{block[3:]}</h2>\n" if block.startswith("## ") else f"<p>{block}</p>\n"


def plain_blocks_of(markdown: str) -> tuple[str, ...] | None:
    """Return the source of each paragraph and heading of plain Markdown; None for any other Markdown."""
    if _plain(markdown) is None:
        return None
    text = markdown.strip("\n")
    return tuple(_GAP.split(text)) if text else ()


def plain_text_of(block: str) -> str:
    """Return the text of a plain paragraph as a reader sees it, on one line."""
    return _ESCAPE.sub(r"\1", block).replace("\n", " ")


def _plain(markdown: str) -> str | None:
    """Return plain Markdown with masked escapes and without line feeds around it; None for any other Markdown."""
    text = markdown
    if "\\" in text:
        if _MASK.search(text):
            return None
        text = mask_escapes(text)
    text = text.strip("\n")
    framed = f"\n\n{text}\n\n"
    if text and _BLOCK.search(framed):
        return None
    for mark, markup in INLINE_MARKUP.items():
        if mark in text and markup.search(framed):
            return None
    return text


def mask_escapes(markdown: str) -> str:
    """Replace each backslash escape by a private-use character."""
    return _ESCAPE.sub(lambda escape: _MASKS[escape[1]], markdown)


def unmask_escapes(html: str) -> str:
    """Replace the private-use characters of `mask_escapes` by the escaped characters, as HTML."""
    return _MASK.sub(_unmasked, html)


def _unmasked(mask: re.Match[str]) -> str:
    character = _CHARACTERS[mask[0]]
    return {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}.get(character, character)
