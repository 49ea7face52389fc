"""Where every build begins: it is alone, it looks at what it would read, and ends there if nothing of that changed."""

from collections.abc import Callable
from functools import partial
from time import perf_counter

import msgspec

from digest.builder.request import BuildRequest, Progress, Report
from digest.builder.uptodate import fingerprint
from digest.content.store.lock import LockTimeoutError, file_lock
from digest.issues import Issue, Place, issue

_PATIENCE_S = 10.0


def build(request: BuildRequest, progress: Progress | None = None) -> Report:
    """Build a site. Everything that is wrong is in the report; the output is touched only when all pages were drawn."""
    return run_locked(request, partial(_build, request, progress))


def run_locked(request: BuildRequest, work: Callable[[], Report]) -> Report:
    """Does a work while no other build of this audience does anything. What cannot be written is an issue."""
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
        report = _failed(_death(request, error))
    return msgspec.structs.replace(report, seconds=perf_counter() - start)


def _build(request: BuildRequest, progress: Progress | None) -> Report:
    sight, last = fingerprint.scan_inputs(request), None if request.full else fingerprint.load_last_build(request)
    report = fingerprint.unchanged_report(request, sight, last) if last else None
    if report is None:
        from digest.builder.pipeline import run  # noqa: PLC0415 - takes longer than to find nothing to do

        report = run(request, sight, last.snapshot if last else None, progress)
    return report


def _death(request: BuildRequest, error: RuntimeError) -> Issue:
    """A process of a pool died: at which page. Raises the error again when it is another one."""
    from concurrent.futures import BrokenExecutor  # noqa: PLC0415 - few builds have a pool

    from digest.builder.render.crash_trace import remove_folder, unfinished_places  # noqa: PLC0415 - as above

    if not isinstance(error, BrokenExecutor):
        raise error
    where = " or ".join(unfinished_places(request.crash_trace_folder)) or str(error)
    remove_folder(request.crash_trace_folder)
    hint = "see whether it had memory enough, or whether somebody ended it; `--jobs 1` starts none"
    return issue("process-died", Place(), f"one that was at {where}", hint)


def _failed(wrong: Issue) -> Report:
    return Report(ok=False, issues=(wrong,))
