"""Identity of an item: the key of its headline, and its permanent id, made of key and day.

Two headlines have the same key if they have the same words. These differences do not count: character width and
ligatures (Unicode NFKC), case, kinds of quotes and dashes, spaces, and the punctuation at the end. Ids are in
Crockford's base 32, whose letters and digits are hard to confuse: https://www.crockford.com/base32.html
"""

import re
import unicodedata
from datetime import date
from hashlib import blake2b

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_ID_LETTERS = 9
_QUOTES = '"`´ʹʺʻʼʽˈ‘’‚‛“”„‟′″‵‶‹›«»「」『』＂＇'
_DASHES = "‐‑‒–—―−⁃﹘﹣－"
_UNIFIED = str.maketrans({**dict.fromkeys(_QUOTES, "'"), **dict.fromkeys(_DASHES, "-")})
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_END_PUNCTUATION = ".,;:!? "


def normalise_headline(headline: str) -> str:
    """Return the form of a headline for comparison. It is empty only for a headline without visible characters.

    Normalising twice gives the same as normalising once.
    """
    text = headline.translate(_UNIFIED)
    if not (text.isascii() and text.isprintable()):
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
        text = _INVISIBLE.sub("", folded.translate(_UNIFIED))
    words = " ".join(text.casefold().split())
    return words.rstrip(_END_PUNCTUATION) or words


def key_of(headline: str) -> str:
    """Return the key of a headline: 16 hexadecimal digits of BLAKE2b over its normalised form."""
    return blake2b(normalise_headline(headline).encode("utf-8", "replace"), digest_size=8).hexdigest()


def id_of(key: str, day: date, salt: str = "") -> str:
    """Return the id of a key first seen on `day`: `n` and 9 characters. A `salt` gives another id after a collision."""
    digest = blake2b(f"{key} {day.isoformat()} {salt}".rstrip().encode(), digest_size=8).digest()
    number = int.from_bytes(digest, "big")
    return "n" + "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(_ID_LETTERS)))
