"""Pictures from the content folder to the output: shown with their size, shipped only where they are shown."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from digest.builder import Report
from tests.newsroom import CONFIG, NOW, Newsroom, without_extras
from tests.pictures.files import exif, picture

DAY = "2026/03/12"


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    room = Newsroom(tmp_path)
    room.item("other", body="Nothing to see.")
    return room


def put(room: Newsroom, path: str = f"content/{DAY}/wet.jpg", data: bytes | None = None) -> Path:
    file = room.folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(picture() if data is None else data)
    return file


def shipped(room: Newsroom) -> list[str]:
    return [path for path in room.files() if path.startswith("pictures/")]


def said(report: Report, start: str = "image-") -> list[str]:
    return [f"{i.place} {i.code}" for i in report.issues if i.code.startswith(start)]


def test_a_picture_in_front_matter_is_on_the_card(room: Newsroom) -> None:
    put(room)
    room.item("a", body="Words.", image="wet.jpg", image_alt="A wet street")
    room.build()
    assert re.fullmatch(r"pictures/wet\.[0-9a-f]{12}[-.].*", shipped(room)[0])
    page = room.text(f"/{DAY}/headline-a/")
    own = next(path for path in shipped(room) if path.endswith(".jpg"))
    assert f'"url":"https://post.example/{own}"' in page
    assert f'<meta property="og:image" content="https://post.example/{own}">' in page
    assert '<meta property="og:image:width" content="64">' in page
    assert '<meta property="og:image:alt" content="A wet street">' in page


@pytest.mark.parametrize(
    ("where", "named"),
    [
        (f"content/{DAY}/wet.jpg", "wet.jpg"),
        ("content/2026/wet street.jpg", "../../wet%20street.jpg"),
        ("content/pictures/wet.jpg", "/pictures/wet.jpg"),
        ("static/pictures/wet.jpg", "/pictures/wet.jpg"),
    ],
)
def test_a_picture_in_a_body_has_its_size(room: Newsroom, where: str, named: str) -> None:
    put(room, where)
    room.item("a", body=f"Words.\n\n![A wet street]({named})")
    report = room.build()
    assert said(report, "image-missing") == []
    assert 'width="64" height="48" alt="A wet street"' in room.text(f"/{DAY}/headline-a/")
    assert any(path.startswith("pictures/wet") for path in shipped(room))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (None, "image-missing"),
        (b"no picture", "image-broken"),
        (picture()[:30], "image-broken"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\0\0\0\1\0\0", "image-huge"),
    ],
)
def test_a_picture_that_cannot_be_shown_is_an_issue_and_the_page_stands(
    room: Newsroom, data: bytes | None, code: str
) -> None:
    if data is not None:
        put(room, data=data)
    room.item("a", body="Words.\n\n![Wet](wet.jpg)\n\nMore.", image="wet.jpg", image_alt="Wet")
    report = room.build()
    place = re.compile(rf"content/{DAY}/a.md:\d+:\d+ {code}")
    assert [s for s in said(report) if not place.fullmatch(s)] == []
    assert said(report)
    page = room.text(f"/{DAY}/headline-a/")
    assert "wet.jpg" not in page
    assert "More." in page
    assert shipped(room) == []


def test_a_picture_without_words_is_an_issue_at_its_line(room: Newsroom) -> None:
    put(room)
    room.item("a", body="Words.\n\n![](wet.jpg)", image="wet.jpg")
    found = said(room.build(), "image-alt")
    assert found == [f"content/{DAY}/a.md:{n} image-alt-missing" for n in ("7:8", "11")]


def test_a_changed_picture_changes_the_pages_that_show_it(room: Newsroom) -> None:
    file = put(room)
    room.item("a", body="Words.", image="wet.jpg", image_alt="Wet")
    room.item("b", body="Words.\n\n![Wet](wet.jpg)")
    room.build()
    before = shipped(room)
    assert room.build().rendered == 0
    file.write_bytes(picture(80, 20))
    report = room.build()
    assert report.rendered > 0
    assert not set(before) & set(shipped(room))
    assert room.files() == room.clean(room.folder.parent / "clean")
    other = room.text(f"/{DAY}/headline-b/")
    assert 'width="80" height="20"' in other
    file.unlink()
    assert said(room.build(), "image-missing")
    assert shipped(room) == []


@pytest.mark.parametrize("state", [{"status": "killed"}, {"status": "draft"}, {"embargo": "2027-01-01"}])
def test_a_picture_of_what_is_not_seen_is_not_shipped(room: Newsroom, state: dict[str, str]) -> None:
    put(room)
    room.item("a", body="Words.", image="wet.jpg", image_alt="Wet")
    room.build()
    assert shipped(room)
    room.item("a", body="Words.", image="wet.jpg", image_alt="Wet", **state)
    room.build()
    assert shipped(room) == []


def test_a_new_version_without_a_picture_keeps_the_old_one(room: Newsroom) -> None:
    put(room)
    room.item("a", body="Words.", image="wet.jpg", image_alt="Wet")
    room.item("b", body="More words.", version_of="n00000000a")
    room.build()
    assert shipped(room)


def test_a_picture_that_was_damaged_in_the_output_comes_again(room: Newsroom) -> None:
    put(room)
    room.item("a", body="Words.", image="wet.jpg", image_alt="Wet")
    room.build()
    for path in shipped(room):
        (room.output / path).write_bytes(b"spoilt")
    room.build()
    assert room.files() == room.clean(room.folder.parent / "clean")


def test_the_preview_shows_the_file_itself(room: Newsroom) -> None:
    data = picture(2000, 50)
    put(room, data=data)
    room.item("a", body="Words.", image="wet.jpg", image_alt="Wet", status="draft")
    room.preview(NOW)
    assert [room.files()[path] for path in shipped(room)] == [data]


def photograph(width: int = 1000) -> bytes:
    return picture(width, width // 2, quality=95, exif=exif())


def test_a_picture_is_made_smaller_once(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    put(room, data=photograph())
    room.item("a", body="Words.\n\n![Wet](wet.jpg)")
    room.build()
    files = room.files()
    found = {path.rpartition("-")[2]: files[path] for path in shipped(room)}
    assert {"480.jpg", "1000.jpg", "480.webp", "1000.webp"} <= found.keys()
    assert not any(b"Hidden" in data for data in found.values())
    page = room.text(f"/{DAY}/headline-a/")
    assert '<source type="image/avif"' in page
    assert page.index("image/avif") < page.index("image/webp") < page.index("<img")
    assert 'width="1000" height="500"' in page
    monkeypatch.setattr("digest.pictures.resize.resize", None)
    room.item("b", body="Words.\n\n![Wet](wet.jpg)")
    room.build()
    assert 'width="1000"' in room.text(f"/{DAY}/headline-b/"), "it was kept"
    shutil.rmtree(room.output)
    room.build()
    assert {path.rpartition("-")[2]: room.files()[path] for path in shipped(room)} == found


def test_what_was_made_goes_when_no_page_names_it(room: Newsroom) -> None:
    put(room, data=photograph())
    put(room, f"content/{DAY}/dry.jpg", photograph(600))
    room.item("a", body="![Wet](wet.jpg)\n\n![Dry](dry.jpg)")
    room.build()
    cache = room.folder / ".digest" / "pictures"
    assert len(list(cache.iterdir())) == 2
    room.item("a", body="![Wet](wet.jpg)")
    room.build()
    assert len(list(cache.iterdir())) == 1
    assert all("wet" in path for path in shipped(room))
    shutil.rmtree(cache)
    room.build()
    assert room.files() == room.clean(room.folder.parent / "clean")


def test_the_same_picture_twice_is_one(room: Newsroom) -> None:
    for n in range(8):
        put(room, f"content/{n}/wet.jpg", photograph())
    room.item("a", body="\n\n".join(f"![Wet](/{n}/wet.jpg)" for n in range(8)))
    room.build(jobs=4)
    assert len(shipped(room)) <= 6
    assert room.files() == room.clean(room.folder.parent / "clean")


def test_other_widths_make_other_files(room: Newsroom) -> None:
    put(room, data=photograph())
    room.item("a", body="![Wet](wet.jpg)")
    room.build()
    (room.folder / "digest.toml").write_text(CONFIG + '[images]\nwidths = [300]\nformats = ["webp"]\n', "utf-8")
    room.build()
    assert {path.rpartition("-")[2] for path in shipped(room)} == {"300.jpg", "300.webp"}
    (room.folder / "digest.toml").write_text(CONFIG + "[images]\nwidths = []\n", "utf-8")
    room.build()
    assert [room.files()[path] for path in shipped(room)] == [photograph()]


def test_half_a_picture_is_an_issue(room: Newsroom) -> None:
    put(room, data=photograph()[:3000])
    room.item("a", body="Words.\n\n![Wet](wet.jpg)")
    assert said(room.build()) == [f"content/{DAY}/a.md:10:8 image-broken"]


def test_without_the_extra_files_are_shipped_as_they_are_and_a_note_says_so(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_extras(monkeypatch)
    put(room, data=photograph())
    room.item("a", body="Words.\n\n![Wet](wet.jpg)")
    assert said(room.build()) == ["digest.toml image-plain"]
    assert [room.files()[path] for path in shipped(room)] == [photograph()]
    assert 'width="1000" height="500"' in room.text(f"/{DAY}/headline-a/")


def test_a_site_without_pictures_imports_nothing_for_them(room: Newsroom) -> None:
    code = (
        "import sys, datetime, pathlib; from digest.builder import BuildRequest, build;"
        f"build(BuildRequest(site=pathlib.Path({str(room.folder)!r}), output=pathlib.Path({str(room.output)!r}),"
        "now=datetime.datetime.now(datetime.UTC)));"
        "print([m for m in sys.modules if m.startswith(('PIL', 'digest.pictures', 'digest.builder.pictur'))])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
