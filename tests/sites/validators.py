"""Readers of pages, feeds and sitemaps that are not ours: what they have against them.

The schemas are our own writing of the published rules: `tests/schemas/` cites them.
"""

import json
import re
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import feedparser  # type: ignore[import-untyped] # it comes without types
import jsonschema
import xmlschema

from tests.browser.surfing import served
from tests.machine import node_file, program
from tests.sites.paper import Paper

SCHEMAS = Path(__file__).parents[1] / "schemas"
# How an editor or a wire writes a letter, and in which language, is theirs.
_WITHOUT_SUBSTANCE = re.compile("Unicode Normalization Form C|^This document appears to be written in")


@cache
def _xsd(name: str) -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(str(SCHEMAS / f"{name}.xsd"))


def xml_errors(name: str, text: str) -> list[str]:
    """What a schema for XML has against a document."""
    return [f"{error.path}: {error.reason}" for error in _xsd(name).iter_errors(text)]


def json_errors(name: str, text: str) -> list[str]:
    """What a schema for JSON has against a document."""
    schema = json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))
    found = jsonschema.Draft202012Validator(schema).iter_errors(json.loads(text))
    return [f"{error.json_path}: {error.message[:200]}" for error in found]


def sitemap_errors(paper: Paper) -> list[str]:
    """What there is against the sitemaps of a site."""
    schemas = {"sitemap.xml": "sitemap-index", "news-sitemap.xml": "news-sitemap"}
    schemas |= {f: "sitemap" for f in paper.files if f.startswith("sitemaps/")}
    return [f"{file}: {error}" for file, name in schemas.items() for error in xml_errors(name, paper.read(file))]


def feeds_of(paper: Paper) -> list[str]:
    """The Atom and RSS feeds of a site."""
    return [f for f in paper.files if f.endswith(("feed.xml", "rss.xml"))]


def fed(paper: Paper, file: str) -> Any:
    """A feed as feedparser reads it."""
    return feedparser.parse((paper.output / file).read_bytes())


def nu_says(*arguments: str | Path) -> list[tuple[str, str]]:
    """Errors and warnings of the Nu checker (https://validator.github.io/validator/): file, and line and message."""
    command = [program("java"), "-jar", str(node_file("vnu-jar/build/dist/vnu.jar")), "--format", "json"]
    ran = subprocess.run([*command, *arguments], capture_output=True, text=True, check=False)
    messages = json.loads(ran.stdout or ran.stderr)["messages"]
    said = [m for m in messages if not _WITHOUT_SUBSTANCE.search(m["message"])]
    return [(m.get("url", ""), f"{m.get('lastLine')}: {m['message']}") for m in said]


def nu_says_of_pages(outputs: Iterable[Path]) -> list[tuple[str, str]]:
    """What it says of every page of some outputs."""
    return nu_says("--skip-non-html", *outputs)


def crawled(paper: Paper) -> list[dict[str, Any]]:
    """Every link that linkinator (https://github.com/JustinBeckwith/linkinator) comes to from the front page.

    The site's own whole addresses are led to the server; those of others are let be.
    """
    command = [program("node"), str(node_file("linkinator/build/src/cli.js"))]
    with served(paper) as home:
        rewrite = ["--url-rewrite-search", paper.base_url, "--url-rewrite-replace", home]
        skip = ["--skip", rf"^https?://(?!127\.0\.0\.1|{paper.base_url.split('/')[2]})"]
        options = ["--recurse", "--check-fragments", "--concurrency", "8", "--timeout", "60000", "--format", "json"]
        ran = subprocess.run([*command, home, *options, *rewrite, *skip], capture_output=True, text=True, check=False)
    links = json.loads(ran.stdout)["links"]
    assert isinstance(links, list)
    return links


def broken_in(links: Iterable[dict[str, Any]]) -> list[tuple[str, int, str]]:
    """The links that lead nowhere: address, status, page."""
    return [(link["url"], link["status"], link.get("parent", "")) for link in links if link["state"] == "BROKEN"]
