"""The manifest: brought up to date line by line it is the one made anew."""

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.builder.commit.manifest import MANIFEST, manifest_bytes
from digest.builder.commit.manifest_splice import splice_manifest
from digest.builder.state.database import State
from digest.builder.state.schema import TABLES, PageRow
from digest.site.context import Audience

# Characters that JSON escapes, that sort around a quotation mark, and that are more than a byte.
_FILES = st.dictionaries(st.text('a!"/\\é~', min_size=1, max_size=3), st.integers(0, 9), max_size=6)


def _row(file: str, size: int) -> PageRow:
    return PageRow(f"/{file}", "item", file, file, file.casefold(), b"", "0f", size, 1, "text/html")


def _made(files: Mapping[str, int]) -> bytes:
    store = sqlite3.connect(":memory:")
    for statement in TABLES.statements:
        store.execute(statement)
    state = State(store, Audience.PUBLIC)
    state.put_pages(_row(file, size) for file, size in files.items())
    data = manifest_bytes(state)
    store.close()
    return data


@settings(deadline=None, max_examples=40)
@given(_FILES, _FILES)
def test_what_is_spliced_is_what_is_made_anew(before: dict[str, int], after: dict[str, int]) -> None:
    with TemporaryDirectory() as folder:
        output = Path(folder)
        (output / MANIFEST).write_bytes(_made(before))
        changed = {f: _row(f, after[f]) if f in after else None for f in before.keys() | after.keys()}
        assert splice_manifest(output, changed) == _made(after)


def test_a_manifest_that_is_not_ours_is_left_to_be_made_anew(tmp_path: Path) -> None:
    changed = {"a": _row("a", 1)}
    assert splice_manifest(tmp_path, changed) == b""
    (tmp_path / MANIFEST).write_bytes(b"{}")
    assert splice_manifest(tmp_path, changed) == b""
