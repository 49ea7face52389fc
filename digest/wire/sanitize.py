"""Wire text made harmless: what no page, feed or terminal may carry goes, separators become spaces.

Dropped are the control characters of ISO 6429 (C0, DEL, C1), noncharacters and lone surrogates (all three are errors in
HTML and XML), byte order marks inside the text, and the overrides and embeddings of UAX #9, which let a headline turn
round the text that follows it. Tabs, form feeds, NEL and the Unicode line separators are spaces: they never end a line.
"""

import re

_SPACES = "\t-\r\x1c-\x1f\x85\u2028\u2029"
_BIDI = "\u202a-\u202e\u2066-\u2069"
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(f"{chr(p + 0xFFFE)}{chr(p + 0xFFFF)}" for p in range(0, 0x110000, 0x10000))

_SPACE = re.compile(f"[{_SPACES}]")
_DROPPED = re.compile(f"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufeff\ud800-\udfff{_BIDI}{_NONCHARACTERS}]")
_RUN = re.compile(" {2,}")


def sanitize_line(line: str) -> str:
    """A line without what would hurt, without space at its ends, with single spaces inside.

    No-break spaces inside stay, for a writer put them there on purpose.
    """
    if not line.isprintable():
        line = _DROPPED.sub("", _SPACE.sub(" ", line))
    line = line.strip()
    return _RUN.sub(" ", line) if "  " in line else line


def truncate(line: str, length: int) -> str:
    """At most `length` characters of `line`, cut between words where there are any, with an ellipsis when cut."""
    if len(line) <= length:
        return line
    head = line[: length - 1]
    words, space, _ = head.rpartition(" ")
    return f"{(words if space and len(words) > length // 2 else head).rstrip()}…"
