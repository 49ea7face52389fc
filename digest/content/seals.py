"""Seals: short digests of what import wrote, by which it knows later whether an editor has changed it.

A seal is 7 consonants (30 bits): never a word, a number or anything else that YAML would read otherwise. A field is
sealed by its value, whatever its quotes; a body by its paragraphs, one seal each, joined by spaces under `body`.
"""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

BODY = "body"
_LETTERS = "bcdfghjklmnpqrstvwxz"
_PAIR = [one + two for two in _LETTERS for one in _LETTERS]
_PAIRS = len(_PAIR)
_BETWEEN = "\x1f"

FieldText = str | Sequence[str]


def seal_of(value: FieldText) -> str:
    """The seal of a field's value, or of one paragraph; an empty list and an empty text are the same."""
    text = value if isinstance(value, str) else _BETWEEN.join(value)
    number = int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
    number, first = divmod(number, _PAIRS)
    number, second = divmod(number, _PAIRS)
    number, third = divmod(number, _PAIRS)
    return _PAIR[first] + _PAIR[second] + _PAIR[third] + _LETTERS[number % len(_LETTERS)]


def paragraph_seals(paragraphs: Iterable[str]) -> tuple[str, ...]:
    """One seal for each paragraph."""
    return tuple(map(seal_of, paragraphs))


def seals_of(fields: Mapping[str, FieldText], paragraphs: Sequence[str] = ()) -> dict[str, str]:
    """The seals of a page that import writes; those of the paragraphs under `body`, if there is any."""
    seals = {field: seal_of(value) for field, value in fields.items()}
    return {**seals, BODY: " ".join(paragraph_seals(paragraphs))} if paragraphs else seals


def body_seals(seals: Mapping[str, str]) -> tuple[str, ...]:
    """The seals of the paragraphs that import wrote."""
    return tuple(seals.get(BODY, "").split())
