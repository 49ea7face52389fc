"""Broken links are found, with their line in the content."""

from pathlib import Path

import pytest

from digest import config
from digest.check import CheckInput, check_site
from digest.check.site.addresses import AddressResolver
from digest.issues import Issue
from tests.newsroom import CONFIG, Newsroom

BASE = "https://post.example/news/"
PAGE = "2026/03/12/headline-y/index.html"


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    room = Newsroom(tmp_path, CONFIG.replace("https://post.example/", BASE))
    room.item("x", body="Body.")
    return room


def links(room: Newsroom) -> list[Issue]:
    """Return the issues of links."""
    read, _ = config.load(room.folder)
    content = {PAGE: ("2026/03/12/y.md",)}
    subject = CheckInput(site=room.folder, config=read, output=room.output, content=content)
    return [i for i in check_site(subject) if i.code == "link-broken"]


def test_a_built_site_has_none(room: Newsroom) -> None:
    room.build()
    assert links(room) == []


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("[a](/nowhere/)", "`/news/nowhere/` leads to no page of the site"),
        ("[a](../../12/headline-x/)", ""),
        ("[a](../gone/)", "`../gone/` leads to no page"),
        ("[a](/2026/03/12/headline-x/#main)", ""),
        ("[a](/2026/03/12/headline-x/?from=here)", ""),
        ("[a](/2026/03/12/headline-x/#nothing)", "leads to an anchor that 2026/03/12/headline-x/index.html does"),
        ("[a](#nothing)", f"`#nothing` leads to an anchor that {PAGE} does not have"),
        ("[a](#main)", ""),
        ("[a](#top)", ""),
        ("[a](https://post.example/news/gone/)", "leads to no page"),
        ("[a](https://post.example/outside/)", ""),
        ("[a](../../../../../outside/)", "leads to no page"),
        ("[a](https://elsewhere.example/gone/)", ""),
        ("[a](mailto:desk@post.example)", ""),
    ],
)
def test_links_in_a_body(room: Newsroom, body: str, found: str) -> None:
    room.item("y", body=f"Words.\n\n{body}")
    room.build()
    issues = links(room)
    assert [found in i.message for i in issues] == ([True] if found else [])
    for issue in issues:
        assert issue.place.file == "content/2026/03/12/y.md"
        line = (room.folder / issue.place.file).read_text("utf-8").splitlines()[issue.place.line - 1]
        assert line.startswith(("[a](", "![a]("))
        assert issue.place.column == line.index("(") + 2


def test_a_slash_that_is_missing_is_said(room: Newsroom) -> None:
    room.item("y", body="[a](/2026/03/12/headline-x)")
    room.build()
    (found,) = links(room)
    assert found.hint == "write `/news/2026/03/12/headline-x/`"


def test_what_a_template_says_on_every_page_is_said_a_few_times(room: Newsroom) -> None:
    for n in range(6):
        room.item(f"z{n}", body="Words.")
    (room.folder / "templates").mkdir()
    template = room.folder / "templates" / "item.html"
    template.write_text(
        '<!doctype html><html lang="en" dir="ltr"><head><title>x</title></head>'
        '<body><h1>x</h1><a href="/news/gone/">x</a></body></html>'
    )
    room.build()
    issues = links(room)
    assert len(issues) == 3
    assert issues[-1].message.endswith("(and on 4 more pages)")
    assert all(i.place.file.startswith("output/2026/03/12/") for i in issues)
    assert all(i.place.line and i.place.column for i in issues)


def test_without_a_manifest_there_is_nothing_to_look_at(tmp_path: Path) -> None:
    subject = CheckInput(site=tmp_path, config=config.parse("")[0], output=tmp_path)
    assert list(check_site(subject)) == []


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/news/a/", "a/index.html"),
        ("/news/", "index.html"),
        ("/a/", "/a/"),
        ("b.css", "x/b.css"),
        ("/news/a/../b/", "b/index.html"),
        ("/news/%C3%A9/", "é/index.html"),
        ("//post.example/news/a/", "a/index.html"),
        ("https://post.example/", None),
        ("http://post.example/news/a/", None),
        ("https://[broken/", None),
        ("tel:1", None),
    ],
)
def test_which_file_an_address_means(address: str, file: str | None) -> None:
    target = AddressResolver(BASE).target(address, "x/index.html")
    assert (target.file if target else None) == file
