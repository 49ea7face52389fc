"""Schema of the state file: tables for each audience, and the types of their rows."""

from typing import NamedTuple

from digest.content.store.database import Schema
from digest.site.context import Audience

_TABLES = """
CREATE TABLE IF NOT EXISTS meta_{a} (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS entries_{a} (
    root TEXT PRIMARY KEY, digest TEXT, story TEXT, seen INT, in_story INT, until TEXT,
    edition TEXT, lead INT, path TEXT, sources TEXT
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS entries_story_{a} ON entries_{a} (story);
CREATE INDEX IF NOT EXISTS entries_until_{a} ON entries_{a} (until) WHERE until != '';
CREATE INDEX IF NOT EXISTS entries_sources_{a} ON entries_{a} (sources);
CREATE INDEX IF NOT EXISTS entries_lead_{a} ON entries_{a} (edition, lead) WHERE lead > 0;
CREATE TABLE IF NOT EXISTS cards_{a} (card INTEGER PRIMARY KEY, body BLOB);
CREATE TABLE IF NOT EXISTS keys_{a} (key TEXT PRIMARY KEY, first INT, places BLOB);
CREATE TABLE IF NOT EXISTS places_{a} (
    grp TEXT, ord TEXT, key TEXT, card INT, PRIMARY KEY (grp, ord, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pages_{a} (
    url TEXT PRIMARY KEY, kind TEXT, key TEXT, file TEXT, folded TEXT, mark BLOB,
    digest TEXT, size INT, mtime INT, type TEXT
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS pages_folded_{a} ON pages_{a} (folded);
CREATE INDEX IF NOT EXISTS pages_kind_{a} ON pages_{a} (kind);
CREATE TABLE IF NOT EXISTS pictures_{a} (path TEXT PRIMARY KEY, known BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS journal_{a} (seq INTEGER PRIMARY KEY, op TEXT, file TEXT);
"""
TABLES = Schema(
    "build",
    7,
    tuple(s for a in Audience for s in _TABLES.replace("{a}", a).strip().split(";\n")),
)


class EntryRow(NamedTuple):
    """An entry when it was last emitted. `until` is the time of the next emission, in ISO 8601 UTC.

    `in_story` is 0 for an entry that is alone in its story, 2 when another entry is of its day or earlier, else 1.
    """

    root: str
    digest: str
    story: str
    seen: int
    in_story: int
    until: str
    edition: str
    lead: int
    path: str
    sources: str


class PageRow(NamedTuple):
    """A file of the output. `page_key` is the key under which it was rendered."""

    url: str
    kind: str
    key: str
    file: str
    folded_file: str
    page_key: bytes
    digest: str
    size: int
    mtime: int
    type: str


class Operation(NamedTuple):
    """A step of a commit: `put` a staged file in place, `move` a staged folder, or `delete` a file."""

    op: str
    file: str
