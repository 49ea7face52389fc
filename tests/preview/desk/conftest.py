"""A site with a little of everything, and its desk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.preview.desk.room import Room


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A desk in front of five entries."""
    made = Room(tmp_path / "site")
    yield made
    made.desk.index.close()
