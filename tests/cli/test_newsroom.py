"""A day's work on a site: import, build, check, explain."""

import shutil
from pathlib import Path

import pytest

from digest.issues import issue
from tests.cli.running import digest
from tests.cli.sites import DUMP, FERRY, LIBRARY, MAYOR, NAME, PAGE, STORM, new_site

NOW = ("--now", "2026-03-12T18:00")


def test_a_dump_becomes_pages_and_the_command_says_so(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    ran = digest("import", NAME, cwd=site)
    assert ran.code == 0
    first, last = ran.out.splitlines()
    assert first.startswith(f"{NAME}: 4 items from NW-UTC, seen 2026-03-12: ")
    assert last == "Wrote 5 files from 1 dump, 0 issues."
    for slug in (FERRY, MAYOR, LIBRARY, STORM):
        assert (site / PAGE.format(slug)).is_file()


def test_the_same_dump_again_is_nothing(site: Path) -> None:
    before = {p: p.read_bytes() for p in site.rglob("*.md")}
    assert digest("import", NAME, cwd=site).out.startswith(f"{NAME}: imported before, nothing to do\n")
    assert {p: p.read_bytes() for p in site.rglob("*.md")} == before


def test_a_dry_run_says_what_it_would_do_and_does_nothing(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    ran = digest("import", "--dry-run", NAME, cwd=site)
    assert "Would write 5 files" in ran.out
    assert not list(site.rglob("*.md"))


def test_a_dump_from_a_pipe_and_with_options(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    options = ("--at", "2026-03-12T14:10+01:00", "--source", "MDL-GVA", "--encoding", "utf-16")
    ran = digest("import", "-", *options, "--json", cwd=site, stdin=DUMP.encode("utf-16"))
    (dump,) = ran.document["dumps"]
    assert (dump["items"], dump["source"], dump["seen"]) == (4, "MDL-GVA", "2026-03-12T14:10+01:00")
    assert [line["span"]["first"] for line in dump["account"]][:2] == [1, 3]


def test_a_site_can_be_named_from_anywhere(site: Path, tmp_path: Path) -> None:
    ran = digest("build", "--site", site, *NOW, cwd=tmp_path)
    assert ran.code == 0
    assert f"into {site.name}/output." in ran.out
    assert digest("build", *NOW, cwd=site / "content").code == 0


def test_a_build_says_what_it_did_and_how_to_look_at_it(site: Path) -> None:
    ran = digest("build", *NOW, cwd=site)
    first, last = ran.out.splitlines()
    assert first.startswith("Built: 4 items, ")
    for word in ("entries", "rendered", "kept", "removed", "0 issues", "in "):
        assert word in first
    assert last == "To preview it: digest serve"
    assert " 0 pages rendered" in digest("build", *NOW, cwd=site).out


def test_a_build_for_machines(site: Path) -> None:
    document = digest("build", *NOW, "--json", cwd=site).document
    assert (document["ok"], document["build"]["items"], document["issues"]) == (True, 4, [])
    assert document["build"]["rendered"] > 0
    assert document["build"]["next_change"].startswith("2026-03-")


def test_full_looks_at_everything_and_verify_finds_no_difference(site: Path) -> None:
    digest("build", *NOW, cwd=site)
    (site / "output/mine.txt").touch()
    ran = digest("build", *NOW, "--full", cwd=site)
    assert "mine.txt: note[output-foreign]" in ran.err
    assert (site / "output/mine.txt").exists()
    assert digest("build", *NOW, "--verify", cwd=site).code == 0
    (site / "output/index.html").write_text("somebody was here")
    page = site / "output/index.html"
    ran = digest("build", *NOW, "--verify", cwd=site)
    assert ran.code == 0, "a damaged page is mended"
    assert "somebody" not in page.read_text()


def test_verify_reports_what_differs(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "digest.builder.verify", lambda _: (issue("verify-differs", "output/index.html", "other bytes"),)
    )
    ran = digest("build", *NOW, "--verify", cwd=site)
    assert (ran.code, "output/index.html: error[verify-differs]: other bytes" in ran.err) == (1, True)


def test_why_says_what_a_build_would_do_and_builds_nothing(site: Path) -> None:
    digest("build", *NOW, cwd=site)
    assert digest("build", *NOW, "--why", "/", cwd=site).out == "/: up to date\n"
    page = site / PAGE.format(FERRY)
    page.write_text(page.read_text().replace("Lake ferry", "The lake ferry"))
    before = (site / "output/index.html").read_bytes()
    assert page.name in digest("build", *NOW, "--why", "/", cwd=site).out
    assert (site / "output/index.html").read_bytes() == before


def test_now_counts_in_the_sites_zone(site: Path) -> None:
    page = site / PAGE.format(FERRY)
    page.write_text(page.read_text().replace("---\n", "---\nembargo: 2026-03-12T12:00:00+01:00\n", 1))
    (site / "digest.toml").write_text(
        (site / "digest.toml").read_text().replace('"\n', '"\ntime_zone = "Europe/Zurich"\n', 1)
    )
    digest("build", "--now", "2026-03-12T11:59", cwd=site)
    assert "Lake ferry returns" not in (site / "output/index.html").read_text()
    assert digest("next", "--now", "2026-03-12T11:59", cwd=site).out == "2026-03-12T12:00:00+01:00\n"
    digest("build", "--now", "2026-03-12T11:00Z", cwd=site)
    assert "Lake ferry returns" in (site / "output/index.html").read_text()


def test_next_may_be_never(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    assert digest("next", cwd=site).out == "never\n"
    assert digest("next", "--json", cwd=site).document["next"] is None


def test_warnings_fail_a_strict_build_alone(site: Path) -> None:
    (site / "digest.toml").write_text('[site]\ntitle = "The Lake"\n')
    assert digest("build", *NOW, cwd=site).code == 0
    assert digest("build", *NOW, "--strict", cwd=site).code == 1
    (site / "digest.toml").write_text('[issues]\nsource-unknown = "off"\n')
    assert digest("build", *NOW, "--strict", cwd=site).code == 0


def test_check_finds_nothing_and_touches_no_output(site: Path) -> None:
    ran = digest("check", cwd=site)
    assert (ran.code, ran.output) == (0, "Nothing is wrong.\n")
    assert not (site / "output").exists()


def test_check_finds_broken_links(site: Path) -> None:
    page = next(site.rglob(f"{LIBRARY}.md"))
    page.write_text(page.read_text() + "\nSee [the plan](/2026/03/12/plan/).\n")
    ran = digest("check", cwd=site)
    assert ran.code == 1
    assert "error[link-broken]: `/2026/03/12/plan/` leads to no page" in ran.err


@pytest.mark.parametrize(
    ("form", "begins"), [("json", '{\n  "ok": false'), ("sarif", '{\n  "$schema"'), ("github", "::error file=")]
)
def test_check_in_other_forms_ends_alike(site: Path, form: str, begins: str) -> None:
    (site / "content/bad.md").write_text("---\ntitle: x\ndate: never\n---\n")
    ran = digest("check", "--format", form, cwd=site)
    assert (ran.code, ran.out.startswith(begins), ran.err) == (1, True, "")


def test_explain_tells_the_dump_the_labels_the_story_and_the_rank(site: Path) -> None:
    digest("build", *NOW, cwd=site)
    text = digest("explain", PAGE.format(LIBRARY), cwd=site).out
    assert text.startswith("Council reopens the old library\n")
    assert f"from content/dumps/{NAME}, lines 5-9" in text
    assert "    7 | - A second life -" in text
    assert "region " in text
    assert "category " in text
    assert "on the front page, score" in text
    assert "subject +" in text
    assert "up to date" in text


def test_explain_shows_the_story_with_its_likeness(site: Path) -> None:
    for slug in (FERRY, STORM):
        page = site / PAGE.format(slug)
        lines = [line for line in page.read_text().splitlines() if not line.startswith("story:")]
        page.write_text("\n".join([lines[0], "story: ferry", *lines[1:], ""]))
    text = digest("explain", PAGE.format(FERRY), cwd=site).out
    assert "story ferry, 2 pages" in text
    assert "Storm damage keeps lake ferry in port (likeness 0." in text
    assert "threading: " in text


def test_explain_tells_the_markers_why_this_story_and_what_came_second(site: Path) -> None:
    dump = site / "2026-03-13-nw.txt"
    dump.write_text(
        "-\nUPDATE 1-Chad envoys resume border talks with Sudan in Juba\n"
        "-\nLibya envoys open border talks with Niger in Juba\n-\nChad envoys open border talks with Sudan in Juba\n"
    )
    digest("import", dump.name, cwd=site)
    text = digest("explain", "Chad envoys resume border talks", cwd=site).out
    assert "marked by the wire: update 1" in text
    assert "threading: version n" in text
    assert "word: chad" in text.lower()


def test_explain_a_page_made_by_hand_and_one_whose_dump_is_gone(site: Path) -> None:
    (site / "content/own.md").write_text("---\ntitle: Our own\ndate: 2026-03-12\n---\n")
    assert "made by hand" in digest("explain", "content/own.md", cwd=site).out
    shutil.rmtree(site / "content/dumps")
    assert "the dump is not here any more" in digest("explain", PAGE.format(FERRY), cwd=site).out


def test_explain_labels_words_that_no_page_has(site: Path) -> None:
    ran = digest("explain", "Nairobi opens a tram line", "--json", cwd=site)
    tree = ran.document["explained"]
    assert tree["text"] == "Nairobi opens a tram line"
    assert tree["below"][0]["text"].startswith("region africa (")


def test_explain_says_that_there_is_no_such_page(site: Path) -> None:
    assert digest("explain", "n00000000", cwd=site).code == 2
