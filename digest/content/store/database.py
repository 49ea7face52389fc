"""SQLite database `.digest/state.sqlite`: state shared by runs. A cache: a damaged file is deleted and made again."""

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

STATE_FILE = ".digest/state.sqlite"
_APPLICATION_ID = 0x64696773
_TIMEOUT_S = 30.0
_DAMAGE_ERRORS = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_ACCESS_ERRORS = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
}


class Schema(Struct, frozen=True):
    """Tables of one package. A database that was made with another `version` is emptied."""

    name: str
    version: int
    statements: tuple[str, ...]


def open_store(site: Path, *schemas: Schema) -> sqlite3.Connection:
    """Open the database of a site and make the tables of all `schemas`. Autocommit mode: callers begin transactions.

    Raises OSError when the file cannot be opened or written.
    """
    path = site / STATE_FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _open(path, schemas)
    except sqlite3.DatabaseError as error:
        if _cause(error) in _ACCESS_ERRORS:
            message = f"{path}: {error}"
            raise OSError(message) from error
        if _cause(error) not in _DAMAGE_ERRORS:
            raise
    for suffix in ("", "-journal", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    return _open(path, schemas)


def _open(path: Path, schemas: Iterable[Schema]) -> sqlite3.Connection:
    store = sqlite3.connect(path, timeout=_TIMEOUT_S, isolation_level=None)
    try:
        # Large pages and a large cache for a new file: a first build writes every page once or twice.
        store.execute("PRAGMA page_size = 16384")
        store.execute("PRAGMA cache_size = -16000")
        # A power failure may lose the last transaction, which only costs reading the files again.
        store.execute("PRAGMA synchronous = NORMAL")
        store.execute("BEGIN IMMEDIATE")
        new = _prepare(store, schemas)
        store.execute("COMMIT")
        if not new:
            # A new file is filled without WAL, which would write everything twice.
            with suppress(sqlite3.OperationalError):  # the database is in use: the next run switches to WAL
                store.execute("PRAGMA journal_mode = WAL")
    except BaseException:
        store.close()
        raise
    return store


def _prepare(store: sqlite3.Connection, schemas: Iterable[Schema]) -> bool:
    """Make the tables; return whether the file was not one of ours before."""
    new = bool(store.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION_ID)
    if new:
        _empty(store)
        store.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
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
    """Return the primary result code: https://www.sqlite.org/rescode.html"""
    return error.sqlite_errorcode & 0xFF
