"""`.digest/state.sqlite`: what runs remember for each other. A cache: whatever is wrong with it, it is made anew."""

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

STATE_FILE = ".digest/state.sqlite"
_OURS = 0x64696773
_PATIENCE_S = 30.0
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_NO_WAY_IN = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
}


class Schema(Struct, frozen=True):
    """One package's tables. A store that was made with another `number` is emptied."""

    name: str
    version: int
    statements: tuple[str, ...]


def open_store(site: Path, *schemas: Schema) -> sqlite3.Connection:
    """The store of a site with the tables of all `schemas`, in autocommit mode: callers begin their transactions.

    Raises OSError when the folder cannot be written.
    """
    path = site / STATE_FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _opened(path, schemas)
    except sqlite3.DatabaseError as error:
        if _cause(error) in _NO_WAY_IN:
            message = f"{path}: {error}"
            raise OSError(message) from error
        if _cause(error) not in _DAMAGE:
            raise
    for end in ("", "-journal", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    return _opened(path, schemas)


def _opened(path: Path, schemas: Iterable[Schema]) -> sqlite3.Connection:
    store = sqlite3.connect(path, timeout=_PATIENCE_S, isolation_level=None)
    try:
        # A new store in large leaves, with room for many: a first build writes them all, and each but once or twice.
        store.execute("PRAGMA page_size = 16384")
        store.execute("PRAGMA cache_size = -16000")
        # Losing the last transaction with the machine's power costs a second reading, no more.
        store.execute("PRAGMA synchronous = NORMAL")
        store.execute("BEGIN IMMEDIATE")
        new = _prepare(store, schemas)
        store.execute("COMMIT")
        if not new:
            # A new store is filled as it stands: what is written ahead is written twice.
            with suppress(sqlite3.OperationalError):  # somebody is busy with it: another time
                store.execute("PRAGMA journal_mode = WAL")
    except BaseException:
        store.close()
        raise
    return store


def _prepare(store: sqlite3.Connection, schemas: Iterable[Schema]) -> bool:
    """Whether it was none of ours before."""
    new = bool(store.execute("PRAGMA application_id").fetchone()[0] != _OURS)
    if new:
        _empty(store)
        store.execute(f"PRAGMA application_id = {_OURS}")
    store.execute("CREATE TABLE IF NOT EXISTS schemas (name TEXT PRIMARY KEY, number INTEGER NOT NULL)")
    numbers = dict(store.execute("SELECT name, number FROM schemas"))
    if any(numbers.get(schema.name, schema.version) != schema.version for schema in schemas):
        _empty(store)
        store.execute("CREATE TABLE schemas (name TEXT PRIMARY KEY, number INTEGER NOT NULL)")
    for schema in schemas:
        store.execute("INSERT OR REPLACE INTO schemas VALUES (?, ?)", (schema.name, schema.version))
        for statement in schema.statements:
            store.execute(statement)
    return new


def _empty(store: sqlite3.Connection) -> None:
    kinds = "SELECT type, name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'"
    for kind, name in store.execute(kinds).fetchall():
        store.execute(f'DROP {kind} "{name}"')


def _cause(error: sqlite3.Error) -> int:
    """The primary result code: https://www.sqlite.org/rescode.html"""
    return error.sqlite_errorcode & 0xFF
