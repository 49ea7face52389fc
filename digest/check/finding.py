"""Finding: a problem in the output, before its place in the content is known."""

from msgspec import Struct


class Finding(Struct, frozen=True, kw_only=True):
    """`file` is a path below the output; `line` and `column` count from 1, 0 where they are not known.

    `needle` is text that stands in the page's Markdown when an editor wrote what is wrong, empty when no editor can
    have.
    """

    code: str
    file: str
    message: str
    hint: str = ""
    line: int = 0
    column: int = 0
    source_text: str = ""
