"""The last build on one page. A build is a function of what it reads and of `now`: the same again, and it stands.

What it read is known by the status of every file: of the content, the configuration, the site's and the shipped themes
and the code. What it made, by size and time. A file that was written a moment before it was looked at could change
again without a trace: then the next build looks more closely.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from digest.builder.request import BuildRequest, Report
from digest.builder.uptodate.snapshot import Snapshot
from digest.config import NAME
from digest.content.store.scan import CONTENT_FOLDER, FileStat, Scan, racy_since_ns, scan
from digest.engine_version import engine_digest, installed, stats_below
from digest.theme.locate import shipped_folder

WATCHED = ("themes", "templates", "static", "strings")
"""Folders of a site that a build reads, beside its content."""


class Inputs:
    """What a build is about to read. `settled` when none of it can change without a trace."""

    def __init__(self, mark: bytes, content: Scan, *, settled: bool) -> None:
        self.digest, self.settled = mark, settled
        self._content: Scan | None = content

    def content(self) -> Scan | None:
        """The pages, for the first who asks: there may be a million, and they are kept no longer than needed."""
        content, self._content = self._content, None
        return content


class LastBuild(Struct, frozen=True, kw_only=True):
    """What there is to say when nothing of `mark` changed, and what was left. No `mark`: something may have changed."""

    inputs_digest: bytes
    now: str
    report: Report
    snapshot: Snapshot


def scan_inputs(request: BuildRequest) -> Inputs:
    """One look at every input; none is opened."""
    unsure = racy_since_ns()
    content = scan(request.site / CONTENT_FOLDER)
    other = [*content.other_files, *_inputs_beside_content(request.site)]
    asked = (engine_digest(), installed(), str(request.site), str(request.output), str(request.audience))
    digest = hashlib.blake2b(msgspec.msgpack.encode((asked, content.files, other)), digest_size=16)
    settled = not content.issues and all(_is_settled(stats, unsure) for stats in (content.files, other))
    return Inputs(digest.digest(), content, settled=settled)


def load_last_build(request: BuildRequest) -> LastBuild | None:
    """What the last build left behind; None when it was another one's, died, or asks not to be believed."""
    try:
        return msgspec.msgpack.decode(_path_of(request).read_bytes(), type=LastBuild)
    except (OSError, msgspec.MsgspecError):
        return None


def unchanged_report(request: BuildRequest, sight: Inputs, memo: LastBuild) -> Report | None:
    """The report of a build that has nothing to do; None when there may be something."""
    same = (
        memo.inputs_digest == sight.digest
        and _is_still_valid(memo, request.now)
        and memo.snapshot.matches(request.output)
    )
    return memo.report if same else None


def discard(request: BuildRequest) -> None:
    """Before anything is done to the output: it will not be what it was."""
    _path_of(request).unlink(missing_ok=True)


def save(request: BuildRequest, sight: Inputs, report: Report, left: Snapshot) -> None:
    """After a build that was well: what it left, and what there is to say when it stands."""
    said = Report(
        ok=True,
        issues=report.issues,
        scanned=report.scanned,
        items=report.items,
        entries=report.entries,
        pages=report.pages,
        next_change=report.next_change,
    )
    mark = sight.digest if sight.settled and not request.full else b""
    memo = LastBuild(inputs_digest=mark, now=_instant(request.now), report=said, snapshot=left)
    file = _path_of(request)
    fresh = file.with_suffix(".new")
    fresh.write_bytes(msgspec.msgpack.encode(memo))
    fresh.replace(file)


def _is_still_valid(memo: LastBuild, now: datetime) -> bool:
    """Whether nothing changed by itself since the build."""
    until = memo.report.next_change
    return memo.now <= _instant(now) and (until is None or now < until)


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _path_of(request: BuildRequest) -> Path:
    return request.folder / f"memo-{request.audience}"


def _is_settled(stats: Sequence[FileStat], unsure: int) -> bool:
    return all(mtime < unsure and ctime < unsure for _, _, mtime, ctime, _ in stats)


def _inputs_beside_content(site: Path) -> Iterator[FileStat]:
    """The inputs that are no content."""
    with suppress(OSError):
        status = (site / NAME).stat()
        yield NAME, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino
    for name in WATCHED:
        yield from stats_below(str(site / name), f"{name}/")
    yield from stats_below(str(shipped_folder()))
