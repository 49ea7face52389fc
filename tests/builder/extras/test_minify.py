"""Pages in fewer bytes: the same to a reader, made anew when a site begins or ends to want them."""

from html.parser import HTMLParser
from pathlib import Path

import pytest

from digest.builder.extras.minify import minified
from tests.newsroom import CONFIG, Newsroom, without_extras

WANTED = CONFIG + "[theme]\nminify = true\n"
PAGE = "2026/03/12/headline-a/index.html"
BODY = "The heron *left* the lake.\n\n```\ntwo  spaces\n  and a line\n```\n"


class _Seen(HTMLParser):
    """Tags with their attributes, and words, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[object] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, sorted((name, "".join((value or "").split())) for name, value in attrs)))

    def handle_data(self, data: str) -> None:
        self.seen += data.split()


def room_of(folder: Path, config: str) -> Newsroom:
    room = Newsroom(folder, config)
    room.item("a", body=BODY)
    return room


def test_a_page_says_the_same_in_fewer_bytes(tmp_path: Path) -> None:
    rooms = [room_of(tmp_path / name, config) for name, config in (("one", CONFIG), ("two", WANTED))]
    for room in rooms:
        room.build()
    plain, small = (room.files() for room in rooms)
    assert plain.keys() == small.keys()
    for path, data in plain.items():
        if not path.endswith(".html"):
            continue
        assert len(small[path]) < len(data), path
        before, after = (_Seen(page.decode()).seen for page in (data, small[path]))
        assert after == before, path
    assert b"two  spaces\n  and a line" in small[PAGE]


def test_pages_are_made_anew_when_it_is_switched_on_and_off(tmp_path: Path) -> None:
    room = room_of(tmp_path, CONFIG)
    room.build()
    plain = room.files()
    (room.folder / "digest.toml").write_text(WANTED, "utf-8")
    room.build()
    assert len(room.files()[PAGE]) < len(plain[PAGE])
    (room.folder / "digest.toml").write_text(CONFIG, "utf-8")
    room.build()
    assert room.files()[PAGE] == plain[PAGE]


def test_without_the_extra_pages_are_as_they_are_and_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_extras(monkeypatch)
    room = room_of(tmp_path, WANTED)
    report = room.build()
    assert [i.code for i in report.issues] == ["minify-missing"]
    assert b"\n" in room.files()[PAGE]


def test_what_any_parser_needs_is_kept() -> None:
    html = (
        '<!doctype html>\n<html lang="en">\n<head>\n<title>A</title>\n</head>\n<body>\n<p>B  c</p>\n</body>\n</html>\n'
    )
    small = minified(html)
    assert small.lower().startswith("<!doctype html>")
    assert "<html lang=en>" in small
    assert "</p>" in small
