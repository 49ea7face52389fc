"""Fixtures: the built sites."""

from pathlib import Path

import pytest

from tests.sites.built import SITES, paper_of, shared_folder
from tests.sites.paper import Paper


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this test run share."""
    return shared_folder(tmp_path_factory)


@pytest.fixture(scope="session", params=SITES)
def paper(request: pytest.FixtureRequest, shared: Path) -> Paper:
    """A built site."""
    return paper_of(request.param, shared)


@pytest.fixture(scope="session")
def example(shared: Path) -> Paper:
    """The example newspaper."""
    return paper_of("example", shared)


@pytest.fixture(scope="session")
def hostile(shared: Path) -> Paper:
    """The site that holds everything."""
    return paper_of("hostile", shared)
