"""One engine for all tests: loading it is the slow part, and it never changes."""

import pytest

from digest.config import default_taxonomy
from digest.labels import Engine, load_engine
from digest.model import Taxonomy


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    return default_taxonomy()


@pytest.fixture(scope="session")
def labeller(taxonomy: Taxonomy) -> Engine:
    return load_engine(taxonomy)
