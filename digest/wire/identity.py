"""The lasting names of an item: the key of its headline, and the id that is made of key and day.

Two headlines have one key when a reader would call them the same words: width and ligatures (Unicode NFKC), case, kinds
of quotes and dashes, space and the mark at the end do not tell them apart. The id is written in Crockford's base 32,
which has no letters to mix up: https://www.crockford.com/base32.html
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
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_FINAL = ".,;:!? "


def normalise_headline(headline: str) -> str:
    """The headline as it is compared. Empty only for a headline that shows nothing; stable when done twice."""
    text = headline.translate(_UNIFIED)
    if not (text.isascii() and text.isprintable()):
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
        text = _UNSEEN.sub("", folded.translate(_UNIFIED))
    words = " ".join(text.casefold().split())
    return words.rstrip(_FINAL) or words


def key_of(headline: str) -> str:
    """16 hexadecimal digits of BLAKE2b over the normalised headline."""
    return blake2b(normalise_headline(headline).encode("utf-8", "replace"), digest_size=8).hexdigest()


def id_of(key: str, day: date, salt: str = "") -> str:
    """The id of what was first seen under `key` on `day`: `n` and 9 letters. A `salt` gives another, after a clash."""
    digest = blake2b(f"{key} {day.isoformat()} {salt}".rstrip().encode(), digest_size=8).digest()
    number = int.from_bytes(digest, "big")
    return "n" + "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(_ID_LETTERS)))
