"""SQLite database: persistence, schema versions, and recovery from damage."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from digest.content.store.database import STATE_FILE, Schema, open_store

NOTES = Schema(name="notes", version=1, statements=("CREATE TABLE IF NOT EXISTS notes (text TEXT)",))
LISTS = Schema(name="lists", version=1, statements=("CREATE TABLE IF NOT EXISTS lists (text TEXT)",))


def note(site: Path, text: str, *schemas: Schema) -> None:
    with closing(open_store(site, *schemas)) as store:
        store.execute("INSERT INTO notes VALUES (?)", (text,))


def notes(site: Path, *schemas: Schema) -> list[str]:
    with closing(open_store(site, *schemas)) as store:
        return [text for (text,) in store.execute("SELECT text FROM notes ORDER BY text")]


def newer(schema: Schema) -> Schema:
    return Schema(name=schema.name, version=schema.version + 1, statements=schema.statements)


def test_rows_persist(tmp_path: Path) -> None:
    note(tmp_path, "a", NOTES)
    note(tmp_path, "b", NOTES, LISTS)
    assert notes(tmp_path, NOTES) == ["a", "b"]
    assert (tmp_path / ".digest" / "state.sqlite").is_file()


def test_a_database_of_another_schema_version_is_emptied(tmp_path: Path) -> None:
    note(tmp_path, "a", NOTES)
    assert notes(tmp_path, newer(NOTES)) == []
    note(tmp_path, "b", newer(NOTES))
    assert notes(tmp_path, NOTES) == []


def test_all_tables_go_together(tmp_path: Path) -> None:
    # What one package keeps may lean on what another does.
    note(tmp_path, "a", NOTES, LISTS)
    assert notes(tmp_path, NOTES, newer(LISTS)) == []


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_file_is_replaced(tmp_path: Path, damage: bytes) -> None:
    note(tmp_path, "a", NOTES)
    (tmp_path / STATE_FILE).write_bytes(damage)
    assert notes(tmp_path, NOTES) == []
    note(tmp_path, "b", NOTES)
    assert notes(tmp_path, NOTES) == ["b"]


def test_a_truncated_database_is_replaced(tmp_path: Path) -> None:
    note(tmp_path, "x" * 100_000, NOTES)
    whole = (tmp_path / STATE_FILE).read_bytes()
    (tmp_path / STATE_FILE).write_bytes(whole[:2000])
    assert notes(tmp_path, NOTES) == []


def test_a_foreign_database_is_emptied(tmp_path: Path) -> None:
    (tmp_path / ".digest").mkdir()
    with closing(sqlite3.connect(tmp_path / STATE_FILE)) as foreign:
        foreign.executescript(
            "CREATE TABLE notes (other INTEGER); CREATE VIEW seen AS SELECT * FROM notes;"
            "CREATE TABLE schemas (x); CREATE INDEX notes_other ON notes (other)"
        )
    note(tmp_path, "a", NOTES)
    assert notes(tmp_path, NOTES) == ["a"]


def test_two_connections_read_and_write(tmp_path: Path) -> None:
    with closing(open_store(tmp_path, NOTES)) as one, closing(open_store(tmp_path, NOTES)) as two:
        one.execute("BEGIN IMMEDIATE")
        one.execute("INSERT INTO notes VALUES ('a')")
        assert two.execute("SELECT count(*) FROM notes").fetchone() == (0,)
        one.execute("COMMIT")
        assert two.execute("SELECT count(*) FROM notes").fetchone() == (1,)


def test_only_a_new_database_is_filled_without_wal(tmp_path: Path) -> None:
    def mode(store: sqlite3.Connection) -> str:
        return str(store.execute("PRAGMA journal_mode").fetchone()[0])

    with closing(open_store(tmp_path, NOTES)) as new:
        assert mode(new) == "delete"
        new.execute("INSERT INTO notes VALUES ('a')")
        with closing(open_store(tmp_path, NOTES)) as later:
            assert mode(later) == "wal"
            new.execute("INSERT INTO notes VALUES ('b')")
            assert [text for (text,) in later.execute("SELECT text FROM notes")] == ["a", "b"]


def test_an_interrupted_transaction_is_rolled_back(tmp_path: Path) -> None:
    note(tmp_path, "a", NOTES)
    with closing(sqlite3.connect(tmp_path / STATE_FILE, isolation_level=None)) as dying:
        dying.execute("PRAGMA journal_mode = DELETE")
        dying.execute("PRAGMA cache_size = 1")
        dying.execute("BEGIN IMMEDIATE")
        dying.executemany("INSERT INTO notes VALUES (?)", (("x" * 50_000,) for _ in range(9)))
        for name in (STATE_FILE, f"{STATE_FILE}-journal"):
            (tmp_path / "copy" / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "copy" / name).write_bytes((tmp_path / name).read_bytes())
    assert notes(tmp_path / "copy", NOTES) == ["a"]


def test_a_folder_that_cannot_be_written_is_an_os_error(tmp_path: Path) -> None:
    (tmp_path / ".digest").write_text("a file in the way", encoding="utf-8")
    with pytest.raises(OSError, match=r"\.digest"):
        open_store(tmp_path, NOTES)


def test_a_database_that_cannot_be_opened_is_an_os_error(tmp_path: Path) -> None:
    (tmp_path / STATE_FILE).mkdir(parents=True)
    with pytest.raises(OSError, match=r"state\.sqlite"):
        open_store(tmp_path, NOTES)


def test_a_statement_that_fails_leaves_nothing_open(tmp_path: Path) -> None:
    broken = Schema(name="broken", version=1, statements=("CREATE NONSENSE",))
    with pytest.raises(sqlite3.OperationalError, match="NONSENSE"):
        open_store(tmp_path, broken)
    note(tmp_path, "a", NOTES)
