"""Tables of the state file: entries, cards in groups, pages, images and the journal of the last build.

One transaction covers a whole build. Each audience has its own tables, so preview and public output may differ.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from digest.builder.state.encoded_cards import NO_CARDS, EncodedCards, decode_places
from digest.builder.state.schema import EntryRow, Operation, PageRow
from digest.builder.uptodate.snapshot import Snapshot, snapshot_of
from digest.model import OutputFile
from digest.site.context import Audience

_MANY = 1000
_UNFINISHED = {"unfinished": "yes"}
_later = msgspec.json.Decoder(list[tuple[str, str, str]]).decode


class State:
    """Tables of one audience. Changes become permanent when the caller commits."""

    FINISHED: Mapping[str, str] = {"unfinished": ""}
    """Meta value at the end of a build."""

    def __init__(self, connection: sqlite3.Connection, audience: Audience) -> None:
        self.connection, self.audience, self._a = connection, audience, str(audience)
        self.changed_files: dict[str, None] = {}
        """Files of pages that were added, changed or removed since this object was created, up to a limit."""
        self.removed_files: list[str] = []
        """Files of removed pages; another page may have taken the place of one."""

    def _sql(self, text: str) -> str:
        return text.replace("{a}", self._a)

    def _all(self, text: str, *values: object) -> list[tuple]:  # type: ignore[type-arg] # rows of any shape
        return self.connection.execute(self._sql(text), values).fetchall()

    def _many(self, text: str, rows: Iterable[Sequence[object]]) -> None:
        self.connection.executemany(self._sql(text), rows)

    def begin(self) -> None:
        """Start the transaction of the build: others may read, nobody else may write."""
        self.connection.execute("BEGIN IMMEDIATE")

    def clear(self) -> None:
        """Discard everything but the list of output files."""
        for table in ("meta", "entries", "cards", "keys", "places"):
            self.connection.execute(self._sql(f"DELETE FROM {table}_{{a}}"))  # noqa: S608 - the names stand in this file

    def publish_unfinished(self) -> None:
        """Commit in the middle of a build, so that workers can read. The state is marked unfinished until the end.

        Reading beside a writer needs a write-ahead log (https://www.sqlite.org/wal.html), which a new file does not
        have.
        """
        self.set_meta(_UNFINISHED)
        self.connection.execute("COMMIT")
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA journal_mode = WAL")  # otherwise readers would wait for the end
        self.begin()

    # --- meta

    def meta(self) -> dict[str, str]:
        """Return values of the last build as a whole."""
        return dict(self._all("SELECT name, value FROM meta_{a}"))

    def set_meta(self, values: dict[str, str]) -> None:
        """Store values of this build."""
        self._many("INSERT OR REPLACE INTO meta_{a} VALUES (?, ?)", values.items())

    def deferred_pages(self) -> list[tuple[str, str, str]]:
        """Return kind, key and URL of deferred pages, longest waiting first."""
        rows = self._all("SELECT value FROM meta_{a} WHERE name = 'later'")
        return _later(rows[0][0]) if rows else []

    def set_deferred_pages(self, pages: Iterable[tuple[str, str, str]]) -> None:
        """Store the deferred pages."""
        self.set_meta({"later": msgspec.json.encode(list(pages)).decode()})

    # --- entries

    def entries(self, roots: Iterable[str] | None = None) -> dict[str, EntryRow]:
        """Return all entries by root id, or those of some roots."""
        if roots is None:
            return {row[0]: EntryRow(*row) for row in self._all("SELECT * FROM entries_{a}")}
        found = (self._all("SELECT * FROM entries_{a} WHERE root = ?", root) for root in roots)
        return {row[0]: EntryRow(*row) for rows in found for row in rows}

    def entries_of(self, stories: Iterable[str]) -> dict[str, EntryRow]:
        """Return the entries of some stories."""
        found = (self._all("SELECT * FROM entries_{a} WHERE story = ?", story) for story in stories)
        return {row[0]: EntryRow(*row) for rows in found for row in rows}

    def story_members(self) -> Iterator[tuple[str, str, str]]:
        """Yield story, edition and root of visible entries that share a story, ordered by story and edition."""
        yield from self.connection.execute(
            self._sql(
                "SELECT story, edition, root FROM entries_{a} WHERE seen AND story IN"
                " (SELECT story FROM entries_{a} WHERE seen GROUP BY story HAVING count(*) > 1) ORDER BY story, edition"
            )
        )

    def set_in_story(self, rows: Iterable[tuple[int, str]]) -> None:
        """Set `in_story` of entries, given as (in_story, root)."""
        self._many("UPDATE entries_{a} SET in_story = ? WHERE root = ?", rows)

    def due_roots(self, instant: str) -> list[str]:
        """Return roots of entries whose `until` has come."""
        return [root for (root,) in self._all("SELECT root FROM entries_{a} WHERE until != '' AND until <= ?", instant)]

    def put_entries(self, rows: Iterable[EntryRow]) -> None:
        """Add or replace entries."""
        self._many("INSERT OR REPLACE INTO entries_{a} VALUES (?,?,?,?,?,?,?,?,?,?)", rows)

    def remove_entries(self, roots: Iterable[str]) -> None:
        """Remove entries."""
        self._many("DELETE FROM entries_{a} WHERE root = ?", ((root,) for root in roots))

    def next_instant(self) -> str:
        """Return the earliest `until`; empty when nothing changes by itself."""
        return str(self._all("SELECT coalesce(min(until), '') FROM entries_{a} WHERE until != ''")[0][0])

    def tied_leads(self) -> list[tuple[str, int, str]]:
        """Return edition, lead and paths (joined by line feeds) of entries with the same lead."""
        return self._all(
            "SELECT edition, lead, group_concat(path, char(10))"
            " FROM (SELECT edition, lead, path FROM entries_{a} WHERE lead > 0 AND seen ORDER BY path)"
            " GROUP BY edition, lead HAVING count(*) > 1"
        )

    def sources(self) -> list[str]:
        """Return the distinct sets of sources, each joined by line feeds."""
        # Jumps from one distinct value to the next in the index: https://www.sqlite.org/lang_with.html
        return [
            row[0]
            for row in self._all(
                "WITH RECURSIVE each(one) AS (SELECT min(sources) FROM entries_{a} UNION ALL"
                " SELECT (SELECT min(sources) FROM entries_{a} WHERE sources > one) FROM each WHERE one IS NOT NULL)"
                " SELECT one FROM each WHERE one IS NOT NULL"
            )
        ]

    # --- cards in groups

    def is_empty(self) -> bool:
        """Return True when there are neither entries nor cards."""
        return not self._all("SELECT 1 FROM entries_{a} UNION ALL SELECT 1 FROM keys_{a} LIMIT 1")

    def cards_under(self, key: str) -> EncodedCards:
        """Return the cards of `key`."""
        return self._cards_under(key)[1]

    def _cards_under(self, key: str) -> tuple[int, EncodedCards]:
        """Return the number of the first card, and the cards."""
        rows = self._all("SELECT first, places FROM keys_{a} WHERE key = ?", key)
        if not rows:
            return 0, NO_CARDS
        first, places = rows[0]
        count = 1 + max(number for _, number, _ in decode_places(places))
        query = "SELECT body FROM cards_{a} WHERE card >= ? AND card < ? ORDER BY card"
        return first, EncodedCards(tuple(body for (body,) in self._all(query, first, first + count)), places)

    def place(self, key: str, cards: EncodedCards) -> None:
        """Replace the cards of `key`."""
        first, old = self._cards_under(key)
        gone = ((group, order, key) for order, _, groups in decode_places(old.places) for group in groups)
        self._many("DELETE FROM places_{a} WHERE grp = ? AND ord = ? AND key = ?", gone)
        self._many("DELETE FROM cards_{a} WHERE card = ?", ((first + n,) for n in range(len(old.cards))))
        self._many("DELETE FROM keys_{a} WHERE key = ?", ((key,),))
        if not cards.cards:
            return
        first = self._all("SELECT coalesce(max(card), 0) + 1 FROM cards_{a}")[0][0]
        self.add_cards(enumerate(cards.cards, first))
        self.add_places(
            (group, order, key, first + n) for order, n, groups in decode_places(cards.places) for group in groups
        )
        self.add_keys([(key, first, cards.places)])

    def add_cards(self, rows: Iterable[tuple[int, bytes]]) -> None:
        """Add cards by number."""
        self._many("INSERT INTO cards_{a} VALUES (?, ?)", rows)

    def add_keys(self, rows: Iterable[tuple[str, int, bytes]]) -> None:
        """Add keys with the number of their first card and their places."""
        self._many("INSERT INTO keys_{a} VALUES (?, ?, ?)", rows)

    def add_places(self, rows: Iterable[tuple[str, str, str, int]]) -> None:
        """Add places: group, order, key and card number."""
        self._many("INSERT OR REPLACE INTO places_{a} VALUES (?, ?, ?, ?)", rows)

    def add_unsorted_places(self, rows: Iterable[tuple[str, str, str, int]]) -> None:
        """Add places in any order; they are readable after `sort_places`."""
        columns = "grp TEXT, ord TEXT, key TEXT, card INT"
        self.connection.execute(self._sql(f"CREATE TEMP TABLE IF NOT EXISTS loose_{{a}} ({columns})"))
        self._many("INSERT INTO loose_{a} VALUES (?, ?, ?, ?)", rows)

    def sort_places(self) -> None:
        """Move unsorted places into the table.

        Sorting a million rows first is cheaper than inserting each at random.
        """
        self._all("INSERT INTO places_{a} SELECT * FROM loose_{a} ORDER BY grp, ord, key")
        self._all("DROP TABLE loose_{a}")

    def groups(self) -> Iterator[str]:
        """Yield all groups that have a card, sorted."""
        yield from (group for (group,) in self.connection.execute(self._sql("SELECT DISTINCT grp FROM places_{a}")))

    def keys_in(self, group: str) -> list[str]:
        """Return the keys of the cards in a group."""
        return [key for (key,) in self._all("SELECT key FROM places_{a} WHERE grp = ?", group)]

    def cards(self, group: str, limit: int) -> list[bytes]:
        """Return the newest cards of a group; all when `limit` is 0."""
        rows = self._all(
            "SELECT body FROM places_{a} JOIN cards_{a} USING (card) WHERE grp = ? ORDER BY ord DESC, key DESC LIMIT ?",
            group,
            limit or -1,
        )
        return [row[0] for row in rows]

    def place_at(self, group: str, number: int) -> tuple[str, str] | None:
        """Return order and key of the card that is the `number`-th newest of a group."""
        query = "SELECT ord, key FROM places_{a} WHERE grp = ? ORDER BY ord DESC, key DESC LIMIT 1 OFFSET ?"
        rows = self._all(query, group, number - 1)
        return rows[0] if rows else None

    # --- pages

    def has_pages(self) -> bool:
        """Return True when the output has files."""
        return bool(self._all("SELECT 1 FROM pages_{a} LIMIT 1"))

    def count_pages(self) -> int:
        """Return the number of output files."""
        return int(self._all("SELECT count(*) FROM pages_{a}")[0][0])

    def files(self) -> Iterator[OutputFile]:
        """Yield all output files, by path."""
        query = "SELECT file, digest, size, type FROM pages_{a} ORDER BY file"
        for path, digest, size, kind in self.connection.execute(self._sql(query)):
            yield OutputFile(path=path, digest=digest, size=size, type=kind)

    def output_files(self, manifest: str) -> Iterator[tuple[str, int, int]]:
        """Yield path, size and mtime of all output files, the manifest included if there is one."""
        size, _, time = self.meta().get("manifest", "").partition(" ")
        if time:
            yield manifest, int(size), int(time)
        yield from self.connection.execute(self._sql("SELECT file, size, mtime FROM pages_{a}"))

    def file_names(self) -> set[str]:
        """Return the paths of all output files."""
        return {file for (file,) in self._all("SELECT file FROM pages_{a}")}

    def pages(self, kinds: Sequence[str] = ()) -> Iterator[PageRow]:
        """Yield all output files, or those of some page kinds."""
        if not kinds:
            yield from (PageRow(*row) for row in self._all("SELECT * FROM pages_{a}"))
        for kind in kinds:
            yield from (PageRow(*row) for row in self._all("SELECT * FROM pages_{a} WHERE kind = ?", kind))

    def page(self, url: str) -> PageRow | None:
        """Return the file at a URL."""
        rows = self._all("SELECT * FROM pages_{a} WHERE url = ?", url)
        return PageRow(*rows[0]) if rows else None

    def pages_with_folded_name(self, folded: str) -> list[PageRow]:
        """Return the files with this case-folded path."""
        return [PageRow(*row) for row in self._all("SELECT * FROM pages_{a} WHERE folded = ?", folded)]

    def put_pages(self, rows: Iterable[PageRow]) -> None:
        """Add or replace files."""
        rows = list(rows)
        self._note_changed(rows)
        self._many("INSERT OR REPLACE INTO pages_{a} VALUES (?,?,?,?,?,?,?,?,?,?)", rows)

    def remove_pages(self, rows: Iterable[PageRow]) -> None:
        """Remove files."""
        rows = list(rows)
        self._note_changed(rows)
        self.removed_files += (row.file for row in rows)
        self._many("DELETE FROM pages_{a} WHERE url = ?", ((row.url,) for row in rows))

    def _note_changed(self, rows: Iterable[PageRow]) -> None:
        if len(self.changed_files) <= _MANY:
            self.changed_files |= dict.fromkeys(row.file for row in rows)

    def changed_rows(self) -> dict[str, PageRow | None] | None:
        """Return the files that this build changed, with their rows; None when reading all rows is faster."""
        if len(self.changed_files) > _MANY:
            return None
        rows = {row.file: row for file in self.changed_files for row in self.pages_with_folded_name(file.casefold())}
        return {file: rows.get(file) for file in self.changed_files}

    def damaged_pages(self, output: Path, snapshot: Snapshot | None = None) -> Iterator[PageRow]:
        """Yield output files that someone else changed or deleted: one stat each."""
        snapshot = snapshot or snapshot_of(self._all("SELECT file, size, mtime FROM pages_{a}"))
        yield from (
            row
            for file in snapshot.changed_files(output)
            for row in self.pages_with_folded_name(file.casefold())
            if row.file == file
        )

    # --- pictures

    def images(self) -> list[tuple[str, bytes]]:
        """Return encoded records of image files, by path."""
        return self._all("SELECT path, known FROM pictures_{a}")

    def put_images(self, rows: Iterable[tuple[str, bytes]]) -> None:
        """Store records of image files."""
        self._many("INSERT OR REPLACE INTO pictures_{a} VALUES (?, ?)", rows)

    def remove_images(self, paths: Iterable[str]) -> None:
        """Remove records of image files that no page names."""
        self._many("DELETE FROM pictures_{a} WHERE path = ?", ((path,) for path in paths))

    # --- journal

    def journal(self) -> list[Operation]:
        """Return the remaining steps of a commit, in order."""
        return [Operation(*row) for row in self._all("SELECT op, file FROM journal_{a} ORDER BY seq")]

    def write_journal(self, operations: Iterable[Operation]) -> None:
        """Store the steps of a commit."""
        self._many("INSERT INTO journal_{a} (op, file) VALUES (?, ?)", operations)

    def clear_journal(self) -> None:
        """Remove all steps: the commit is done."""
        self.connection.execute(self._sql("DELETE FROM journal_{a}"))
