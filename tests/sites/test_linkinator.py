"""linkinator (https://github.com/JustinBeckwith/linkinator) finds no broken link and no lost fragment."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.browser.surfing import served
from tests.machine import node_file, program
from tests.sites.built import paper_of, themed
from tests.sites.paper import Paper

LEAST = 200
"""Links that the example newspaper has at the least."""


def crawled(paper: Paper) -> list[dict[str, Any]]:
    """Every link that linkinator comes to from the front page. The site's own whole addresses are led to the server."""
    command = [program("node"), str(node_file("linkinator/build/src/cli.js"))]
    with served(paper) as home:
        rewrite = ["--url-rewrite-search", paper.base_url, "--url-rewrite-replace", home]
        skip = ["--skip", rf"^https?://(?!127\.0\.0\.1|{paper.base_url.split('/')[2]})"]
        options = ["--recurse", "--check-fragments", "--concurrency", "8", "--timeout", "60000", "--format", "json"]
        ran = subprocess.run([*command, home, *options, *rewrite, *skip], capture_output=True, text=True, check=False)
    links = json.loads(ran.stdout)["links"]
    assert isinstance(links, list)
    return links


@pytest.mark.parametrize("name", themed("example"))
def test_nothing_is_broken(shared: Path, name: str) -> None:
    links = crawled(paper_of(name, shared))
    assert len([link for link in links if link["state"] == "OK"]) >= LEAST
    assert [(link["url"], link["status"], link.get("parent")) for link in links if link["state"] == "BROKEN"] == []


def test_what_is_broken_is_seen(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        '<!doctype html><title>x</title><a href="gone/">x</a><a href="other.html#lost">x</a>'
        '<a href="https://x.example/lost/">x</a>'
    )
    (tmp_path / "other.html").write_text("<!doctype html><title>x</title><p id=here>x</p>")
    broken = {link["url"] for link in crawled(Paper(tmp_path, "https://x.example/")) if link["state"] == "BROKEN"}
    assert {url.split("/", 3)[3] for url in broken} == {"gone/", "other.html#lost", "lost/"}
