"""Fixture: a small site and its desk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.preview.desk.desk_site import DeskSite


@pytest.fixture
def desk_site(tmp_path: Path) -> Iterator[DeskSite]:
    """A desk with four entries."""
    site = DeskSite(tmp_path / "site")
    yield site
    site.desk.index.close()
