"""Saves and the overlay in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.machine import program
from tests.preview.running import PAGE, new_site, preview

TIMEOUT_MS = 20_000

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests of this module."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


def test_a_save_appears_in_the_browser(browser: Browser, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    with preview(site) as running:
        page = browser.new_page()
        page.goto(running.address)
        (site / "content/ferry.md").write_text(PAGE.format(title="Ferry stays in port"))
        page.get_by_role("heading", name="Ferry stays in port").first.wait_for(timeout=TIMEOUT_MS)
        page.close()


def test_the_overlay_appears_above_the_last_good_page_and_disappears_by_itself(
    browser: Browser, tmp_path: Path
) -> None:
    site = new_site(tmp_path / "site")
    with preview(site) as running:
        page = browser.new_page(viewport={"width": 800, "height": 600})
        page.goto(running.address)
        (site / "digest.toml").write_text('[site]\ntime_zone = "<b>Nowhere</b>"\n')
        overlay = page.locator("digest-overlay")
        overlay.get_by_text("`<b>Nowhere</b>` is not a time zone").wait_for(timeout=TIMEOUT_MS)
        box = overlay.bounding_box()
        assert box is not None
        assert (box["x"], box["width"], box["y"] + box["height"]) == (0, 800, 600)
        link = overlay.get_by_role("link", name="digest.toml:2:1").get_attribute("href")
        assert link is not None
        assert link.startswith("vscode://file/")
        assert page.get_by_role("heading", name="Ferry sails again").first.is_visible()
        (site / "digest.toml").write_text('[site]\ntitle = "The Lake"\n')
        overlay.wait_for(state="detached", timeout=TIMEOUT_MS)
        page.close()


def test_a_hidden_overlay_stays_hidden_until_the_issues_change(browser: Browser, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    (site / "digest.toml").write_text("[site]\ntitel = 1\n")
    with preview(site) as running:
        page = browser.new_page()
        page.goto(running.address)
        overlay = page.locator("digest-overlay")
        overlay.get_by_role("button", name="hide").click(timeout=TIMEOUT_MS)
        overlay.wait_for(state="detached", timeout=TIMEOUT_MS)
        (site / "digest.toml").write_text("[site]\nbase = 1\n")
        overlay.get_by_text("unknown key `site.base`").wait_for(timeout=TIMEOUT_MS)
        page.close()
