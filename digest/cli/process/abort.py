"""How a command says that it cannot go on."""

from digest.issues import Issue, Place, issue


class Stop(Exception):  # noqa: N818 - it is the end of a command, an error only if its issues are
    """Ends the command with these issues; the boundary prints them."""

    def __init__(self, *issues: Issue) -> None:
        super().__init__(*issues)
        self.issues = issues


def misuse(message: str, hint: str = "") -> Stop:
    """A command line that asks for what cannot be."""
    return Stop(issue("usage", Place(), message, hint))
