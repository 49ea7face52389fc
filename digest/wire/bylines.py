"""Bylines: the line that ends an article, with its author and agency.

    byline  = [person] "--" agency
    person  = initials surname        O.Salim, J.R.Smith, J.-P. Moreau, A.B. de la Cruz
            | words                   Maria Lopez-Garcia; two or more
    agency  = SF-PST, AFP, Coastal    one word; all capitals where the person has no initials

Every word of a name is capitalised, except particles, and there is no space around `--`. So a result ("Vonn -- USA") or
a sentence with a dash is not a byline.
"""

import re

from msgspec import Struct

_MAX_CHARS = 80
_WORD = r"[^\W\d_][\w'’]*(?:-[\w'’]+)*"
_INITIALS = r"(?:-?[^\W\d_]\. ?)+"
_CAPITALS = r"[A-Z][A-Z0-9]+(?:[-./&][A-Z0-9]+)*"
_BYLINE = re.compile(
    rf"(?P<initials>{_INITIALS})(?P<surname>{_WORD}(?: {_WORD}){{0,4}})--(?P<house>[^\W\d_]\w+(?:[-./&]\w+)*)"
    rf"|(?P<words>{_WORD}(?: {_WORD}){{1,4}})?--(?P<agency>{_CAPITALS})"
)
_PARTICLE = re.compile("al|bin|d[aeiou]|das|de[lnr]|della|dos|el|ibn|l[aeo]|l[ao]s|te[nr]|van|von|y|zu")


class Byline(Struct, frozen=True, kw_only=True):
    """Author and agency; `person` may be empty."""

    person: str
    agency: str


def parse_byline(line: str) -> Byline | None:
    """Parse a sanitized line; return None if it is no byline. `O.Salim--SF-PST` is O. Salim of SF-PST."""
    if "--" not in line or len(line) > _MAX_CHARS:
        return None
    match = _BYLINE.fullmatch(line)
    if match is None:
        return None
    initials = "".join((match["initials"] or "").split())
    name = match["surname"] or match["words"] or ""
    if initials != initials.upper() or not all(word[0].isupper() or _PARTICLE.fullmatch(word) for word in name.split()):
        return None
    return Byline(person=f"{initials} {name}".strip(), agency=match["house"] or match["agency"])
