"""Older addresses lead to the page, and stand where a host looks for them."""

from pathlib import Path

import pytest

from digest.builder import build, verify
from tests.newsroom import Newsroom


@pytest.mark.parametrize(
    ("alias", "file"),
    [
        ("/old/ferry/", "old/ferry/index.html"),
        ("/alt%20ferry/", "alt ferry/index.html"),
        ("/f%C3%A4hre/", "fähre/index.html"),
        ("/fähre/", "fähre/index.html"),
        ("/old/ferry.html", "old/ferry.html/index.html"),
    ],
)
def test_an_older_address_is_a_file_that_it_reaches(tmp_path: Path, alias: str, file: str) -> None:
    room = Newsroom(tmp_path)
    room.item("x", body="Body.", aliases=[alias])
    room.build()
    assert "/2026/03/12/headline-x/" in (room.output / file).read_text("utf-8")
    assert verify(room.request()) == ()
    room.item("x", body="Body.")
    room.build()
    assert not (room.output / file).exists()


@pytest.mark.parametrize(
    "alias",
    ["/%2e%2e/secret/", "/a%2F../b/", "/a%00/", "/a%ff/", "/a%", "/a%2", "/a%3Fb/", "/a%2525/", "/%20/", "/../x/"],
)
def test_an_escape_leads_nowhere_else(tmp_path: Path, alias: str) -> None:
    room = Newsroom(tmp_path)
    room.item("x", body="Body.", aliases=[alias])
    report = build(room.request())
    assert [(i.code, alias in i.message) for i in report.issues] == [("page-value", True)]
    assert not any("secret" in p.name or p.name == "x" for p in tmp_path.rglob("*"))


def test_two_spellings_of_one_address_conflict(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    room.item("x", body="Body.", aliases=["/old%20one/"])
    room.item("y", body="Body.", aliases=["/Old%20One/"])
    assert "url-conflict" in {i.code for i in build(room.request()).issues}
