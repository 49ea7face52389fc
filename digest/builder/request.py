"""What a build is asked, and what it says of itself."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from digest.issues import Issue
from digest.site.context import Audience

if TYPE_CHECKING:
    from concurrent.futures import Executor

Progress = Callable[[str, int, int], None]
"""Told now and then: what is being done, how much of it, out of how much (0: unknown)."""


class BuildRequest(Struct, frozen=True, kw_only=True):
    """A build: of which site, for whom, where to, as of when.

    `now` has a zone. State and stage lie in the folder `.digest` of `cache`, by default of the site. `jobs` is the
    number of processes, 1 starting none; `full` forgets what earlier builds knew. An `executor` draws instead, wherever
    it has its workers: they see the site and the cache under the same paths, and get nothing that cannot be pickled.
    """

    site: Path
    output: Path
    now: datetime
    audience: Audience = Audience.PUBLIC
    jobs: int = 1
    full: bool = False
    cache: Path | None = None
    executor: "Executor | None" = None

    @property
    def folder(self) -> Path:
        """Where state and stage lie."""
        return (self.cache or self.site) / ".digest"

    @property
    def crash_trace_folder(self) -> Path:
        """Where the processes of a build say where they are."""
        return self.folder / f"at-{self.audience}"


class Changes(Struct, frozen=True, kw_only=True):
    """Paths of URLs: pages that are new or have other bytes; moved from → to; gone for good; assets as the first.

    The new address of what moved is in `changed` too.
    """

    changed: tuple[str, ...] = ()
    moved: Mapping[str, str] = {}
    removed: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()


class Report(Struct, frozen=True, kw_only=True):
    """What a build did. When `ok` is false the output was not touched.

    `pages` counts the files that the output now owns; of the pages looked at (`planned`) `rendered` were drawn and
    `kept` had nothing to do; of those drawn `written` had other bytes than before. `next_change` is the next instant at
    which the output will change by itself. `foreign` are files in the output folder that nobody owns (`full` only).
    """

    ok: bool
    issues: tuple[Issue, ...] = ()
    scanned: int = 0
    loaded: int = 0
    items: int = 0
    entries: int = 0
    pages: int = 0
    planned: int = 0
    rendered: int = 0
    kept: int = 0
    written: int = 0
    removed: int = 0
    seconds: float = 0.0
    next_change: datetime | None = None
    foreign: tuple[str, ...] = ()
    changes: Changes = Changes()
