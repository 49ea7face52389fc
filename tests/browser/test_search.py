"""The search in a browser: words, filters, links; and the page without scripts."""

import base64
import hashlib
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.measures import violations
from tests.browser.surfing import Visit, five_pages, served
from tests.machine import ROOT
from tests.sites.built import paper_of
from tests.sites.paper import Paper

pytestmark = pytest.mark.browser
WORD = "ministry"


def count(page: Page) -> int:
    """The number of results in the status message."""
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^Results: \d+$"))
    return int(page.get_by_role("status").inner_text().removeprefix("Results: "))


def test_search_a_word_and_filter(browser: Browser, themed_paper: tuple[Paper, str]) -> None:
    paper, home = themed_paper
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        visit = Visit(context.new_page(), home)
        visit.go("search/")
        page = visit.page
        page.get_by_label("Words").fill(WORD)
        page.keyboard.press("Enter")
        rows = page.locator("#search li")
        every = count(page)
        assert every > 1
        expect(rows).to_have_count(every)
        expect(rows.locator("mark").first).to_be_visible()
        assert page.url == f"{home}search/?q={WORD}"
        assert violations(page) == []
        page.locator("select[name=region]").select_option("Africa")
        expect(rows).to_have_count(1)
        expect(rows.locator("bdi")).to_have_text("Africa")
        assert page.url == f"{home}search/?q={WORD}&region=africa"
        rows.get_by_role("link").click()
        assert page.url.removeprefix(home) in {f.removesuffix("index.html") for f in paper.with_body("item")}
        assert visit.wrong == []


def test_a_search_has_its_own_url(browser: Browser, themed_paper: tuple[Paper, str]) -> None:
    _, home = themed_paper
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{home}search/?region=europe&when=2026-03")
        assert count(page) > 10
        expect(page.locator("select[name=region]")).to_have_value("europe")
        expect(page.locator("#search li")).to_have_count(10)
        page.get_by_role("button", name="More results").click()
        expect(page.locator("#search li a").nth(10)).to_be_focused()
        page.goto(f"{home}search/?q=zaxolotl")
        expect(page.get_by_role("status")).to_contain_text("Nothing was found")


@pytest.mark.parametrize("left_out", ["", "'wasm-unsafe-eval' "])
def test_the_search_works_with_the_recommended_csp(
    browser: Browser, themed_paper: tuple[Paper, str], left_out: str
) -> None:
    paper, _ = themed_paper
    policy = policy_for(paper).replace(left_out, "")
    with served(paper, headers={"Content-Security-Policy": policy}) as home, browser.new_context() as context:
        visit = Visit(context.new_page(), home)
        for path in five_pages(paper).values():
            visit.go(path)
        visit.page.get_by_role("button", name="Light or dark").click()
        expect(visit.page.locator("html")).to_have_attribute("data-theme", "dark")
        assert visit.wrong == []
        visit.go(f"search/?q={WORD}")
        if left_out:
            expect(visit.page.get_by_role("status")).to_contain_text("cannot be loaded")
        else:
            assert count(visit.page) > 1
            assert visit.wrong == []


def policy_for(paper: Paper) -> str:
    """The policy of docs/reference/themes.md, with the hash of the inline script."""
    (said,) = re.findall(
        r"```text\n(default-src .*?)\n```", (ROOT / "docs/reference/themes.md").read_text("utf-8"), re.DOTALL
    )
    (inline,) = re.findall("<script>(.*?)</script>", (paper.output / "index.html").read_text("utf-8"), re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
    return " ".join(said.split()).replace("sha256-…", f"sha256-{digest}")


def test_markup_in_results_is_shown_as_text(browser: Browser, shared: Path) -> None:
    with served(paper_of("hostile", shared)) as home, browser.new_context() as context:
        visit = Visit(context.new_page(), home)
        visit.go("search/?region=europe")
        rows = visit.page.locator("#search li")
        expect(rows.first).to_be_visible()
        assert rows.locator("script").count() == 0
        assert visit.wrong == []


def test_a_missing_index_shows_a_message(browser: Browser, themed_paper: tuple[Paper, str]) -> None:
    _, home = themed_paper
    with browser.new_context() as context:
        context.route("**/pagefind/**", lambda route: route.abort())
        page = context.new_page()
        page.goto(f"{home}search/?q={WORD}")
        expect(page.get_by_role("status")).to_contain_text("cannot be loaded")


def test_without_scripts_the_months_are_linked(browser: Browser, themed_paper: tuple[Paper, str]) -> None:
    paper, home = themed_paper
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(home)
        page.get_by_role("link", name="Search", exact=True).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Search")
        expect(page.locator("#search")).to_be_hidden()
        page.get_by_role("link", name="March 2026").click()
        assert page.url.removeprefix(home) in {f.removesuffix("index.html") for f in paper.with_body("month")}
