"""Incremental equals clean, byte for byte, over random scripts. `make prove` plays many more of them."""

from pathlib import Path

import pytest

from tests.properties.script import play


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where scripts leave compiled templates for the next."""
    return tmp_path_factory.mktemp("pool")


@pytest.mark.parametrize("seed", range(1, 13))
def test_a_script_ends_in_the_bytes_of_a_clean_build(tmp_path: Path, pool: Path, seed: int) -> None:
    told = play(seed, tmp_path, pool)
    assert told.compared
    assert told.differences == []
