"""Live updates in a real browser: a page is updated in place, and only if it has changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.machine import node_file, program
from tests.preview.running import PAGE, RunningPreview, new_site, preview

TIMEOUT_MS = 20_000
NEWS = "/2026/03/12/ferry-sails-again/"
TEMPLATE = """{% extends "broadsheet/item.html" %}
{% block main %}
<details id="more"><summary>More</summary>Still more</details>
<form><label>Words <input id="words"></label><label>Yes <input id="yes" type="checkbox"></label></form>
{{ super() }}
{% endblock %}
"""
LONG = "\n\n".join(f"Paragraph {n} of a long report about the boats on the lake." for n in range(60))

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests of this module."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def open_page(browser: Browser, site: Path, path: str) -> Iterator[tuple[RunningPreview, Page]]:
    """Open a page of a running preview. `window.same` exists until the page is reloaded."""
    with preview(site) as running:
        page = browser.new_page(viewport={"width": 800, "height": 600})
        with page.expect_response(lambda response: response.url.partition("?")[0].endswith("/events")):
            page.goto(running.address.rstrip("/") + path)
        page.evaluate("window.same = true")
        yield running, page
        page.close()


def save(site: Path, title: str = "Ferry sails again", body: str = LONG, fields: str = "") -> None:
    """Write the page about the ferry."""
    text = PAGE.format(title=title).replace("The boat leaves at nine.", body).replace("---\n\n", f"{fields}---\n\n")
    (site / "content/ferry.md").write_text(text)


def test_scroll_focus_details_and_typed_text_stay(browser: Browser, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    save(site)
    (site / "templates").mkdir()
    (site / "templates/item.html").write_text(TEMPLATE)
    with open_page(browser, site, NEWS) as (_, page):
        page.locator("#more summary").click()
        page.locator("#yes").check()
        page.locator("#words").fill("half a thought")
        page.evaluate("window.scrollTo(0, 900)")
        # As long as the old first paragraph, so that the height above the scroll position does not shrink in any font.
        save(site, body=f"A new first paragraph of a long report about the boats on the lake.\n\n{LONG}")
        page.get_by_text("A new first paragraph").wait_for(state="attached", timeout=TIMEOUT_MS)
        assert page.evaluate("window.same")
        assert page.locator("#more").evaluate("node => node.open")
        assert page.locator("#yes").is_checked()
        assert page.locator("#words").input_value() == "half a thought"
        assert page.evaluate("document.activeElement.id") == "words"
        assert page.evaluate("window.scrollY") >= 900


def test_an_unchanged_page_is_not_fetched_again(browser: Browser, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    (site / "content/bridge.md").write_text(PAGE.format(title="Bridge shut for repairs"))
    with open_page(browser, site, "/2026/03/12/bridge-shut-for-repairs/") as (running, page):
        requested: list[str] = []
        page.on("request", lambda request: requested.append(request.url))
        with running.events() as events:
            next(events)
            save(site, body="Another body, which nothing but its own page shows.", fields="summary: A word.\n")
            assert NEWS in next(events)["changed"]
        (site / "content/bridge.md").write_text(PAGE.format(title="Bridge shut for repairs") + "\nTill May.\n")
        page.get_by_text("Till May.").wait_for(timeout=TIMEOUT_MS)
        assert len([url for url in requested if url.endswith("/bridge-shut-for-repairs/")]) == 1


def test_a_moved_page_is_followed(browser: Browser, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    save(site, fields="id: nferry2q7d\n")
    with open_page(browser, site, NEWS) as (_, page):
        save(site, title="Ferry stays in port", fields="id: nferry2q7d\n")
        page.get_by_role("heading", name="Ferry stays in port").first.wait_for(timeout=TIMEOUT_MS)
        page.wait_for_url("**/ferry-stays-in-port/", timeout=TIMEOUT_MS)
        assert page.evaluate("window.same")


def test_a_deleted_page_disappears_and_a_restored_one_appears(browser: Browser, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    save(site)
    with open_page(browser, site, NEWS) as (_, page):
        (site / "content/ferry.md").unlink()
        page.get_by_text("Paragraph 1 of a long report").wait_for(state="detached", timeout=TIMEOUT_MS)
        save(site)
        page.get_by_text("Paragraph 1 of a long report").wait_for(timeout=TIMEOUT_MS)


def test_a_stylesheet_is_replaced_without_a_reload(browser: Browser, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    theme = site / "themes/mine"
    (theme / "static").mkdir(parents=True)
    (theme / "theme.toml").write_text('name = "mine"\napi = 1\nparent = "broadsheet"\n')
    (theme / "static/style.css").write_text("body { background: rgb(255, 250, 240) }\n")
    (site / "digest.toml").write_text('[site]\ntitle = "The Lake"\n[theme]\nname = "mine"\n')
    with open_page(browser, site, NEWS) as (running, page):
        colour = "getComputedStyle(document.body).backgroundColor"
        assert page.evaluate(colour) == "rgb(255, 250, 240)"
        requested: list[str] = []
        page.on("request", lambda request: requested.append(request.url))
        with running.events() as events:
            next(events)
            (theme / "static/style.css").write_text("body { background: rgb(240, 250, 255) }\n")
            event = next(events)
        assert (event["changed"], event["assets"]) == ([], ["/assets/style.preview.css"])
        page.wait_for_function(f"{colour} === 'rgb(240, 250, 255)'", timeout=TIMEOUT_MS)
        assert [url.partition("?")[0].rpartition("/")[2] for url in requested] == ["style.preview.css"]
        save(site, body="Another body.")
        page.get_by_text("Another body.").wait_for(timeout=TIMEOUT_MS)
        assert page.evaluate(colour) == "rgb(240, 250, 255)"
        assert page.evaluate("window.same")
        assert page.locator("link[rel=stylesheet]").count() == 1


def test_a_changed_script_reloads_the_page(browser: Browser, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    (site / "static").mkdir()
    (site / "static/own.js").write_text("document.title = 'one'")
    (site / "templates").mkdir()
    (site / "templates/item.html").write_text(
        TEMPLATE.replace("{{ super() }}", "{{ super() }}<script src='{{ asset(\"own.js\").url }}'></script>")
    )
    with open_page(browser, site, NEWS) as (_, page):
        (site / "static/own.js").write_text("document.title = 'two'")
        page.wait_for_function("document.title === 'two'", timeout=TIMEOUT_MS)


def test_a_hidden_page_closes_its_stream_and_catches_up(browser: Browser, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    save(site)
    with open_page(browser, site, NEWS) as (running, page):
        hide = (
            "Object.defineProperty(document, 'hidden', {{configurable: true, get: () => {}}}); "
            "document.dispatchEvent(new Event('visibilitychange'))"
        )
        page.evaluate(hide.format("true"))
        with running.events() as events:
            next(events)
            save(site, body="Written while the lid was shut.")
            next(events)
        assert page.get_by_text("Written while the lid was shut.").count() == 0
        page.evaluate(hide.format("false"))
        page.get_by_text("Written while the lid was shut.").wait_for(timeout=TIMEOUT_MS)
        assert page.evaluate("window.same")


def test_drafts_are_marked(browser: Browser, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    save(site, fields="status: draft\n")
    with open_page(browser, site, NEWS) as (_, page):
        assert page.locator("main .badge").first.inner_text().lower() == "draft"


def test_the_clock_shows_the_effect_of_an_embargo(browser: Browser, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    save(site, fields="embargo: 2026-03-13T06:00:00Z\n")
    with open_page(browser, site, NEWS) as (_, page):
        clock = page.locator("digest-clock")
        assert page.locator("main .badge").first.inner_text().lower() == "embargoed"
        clock.locator("summary").click()
        clock.get_by_label("Show the site as of").fill("2026-03-13T06:30")
        clock.get_by_role("button", name="Show", exact=True).click()
        clock.get_by_text("As of Fri 13 Mar 06:30").wait_for(timeout=TIMEOUT_MS)
        page.locator("main .badge").wait_for(state="detached", timeout=TIMEOUT_MS)
        clock.get_by_role("button", name="Back to now").click()
        page.locator("main .badge").first.wait_for(timeout=TIMEOUT_MS)
        assert clock.locator("summary").inner_text() == "Now"
        assert page.evaluate("window.same")


def test_a_stopped_preview_is_announced(browser: Browser, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    with preview(site) as running:
        page = browser.new_page()
        page.goto(running.address)
        page.locator("digest-clock").get_by_text("Now", exact=True).wait_for(timeout=TIMEOUT_MS)
    page.locator("digest-clock").get_by_text("Preview stopped").wait_for(timeout=TIMEOUT_MS)
    page.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_no_violations_in_the_preview_widgets(browser: Browser, tmp_path: Path, width: int) -> None:
    site = new_site(tmp_path / "site")
    axe = node_file("axe-core/axe.min.js").read_text("utf-8")
    with open_page(browser, site, "/") as (_, page):
        page.set_viewport_size({"width": width, "height": 700})
        page.locator("digest-clock summary").click()
        save(site, fields="regions: [atlantis]\nunheard: of\n")
        overlay = page.locator("digest-overlay")
        overlay.get_by_text("atlantis").first.wait_for(timeout=TIMEOUT_MS)
        page.evaluate(axe)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        assert [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]] == []
