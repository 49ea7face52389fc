"""The lines of a data file of this package: comments and empty lines gone."""

from collections.abc import Iterator
from importlib import resources


def lines_of(name: str) -> Iterator[str]:
    """Each line of `data/NAME` that says something."""
    text = (resources.files("digest.stories") / "data" / name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))
