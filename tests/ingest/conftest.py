"""Fixtures of the import tests."""

from pathlib import Path

import pytest

from tests.ingest.import_site import ImportSite


@pytest.fixture
def site(tmp_path: Path) -> ImportSite:
    """An empty site."""
    return ImportSite(tmp_path)
