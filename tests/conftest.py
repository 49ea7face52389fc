"""What tests of several packages share: built sites."""

from pathlib import Path

import pytest

from tests.sites.built import paper_of
from tests.sites.paper import Paper


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all processes of this test run share."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def example(shared: Path) -> Paper:
    """The example newspaper, built."""
    return paper_of("example", shared)
