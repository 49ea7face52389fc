"""Fingerprint of all inputs of a build: if it equals that of the last build, there is nothing to do.

A build is a function of its inputs and of `now`. The fingerprint is a digest over the stat (size, times, inode) of
every file of the content, the settings, the themes and the code, and over the installed libraries. A file that was
written within the resolution of the clock could change again without a new stat; then no fingerprint is stored, and the
next build compares the files themselves.
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
from digest.config import CONFIG_FILE
from digest.content.store.scan import CONTENT_FOLDER, FileStat, Scan, racy_since_ns, scan
from digest.engine_version import engine_digest, installed_libraries, stat_files
from digest.theme.locate import shipped_folder

WATCHED = ("themes", "templates", "static", "strings")
"""Folders of a site that a build reads besides its content."""


class Inputs:
    """Inputs of a build. `settled` is True when no file can change without a new stat."""

    def __init__(self, inputs_digest: bytes, content: Scan, *, settled: bool) -> None:
        self.digest, self.settled = inputs_digest, settled
        self._content: Scan | None = content

    def content(self) -> Scan | None:
        """Return the content scan once, then None: there may be a million pages, so it is freed after use."""
        content, self._content = self._content, None
        return content


class LastBuild(Struct, frozen=True, kw_only=True):
    """Report and output snapshot of the last build.

    An empty `inputs_digest` means that inputs may have changed since.
    """

    inputs_digest: bytes
    now: str
    report: Report
    snapshot: Snapshot


def scan_inputs(request: BuildRequest) -> Inputs:
    """Stat every input file; open none."""
    unsure = racy_since_ns()
    content = scan(request.site / CONTENT_FOLDER)
    others = [*content.other_files, *_inputs_beside_content(request.site)]
    request_parts = (
        engine_digest(),
        installed_libraries(),
        str(request.site),
        str(request.output),
        str(request.audience),
    )
    digest = hashlib.blake2b(msgspec.msgpack.encode((request_parts, content.files, others)), digest_size=16)
    settled = not content.issues and all(_is_settled(stats, unsure) for stats in (content.files, others))
    return Inputs(digest.digest(), content, settled=settled)


def load_last_build(request: BuildRequest) -> LastBuild | None:
    """Load the record of the last build; None when it is missing, unreadable or of another version."""
    try:
        return msgspec.msgpack.decode(_path_of(request).read_bytes(), type=LastBuild)
    except (OSError, msgspec.MsgspecError):
        return None


def unchanged_report(request: BuildRequest, inputs: Inputs, last_build: LastBuild) -> Report | None:
    """Return the report of a build with nothing to do; None when something may have changed."""
    same = (
        last_build.inputs_digest == inputs.digest
        and _is_still_valid(last_build, request.now)
        and last_build.snapshot.matches(request.output)
    )
    return last_build.report if same else None


def discard(request: BuildRequest) -> None:
    """Delete the record, before the output changes."""
    _path_of(request).unlink(missing_ok=True)


def save(request: BuildRequest, inputs: Inputs, report: Report, left: Snapshot) -> None:
    """Save the record of a successful build."""
    report_if_unchanged = Report(
        ok=True,
        issues=report.issues,
        scanned=report.scanned,
        items=report.items,
        entries=report.entries,
        pages=report.pages,
        next_change=report.next_change,
    )
    inputs_digest = inputs.digest if inputs.settled and not request.full else b""
    last_build = LastBuild(
        inputs_digest=inputs_digest, now=_instant(request.now), report=report_if_unchanged, snapshot=left
    )
    file = _path_of(request)
    fresh = file.with_suffix(".new")
    fresh.write_bytes(msgspec.msgpack.encode(last_build))
    fresh.replace(file)


def _is_still_valid(last_build: LastBuild, now: datetime) -> bool:
    """Return True while no embargo or expiry has passed since the build."""
    until = last_build.report.next_change
    return last_build.now <= _instant(now) and (until is None or now < until)


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _path_of(request: BuildRequest) -> Path:
    return request.folder / f"memo-{request.audience}"


def _is_settled(stats: Sequence[FileStat], unsure: int) -> bool:
    return all(mtime < unsure and ctime < unsure for _, _, mtime, ctime, _ in stats)


def _inputs_beside_content(site: Path) -> Iterator[FileStat]:
    """Stat all inputs that are not content."""
    with suppress(OSError):
        status = (site / CONFIG_FILE).stat()
        yield CONFIG_FILE, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino
    for name in WATCHED:
        yield from stat_files(str(site / name), f"{name}/")
    yield from stat_files(str(shipped_folder()))
