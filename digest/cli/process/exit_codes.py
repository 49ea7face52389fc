"""What the process ends with."""

from collections.abc import Iterable, Sequence

from digest.issues import Issue, Severity, fails

OK = 0
FAILED = 1  # issues that fail the run
USAGE = 2  # the command line or the configuration
BUG = 3  # ours
INTERRUPTED = 130  # 128 + SIGINT, as shells count

_ASKED_WRONGLY = {"usage", "page-not-found", "page-ambiguous", "theme-missing", "folder-not-empty", "target-unknown"}


def code_of(issues: Sequence[Issue], *, strict: bool = False) -> int:
    """The exit code of a run with these issues. What only its user can mend in what was asked is 2."""
    if any(_asked_wrongly(i) for i in _errors(issues)):
        return USAGE
    return FAILED if fails(issues, strict=strict) else OK


def _errors(issues: Iterable[Issue]) -> Iterable[Issue]:
    return (i for i in issues if i.severity is Severity.ERROR)


def _asked_wrongly(wrong: Issue) -> bool:
    return wrong.code in _ASKED_WRONGLY or wrong.code.startswith("config-")
