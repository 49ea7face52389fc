"""Compilation of the readable tables into the binary gazetteer, which loads in milliseconds.

All functions are pure; `benchmarks/compile_labels.py` writes the file.
"""

from collections.abc import Iterator, Mapping
from hashlib import blake2b

import msgspec
from msgspec import Struct

from digest.labels.gazetteer.lookup import Gazetteer, Reading, Weights
from digest.labels.text.tokenizer import key_of

_ARABIC_RANGE, _ARABIC_PREFIXES = ("\u0621", "\u064a"), "وبلف"
COLUMNS = ("term", "about", "category", "flags", "source")


class Row(Struct, frozen=True, kw_only=True):
    """A line of a table. `table` is the stem of its file name."""

    table: str
    term: str
    about: Weights
    category: Weights
    flags: str
    source: str


def parse_rows(table: str, text: str) -> Iterator[Row]:
    """Yield the rows of one table. Raises ValueError for a line without the five columns."""
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
            about=_parse_weights(about),
            category=_parse_weights(category),
            flags=flags,
            source=source,
        )


def compile_tables(tables: Mapping[str, str]) -> bytes:
    """Compile all tables (stem → text). Equal rows are kept once; readings of a term are in the order of the tables."""
    by_key: dict[str, list[Reading]] = {}
    for table in sorted(tables):
        for row in parse_rows(table, tables[table]):
            reading = Reading(row.table, row.about, row.category, row.flags)
            for key in _keys_of(row.term):
                readings = by_key.setdefault(key, [])
                if reading not in readings:
                    readings.append(reading)
    entries: dict[tuple[Reading, ...], int] = {}
    terms = {key: entries.setdefault(tuple(readings), len(entries)) for key, readings in sorted(by_key.items()) if key}
    max_words: dict[str, int] = {}
    for key in terms:
        first, size = key.split(" ", 1)[0], key.count(" ") + 1
        max_words[first] = max(size, max_words.get(first, 0))
    return msgspec.msgpack.encode(Gazetteer(digest_of(tables), terms, tuple(entries), max_words))


def _keys_of(term: str) -> Iterator[str]:
    """Yield the key of a term; for an Arabic term also the key with each attached prefix (and, in, to)."""
    key = key_of(term)
    yield key
    if key and _ARABIC_RANGE[0] <= key[0] <= _ARABIC_RANGE[1]:
        for prefix in _ARABIC_PREFIXES:
            yield prefix + key


def digest_of(tables: Mapping[str, str]) -> str:
    """Return a short digest of the tables: part of the engine's version."""
    return blake2b("\0".join(f"{k}\0{tables[k]}" for k in sorted(tables)).encode(), digest_size=5).hexdigest()


def _parse_weights(cell: str) -> Weights:
    parts = (part.partition(":") for part in cell.split())
    return tuple((name, float(weight or 1.0)) for name, _, weight in parts)
