"""Sightings of headlines in earlier dumps."""

from datetime import date
from pathlib import Path

import pytest

from digest.ingest.archive.dumps import DumpArchive
from digest.ingest.archive.sightings import Sightings
from digest.wire import BytesSource, key_of
from tests.ingest.import_site import briefs

LATEST = ("9999-12-31", "", "")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The archive folder of a site."""
    made = tmp_path / "content" / "dumps"
    made.mkdir(parents=True)
    return made


def test_sightings_come_from_earlier_dumps_of_the_window(folder: Path, tmp_path: Path) -> None:
    for name, headline in (
        ("2026-03-06", "A"),
        ("2026-03-08", "B"),
        ("2026-03-10T0600", "C"),
        ("2026-03-10T1200", "D"),
    ):
        (folder / f"{name}-nw.txt").write_text(briefs(headline))
    sightings = Sightings(DumpArchive(tmp_path))
    sightings.load_window(date(2026, 3, 10), 3, ("2026-03-10", "0700", "x.txt"))
    seen = {headline: sightings.days_of(key_of(headline)) for headline in "ABCD"}
    assert seen == {"A": frozenset(), "B": {date(2026, 3, 8)}, "C": {date(2026, 3, 10)}, "D": frozenset()}
    sightings.load_window(date(2026, 3, 10), 3, LATEST)
    assert sightings.days_of(key_of("D")) == {date(2026, 3, 10)}


def test_a_deleted_copy_is_ignored(folder: Path, tmp_path: Path) -> None:
    (folder / "2026-03-10-nw.txt").write_text(briefs("A"))
    shelf = DumpArchive(tmp_path)
    (folder / "2026-03-10-nw.txt").unlink()
    sightings = Sightings(shelf)
    sightings.load_window(date(2026, 3, 10), 3, LATEST)
    assert sightings.days_of(key_of("A")) == frozenset()
    assert shelf.names_with_content(BytesSource(briefs("A").encode())) == []
