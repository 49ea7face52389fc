"""Exceptions that end a command with issues."""

from digest.issues import Issue, Place, issue


class Stop(Exception):  # noqa: N818 - it ends a command, which is an error only if its issues are
    """Ends the command; the error boundary prints the issues."""

    def __init__(self, *issues: Issue) -> None:
        super().__init__(*issues)
        self.issues = issues


def misuse(message: str, hint: str = "") -> Stop:
    """Return the exception for an invalid command line."""
    return Stop(issue("usage", Place(), message, hint))
