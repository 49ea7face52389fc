"""Seals: short digests of the text that import wrote. A seal that no longer matches shows that an editor changed it.

A seal is 7 consonants (30 bits): no word, number or other YAML value. The seal of a field depends on its value, not on
its quotes. A body has one seal per paragraph, joined by spaces under the key `body`.
"""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

BODY = "body"
_LETTERS = "bcdfghjklmnpqrstvwxz"
_PAIR = [one + two for two in _LETTERS for one in _LETTERS]
_PAIRS = len(_PAIR)
_SEPARATOR = "\x1f"

FieldText = str | Sequence[str]


def seal_of(value: FieldText) -> str:
    """Return the seal of a field's value or of a paragraph; an empty list and an empty text have the same seal."""
    text = value if isinstance(value, str) else _SEPARATOR.join(value)
    number = int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
    number, first = divmod(number, _PAIRS)
    number, second = divmod(number, _PAIRS)
    number, third = divmod(number, _PAIRS)
    return _PAIR[first] + _PAIR[second] + _PAIR[third] + _LETTERS[number % len(_LETTERS)]


def paragraph_seals(paragraphs: Iterable[str]) -> tuple[str, ...]:
    """Return one seal per paragraph."""
    return tuple(map(seal_of, paragraphs))


def seals_of(fields: Mapping[str, FieldText], paragraphs: Sequence[str] = ()) -> dict[str, str]:
    """Return the seals of the fields and, under `body`, those of the paragraphs."""
    seals = {field: seal_of(value) for field, value in fields.items()}
    return {**seals, BODY: " ".join(paragraph_seals(paragraphs))} if paragraphs else seals


def body_seals(seals: Mapping[str, str]) -> tuple[str, ...]:
    """Return the seals of the paragraphs from the seals of a page."""
    return tuple(seals.get(BODY, "").split())
