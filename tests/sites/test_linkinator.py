"""linkinator finds no broken link and no lost fragment."""

from pathlib import Path

import pytest

from tests.sites.built import paper_of, themed
from tests.sites.paper import Paper
from tests.sites.validators import broken_in, crawled

LEAST = 200
"""Links that the example newspaper has at the least."""


@pytest.mark.parametrize("name", themed("example"))
def test_no_link_is_broken(shared: Path, name: str) -> None:
    links = crawled(paper_of(name, shared))
    assert len([link for link in links if link["state"] == "OK"]) >= LEAST
    assert broken_in(links) == []


def test_broken_links_are_reported(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        '<!doctype html><title>x</title><a href="gone/">x</a><a href="other.html#lost">x</a>'
        '<a href="https://x.example/lost/">x</a>'
    )
    (tmp_path / "other.html").write_text("<!doctype html><title>x</title><p id=here>x</p>")
    broken = broken_in(crawled(Paper(tmp_path, "https://x.example/")))
    assert {url.split("/", 3)[3] for url, _, _ in broken} == {"gone/", "other.html#lost", "lost/"}
