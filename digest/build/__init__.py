"""The only package that knows there was a previous build. `build(request)` makes a site or brings it up to date.

What looks at pages and draws them takes its time to load, and is loaded when there is something to do.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from digest.build.processors import cores
from digest.build.request import BuildRequest, Changes, Progress, Report
from digest.build.start import build
from digest.site.context import Audience

if TYPE_CHECKING:
    from digest.build.causes import next_change, why
    from digest.build.verifying import verify
    from digest.build.workshop import Workshop

__all__ = [
    "Audience",
    "BuildRequest",
    "Changes",
    "Progress",
    "Report",
    "Workshop",
    "build",
    "cores",
    "next_change",
    "verify",
    "why",
]

_LATER = {"verify": "verifying", "next_change": "causes", "why": "causes", "Workshop": "workshop"}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
