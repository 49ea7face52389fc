"""`digest check` finds only the expected issues in all sites and themes."""

from pathlib import Path

import pytest

from digest import config
from digest.check import CheckInput, check_site
from tests.sites.built import SITES, paper_of, themed

# Pictures of others, whose size nobody knows.
KNOWN = {"hostile": {"image-size"}}


@pytest.mark.parametrize("name", [name for site in SITES for name in themed(site)])
def test_digest_check_finds_no_unexpected_issue(shared: Path, name: str) -> None:
    paper = paper_of(name, shared)
    (file,) = paper.output.parent.glob("**/digest.toml")
    found = list(check_site(CheckInput(site=file.parent, config=config.load(file.parent)[0], output=paper.output)))
    assert [str(i) for i in found if i.code not in KNOWN.get(name.partition("@")[0], ())] == []
