"""`make shots`: screenshots of both themes, and a page that shows them side by side.

The front page, a region, an edition, an article and a story; wide and narrow, light and dark; from right to left; on
paper; on a wall; and a day that is hardly more than headlines.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path

from msgspec import Struct
from playwright.sync_api import Browser, sync_playwright

from digest.builder import BuildRequest, build
from tests.browser.surfing import SCHEMES, WIDTHS, Scheme, five_pages, launched, served
from tests.machine import ROOT
from tests.sites.built import EXAMPLE, NOW, in_theme, paper_of
from tests.sites.paper import Paper

THEMES = ("broadsheet", "wire")
WALL = (2560, 1440)
SHEET = 794  # A4 across, in CSS pixels
TALLEST = 4000


class Shot(Struct, frozen=True):
    """A screenshot to take: its name, the page, the window."""

    name: str
    path: str
    width: int
    height: int = 900
    scheme: Scheme = "light"
    media: str = "screen"
    whole: bool = True


def of_theme(theme: str, paper: Paper) -> Iterator[Shot]:
    """Screenshots of five pages in both widths and schemes, of a printed edition, and those of the README."""
    pages = five_pages(paper)
    for width in WIDTHS:
        for scheme in SCHEMES:
            for name, path in pages.items():
                yield Shot(f"{theme}-{name}-{width}-{scheme}", path, width, scheme=scheme)
    for name in ("edition", "article"):
        yield Shot(f"{theme}-{name}-print", pages[name], SHEET, media="print")
    yield Shot(f"{theme}-readme", "", WIDTHS[0], whole=False)
    yield Shot(f"{theme}-wall", "", *WALL, scheme="dark", whole=False)


def of_some(name: str, paper: Paper, *, narrow: bool = True) -> Iterator[Shot]:
    """Screenshots of the front page and, if there is one, an article of another site."""
    pages = {"front": "", "article": paper.with_body("item")[0].removesuffix("index.html")}
    for page, path in pages.items():
        for width in WIDTHS if narrow else WIDTHS[:1]:
            yield Shot(f"{name}-{page}-{width}", path, width)


def sparse(theme: str, folder: Path) -> Paper:
    """Build a site with a day of headlines without summaries and one article, as a dump gives them."""
    shutil.copy(ROOT / "digest.toml", folder)
    in_theme(folder, theme)
    day = sorted((ROOT / "content/2026/03/12").glob("*.md"))
    whole = next(file for file in day if len(file.read_text("utf-8")) > 2000)
    (folder / "content").mkdir()
    for file in day:
        text = file.read_text("utf-8")
        lines = [line for line in text.splitlines() if not line.startswith(("summary:", "story:", "version_of:"))]
        head = lines[: lines.index("---", 1) + 1]
        (folder / "content" / file.name).write_text(text if file == whole else "\n".join([*head, ""]), "utf-8")
    report = build(BuildRequest(site=folder, output=folder / "output", now=NOW))
    assert report.ok, report.issues
    return Paper(folder / "output", EXAMPLE)


def take(browser: Browser, paper: Paper, shots: Iterator[Shot], folder: Path) -> list[Path]:
    """Take the screenshots of one site."""
    taken = []
    with served(paper) as home:
        for shot in shots:
            size = {"width": shot.width, "height": shot.height}
            with browser.new_context(viewport=size, color_scheme=shot.scheme) as context:  # type: ignore[arg-type] # a dict of two
                page = context.new_page()
                page.goto(home + shot.path)
                page.emulate_media(media="print" if shot.media == "print" else "screen")
                height = page.evaluate("document.documentElement.scrollHeight") if shot.whole else shot.height
                taken.append(folder / f"{shot.name}.png")
                clip = {"x": 0, "y": 0, "width": shot.width, "height": min(height, TALLEST)}
                page.screenshot(path=taken[-1], full_page=shot.whole, clip=clip)  # type: ignore[arg-type] # likewise
    return taken


def album(pictures: list[Path]) -> str:
    """Return the HTML of a page with all screenshots."""
    shown = (
        f'<figure><a href="{escape(p.name)}"><img src="{escape(p.name)}" alt="" loading="lazy"></a>'
        f"<figcaption>{escape(p.stem)}</figcaption></figure>"
        for p in pictures
    )
    style = "body{font:1rem system-ui;display:flex;flex-wrap:wrap;gap:1rem}figure{margin:0}img{height:30rem}"
    return f"<!doctype html><meta charset=utf-8><title>Shots</title><style>{style}</style>\n" + "\n".join(shown)


def shoot(folder: Path) -> list[Path]:
    """Take all screenshots."""
    taken = []
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as room, sync_playwright() as playwright, launched(playwright) as browser:
        for theme in THEMES:
            other = f"@{theme}" if theme != THEMES[0] else ""
            example, arabic = (paper_of(f"{name}{other}", Path(room)) for name in ("example", "arabic"))
            taken += take(browser, example, of_theme(theme, example), folder)
            taken += take(browser, arabic, of_some(f"{theme}-rtl", arabic), folder)
            place = Path(room, f"sparse-{theme}")
            place.mkdir()
            few = sparse(theme, place)
            taken += take(browser, few, of_some(f"{theme}-sparse", few, narrow=False), folder)
    (folder / "index.html").write_text(album(taken), "utf-8")
    return taken


if __name__ == "__main__":
    for picture in shoot(ROOT / "shots"):
        sys.stdout.write(f"{picture.relative_to(ROOT)}\n")
