"""Cards for social networks on a site: named with their size, drawn once, taken away with their pages."""

import re
from importlib.metadata import PackageNotFoundError
from importlib.resources import files
from pathlib import Path

import pytest

from tests.newsroom import CONFIG, Newsroom, without_extras
from tests.pictures.files import picture

WANTED = CONFIG + "[cards]\ngenerate = true\n"
DAY = "2026/03/12"


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    room = Newsroom(tmp_path, WANTED)
    room.item("a", body="Words.", story="tale")
    room.item("b", story="tale", title="A brief of it")
    return room


def cards(room: Newsroom) -> dict[str, bytes]:
    return {path.split(".")[0]: data for path, data in room.files().items() if path.startswith("cards/")}


def named(room: Newsroom, url: str) -> str:
    found = re.search('property="og:image" content="https://post.example/(cards/.*?)\\.', room.text(url))
    return found[1] if found else ""


def test_articles_and_stories_have_a_card_and_all_else_shares_one(room: Newsroom) -> None:
    room.build()
    assert set(cards(room)) == {"cards/n00000000a", "cards/story-tale", "cards/site"}
    page = room.text(f"/{DAY}/headline-a/")
    assert '<meta property="og:image:width" content="1200"><meta property="og:image:height" content="630">' in page
    assert '<meta property="og:image:alt" content="Headline a – The Test Post">' in page
    assert '<meta name="twitter:card" content="summary_large_image">' in page
    assert named(room, f"/{DAY}/headline-a/") == "cards/n00000000a"
    assert named(room, "/story/tale/") == "cards/story-tale"
    assert named(room, "/") == named(room, f"/{DAY}/a-brief-of-it/") == "cards/site"
    for path in re.findall('og:image" content="https://post.example/([^"]*)', page):
        assert path in room.files()


def test_a_card_follows_its_headline(room: Newsroom) -> None:
    room.build()
    before = cards(room)
    room.item("a", body="Words.", story="tale", title="Another headline", slug="headline-a")
    room.build()
    after = cards(room)
    assert after["cards/n00000000a"] != before["cards/n00000000a"]
    assert room.files() == room.clean(room.folder.parent / "clean")
    assert room.build().written == 0


def test_nothing_is_drawn_twice(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    room.build()
    before = room.files()
    monkeypatch.setattr("digest.pictures.social_card.draw_card", None)
    for path in before:
        if path.startswith("cards/"):
            (room.output / path).write_bytes(b"spoilt")
    room.item("c", title="Another brief")
    room.build()
    assert {p: d for p, d in room.files().items() if p.startswith("cards/")} == {
        p: d for p, d in before.items() if p.startswith("cards/")
    }


def test_a_card_goes_with_its_page_and_all_of_them_with_the_setting(room: Newsroom) -> None:
    room.build()
    room.item("a", body="Words.", story="tale", status="killed")
    room.build()
    assert set(cards(room)) == {"cards/site"}
    assert {path.name.split(".")[0] for path in (room.folder / ".digest/cards").iterdir()} == {"site"}
    (room.folder / "digest.toml").write_text(CONFIG, "utf-8")
    room.build()
    assert cards(room) == {}
    assert "og:image" not in room.text("/")


def test_a_large_picture_stands_for_its_page(room: Newsroom) -> None:
    (room.content / "wet.jpg").write_bytes(picture(800, 400))
    (room.content / "dry.jpg").write_bytes(picture(80, 40))
    room.item("a", body="Words.", image="/wet.jpg", image_alt="Wet")
    room.item("c", body="Words.", image="/dry.jpg", image_alt="Dry")
    room.build()
    assert set(cards(room)) == {"cards/n00000000c", "cards/site"}
    assert "pictures/wet" in room.text(f"/{DAY}/headline-a/").partition("og:image")[2][:60]


def test_a_headline_that_cannot_be_drawn_has_the_card_of_the_site(room: Newsroom) -> None:
    room.item("a", body="Words.", title="افتتاح مكتبة المدينة", slug="a")
    room.build()
    assert set(cards(room)) == {"cards/site"}
    assert named(room, f"/{DAY}/a/") == "cards/site"


def test_a_site_whose_name_cannot_be_drawn_has_none(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, WANTED.replace("The Test Post", "جريدة الصباح"))
    room.item("a", body="Words.")
    room.build()
    assert cards(room) == {}


def test_the_preview_has_none(room: Newsroom) -> None:
    room.preview()
    assert cards(room) == {}


@pytest.mark.parametrize(
    ("config", "installed", "code"),
    [
        (WANTED, False, "digest.toml:8:1 cards-missing"),
        (WANTED + 'font = "a.ttf"\n', True, "digest.toml:9:1 cards-font"),
    ],
)
def test_what_is_missing_is_an_issue_and_the_site_is_built(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch, config: str, installed: bool, code: str
) -> None:
    if not installed:
        without_extras(monkeypatch)
    (room.folder / "digest.toml").write_text(config, "utf-8")
    assert [f"{i.place} {i.code}" for i in room.build().issues] == [code]
    assert cards(room) == {}


def test_with_a_font_of_its_own_a_site_needs_none_of_the_extra(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    def version(package: str) -> str:
        if package == "pillow":
            return "12"
        raise PackageNotFoundError(package)

    monkeypatch.setattr("digest.builder.extras.loading.version", version)
    (room.folder / "digest.toml").write_text(WANTED, "utf-8")
    assert [i.code for i in room.build().issues] == ["cards-missing"]
    (room.folder / "mine.ttf").write_bytes(
        (files("font_source_serif_pro") / "files/SourceSerifPro-Regular.ttf").read_bytes()
    )
    (room.folder / "digest.toml").write_text(WANTED + 'font = "mine.ttf"\n', "utf-8")
    assert room.build().issues == ()
    assert "cards/site" in cards(room)
