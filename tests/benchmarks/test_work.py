"""The guard: a build does no more than it has to. Counts work, not seconds, so that it fails on any machine.

Numbers that follow from what a build is are exact; the others are bounds a little above what is done today. Whoever
raises one says in the commit what is bought with it.
"""

from pathlib import Path

import pytest

from benchmarks.corpus import END, Article, articles
from benchmarks.sites import write_page, write_site
from digest.builder import BuildRequest
from digest.content.store import scan
from tests.benchmarks.work import Work, work_of

NUMBER, FEWER = 300, 150
CORPUS = list(articles(NUMBER))
ROWS_AN_ARTICLE = 55
"""Rows and other statements for an article, its lists and its share of pages in a site this small."""

MANIFEST = "digest-manifest.json"


def lonely(corpus: list[Article]) -> Article:
    """An article in no story, none of the newest 60."""
    return next(a for a in corpus[len(corpus) // 2 :] if sum(b.story == a.story for b in corpus) == 1)


class Desk:
    """A site of a corpus, and builds of it that are counted."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch, corpus: list[Article]) -> None:
        self.site, self.output, self._patch = folder / "site", folder / "output", patch
        write_site(self.site, corpus)

    def build(self) -> Work:
        return work_of(BuildRequest(site=self.site, output=self.output, now=END), self._patch)

    def edit(self, article: Article, like: Article) -> None:
        """Write an article anew, in the file that it has."""
        write_page(self.site / "content", article._replace(slug=like.slug))

    def files(self) -> dict[str, bytes]:
        return {p.relative_to(self.output).as_posix(): p.read_bytes() for p in self.output.rglob("*") if p.is_file()}


@pytest.fixture(autouse=True)
def sure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that were written a moment ago count as settled: no test here changes one without changing its size."""
    monkeypatch.setattr(scan, "CLOCK_GRAIN_NS", 0)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(tmp_path, monkeypatch, CORPUS)


def test_cold_build_reads_and_writes_each_file_once(desk: Desk) -> None:
    work = desk.build()
    report, files = work.report, desk.files()
    pages = len(files) - 1
    assets = sum(path.startswith("assets/") for path in files)
    assert (report.scanned, report.loaded, report.items, report.entries) == (NUMBER,) * 4
    assert (report.pages, report.rendered, report.written) == (pages, pages - assets, pages - assets)
    assert report.kept == report.removed == work.remove == 0
    assert work.read["content"] == 2 * NUMBER, "once for what it says, once for its text"
    assert work.read["output"] <= 1, "a manifest, if there were one"
    assert work.rename < 30, "the folders of a new site come whole"
    assert len(files) <= work.written["state"] <= len(files) + 80, "every file once, and the compiled templates"
    assert work.bytes_written == sum(map(len, files.values()))
    folders = len({path.rpartition("/")[0] for path in files})
    assert work.mkdir <= 2 * folders
    assert work.statements <= ROWS_AN_ARTICLE * NUMBER


def test_unchanged_site_opens_no_files(desk: Desk) -> None:
    desk.build()
    before = desk.files()
    work = desk.build()
    report = work.report
    assert (report.scanned, report.loaded, report.planned, report.rendered, report.written) == (NUMBER, 0, 0, 0, 0)
    assert not work.read["content"]
    assert work.read["output"] == 1, "its folder, and no file in it"
    assert not work.statements, "nor does it ask the state"
    assert (work.mkdir, work.rename, work.remove, work.bytes_written) == (0, 0, 0, 0)
    assert desk.files() == before


def test_edited_body_renders_one_page(desk: Desk) -> None:
    desk.build()
    before, article = desk.files(), lonely(CORPUS)
    desk.edit(article._replace(body=f"{article.body}\n\nA last word."), article)
    work = desk.build()
    after, report = desk.files(), work.report
    changed = {path for path in after if before.get(path) != after[path]}
    assert changed == {f"{article.folder}/{article.slug}/index.html", MANIFEST}
    assert (report.loaded, report.rendered, report.written, report.removed) == (1, 1, 1, 0)
    assert report.planned <= 6, "its page, and what shows how long it is: feeds"
    assert work.read["content"] == 2
    assert work.bytes_read == 2 * (desk.site / "content" / article.folder / f"{article.slug}.md").stat().st_size
    assert work.rename == 2
    assert work.bytes_written == sum(len(after[path]) for path in changed)


def test_edited_title_renders_the_pages_that_show_it(desk: Desk) -> None:
    desk.build()
    before, article = desk.files(), lonely(CORPUS)
    desk.edit(article._replace(title="Quite another headline"), article)
    work = desk.build()
    after, report = desk.files(), work.report
    changed = {path for path in after if before.get(path) != after[path]} - {MANIFEST}
    assert f"{article.folder}/quite-another-headline/index.html" in changed
    assert before.keys() - after.keys() == {f"{article.folder}/{article.slug}/index.html"}
    assert report.rendered == report.written == len(changed), "no page is drawn that stays as it was"
    assert report.planned <= len(changed) + 8
    assert (report.loaded, report.removed, work.remove) == (1, 1, 1)
    assert work.read["content"] <= 2 + len(changed)
    assert work.rename == len(changed) + 1


def test_edited_template_renders_its_pages(desk: Desk) -> None:
    desk.build()
    before = desk.files()
    stories = sum(path.startswith("story/") for path in before)
    own = desk.site / "templates" / "story.html"
    own.parent.mkdir()
    own.write_text('{% extends "broadsheet/story.html" %}', "utf-8")
    work = desk.build()
    assert (work.report.planned, work.report.rendered, work.report.loaded) == (stories, stories, 0)
    assert (work.report.written, work.rename, work.bytes_written) == (0, 0, 0), "they say what they said"
    assert desk.files() == before
    assert not work.read["content"]


@pytest.mark.parametrize("edited", [False, True])
def test_statements_do_not_grow_with_the_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, edited: bool) -> None:
    asked = []
    for corpus in (CORPUS[:FEWER], CORPUS):
        desk, article = Desk(tmp_path / str(len(corpus)), monkeypatch, corpus), lonely(corpus)
        desk.build()
        if edited:
            desk.edit(article._replace(body="Other words."), article)
        asked.append(desk.build().statements)
    few, many = asked
    assert abs(many - few) <= (20 if edited else 0), "an article may stand on a list more, never on all"
    assert many <= (260 if edited else 60)
