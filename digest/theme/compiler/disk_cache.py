"""Compiled templates on disk, so that the next run need not compile them."""

import hashlib
from pathlib import Path

import jinja2
from jinja2 import FileSystemBytecodeCache

# Whose texts decide what code comes out of a template, beside Jinja's.
_MAKERS = (
    "code_generation.py",
    "constant_folding.py",
    "inheritance.py",
    "macro_inlining.py",
    "output_merging.py",
    "syntax_tree.py",
    "../environment/jinja.py",
)


class Compiled(FileSystemBytecodeCache):
    """Code in `folder`, valid for one `context`: folding wrote the site's and the theme's values into it."""

    def __init__(self, folder: Path, context: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__(str(folder), "%s.code")
        makers = ((Path(__file__).parent / name).read_text("utf-8") for name in _MAKERS)
        whole = "\0".join((jinja2.__version__, context, *makers))
        self._context = hashlib.blake2b(whole.encode(), digest_size=16).hexdigest()

    def get_source_checksum(self, source: str) -> str:
        """A checksum of all that the code depends on."""
        return super().get_source_checksum(f"{self._context} {source}")
