"""Builds a site, or brings it up to date: `build(request)`. No other package knows that there was a previous build.

`pipeline` is the build as one paragraph; the sub-packages are its stages. Modules that are slow to import are loaded
only when there is something to do. A build never leaves a page that names a missing file.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from digest.builder.render.cpus import available_cpus
from digest.builder.request import BuildRequest, Changes, Progress, Report
from digest.builder.run import build
from digest.site.context import Audience

if TYPE_CHECKING:
    from digest.builder.resident import ResidentBuilder
    from digest.builder.uptodate.why import next_change, why
    from digest.builder.verification import verify

__all__ = [
    "Audience",
    "BuildRequest",
    "Changes",
    "Progress",
    "Report",
    "ResidentBuilder",
    "available_cpus",
    "build",
    "next_change",
    "verify",
    "why",
]

_LATER = {"verify": "verification", "next_change": "uptodate.why", "why": "uptodate.why", "ResidentBuilder": "resident"}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
