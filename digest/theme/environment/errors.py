"""Errors of templates as issues: message, file with line and column, and a hint."""

import re

from jinja2 import TemplateError as JinjaError
from jinja2 import TemplateSyntaxError

from digest.issues import Issue, Place, issue
from digest.theme.theme import Template
from digest.toml import unknown_name_hint

# Exceptions that the code of a template can raise: Jinja's own and those of its expressions. OSError is not among
# them: a body that cannot be read is not the template's fault.
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
    """A template failed to render its page. The issue names the file and line of the template."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(issue)
        self.issue = issue

    def __str__(self) -> str:
        return str(self.issue)


def syntax_issue(error: TemplateSyntaxError, template: Template, filters: tuple[str, ...]) -> Issue:
    """Issue for a template that Jinja cannot parse. `filters` are the names of the available filters, for the hint."""
    message = (error.message or "the template cannot be parsed").rstrip(".")
    hint = "see https://jinja.palletsprojects.com/en/stable/templates/ for the syntax"
    if named := re.match(r"(Encountered unknown tag|No filter named) '(\w+)'", message):
        hint = unknown_name_hint(named[2], filters if named[1].startswith("No") else tuple(_TAGS.split()))
    place = place_in_template(template.source, template.file, error.lineno, message)
    return issue("template-syntax", place, message[:1].lower() + message[1:], hint)


def failure_issue(error: Exception, place: Place) -> Issue:
    """Issue for an expression that raised an exception. A second line of the message is the hint."""
    message, _, hint = str(error).partition("\n")
    if hint:
        return issue("template-failed", place, message, hint)
    hint = "a value that may be none or empty needs an `if`; docs/reference/themes.md lists the fields of each view"
    return issue("template-failed", place, f"{type(error).__name__}: {message}", hint)


def place_in_template(source: str, file: str, line: int, message: str) -> Place:
    """Place of a line in a template. The column is that of the first word that the message quotes, if it is there."""
    text = "".join(source.splitlines()[line - 1 : line])
    for word in re.findall(r"[`']([^`']+)[`']", message):
        if match := re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text):
            return Place(file, line, match.start() + 1)
    return Place(file, line)
