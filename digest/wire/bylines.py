"""The line that ends an article: who wrote it and for which agency.

    byline  = [person] "--" agency
    person  = initials surname        O.Salim, J.R.Smith, J.-P. Moreau, A.B. de la Cruz
            | words                   Maria Lopez-Garcia; two or more
    agency  = SF-PST, AFP, Coastal    one word; all capitals where the person has no initials

Each word of a name is capitalised but for its particles, and there is no space around `--`. So a result ("Vonn -- USA")
or a sentence with a dash in it is not a byline.
"""

import re

from msgspec import Struct

_LONGEST = 80
_WORD = r"[^\W\d_][\w'’]*(?:-[\w'’]+)*"
_INITIALS = r"(?:-?[^\W\d_]\. ?)+"
_CAPITALS = r"[A-Z][A-Z0-9]+(?:[-./&][A-Z0-9]+)*"
_BYLINE = re.compile(
    rf"(?P<initials>{_INITIALS})(?P<surname>{_WORD}(?: {_WORD}){{0,4}})--(?P<house>[^\W\d_]\w+(?:[-./&]\w+)*)"
    rf"|(?P<words>{_WORD}(?: {_WORD}){{1,4}})?--(?P<agency>{_CAPITALS})"
)
_PARTICLE = re.compile("al|bin|d[aeiou]|das|de[lnr]|della|dos|el|ibn|l[aeo]|l[ao]s|te[nr]|van|von|y|zu")


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
    initials = "".join((found["initials"] or "").split())
    name = found["surname"] or found["words"] or ""
    if initials != initials.upper() or not all(word[0].isupper() or _PARTICLE.fullmatch(word) for word in name.split()):
        return None
    return Byline(person=f"{initials} {name}".strip(), agency=found["house"] or found["agency"])
