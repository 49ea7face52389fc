"""Exit codes of the process."""

from collections.abc import Iterable, Sequence

from digest.issues import Issue, Severity, fails

OK = 0
FAILED = 1  # issues that fail the run
USAGE = 2  # the command line or the configuration
BUG = 3  # a bug in digest
INTERRUPTED = 130  # 128 + SIGINT, as shells count

_ASKED_WRONGLY = {"usage", "page-not-found", "page-ambiguous", "theme-missing", "folder-not-empty", "target-unknown"}


def code_of(issues: Sequence[Issue], *, strict: bool = False) -> int:
    """Return the exit code for issues; 2 when the user must change the command line or the settings."""
    if any(_asked_wrongly(i) for i in _errors(issues)):
        return USAGE
    return FAILED if fails(issues, strict=strict) else OK


def _errors(issues: Iterable[Issue]) -> Iterable[Issue]:
    return (i for i in issues if i.severity is Severity.ERROR)


def _asked_wrongly(wrong: Issue) -> bool:
    return wrong.code in _ASKED_WRONGLY or wrong.code.startswith("config-")
