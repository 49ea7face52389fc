"""Entry point of a build: takes the lock, stops when nothing has changed, and turns errors into issues."""

from collections.abc import Callable
from functools import partial
from time import perf_counter

import msgspec

from digest.builder.request import BuildRequest, Progress, Report
from digest.builder.uptodate import fingerprint
from digest.content.store.lock import LockTimeoutError, file_lock
from digest.issues import Issue, Place, issue
from digest.speedups import is_enabled

_PATIENCE_S = 10.0


def build(request: BuildRequest, progress: Progress | None = None) -> Report:
    """Build a site. All problems are in the report; the output is touched only when every page was rendered."""
    return run_locked(request, partial(_build, request, progress))


def run_locked(request: BuildRequest, work: Callable[[], Report]) -> Report:
    """Run `work` under the build lock of the audience. OSError and dead workers become issues of the report."""
    start = perf_counter()
    try:
        with file_lock(request.folder / f"build-{request.audience}.lock", _PATIENCE_S):
            report = work()
    except LockTimeoutError:
        report = _failed(issue("output-locked", Place(), "another build of this site is running", "wait for its end"))
    except OSError as error:
        place = Place(str(error.filename or request.output))
        hint = "see who owns it, and whether the disk is full"
        report = _failed(issue("output-unwritable", place, error.strerror or str(error), hint))
    except RuntimeError as error:
        report = _failed(_worker_death(request, error))
    return msgspec.structs.replace(report, seconds=perf_counter() - start)


def _build(request: BuildRequest, progress: Progress | None) -> Report:
    inputs = fingerprint.scan_inputs(request)
    compare = not request.full and is_enabled("up-to-date-check")
    last_build = fingerprint.load_last_build(request) if compare else None
    report = fingerprint.unchanged_report(request, inputs, last_build) if last_build else None
    if report is None:
        from digest.builder.pipeline import run  # noqa: PLC0415 - slower to import than the whole check for changes

        report = run(request, inputs, last_build.snapshot if last_build else None, progress)
    return report


def _worker_death(request: BuildRequest, error: RuntimeError) -> Issue:
    """Return the issue for a worker that died, with the page that it was rendering. Re-raises any other error."""
    from concurrent.futures import BrokenExecutor  # noqa: PLC0415 - few builds start workers

    from digest.builder.render.crash_trace import remove_folder, unfinished_places  # noqa: PLC0415 - as above

    if not isinstance(error, BrokenExecutor):
        raise error
    where = " or ".join(unfinished_places(request.crash_trace_folder)) or str(error)
    remove_folder(request.crash_trace_folder)
    hint = "see whether it had memory enough, or whether somebody ended it; `--jobs 1` starts none"
    return issue("process-died", Place(), f"one that was at {where}", hint)


def _failed(wrong: Issue) -> Report:
    return Report(ok=False, issues=(wrong,))
