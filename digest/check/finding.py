"""Finding: a problem in the output, before it is mapped to a line of content."""

from msgspec import Struct


class Finding(Struct, frozen=True, kw_only=True):
    """A problem in a file of the output.

    `file` is a path relative to the output; `line` and `column` count from 1, or are 0 if unknown. `source_text` is
    text in the page's Markdown, so that the issue names the line that an editor can change; empty if there is none.
    """

    code: str
    file: str
    message: str
    hint: str = ""
    line: int = 0
    column: int = 0
    source_text: str = ""
