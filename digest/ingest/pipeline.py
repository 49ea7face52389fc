"""Dumps into the content folder: parse, label, thread, write; then keep the dump.

A dump's copy is written last. Where an import dies half-way, importing the dump again finds the pages that are there
and makes the others; the result is the same.
"""

import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path

from digest import config as configuration
from digest.config import Config
from digest.content.fields.times import parse_when
from digest.content.store.lock import BusyError, locked
from digest.gc_pause import no_collection
from digest.ingest.archive.sources import DumpInput, collect_dumps
from digest.ingest.archive.stamps import DumpTime, dump_time_of
from digest.ingest.decide.conflicts import resolve_conflicts
from digest.ingest.options import ImportOptions
from digest.ingest.report import DumpReport, ImportReport
from digest.ingest.session import ImportSession
from digest.ingest.write.content_folder import ContentFolder
from digest.issues import Issue, fails, in_order, issue, with_severities
from digest.labels.engines import issues_of

LOCK_FILE = ".digest/import.lock"
_PATIENCE_S = 30.0


def import_dumps(site: Path, sources: Sequence[str | Path], options: ImportOptions | None = None) -> ImportReport:
    """Import dumps (files, folders of them, `-`) into the site in a folder, in the order of their times and names.

    Waits for another import of the site to end, half a minute at most.
    """
    options = options or ImportOptions()
    config, issues = _configured(site, options)
    if fails(issues):
        return ImportReport(issues=issues, dry_run=options.dry_run)
    given, wrong = collect_dumps(sources, options)
    ordered, warnings = _in_order(given, options, config)
    issues += (*wrong, *warnings)
    reports, written = tuple[DumpReport, ...](), tuple[str, ...]()
    try:
        with ExitStack() as stack:
            scratch = Path(stack.enter_context(tempfile.TemporaryDirectory())) if options.dry_run else None
            stack.enter_context(locked((scratch or site) / LOCK_FILE, _PATIENCE_S))
            stack.enter_context(no_collection())
            folder = ContentFolder(site, scratch)
            if ordered:
                run = stack.enter_context(closing(ImportSession(site, config, options, folder, ordered[0][1])))
                reports = run.import_all(ordered)
                issues += tuple(run.issues)
            issues += tuple(resolve_conflicts(site, folder, options.resolutions))
            written = tuple(folder.written)
    except BusyError:
        hint = "wait for it to end; if none is running, delete the file"
        issues += (issue("import-locked", LOCK_FILE, "another import of this site is running", hint),)
    except (OSError, sqlite3.Error) as error:
        file = str(getattr(error, "filename", "") or site)
        issues += (issue("file-failed", file, f"the import stopped: {error}", "see to it, then import again"),)
    found = in_order(with_severities(issues, config.issues))
    return ImportReport(dumps=reports, written=written, issues=found, dry_run=options.dry_run)


def _configured(site: Path, options: ImportOptions) -> tuple[Config, tuple[Issue, ...]]:
    try:
        config, issues = configuration.load(site)
    except OSError as error:
        hint = "go to the folder of a site, or make one with `digest new`"
        missing = issue("config-missing", configuration.NAME, f"cannot be read: {error.strerror}", hint)
        return configuration.parse("")[0], (missing,)
    issues = (*issues, *issues_of(config))
    if options.at and not parse_when(options.at):
        hint = "write a day such as 2026-02-05, or a moment such as 2026-02-05T14:10+01:00"
        issues = (*issues, issue("usage", "", f"`--at {options.at}` is no time", hint))
    return config, issues


def _in_order(
    given: Sequence[DumpInput], options: ImportOptions, config: Config
) -> tuple[list[tuple[DumpInput, DumpTime]], list[Issue]]:
    """Dumps by time and name, with their times."""
    issues: list[Issue] = []
    stamped = []
    for dump in given:
        stamp, warnings = dump_time_of(dump, options.at, config.zone)
        issues += warnings
        stamped.append((dump, stamp))
    stamped.sort(key=lambda pair: (pair[1].moment(config.zone), pair[0].name, pair[0].label))
    return stamped, issues
