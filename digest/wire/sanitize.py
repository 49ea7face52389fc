"""Sanitizing of wire text: remove characters that no page, feed or terminal may contain.

Removed: the control characters of ISO 6429 (C0, DEL, C1), noncharacters and lone surrogates (all are errors in HTML and
XML), byte order marks inside the text, and the overrides and embeddings of UAX #9, with which a headline could reverse
the text after it. Tabs, form feeds, NEL and the Unicode line separators become spaces; they never end a line.
"""

import re

_SPACES = "\t-\r\x1c-\x1f\x85\u2028\u2029"
_BIDI = "\u202a-\u202e\u2066-\u2069"
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(f"{chr(p + 0xFFFE)}{chr(p + 0xFFFF)}" for p in range(0, 0x110000, 0x10000))

_SPACE = re.compile(f"[{_SPACES}]")
_REMOVED = re.compile(f"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufeff\ud800-\udfff{_BIDI}{_NONCHARACTERS}]")
_SPACES_IN_A_ROW = re.compile(" {2,}")


def sanitize_line(line: str) -> str:
    """Return a line without unsafe characters, stripped, and with single spaces.

    No-break spaces inside the line stay, because they were written on purpose.
    """
    if not line.isprintable():
        line = _REMOVED.sub("", _SPACE.sub(" ", line))
    line = line.strip()
    return _SPACES_IN_A_ROW.sub(" ", line) if "  " in line else line


def truncate(line: str, length: int) -> str:
    """Return at most `length` characters, cut between words if possible, with an ellipsis if cut."""
    if len(line) <= length:
        return line
    head = line[: length - 1]
    words, space, _ = head.rpartition(" ")
    return f"{(words if space and len(words) > length // 2 else head).rstrip()}…"
