"""Read files of test cases. A case has the files of a small site, and the expected issues:

=== its name, in words
--- digest.toml
the file's text
--- expect
the text that must come out
"""

import re
from collections.abc import Mapping
from pathlib import Path

Case = Mapping[str, str]


def cases(path: Path) -> dict[str, Case]:
    """Return the cases of a file by name; each maps paths to file contents."""
    _, *parts = re.split(r"^=== (.+)\n", path.read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[::2], map(_files, parts[1::2]), strict=True))


def _files(text: str) -> Case:
    _, *parts = re.split(r"^--- (.+)\n", text, flags=re.MULTILINE)
    return dict(zip(parts[::2], (p.strip("\n") + "\n" for p in parts[1::2]), strict=True))


def write(case: Case, folder: Path) -> None:
    """Write the files of a case below `folder`, without the expected issues."""
    for name, text in case.items():
        if name != "expect":
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8")
