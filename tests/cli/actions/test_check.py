"""`digest check` on a site: baselines, severities, forms that machines read."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.cli.running import digest
from tests.newsroom import Newsroom

SCHEMAS = Path(__file__).parents[2] / "schemas"
LINK = "[a](/gone/)"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    room = Newsroom(tmp_path)
    room.item("x", body=f"Words, and {LINK}.")
    return room.folder


def test_a_baseline_lets_pass_what_is_known(site: Path) -> None:
    ran = digest("check", cwd=site)
    assert (ran.code, ran.out) == (1, "2 issues.\n")
    ran = digest("check", "--baseline", "known.json", "--write-baseline", cwd=site)
    assert (ran.code, ran.output) == (0, "2 issues written to known.json.\n")
    ran = digest("check", "--strict", "--baseline", "known.json", cwd=site)
    assert (ran.code, ran.output) == (0, "Nothing new; 2 known.\n")
    page = site / "content/2026/03/12/x.md"
    page.write_text(page.read_text("utf-8").replace("Words", "\nMore words") + "\n[b](/lost/)\n", "utf-8")
    ran = digest("check", "--baseline", "known.json", cwd=site)
    assert (ran.code, ran.out) == (1, "1 new issue, 2 known.\n")
    assert "`/lost/` leads to no page" in ran.err
    assert "/gone/" not in ran.err


def test_what_was_mended_may_leave_the_baseline(site: Path) -> None:
    digest("check", "--baseline", "known.json", "--write-baseline", cwd=site)
    page = site / "content/2026/03/12/x.md"
    page.write_text(page.read_text("utf-8").replace(LINK, "no link"), "utf-8")
    ran = digest("check", "--baseline", "known.json", cwd=site)
    assert (ran.code, ran.out) == (0, "Nothing new; 1 known. 1 known issue there no more: write the baseline again.\n")


def test_a_baseline_that_is_not_there_is_said(site: Path) -> None:
    ran = digest("check", "--baseline", "none.json", cwd=site)
    assert ran.code == 1
    assert "none.json: error[baseline-unreadable]" in ran.err
    ran = digest("check", "--write-baseline", cwd=site)
    assert ran.code == 2


def test_a_picture_without_words_is_said_once(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    room.item("x", byline="Jo", body="Words.\n\n![](https://pictures.example/a.png)")
    ran = digest("check", cwd=room.folder)
    assert (ran.code, ran.out) == (0, "2 issues.\n")
    assert ran.err.count("image-alt") == ran.err.count("warning[image-alt-missing]") == 1
    assert "warning[image-size]" in ran.err


def test_a_site_weighs_what_is_found(site: Path) -> None:
    written = (site / "digest.toml").read_text("utf-8")
    (site / "digest.toml").write_text(written + '\n[issues]\nlink-broken = "note"\nbyline-missing = "off"\n', "utf-8")
    ran = digest("check", "--strict", cwd=site)
    assert (ran.code, ran.out) == (0, "1 issue.\n")
    assert "note[link-broken]" in ran.err


def test_sarif_is_as_its_schema_asks(site: Path) -> None:
    ran = digest("check", "--format", "sarif", cwd=site)
    document: Any = json.loads(ran.out)
    schema = json.loads((SCHEMAS / "sarif-2.1.0.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(document)
    found = {r["ruleId"]: r["locations"][0]["physicalLocation"] for r in document["runs"][0]["results"]}
    assert found["link-broken"]["artifactLocation"]["uri"] == "content/2026/03/12/x.md"
    assert found["link-broken"]["region"] == {"startLine": 8, "startColumn": 16}
    document["runs"][0]["results"][0]["level"] = "fatal"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate(document)


def test_annotations_stand_at_the_line(site: Path) -> None:
    ran = digest("check", "--format", "github", cwd=site)
    assert "::error file=content/2026/03/12/x.md,line=8,col=16,title=link-broken::" in ran.out
