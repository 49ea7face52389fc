"""Readable tables → the compact form that loads in milliseconds.

Pure: `benchmarks/compile_labels.py` writes the file.
"""

from collections.abc import Iterator, Mapping
from hashlib import blake2b

import msgspec
from msgspec import Struct

from digest.labels.gazetteer.lookup import Gazetteer, Reading, Weights
from digest.labels.text.tokenizer import key_of

_ARABIC, _PREFIXES = ("\u0621", "\u064a"), "وبلف"
COLUMNS = ("term", "about", "category", "flags", "source")


class Row(Struct, frozen=True, kw_only=True):
    """A line of a table. `table` is its file's stem."""

    table: str
    term: str
    about: Weights
    category: Weights
    flags: str
    source: str


def rows(table: str, text: str) -> Iterator[Row]:
    """The rows of one table. Raises ValueError for a line without the five columns."""
    lines = text.splitlines()
    if tuple(lines[0].split("\t")) != COLUMNS:
        message = f"{table}.tsv: the columns are not {', '.join(COLUMNS)}"
        raise ValueError(message)
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split("\t")
        if len(cells) != len(COLUMNS):
            message = f"{table}.tsv:{number}: {len(cells)} columns, not {len(COLUMNS)}"
            raise ValueError(message)
        term, about, category, flags, source = cells
        yield Row(
            table=table,
            term=term,
            about=_weights(about),
            category=_weights(category),
            flags=flags,
            source=source,
        )


def compiled(tables: Mapping[str, str]) -> bytes:
    """All tables (stem → text) as one. Equal rows are kept once; a term's readings stand in the order of the tables."""
    found: dict[str, list[Reading]] = {}
    for table in sorted(tables):
        for row in rows(table, tables[table]):
            reading = Reading(row.table, row.about, row.category, row.flags)
            for key in _keys_of(row.term):
                readings = found.setdefault(key, [])
                if reading not in readings:
                    readings.append(reading)
    entries: dict[tuple[Reading, ...], int] = {}
    terms = {key: entries.setdefault(tuple(readings), len(entries)) for key, readings in sorted(found.items()) if key}
    reach: dict[str, int] = {}
    for key in terms:
        first, size = key.split(" ", 1)[0], key.count(" ") + 1
        reach[first] = max(size, reach.get(first, 0))
    return msgspec.msgpack.encode(Gazetteer(digest_of(tables), terms, tuple(entries), reach))


def _keys_of(term: str) -> Iterator[str]:
    """A term's key; for one in Arabic also with the words that are written onto the next: and, in, to."""
    key = key_of(term)
    yield key
    if key and _ARABIC[0] <= key[0] <= _ARABIC[1]:
        for prefix in _PREFIXES:
            yield prefix + key


def digest_of(tables: Mapping[str, str]) -> str:
    """A short digest of the tables' bytes: the version of what the engine knows."""
    return blake2b("\0".join(f"{k}\0{tables[k]}" for k in sorted(tables)).encode(), digest_size=5).hexdigest()


def _weights(cell: str) -> Weights:
    parts = (part.partition(":") for part in cell.split())
    return tuple((name, float(weight or 1.0)) for name, _, weight in parts)
