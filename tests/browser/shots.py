"""`make shots`: pictures of the example newspaper, for people to look at. Takes the folder of a site."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from digest import config
from tests.browser.surfing import SCHEMES, WIDTHS, five_pages, launched, served
from tests.machine import ROOT
from tests.sites.paper import Paper


def shoot(site: Path, folder: Path) -> list[Path]:
    """Five pages of a built site at both widths in both schemes, each in full; and the top of the front page alone."""
    paper = Paper(site / "output", config.load(site)[0].site.base_url)
    taken = []
    with served(paper) as home, sync_playwright() as playwright, launched(playwright) as browser:
        for width in WIDTHS:
            for scheme in SCHEMES:
                with browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme) as context:
                    page = context.new_page()
                    for name, path in five_pages(paper).items():
                        page.goto(home + path)
                        taken.append(folder / f"{name}-{width}-{scheme}.png")
                        page.screenshot(path=taken[-1], full_page=True)
        with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
            page = context.new_page()
            page.goto(home)
            taken.append(folder / "front.png")  # as docs/front.png it stands in the README
            page.screenshot(path=taken[-1])
    return taken


if __name__ == "__main__":
    for picture in shoot(Path(sys.argv[1]) if sys.argv[1:] else ROOT, ROOT / "shots"):
        sys.stdout.write(f"{picture.relative_to(ROOT)}\n")
