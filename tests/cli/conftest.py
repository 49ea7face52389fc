"""A site with imported pages, for every test its own."""

from pathlib import Path

import pytest

from tests.cli.running import digest
from tests.cli.sites import NAME, new_site


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with the four items of one dump."""
    folder = new_site(tmp_path / "site")
    assert digest("import", NAME, cwd=folder).code == 0
    return folder
