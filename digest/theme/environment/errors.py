"""What can go wrong in a template, and how it is said: what, where, and what mends it."""

import re

from jinja2 import TemplateError as JinjaError
from jinja2 import TemplateSyntaxError

from digest.issues import Issue, Place, issue
from digest.theme.theme import Template
from digest.toml import unknown

# What code in a template can raise: Jinja's own errors and those of the expressions in it. Errors of the disk are not
# among them: a body that cannot be read is no fault of the template's.
RENDER_ERRORS = (
    JinjaError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
_TAGS = (
    "autoescape block call elif else endautoescape endblock endcall endfilter endfor endif endmacro endset endwith "
    "extends filter for from if import include macro set with"
)


class TemplateError(Exception):
    """A template that cannot draw its page. Its issue names the template's file and line."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(issue)
        self.issue = issue

    def __str__(self) -> str:
        return str(self.issue)


def syntax_issue(error: TemplateSyntaxError, template: Template, filters: tuple[str, ...]) -> Issue:
    """A template that Jinja cannot parse. `filters` are the names of those that there are."""
    message = (error.message or "the template cannot be parsed").rstrip(".")
    hint = "see https://jinja.palletsprojects.com/en/stable/templates/ for the syntax"
    if named := re.match(r"(Encountered unknown tag|No filter named) '(\w+)'", message):
        hint = unknown(named[2], filters if named[1].startswith("No") else tuple(_TAGS.split()))
    place = place_in_template(template.source, template.file, error.lineno, message)
    return issue("template-syntax", place, message[:1].lower() + message[1:], hint)


def failure_issue(error: Exception, place: Place) -> Issue:
    """An expression that failed."""
    message, _, hint = str(error).partition("\n")
    if hint:
        return issue("template-failed", place, message, hint)
    hint = "what may be none or empty needs an `if`; what a view may hold is said in docs/reference/themes.md"
    return issue("template-failed", place, f"{type(error).__name__}: {message}", hint)


def place_in_template(source: str, file: str, line: int, message: str) -> Place:
    """A line of a template, with the column of the first word that the message quotes, where it stands there."""
    text = "".join(source.splitlines()[line - 1 : line])
    for word in re.findall(r"[`']([^`']+)[`']", message):
        if found := re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text):
            return Place(file, line, found.start() + 1)
    return Place(file, line)
