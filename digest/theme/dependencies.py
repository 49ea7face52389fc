"""Which templates a template is made of, found without parsing: the names in its extends, include and import tags.

Those are constant strings (`check_templates` sees to that), so the tags can be read as they stand. A tag inside a
comment counts as well: one dependency too many does no harm, one too few would.
"""

import hashlib
import re
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from digest.theme.theme import Theme

_TAG = re.compile(r"""\{%[-+]?\s*(?:extends|include|import|from)\s+(?:"([^"\n]*)"|'([^'\n]*)')""")
_ASSET = re.compile(r"""\basset\(\s*(?:"([^"\n]*)"|'([^'\n]*)')\s*\)""")


class Closure(Struct, frozen=True, kw_only=True):
    """The full names of a template and all that it draws on, sorted, and a digest of their texts."""

    names: tuple[str, ...]
    digest: str


def referenced_templates(source: str) -> tuple[str, ...]:
    """The templates that a template's text names."""
    return tuple(double or single for double, single in _TAG.findall(source))


def referenced_assets(source: str) -> tuple[str, ...]:
    """The assets that a template's text asks for."""
    return tuple(double or single for double, single in _ASSET.findall(source))


def closure(theme: "Theme", template: str) -> Closure:
    """All that `template` is made of. A name that no theme has is left out."""
    found, waiting = dict[str, str](), [template]
    while waiting:
        own = theme.templates.get(waiting.pop())
        if own and own.name not in found:
            found[own.name] = own.source
            waiting += referenced_templates(own.source)
    names = tuple(sorted(found))
    digest = hashlib.blake2b(digest_size=16)
    for name in names:
        for part in (name, found[name]):
            data = part.encode()
            digest.update(len(data).to_bytes(8, "big") + data)
    return Closure(names=names, digest=digest.hexdigest())
