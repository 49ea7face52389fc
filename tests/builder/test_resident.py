"""What a workshop need not look at again."""

import gc
import re
from pathlib import Path

from jinja2 import Environment

from digest.builder import Audience, Report, ResidentBuilder
from tests.newsroom import NOW, Newsroom


class _Shop:
    """A site with a stylesheet of its own and a page of its own that wears it, and a workshop that has built it."""

    def __init__(self, folder: Path, audience: Audience) -> None:
        self.room = Newsroom(folder)
        self.audience = audience
        self.write("static/sheet.css", "a { color: blue }")
        self.write("templates/404.html", '{{ asset("sheet.css").url }} {{ asset("sheet.css").integrity }}')
        self.room.item("x", body="Body.")
        self.workshop = ResidentBuilder(self.room.request(audience=audience))
        self.build(None)

    def write(self, path: str, text: str) -> str:
        file = self.room.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return path

    def build(self, changed: list[str] | None) -> Report:
        report = self.workshop.build(NOW, changed)
        self.workshop.prepare(NOW)
        return report


def test_another_stylesheet_draws_no_page_of_a_preview(tmp_path: Path) -> None:
    shop = _Shop(tmp_path, Audience.PREVIEW)
    report = shop.build([shop.write("static/sheet.css", "a { color: red }")])
    assert (report.ok, report.planned, report.rendered) == (True, 0, 0)
    assert report.changes.changed == ()
    assert set(report.changes.assets) == {"/assets/sheet.preview.css", "/sheet.css"}
    assert shop.room.files()["assets/sheet.preview.css"] == b"a{color:red}"
    shop.workshop.close()
    clean = shop.room.clean(tmp_path / "clean", audience=Audience.PREVIEW)
    assert {path for path, data in shop.room.files().items() if clean.get(path) != data} <= {"digest-manifest.json"}


def test_another_stylesheet_and_a_page_at_once_draw_that_page(tmp_path: Path) -> None:
    shop = _Shop(tmp_path, Audience.PREVIEW)
    page = shop.room.item("x", body="Another body.")
    report = shop.build([shop.write("static/sheet.css", "a { color: red }"), str(page.relative_to(shop.room.folder))])
    assert "/2026/03/12/headline-x/" in report.changes.changed
    assert "/404.html" not in report.changes.changed
    assert "/assets/sheet.preview.css" in report.changes.assets


def test_published_pages_name_the_stylesheet_that_they_were_made_for(tmp_path: Path) -> None:
    shop = _Shop(tmp_path, Audience.PUBLIC)
    before = set(shop.room.files())
    report = shop.build([shop.write("static/sheet.css", "a { color: red }")])
    (new,) = (path for path in shop.room.files() if path not in before)
    assert re.fullmatch(r"assets/sheet\.[0-9a-f]{8}\.css", new)
    assert report.rendered > 0
    assert f"/{new} sha384-" in shop.room.text("/404.html")


def test_the_same_moment_written_in_another_zone_is_drawn_so(tmp_path: Path) -> None:
    shop = _Shop(tmp_path, Audience.PREVIEW)
    for moment, clock in (("2026-03-12T12:30:00+01:00", "12:30"), ("2026-03-12T11:30:00Z", "11:30")):
        page = shop.room.item("y", body="Body.", date=moment)
        shop.build([str(page.relative_to(shop.room.folder))])
        assert clock in shop.room.text("/2026/03/12/")


def test_templates_that_were_changed_leave_nothing_behind(tmp_path: Path) -> None:
    shop, held = _Shop(tmp_path, Audience.PREVIEW), []
    for number in range(4):
        assert shop.build([shop.write("templates/404.html", f"{number}")]).rendered
        held.append(sum(isinstance(found, Environment) for found in gc.get_objects()))
    assert held[-1] <= held[0], "as many as there were after the first change"
