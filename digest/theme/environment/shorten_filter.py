"""The filter `shorten`: a text that fits, without a sentence broken off where a whole one would do."""

import re

# The end of a sentence, with what closes a quotation after it.
_END = re.compile(r"[.!?\u2026\u061f\u3002](?=[\"'\u2019\u201d\u00bb)]*(?:\s|$))[\"'\u2019\u201d\u00bb)]*")
_LEAST = 0.6
"""A shortened text ends with a sentence where it keeps at least this part of the length."""


def shorten(text: str, length: int = 240) -> str:
    """At most `length` characters: up to the end of a sentence, else up to the end of a word, and then `…`."""
    if len(text) <= length:
        return text
    ends = [end.end() for end in _END.finditer(text, 0, length + 1) if _LEAST * length <= end.end() <= length]
    if ends:
        return text[: ends[-1]]
    words = text[:length]
    cut = words.rpartition(" ")[0] or words[:-1]
    return cut.rstrip(" .,;:!?-\u2013\u2014\u060c\u061b\u2026") + "\u2026"
