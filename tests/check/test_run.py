"""Checks of a whole site: headlines, bylines, orphan pages, translations, worker processes."""

from pathlib import Path

import pytest

from digest import config
from digest.builder import BuildRequest, build
from digest.check import CheckInput, check_site
from digest.check.site import links
from digest.content.store.archive import SCHEMA, Archive
from digest.content.store.database import open_store
from digest.issues import Issue
from digest.labels.engines import labeller_of, mark_of
from digest.model import Item
from digest.wire import id_of, key_of
from tests.newsroom import CONFIG, NOW, Newsroom


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path)


def issues_of(room: Newsroom, jobs: int = 1) -> list[Issue]:
    """Return the issues of the built site."""
    read, _ = config.load(room.folder)
    subject = CheckInput(site=room.folder, config=read, output=room.output, items=items_of(room), jobs=jobs)
    return sorted(check_site(subject), key=lambda i: (i.place, i.message))


def items_of(room: Newsroom) -> tuple[Item, ...]:
    """Return the items of the content."""
    read, _ = config.load(room.folder)
    archive = Archive(
        room.folder,
        open_store(room.folder, SCHEMA),
        read,
        lambda: labeller_of(read),
        lambda title, day: id_of(key_of(title), day),
        mark_of(read),
    )
    archive.refresh()
    return tuple(archive.items(row.path for row in archive.rows()))


def codes(room: Newsroom) -> list[tuple[str, str, int]]:
    """Return codes and places of the issues."""
    return [(i.code, i.place.file, i.place.line) for i in issues_of(room)]


def test_the_maximum_length_of_headlines_is_configurable(room: Newsroom) -> None:
    room.item("x", title="word " * 30)
    room.item("y", title="Short")
    assert codes(room) == [("headline-long", "content/2026/03/12/x.md", 3)]
    (room.folder / "digest.toml").write_text(CONFIG + "\n[check]\nheadline_length = 200\n")
    assert codes(room) == []
    (room.folder / "digest.toml").write_text(CONFIG + "\n[check]\nheadline_length = 4\n")
    assert len(codes(room)) == 2


def test_duplicate_headlines_within_days_are_found(room: Newsroom) -> None:
    room.item("x", title="Rain falls")
    room.item("y", day="2026-03-13", title="Rain  Falls")
    room.item("z", day="2026-03-20", title="Rain falls")
    assert codes(room) == [("headline-duplicate", "content/2026/03/13/y.md", 3)]
    (room.folder / "digest.toml").write_text(CONFIG + '\n[import]\nrecurring = ["Rain …"]\n')
    assert codes(room) == []


def test_versions_and_drafts_are_no_duplicates(room: Newsroom) -> None:
    room.item("x", title="Rain falls")
    room.item("y", title="Rain falls", version_of="n00000000x")
    room.item("z", title="Rain falls", status="draft")
    assert codes(room) == []


def test_an_article_has_a_byline(room: Newsroom) -> None:
    room.item("x", body="Words.")
    room.item("y", body="Words.", byline="A. Writer")
    room.item("z")
    assert codes(room) == [("byline-missing", "content/2026/03/12/x.md", 1)]


def test_an_orphan_page_is_found(room: Newsroom) -> None:
    room.item("x", body="Words.", byline="A")
    room.build()
    assert codes(room) == []
    for file in room.output.rglob("*.html"):
        if file.parent.name != "headline-x":
            file.write_text(file.read_text("utf-8").replace('"/2026/03/12/headline-x/"', '"/"'), "utf-8")
    assert codes(room) == [("page-orphan", "output/2026/03/12/headline-x/index.html", 0)]


def test_translations_link_to_each_other(room: Newsroom) -> None:
    room.item("x", body="Words.", byline="A")
    room.build()
    front, page = room.output / "index.html", room.output / "2026/03/12/headline-x/index.html"
    add = '<link rel="alternate" hreflang="{}" href="{}"></head>'
    front.write_text(front.read_text("utf-8").replace("</head>", add.format("fr", "/2026/03/12/headline-x/")), "utf-8")
    (found,) = issues_of(room)
    assert (found.code, found.place.file) == ("html-language", "output/index.html")
    page.write_text(page.read_text("utf-8").replace("</head>", add.format("en", "/")), "utf-8")
    assert issues_of(room) == []


def test_worker_processes_give_the_same_issues(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "MIN_PARALLEL_PAGES", 0)
    monkeypatch.setattr(links, "SHARD_PAGES", 7)
    for n in range(30):
        room.item(f"x{n}", body=f"[a](/gone/{n}/) and [b](../headline-x{n}/#gone)\n\n#### Deep", byline="A")
    report = build(BuildRequest(site=room.folder, output=room.output, now=NOW))
    assert report.ok
    alone = issues_of(room)
    assert len([i for i in alone if i.code == "link-broken"]) == 60
    assert issues_of(room, jobs=2) == alone


def test_style_sheets_and_sitemaps_are_checked(room: Newsroom) -> None:
    """The site sets a pale accent colour and has a sitemap with a `noindex` page."""
    room.item("x", regions=["europe"], categories=["sport"])
    (room.folder / "digest.toml").write_text(CONFIG + '[theme.parameters]\naccent = "#eeeeee"\n', "utf-8")
    (room.folder / "templates").mkdir()
    address = "<url><loc>https://post.example/region/europe/sport/</loc></url>"
    text = f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{address}</urlset>'
    (room.folder / "templates/sitemap.xml").write_text(text, "utf-8")
    room.build()
    found = {i.code: i.message for i in issues_of(room)}
    assert found.keys() == {"contrast-low", "sitemap-address"}
    assert "may not index" in found["sitemap-address"]
