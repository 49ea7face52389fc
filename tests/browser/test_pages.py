"""Pages in a browser: wide and narrow, light and dark, without scripts, by keyboard, printed."""

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.surfing import SCHEMES, WIDTHS, Visit, five_pages, served
from tests.sites.built import paper_of
from tests.sites.paper import Paper

pytestmark = pytest.mark.browser
NARROWEST = 320
TAB_STOPS = 12


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_pages_load_without_errors(
    browser: Browser, example: Paper, home: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    with browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme) as context:
        for kind, path in five_pages(example).items():
            visit = Visit(context.new_page(), home)
            visit.go(path)
            assert visit.wrong == [], kind
            assert visit.shifts == 0, kind
            assert visit.wider_by <= 0, kind
            expect(visit.page.get_by_role("heading", level=1)).to_be_in_viewport()
            dark = visit.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 19, 15)"
            assert dark == (scheme == "dark")


@pytest.mark.parametrize("site", ["example", "hostile", "arabic", "empty"])
def test_pages_fit_a_narrow_screen(browser: Browser, shared: Path, site: str) -> None:
    paper = paper_of(site, shared)
    files = [f for f in paper.pages if paper.pages[f].all("main")]
    if site == "hostile":
        files = [f for f in files if "/post-" not in f and ("2026/03/12" in f or "/" not in f or "moon" in f)]
    else:
        files = files[:: 1 + len(files) // 40]
    with served(paper) as home, browser.new_context(viewport={"width": NARROWEST, "height": 700}) as context:
        context.route("https://**", lambda route: route.abort())  # pictures of others, which are not there
        visit = Visit(context.new_page(), home)
        for file in files:
            visit.page.goto(home + file.removesuffix("index.html"))
            assert visit.wider_by <= 0, file


def test_the_site_works_without_scripts(browser: Browser, example: Paper, home: str) -> None:
    with browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 900}) as context:
        page = context.new_page()
        page.goto(home)
        title = page.locator("article h2 a, article h3 a").first.inner_text()
        page.locator("article h2 a, article h3 a").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        page.locator(".crumbs a").last.click()
        assert page.url.removeprefix(home) in {f.removesuffix("index.html") for f in example.with_body("section")}
        page.get_by_role("link", name="All sections").click()
        expect(page.locator("footer nav")).to_be_in_viewport()


def test_the_skip_link_works_by_keyboard(browser: Browser, home: str) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(home)
        skip = page.locator("a.skip")
        expect(skip).not_to_be_in_viewport()
        page.keyboard.press("Tab")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport(ratio=1)
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_focus_is_visible(browser: Browser, home: str, scheme: Literal["light", "dark"]) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(home)
        for _ in range(TAB_STOPS):
            page.keyboard.press("Tab")
            style, width, colour, paper = page.evaluate("""() => {
                const style = getComputedStyle(document.activeElement);
                return [style.outlineStyle, parseFloat(style.outlineWidth), style.outlineColor,
                        getComputedStyle(document.body).backgroundColor];
            }""")
            assert style == "solid"
            assert width >= 2
            assert colour != paper


def test_an_edition_can_be_printed(browser: Browser, example: Paper, home: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(home + five_pages(example)["edition"])
        page.emulate_media(media="print")
        expect(page.locator(".masthead nav")).to_be_hidden()
        expect(page.locator("footer nav")).to_be_hidden()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert page.pdf().startswith(b"%PDF-")


def test_headings_in_a_body_are_distinct(browser: Browser, shared: Path) -> None:
    paper = paper_of("hostile", shared)
    with served(paper) as home, browser.new_context() as context:
        context.route("https://**", lambda route: route.abort())
        page = context.new_page()
        page.goto(home + "2026/03/12/rich-text/")
        for heading in page.locator(".body :is(h2, h3)").all():
            expect(heading).to_have_css("font-weight", "700")
        expect(page.locator(".body > :first-child")).to_have_css("margin-top", "0px")
        expect(page.locator(".body td").first).to_have_css("border-bottom-style", "solid")


def test_a_right_to_left_site_is_mirrored(browser: Browser, shared: Path) -> None:
    paper = paper_of("arabic", shared)
    with served(paper) as home, browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(home + "2026/03/12/")
        heading, flow = (page.locator(s).first.bounding_box() for s in (".band h2", ".band .flow"))
        assert heading
        assert flow
        assert heading["x"] > flow["x"] + flow["width"] / 2
