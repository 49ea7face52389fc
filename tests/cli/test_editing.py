"""An editor's decisions from the command line: kill, hold, release, adopt, stories."""

from pathlib import Path

from tests.cli.running import digest
from tests.cli.sites import FERRY, LIBRARY, PAGE, STORM

NOW = ("--now", "2026-03-12T18:00")


def _text(site: Path, slug: str) -> str:
    return (site / PAGE.format(slug)).read_text()


def _story(site: Path, slug: str) -> str:
    (line,) = [line for line in _text(site, slug).splitlines() if line.startswith("story: ")]
    return line.removeprefix("story: ")


def test_a_killed_page_is_gone_from_the_site_and_released_it_is_back(site: Path) -> None:
    ran = digest("kill", "council reopens", "--reason", "Our mistake", cwd=site)
    assert (ran.code, ran.out.splitlines()[0]) == (0, "Killed: Council reopens the old library")
    assert "status: killed  # Our mistake\n" in _text(site, LIBRARY)
    digest("build", *NOW, cwd=site)
    assert "Council reopens" not in (site / "output/index.html").read_text()
    assert digest("release", f"/2026/03/12/{LIBRARY}/", cwd=site).code == 0
    assert "status:" not in _text(site, LIBRARY)
    digest("build", *NOW, cwd=site)
    assert "Council reopens" in (site / "output/index.html").read_text()


def test_a_held_page_is_not_published(site: Path) -> None:
    assert digest("hold", PAGE.format(LIBRARY), cwd=site).code == 0
    assert "status: hold\n" in _text(site, LIBRARY)
    digest("build", *NOW, cwd=site)
    assert "Council reopens" not in (site / "output/index.html").read_text()


def test_an_erased_page_is_gone_and_stays_gone(site: Path) -> None:
    assert digest("kill", "council reopens", "--erase", cwd=site).code == 0
    assert not (site / PAGE.format(LIBRARY)).exists()
    digest("import", "2026-03-12-nw-utc.txt", cwd=site)
    assert not (site / PAGE.format(LIBRARY)).exists()
    assert digest("kill", STORM, "--erase", "--reason", "x", cwd=site).code == 2


def test_a_page_that_is_none_and_one_that_is_two(site: Path) -> None:
    missing = digest("kill", "council reopen", cwd=site)
    assert (missing.code, "error[page-not-found]" in missing.err) == (2, True)
    two = digest("hold", "lake ferry", cwd=site)
    assert (two.code, "error[page-ambiguous]: `lake ferry` means 2 pages" in two.err) == (2, True)
    assert "status:" not in _text(site, FERRY)


def test_for_machines(site: Path) -> None:
    document = digest("hold", "council reopens", "--json", cwd=site).document
    assert (document["ok"], document["file"]) == (True, PAGE.format(LIBRARY))


def test_adopt_writes_what_the_build_infers_once(site: Path) -> None:
    own = site / "content/own.md"
    own.write_text("---\n# by hand\ntitle: Nairobi opens a tram line\ndate: 2026-03-12\n---\n")
    ran = digest("adopt", "content/own.md", cwd=site)
    assert (ran.code, ran.out) == (0, "1 page completed, 0 as before.\n")
    text = own.read_text()
    for part in ("id: n", "regions: [africa]", "categories: [", "# by hand\n", "title: Nairobi opens a tram line\n"):
        assert part in text
    assert digest("adopt", own, cwd=site.parent, stdin=b"").code == 2, "there is no site above"
    assert digest("adopt", own, "--site", site, cwd=site.parent).out == "0 pages completed, 1 as before.\n"
    assert own.read_text() == text


def test_adopt_says_what_is_wrong_with_a_page_and_completes_the_others(site: Path) -> None:
    (site / "content/bad.md").write_text("---\ntitle: x\ndate: never\n---\n")
    (site / "content/own.md").write_text("---\ntitle: Nairobi opens a tram line\ndate: 2026-03-12\n---\n")
    ran = digest("adopt", "content/bad.md", "content/own.md", cwd=site)
    assert (ran.code, "content/bad.md:3:7: error[page-date]" in ran.err) == (1, True)
    assert "id: n" in (site / "content/own.md").read_text()
    assert digest("adopt", "nowhere.md", "digest.toml", cwd=site).code == 2


def test_check_can_complete_pages(site: Path) -> None:
    (site / "content/own.md").write_text("---\ntitle: Nairobi opens a tram line\ndate: 2026-03-12\n---\n")
    assert digest("check", "--fix", cwd=site).out == "1 page completed. Nothing is wrong.\n"
    assert "id: n" in (site / "content/own.md").read_text()
    assert digest("check", "--fix", "--json", cwd=site).document["completed"] == []


def test_stories_are_merged_by_slug_or_by_page(site: Path) -> None:
    ran = digest("story", "merge", _story(site, FERRY), "council reopens", cwd=site)
    assert ran.code == 0
    assert ran.out == f"1 page moved to the story {_story(site, FERRY)}.\n"
    assert _story(site, LIBRARY) == _story(site, FERRY)
    assert digest("story", "merge", FERRY, "no page at all", cwd=site).code == 2


def test_a_split_page_has_a_story_of_its_own(site: Path) -> None:
    digest("story", "merge", PAGE.format(FERRY), PAGE.format(LIBRARY), cwd=site)
    ran = digest("story", "split", "council reopens", "--json", cwd=site)
    assert ran.document["story"] == _story(site, LIBRARY) != _story(site, FERRY)


def test_a_pinned_page_says_its_story(site: Path) -> None:
    (site / "content/own.md").write_text("---\nid: n00000001x\ntitle: Our own\ndate: 2026-03-12\n---\n")
    ran = digest("story", "pin", "Our own", cwd=site)
    assert (ran.code, ran.out) == (0, "Pinned to n00000001x: content/own.md\n")
    assert "story: n00000001x\n" in (site / "content/own.md").read_text()


def test_take_settles_what_wire_and_editor_both_changed(site: Path) -> None:
    assert digest("import", "--take", "theirs", "council reopens", "2026-03-12-nw-utc.txt", cwd=site).code == 2
    assert digest("import", "--take", "ours", "council reopens", "2026-03-12-nw-utc.txt", cwd=site).code == 0
