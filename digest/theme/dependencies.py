"""Dependencies of a template: the templates that it extends, includes or imports, directly or not.

A regular expression finds the names without Jinja: they are constant strings, which `check_templates` enforces. A tag
inside a comment counts too; a superfluous dependency is harmless, a missing one would leave stale pages.
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
    """A template with all its direct and indirect dependencies: full names, sorted, and a digest of the sources."""

    names: tuple[str, ...]
    digest: str


def referenced_templates(source: str) -> tuple[str, ...]:
    """Names in the extends, include and import tags of a template's source."""
    return tuple(double or single for double, single in _TAG.findall(source))


def referenced_assets(source: str) -> tuple[str, ...]:
    """Names in the `asset("…")` calls of a template's source."""
    return tuple(double or single for double, single in _ASSET.findall(source))


def closure(theme: "Theme", template: str) -> Closure:
    """Return the closure of `template`. Names of templates that do not exist are left out."""
    sources, queue = dict[str, str](), [template]
    while queue:
        current = theme.templates.get(queue.pop())
        if current and current.name not in sources:
            sources[current.name] = current.source
            queue += referenced_templates(current.source)
    names = tuple(sorted(sources))
    digest = hashlib.blake2b(digest_size=16)
    for name in names:
        for part in (name, sources[name]):
            data = part.encode()
            digest.update(len(data).to_bytes(8, "big") + data)
    return Closure(names=names, digest=digest.hexdigest())
