"""Interactive parts of the themes: light or dark colours, and keyboard shortcuts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.surfing import five_pages, served
from tests.sites.built import paper_of
from tests.sites.paper import Paper

pytestmark = pytest.mark.browser
LIGHT = 128
LONG = ("Wednesday, September 30, 2026", "quarta-feira, 30 de setembro de 2026")
PAPER = "Number(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])"


@pytest.fixture
def desk(browser: Browser, shared: Path) -> Iterator[tuple[Page, Paper, str]]:
    """The wire's front page."""
    paper = paper_of("example@wire", shared)
    with served(paper) as home, browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(home)
        yield page, paper, home


def is_light(page: Page) -> bool:
    """Return True if the background of the page is light."""
    return bool(page.evaluate(PAPER) > LIGHT)


def test_the_choice_of_light_or_dark_is_stored(browser: Browser, themed_paper: tuple[Paper, str]) -> None:
    paper, home = themed_paper
    with browser.new_context(color_scheme="light") as context:
        page = context.new_page()
        page.goto(home)
        assert is_light(page)
        page.get_by_role("button", name="Light or dark").click()
        assert not is_light(page)
        page.goto(home + five_pages(paper)["article"])
        assert not is_light(page), "another page knows it"
        page.get_by_role("button", name="Light or dark").click()
        assert is_light(page)
        page.emulate_media(color_scheme="dark")
        assert is_light(page), "the reader said light"
    with browser.new_context(color_scheme="dark") as context:
        page = context.new_page()
        page.goto(home)
        assert not is_light(page), "who said nothing has what the system says"


def test_the_longest_date_fits_on_one_line_of_a_phone(browser: Browser, shared: Path) -> None:
    with served(paper_of("example", shared)) as home, browser.new_context(viewport={"width": 390, "height": 800}) as c:
        page = c.new_page()
        page.goto(home)
        date = page.locator(".ear time")
        lines = [
            date.evaluate(f"e => {{ e.textContent = '{text}'; return e.getClientRects().length; }}") for text in LONG
        ]
        assert lines == [1, 1]


def test_without_scripts_the_button_is_hidden(browser: Browser, themed_paper: tuple[Paper, str]) -> None:
    _, home = themed_paper
    for scheme in ("light", "dark"):
        with browser.new_context(java_script_enabled=False, color_scheme="dark" if scheme == "dark" else "light") as c:
            page = c.new_page()
            page.goto(home)
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            expect(page.locator("main article").first).to_be_visible()
            assert page.get_by_role("button").count() == 0


def test_the_choice_works_without_storage(browser: Browser, themed_paper: tuple[Paper, str]) -> None:
    _, home = themed_paper
    with browser.new_context(color_scheme="light") as context:
        page = context.new_page()
        wrong = list[str]()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})")
        page.goto(home)
        page.get_by_role("button", name="Light or dark").click()
        assert not is_light(page)
        assert wrong == []


def test_keys_move_between_lines(desk: tuple[Page, Paper, str]) -> None:
    page, _, _ = desk
    page.keyboard.press("j")
    assert chosen(page) == 0
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert chosen(page) == 2
    page.keyboard.press("k")
    assert chosen(page) == 1
    for _ in range(3):
        page.keyboard.press("k")
    assert chosen(page) == 0, "there is nothing above the first"
    page.keyboard.press("Control+j")
    assert chosen(page) == 0, "the browser's own keys are the browser's"


def chosen(page: Page) -> int:
    """Index of the line with the focus; -1 for none."""
    found = page.evaluate(
        "[...document.querySelectorAll('main .row')].indexOf(document.activeElement.closest('main .row'))"
    )
    assert isinstance(found, int)
    return found


def test_keys_open_an_entry_and_go_up(desk: tuple[Page, Paper, str]) -> None:
    page, paper, home = desk
    for _ in range(60):
        page.keyboard.press("j")
        if page.evaluate("document.activeElement.tagName") == "A":
            break
    title = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("o")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.keyboard.press("u")
    page.wait_for_url(lambda url: url != home and "/region/" in url)
    assert page.url.removeprefix(home) + "index.html" in paper.with_body("section")


def test_help_opens_and_keys_can_be_switched_off(desk: tuple[Page, Paper, str]) -> None:
    page, _, home = desk
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_label("Keys are switched on").uncheck()
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("j")
    assert chosen(page) == -1
    page.goto(home)
    page.keyboard.press("j")
    assert chosen(page) == -1, "they stay off"
    page.get_by_role("button", name="Keys", exact=True).click()
    page.get_by_label("Keys are switched on").check()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("j")
    assert chosen(page) == 0


def test_a_wall_screen_shows_columns(browser: Browser, desk: tuple[Page, Paper, str]) -> None:
    _, _, home = desk
    with browser.new_context(viewport={"width": 2560, "height": 1440}) as context:
        page = context.new_page()
        page.goto(home)
        lefts = {round(box["x"]) for row in page.locator(".tape .row").all() if (box := row.bounding_box())}
        assert len(lefts) >= 3
