"""Reader for the data files of this package."""

from collections.abc import Iterator
from importlib import resources


def read_lines(name: str) -> Iterator[str]:
    """Read the lines of `data/NAME` without comments and empty lines."""
    text = (resources.files("digest.stories") / "data" / name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))
