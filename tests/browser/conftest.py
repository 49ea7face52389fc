"""Fixtures: a browser, and built sites on a local server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.surfing import launched, served
from tests.sites.built import paper_of, shared_folder, themed
from tests.sites.paper import Paper


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder shared by all processes of this test run."""
    return shared_folder(tmp_path_factory)


@pytest.fixture(scope="session")
def example(shared: Path) -> Paper:
    """The example newspaper."""
    return paper_of("example", shared)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for each module: Playwright allows only one instance in a process."""
    with sync_playwright() as playwright, launched(playwright) as browser:
        yield browser


@pytest.fixture(scope="module")
def home(example: Paper) -> Iterator[str]:
    """The address of the example newspaper."""
    with served(example) as address:
        yield address


@pytest.fixture(scope="module", params=themed("example"))
def themed_paper(request: pytest.FixtureRequest, shared: Path) -> Iterator[tuple[Paper, str]]:
    """The example newspaper in each theme, and its address."""
    paper = paper_of(request.param, shared)
    with served(paper) as home:
        yield paper, home
