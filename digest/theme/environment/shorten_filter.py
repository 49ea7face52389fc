"""The filter `shorten`: cut a text to a maximum length, at the end of a sentence where possible."""

import re

# The end of a sentence, with closing quotation marks and brackets after it.
_SENTENCE_END = re.compile(r"[.!?\u2026\u061f\u3002](?=[\"'\u2019\u201d\u00bb)]*(?:\s|$))[\"'\u2019\u201d\u00bb)]*")
_MIN_SHARE = 0.6
"""The cut is at the end of a sentence if the text then keeps at least this share of the maximum length."""


def shorten(text: str, length: int = 240) -> str:
    """Return at most `length` characters: up to the end of a sentence, else up to the end of a word and `…`."""
    if len(text) <= length:
        return text
    ends = [end.end() for end in _SENTENCE_END.finditer(text, 0, length + 1)]
    long_enough = [end for end in ends if _MIN_SHARE * length <= end <= length]
    if long_enough:
        return text[: long_enough[-1]]
    start = text[:length]
    cut = start.rpartition(" ")[0] or start[:-1]
    return cut.rstrip(" .,;:!?-\u2013\u2014\u060c\u061b\u2026") + "\u2026"
