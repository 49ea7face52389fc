"""The last build on one page. A build is a function of what it reads and of `now`: the same again, and it stands.

What it read is known by the status of every file: of the content, the configuration, the site's and the shipped themes
and the code. What it made, by size and time. A file that was written a moment before it was looked at could change
again without a trace: then no memo is kept, and the next build looks more closely.
"""

import hashlib
import os
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from digest.build.request import BuildRequest, Report
from digest.config import NAME
from digest.content.scan import FOLDER, Scan, Stat, scan, unsure_from
from digest.engine import engine_digest, installed, stats_below
from digest.theme.where import shipped_folder

WATCHED = ("themes", "templates", "static", "strings")
"""Folders of a site that a build reads, beside its content."""


class Sight(Struct, frozen=True, kw_only=True):
    """What a build is about to read. `settled` when none of it can change without a trace."""

    mark: bytes
    content: Scan
    settled: bool


class _Memo(Struct, frozen=True, kw_only=True):
    """`files` of the output, a line each, with the size and the time of each, in ns, below `stats`."""

    mark: bytes
    now: str
    report: Report
    files: str
    stats: bytes


def see(request: BuildRequest) -> Sight:
    """One look at every input; none is opened."""
    unsure = unsure_from()
    content = scan(request.site / FOLDER)
    other = [*content.others, *_beside(request.site)]
    asked = (engine_digest(), installed(), str(request.site), str(request.output), str(request.audience))
    digest = hashlib.blake2b(msgspec.msgpack.encode((asked, content.files, other)), digest_size=16)
    settled = not content.issues and all(_settled(stats, unsure) for stats in (content.files, other))
    return Sight(mark=digest.digest(), content=content, settled=settled)


def recall(request: BuildRequest, sight: Sight) -> Report | None:
    """The report of a build that has nothing to do; None when there may be something."""
    try:
        memo = msgspec.msgpack.decode(_file(request).read_bytes(), type=_Memo)
    except (OSError, msgspec.MsgspecError):
        return None
    if memo.mark != sight.mark or not _holds(memo, request.now) or _stats(request.output, memo.files) != memo.stats:
        return None
    return memo.report


def forget(request: BuildRequest) -> None:
    """Before anything is done to the output: it will not be what it was."""
    _file(request).unlink(missing_ok=True)


def keep(request: BuildRequest, sight: Sight, report: Report, left: Iterable[tuple[str, int, int]]) -> None:
    """After a build: what it left, each file with its size and its time, and what there is to say when it stands."""
    if not sight.settled or not report.ok or request.full:
        return
    names, stats = list[str](), array("q")
    for name, size, time in left:
        names.append(name)
        stats.extend((size, time))
    said = Report(
        ok=True,
        issues=report.issues,
        scanned=report.scanned,
        items=report.items,
        entries=report.entries,
        pages=report.pages,
        next_change=report.next_change,
    )
    memo = _Memo(mark=sight.mark, now=_instant(request.now), report=said, files="\n".join(names), stats=stats.tobytes())
    file = _file(request)
    fresh = file.with_suffix(".new")
    fresh.write_bytes(msgspec.msgpack.encode(memo))
    fresh.replace(file)


def _holds(memo: _Memo, now: datetime) -> bool:
    """Whether nothing changed by itself since the build."""
    until = memo.report.next_change
    return memo.now <= _instant(now) and (until is None or now < until)


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _file(request: BuildRequest) -> Path:
    return request.folder / f"memo-{request.audience}"


def _stats(output: Path, files: str) -> bytes:
    """Size and time of each file; less than there should be when one is not there."""
    found, stat = array("q"), os.stat
    with suppress(OSError):
        folder = os.open(output, os.O_RDONLY) if os.stat in os.supports_dir_fd else None
        try:
            for name in files.split("\n"):
                status = stat(name if folder else f"{output}/{name}", dir_fd=folder)
                found.append(status.st_size)
                found.append(status.st_mtime_ns)
        finally:
            if folder:
                os.close(folder)
    return found.tobytes()


def _settled(stats: Sequence[Stat], unsure: int) -> bool:
    return all(mtime < unsure and ctime < unsure for _, _, mtime, ctime, _ in stats)


def _beside(site: Path) -> Iterator[Stat]:
    """The inputs that are no content."""
    with suppress(OSError):
        status = (site / NAME).stat()
        yield NAME, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino
    for name in WATCHED:
        yield from stats_below(str(site / name), f"{name}/")
    yield from stats_below(str(shipped_folder()))
