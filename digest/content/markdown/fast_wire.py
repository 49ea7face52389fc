"""The short cut through Markdown: where CommonMark sees nothing but paragraphs and `## ` headings, no parser is needed.

Whatever might be more than that is left to the parser, even where it would turn out to be text. Backslash escapes are
understood: while the text is looked at, a private-use character stands in for each escaped one.
"""

import re

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_STAND_IN = re.compile("[\ue021-\ue07e]")
_STAND_INS = {chr(code): chr(0xE000 + code) for code in range(0x21, 0x7F)}
_CHARACTERS = {stand_in: character for character, stand_in in _STAND_INS.items()}

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
    """The HTML of plain Markdown, byte for byte what the parser gives; None where the parser has to look."""
    text = _plain(markdown)
    if not text:
        return text
    html = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    html = "".join(map(_element, filter(None, html.split("\n\n"))))
    return unmask_escapes(html) if "\\" in markdown else html


def _element(block: str) -> str:
    block = block.lstrip("\n")  # of a gap of three lines
    return f"<h2>{block[3:]}</h2>\n" if block.startswith("## ") else f"<p>{block}</p>\n"


def plain_blocks_of(markdown: str) -> tuple[str, ...] | None:
    """The source of each paragraph and heading of plain Markdown; None where the parser has to look."""
    if _plain(markdown) is None:
        return None
    text = markdown.strip("\n")
    return tuple(_GAP.split(text)) if text else ()


def plain_text_of(block: str) -> str:
    """What a reader sees of a plain paragraph, on one line."""
    return _ESCAPE.sub(r"\1", block).replace("\n", " ")


def _plain(markdown: str) -> str | None:
    """Plain Markdown without line feeds around it and with stand-ins for what is escaped, or None."""
    text = markdown
    if "\\" in text:
        if _STAND_IN.search(text):
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
    """The same with a private-use character for each backslash escape."""
    return _ESCAPE.sub(lambda escape: _STAND_INS[escape[1]], markdown)


def unmask_escapes(html: str) -> str:
    """The same with the characters that others stood in for."""
    return _STAND_IN.sub(_escaped, html)


def _escaped(stand_in: re.Match[str]) -> str:
    character = _CHARACTERS[stand_in[0]]
    return {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}.get(character, character)
