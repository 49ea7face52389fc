"""Input and result of a build: `BuildRequest` and `Report`."""

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
"""Callback: stage of the build, number done, total (0: unknown)."""


class BuildRequest(Struct, frozen=True, kw_only=True):
    """Parameters of a build.

    `now` has a time zone. State and stage are in the folder `.digest` of `cache`, by default of the site. `jobs` is the
    number of processes; 1 starts none. `full` discards the state of earlier builds. An `executor` renders instead of
    local processes: its workers see site and cache under the same paths, and every argument can be pickled.
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
        """Folder of state and stage."""
        return (self.cache or self.site) / ".digest"

    @property
    def crash_trace_folder(self) -> Path:
        """Folder in which worker processes record the page that they render."""
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
    """Result of a build. When `ok` is false, the output was not touched.

    `pages` counts the files of the output. Of the pages that were examined (`planned`), `rendered` were rendered and
    `kept` were up to date; of the rendered ones `written` have new bytes. `next_change` is the next time at which the
    output changes by itself. `foreign` lists files in the output folder that no build made (only with `full`).
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
