"""Every site, one after the other."""

from pathlib import Path

import pytest

from tests.sites.built import SITES, paper_of
from tests.sites.paper import Paper


@pytest.fixture(scope="session", params=SITES)
def paper(request: pytest.FixtureRequest, shared: Path) -> Paper:
    """A built site."""
    return paper_of(request.param, shared)


@pytest.fixture(scope="session")
def hostile(shared: Path) -> Paper:
    """The site that holds everything."""
    return paper_of("hostile", shared)
