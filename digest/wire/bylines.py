"""The line that ends an article: who wrote it and for which agency.

    byline  = [person] "--" agency
    person  = initials surname        O.Salim, J.R.Smith, A.B. de la Cruz
            | words                   Maria Lopez-Garcia
    agency  = SF-PST, AFP, Reuters    one word; all capitals where the person has no initials

There is no space around `--`, so a result ("Vonn -- USA") or a sentence with a dash in it is not a byline.
"""

import re

from msgspec import Struct

_LONGEST = 80
_WORD = r"[^\W\d_][\w'’]*(?:-[\w'’]+)*"
_INITIALS = r"(?:[^\W\d_](?:-[^\W\d_])?\.\s?)+"
_NAME = rf"{_WORD}(?:\s{_WORD}){{0,4}}"
_CAPITALS = r"[A-Z][A-Z0-9]*(?:[-./&][A-Z0-9]+)*"
_BYLINE = re.compile(
    rf"(?P<initials>{_INITIALS})(?P<surname>{_NAME})--(?P<house>[^\W\d_][\w]*(?:[-./&]\w+)*)"
    rf"|(?P<words>{_NAME})?--(?P<agency>{_CAPITALS})"
)
_PARTICLE = re.compile("al|bin|d[aeiou]|das|de[lnr]|della|dos|el|ibn|l[ae]|o|te[nr]|van|von|y|zu")


class Byline(Struct, frozen=True, kw_only=True):
    """Who and for whom; `person` may be empty."""

    person: str
    agency: str


def parse_byline(line: str) -> Byline | None:
    """The byline that a tidy line is, or None. `O.Salim--SF-PST` is O. Salim of SF-PST."""
    if "--" not in line or len(line) > _LONGEST:
        return None
    found = _BYLINE.fullmatch(line)
    if found is None:
        return None
    if found["initials"]:
        initials = "".join(found["initials"].split())
        return Byline(person=f"{initials} {found['surname']}", agency=found["house"])
    words = found["words"] or ""
    return Byline(person=words, agency=found["agency"]) if _is_name(words) else None


def _is_name(words: str) -> bool:
    """Whether every word of it is capitalised, but for the particles of a name. No word at all is fine."""
    return all(word[0].isupper() or _PARTICLE.fullmatch(word) for word in words.split())
