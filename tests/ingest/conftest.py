"""A fresh site for every test."""

from pathlib import Path

import pytest

from tests.ingest.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A site without a page."""
    return Desk(tmp_path)
