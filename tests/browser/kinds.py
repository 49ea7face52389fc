"""Find one page of each kind in a built site, from the build's database."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.sites.paper import Paper

_NO_PAGES = {"alias"}  # they redirect at once


def every_kind(paper: Paper) -> dict[str, str]:
    """Return the path of the largest page of each kind; for lists, of each axis too."""
    (state,) = paper.output.parent.glob("**/.digest/state.sqlite")
    with closing(sqlite3.connect(f"file:{state}?mode=ro", uri=True)) as store:
        query = "SELECT kind, file FROM pages_public WHERE file LIKE '%.html' ORDER BY size DESC, file"
        rows = [(str(kind), str(file)) for kind, file in store.execute(query)]
    found: dict[str, str] = {}
    for kind, file in rows:
        if kind not in _NO_PAGES:
            found.setdefault(_name(kind, file), file.removesuffix("index.html"))
    return found


def _name(kind: str, file: str) -> str:
    """`section region`, `section region category`, `archive author` …"""
    if kind not in ("section", "archive"):
        return kind
    first, *rest = Path(file).parent.parts
    crossed = len([part for part in rest if not part.isdigit()]) > 1
    return f"{kind} {first}{' category' if crossed else ''}"
