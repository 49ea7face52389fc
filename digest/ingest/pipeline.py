"""The import as a whole: read the configuration, collect and order the dumps, import each, resolve conflicts.

The copy of a dump is written after its pages. If an import dies half-way, importing the same dump again finds the
existing pages and writes the missing ones; the result is the same.
"""

import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path

from digest import config as configuration
from digest.config import Config
from digest.content.fields.times import parse_when
from digest.content.store.lock import LockTimeoutError, file_lock
from digest.gc_pause import no_collection
from digest.ingest.archive.metadata import DumpTime, dump_time_of
from digest.ingest.archive.sources import DumpInput, collect_dumps
from digest.ingest.decide.conflicts import resolve_conflicts
from digest.ingest.options import ImportOptions
from digest.ingest.report import DumpReport, ImportReport
from digest.ingest.session import ImportSession
from digest.ingest.write.content_folder import ContentFolder
from digest.issues import Issue, fails, issue, sort_issues, with_severities
from digest.labels.engines import engine_issues

LOCK_FILE = ".digest/import.lock"
_LOCK_TIMEOUT_S = 30.0


def import_dumps(site: Path, sources: Sequence[str | Path], options: ImportOptions | None = None) -> ImportReport:
    """Import dumps into the site in a folder and return a report. Problems are issues in the report, not exceptions.

    `sources` are files, folders of dumps, or `-` for standard input. Dumps are imported in the order of their times
    and names. If another import of the site is running, this one waits up to 30 seconds for it.
    """
    options = options or ImportOptions()
    config, issues = _load_config(site, options)
    if fails(issues):
        return ImportReport(issues=issues, dry_run=options.dry_run)
    dumps, unreadable = collect_dumps(sources, options)
    ordered, warnings = _in_order(dumps, options, config)
    issues += (*unreadable, *warnings)
    reports, written = tuple[DumpReport, ...](), tuple[str, ...]()
    try:
        with ExitStack() as stack:
            scratch = Path(stack.enter_context(tempfile.TemporaryDirectory())) if options.dry_run else None
            stack.enter_context(file_lock((scratch or site) / LOCK_FILE, _LOCK_TIMEOUT_S))
            stack.enter_context(no_collection())
            folder = ContentFolder(site, scratch)
            if ordered:
                session = stack.enter_context(closing(ImportSession(site, config, options, folder, ordered[0][1])))
                reports = session.import_all(ordered)
                issues += tuple(session.issues)
            issues += tuple(resolve_conflicts(site, folder, options.resolutions))
            written = tuple(folder.written)
    except LockTimeoutError:
        hint = "wait until it has ended; if none is running, delete this file"
        issues += (issue("import-locked", LOCK_FILE, "another import of this site is running", hint),)
    except (OSError, sqlite3.Error) as error:
        file = str(getattr(error, "filename", "") or site)
        issues += (issue("file-failed", file, f"the import stopped: {error}", "fix the cause, then import again"),)
    sorted_issues = sort_issues(with_severities(issues, config.issues))
    return ImportReport(dumps=reports, written=written, issues=sorted_issues, dry_run=options.dry_run)


def _load_config(site: Path, options: ImportOptions) -> tuple[Config, tuple[Issue, ...]]:
    try:
        config, issues = configuration.load(site)
    except OSError as error:
        hint = "go to the folder of a site, or create one with `digest new`"
        missing = issue("config-missing", configuration.CONFIG_FILE, f"cannot be read: {error.strerror}", hint)
        return configuration.parse("")[0], (missing,)
    issues = (*issues, *engine_issues(config))
    if options.at and not parse_when(options.at):
        hint = "write a date such as 2026-02-05, or a time such as 2026-02-05T14:10+01:00"
        issues = (*issues, issue("usage", "", f"`--at {options.at}` is not a date or time", hint))
    return config, issues


def _in_order(
    dumps: Sequence[DumpInput], options: ImportOptions, config: Config
) -> tuple[list[tuple[DumpInput, DumpTime]], list[Issue]]:
    """Return the dumps with their times, sorted by time and name."""
    issues: list[Issue] = []
    timed = []
    for dump in dumps:
        time, warnings = dump_time_of(dump, options.at, config.zone)
        issues += warnings
        timed.append((dump, time))
    timed.sort(key=lambda pair: (pair[1].moment(config.zone), pair[0].name, pair[0].label))
    return timed, issues
