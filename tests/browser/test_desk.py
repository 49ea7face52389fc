"""The desk in a real browser, by mouse and by keyboard alone."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.machine import node_file
from tests.preview.desk.desk_site import DeskSite
from tests.preview.running import RunningPreview, preview

pytestmark = pytest.mark.browser
HAND = "opinion/ferries.md"
TIMEOUT_MS = 20_000
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (1280, 390)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


class Editor:
    """An editor who works on a page with a desk."""

    def __init__(self, page: Page, desk_site: DeskSite, running: RunningPreview) -> None:
        self.page, self.desk_site, self.running = page, desk_site, running
        self.desk = page.locator("digest-desk")
        self.panel, self.bar = self.desk.locator(".panel"), self.desk.locator(".bar")

    def keys(self, *keys: str) -> None:
        """Press keys, one after another."""
        for key in keys:
            self.page.keyboard.press(key)

    def expect_message(self, text: str) -> None:
        """Wait for a message of the desk."""
        expect(self.desk.locator(".message")).to_contain_text(text, timeout=TIMEOUT_MS)

    def control(self, name: str) -> Locator:
        """Return a control of the panel by its name."""
        return self.panel.locator(f'[data-name="{name}"]')

    def headline(self, words: str) -> Locator:
        """Return a headline of the page."""
        return self.page.locator("main").get_by_role("heading", name=words).first

    def open(self, words: str) -> None:
        """Open an entry with the mouse."""
        self.headline(words).hover()
        self.desk.locator(".pencil").click()
        expect(self.panel.locator(".headline")).to_have_value(words)


def violations(page: Page) -> list[str]:
    """Return the violations that axe finds on the page and in the preview's additions, one line each."""
    found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
    return [f"{v['id']}: {n['html'][:200]}" for v in found["violations"] for n in v["nodes"]]


OpenDesk = Callable[..., Editor]


@pytest.fixture
def open_desk(browser: Browser, tmp_path: Path) -> Iterator[OpenDesk]:
    """Open a new site in a browser. No script may fail during the test."""
    errors: list[str] = []
    with ExitStack() as stack:

        def opened(width: int = 1280, scheme: Literal["light", "dark"] = "light") -> Editor:
            desk_site = DeskSite(tmp_path / "site")
            desk_site.desk.index.close()
            running = stack.enter_context(preview(desk_site.site, with_desk=True))
            viewport: ViewportSize = {"width": width, "height": 820}
            context = stack.enter_context(browser.new_context(viewport=viewport, color_scheme=scheme))
            page = context.new_page()
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.goto(running.address)
            editor = Editor(page, desk_site, running)
            expect(editor.bar).to_contain_text("4 on this page", timeout=TIMEOUT_MS)
            return editor

        yield opened
    assert errors == []


def test_a_region_is_changed_by_a_click_and_undone(open_desk: OpenDesk) -> None:
    editor = open_desk()
    before = editor.desk_site.text(HAND)
    editor.open("Who owns the ferries?")
    expect(editor.control("region europe")).to_have_attribute("aria-pressed", "true")
    editor.control("region africa").click()
    editor.expect_message("Europe → Africa")
    assert editor.desk_site.text(HAND) == before.replace("[europe, world]", "[africa, world]")
    label = editor.page.locator("main").get_by_role("link", name="Africa")
    expect(label.first).to_be_visible(timeout=TIMEOUT_MS)
    expect(editor.control("region africa")).to_have_attribute("aria-pressed", "true")
    editor.bar.get_by_role("button", name="Undo").click()
    editor.expect_message("undone")
    assert editor.desk_site.text(HAND) == before
    expect(editor.control("region europe")).to_have_attribute("aria-pressed", "true")
    expect(label).to_have_count(0, timeout=TIMEOUT_MS)


def test_two_keys_change_a_label_and_a_click_adds_a_term(open_desk: OpenDesk) -> None:
    editor = open_desk()
    editor.headline("Weaver restores a loom at last").hover()
    editor.keys("r", "1")
    editor.expect_message("Region: Africa")
    assert "regions: [africa]" in editor.desk_site.text("2026/03/10/loom.md")
    editor.panel.locator(".suggestions").get_by_role("button").first.click(timeout=TIMEOUT_MS)
    editor.expect_message("Term “")
    settings = (editor.desk_site.site / "digest.toml").read_text()
    assert settings.count("[[terms]]") == 2
    assert "# Who sends it.\n[sources.LP]" in settings
    editor.keys("u")
    editor.expect_message("undone: term")
    assert (editor.desk_site.site / "digest.toml").read_text().count("[[terms]]") == 1


def test_two_keys_add_a_summary_and_the_page_shows_it(open_desk: OpenDesk) -> None:
    editor = open_desk()
    editor.open("Who owns the ferries?")
    editor.keys("s", "Enter")
    editor.expect_message("Summary saved")
    assert "summary: Nobody says.\n" in editor.desk_site.text(HAND)
    expect(editor.panel.get_by_role("textbox", name="Summary")).to_have_value("Nobody says.")


def test_a_title_is_edited_and_the_page_updates_below_the_panel(open_desk: OpenDesk) -> None:
    editor = open_desk()
    editor.open("Who owns the ferries?")
    editor.keys("t")
    editor.page.keyboard.press("Control+A")
    editor.page.keyboard.type("Nobody owns the ferries")
    editor.keys("Enter")
    expect(editor.headline("Nobody owns the ferries")).to_be_visible(timeout=TIMEOUT_MS)
    expect(editor.panel).to_be_visible()
    assert "title:   Nobody owns the ferries  # ask Jo\n" in editor.desk_site.text(HAND)


def test_keep_mine_in_the_conflict_dialog(open_desk: OpenDesk) -> None:
    editor = open_desk()
    editor.open("Who owns the ferries?")
    theirs = editor.desk_site.text(HAND).replace("Nobody says.", "Jo says.")
    editor.desk_site.put(HAND, theirs)
    editor.control("status hold").click()
    dialog = editor.desk.get_by_role("dialog")
    expect(dialog).to_contain_text("Nobody says.")
    expect(dialog).to_contain_text("Jo says.")
    expect(dialog.locator("ins", has_text="status: hold")).to_be_visible()
    assert editor.desk_site.text(HAND) == theirs, "nothing is written before the editor has chosen"
    dialog.get_by_role("button", name="Keep mine").click()
    editor.expect_message("Hold")
    assert "status: hold" in editor.desk_site.text(HAND)
    assert "Jo says." in editor.desk_site.text(HAND)


def test_keep_theirs_in_the_conflict_dialog(open_desk: OpenDesk) -> None:
    editor = open_desk()
    editor.open("Who owns the ferries?")
    theirs = editor.desk_site.text(HAND).replace("Nobody says.", "Jo says.")
    editor.desk_site.put(HAND, theirs)
    editor.keys("h")
    editor.desk.get_by_role("button", name="Keep theirs").click(timeout=TIMEOUT_MS)
    editor.expect_message("Their version is kept")
    assert editor.desk_site.text(HAND) == theirs
    editor.control("status hold").click()
    editor.expect_message("Hold")


def test_the_queue_works_by_keyboard_alone(open_desk: OpenDesk) -> None:
    editor = open_desk()
    tasks = json.loads(editor.running.get("/-/digest/desk/queue").body)["tasks"]
    assert len(tasks) >= 3
    task, heading = editor.panel.locator(".task"), editor.panel.locator(".headline")
    editor.keys("q")
    expect(editor.panel.locator(".row")).to_have_count(len(tasks))
    editor.keys("n")
    expect(task).to_contain_text(tasks[0]["detail"])
    editor.keys("n")
    expect(task).to_contain_text(tasks[1]["detail"])
    expect(heading).to_have_value(tasks[1]["title"])
    editor.keys("p")
    expect(task).to_contain_text(tasks[0]["detail"])
    expect(heading).to_have_value(tasks[0]["title"])
    editor.keys("y")
    expect(task).to_contain_text(tasks[1]["detail"])
    expect(editor.bar).to_contain_text(f"{len(tasks) - 1} in queue")
    editor.keys("c", "3")
    editor.expect_message("Category: Business")
    changed = next(state for state in editor.desk_site.site.rglob("*.md") if tasks[1]["title"] in state.read_text())
    assert "categories: [business" in changed.read_text()
    editor.keys("Escape")
    expect(editor.panel).to_be_hidden()


def test_selected_entries_are_held_with_one_key(open_desk: OpenDesk) -> None:
    editor = open_desk()
    editor.keys("j", "x", "j", "x")
    expect(editor.bar).to_contain_text("2 selected")
    expect(editor.desk.locator(".mark.selected").nth(1)).to_be_visible()
    editor.keys("h")
    editor.expect_message("Held")
    held = [file for file in editor.desk_site.site.rglob("content/**/*.md") if "status: hold" in file.read_text()]
    assert len(held) == 2
    expect(editor.page.locator("main .badge").first).to_be_visible(timeout=TIMEOUT_MS)
    editor.keys("Control+z")
    expect(editor.page.locator("main .badge")).to_have_count(0, timeout=TIMEOUT_MS)


def test_a_headline_is_dragged_onto_the_lead(open_desk: OpenDesk) -> None:
    editor = open_desk()
    lead = editor.page.locator("main h2").first.inner_text()
    words = "Weaver restores a loom at last"
    assert lead != words
    editor.headline(words).hover()
    pencil = editor.desk.locator(".pencil").bounding_box()
    assert pencil is not None
    editor.page.mouse.move(pencil["x"] + 10, pencil["y"] + 10)
    editor.page.mouse.down()
    editor.page.mouse.move(pencil["x"] + 40, pencil["y"] + 40, steps=4)
    place = editor.desk.locator(".drop-target", has_text="Lead").bounding_box()
    assert place is not None
    editor.page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2, steps=4)
    editor.page.mouse.up()
    editor.expect_message("Lead: ")
    assert "lead: 1" in editor.desk_site.text("2026/03/10/loom.md")
    expect(editor.page.locator("main h2").first).to_have_text(words, timeout=TIMEOUT_MS)


def test_a_digit_sets_the_rank(open_desk: OpenDesk) -> None:
    editor = open_desk()
    editor.headline("Weaver restores a loom at last").hover()
    editor.page.evaluate("() => { document.addEventListener('digest:refreshed', () => { window.fresh = true }) }")
    editor.keys("2")
    editor.expect_message("Rank 2")
    assert "lead: 2" in editor.desk_site.text("2026/03/10/loom.md")
    editor.page.wait_for_function("window.fresh", timeout=TIMEOUT_MS)
    editor.keys("0")
    editor.expect_message("No rank")
    assert "lead" not in editor.desk_site.text("2026/03/10/loom.md")


def test_a_headline_that_appears_below_a_resting_mouse_does_not_become_current(open_desk: OpenDesk) -> None:
    editor = open_desk()
    editor.page.evaluate("() => document.addEventListener('pointermove', (event) => { window.moved = event })")
    editor.headline("Weaver restores a loom at last").hover()
    came = (
        "(element, by) => element.dispatchEvent(new PointerEvent('pointerover', {bubbles: true, pointerType: 'mouse', "
    )
    came += "screenX: moved.screenX + by, screenY: moved.screenY}))"
    other = editor.headline("Divers reach ferry off Palawan, find 12")
    current = "() => JSON.parse(sessionStorage.getItem('digest-desk')).current"
    other.evaluate(came, 0)
    editor.keys("2")
    editor.expect_message("Rank 2")
    first = editor.page.evaluate(current)
    assert "lead: 2" in editor.desk_site.text("2026/03/10/loom.md")
    other.evaluate(came, 1)
    editor.keys("3")
    editor.expect_message("Rank 3")
    assert editor.page.evaluate(current) != first


def test_stories_are_merged_from_the_panel(open_desk: OpenDesk) -> None:
    editor = open_desk()
    editor.open("Weaver restores a loom at last")
    editor.keys("m")
    editor.page.keyboard.type("ferry sinks")
    editor.control("into ferry").click(timeout=TIMEOUT_MS)
    editor.expect_message("Merged")
    assert "story: ferry" in editor.desk_site.text("2026/03/10/loom.md")


def test_source_shows_dump_lines_and_why_shows_evidence(open_desk: OpenDesk) -> None:
    editor = open_desk()
    editor.open("Weaver restores a loom at last")
    editor.keys("w")
    expect(editor.panel.locator(".lines mark").last).to_have_text("Weaver restores a loom at last", timeout=TIMEOUT_MS)
    expect(editor.panel.locator(".lines li")).to_have_count(6)
    editor.keys("Escape")
    editor.open("Divers reach ferry off Palawan, find 12")
    editor.keys("i")
    expect(editor.panel.locator(".why").first).to_contain_text("Palawan +")


def test_focus_moves_into_the_panel_and_back(open_desk: OpenDesk) -> None:
    editor = open_desk()
    link = editor.page.locator("main h2 a, main h3 a").first
    link.focus()
    editor.keys("e")
    expect(editor.panel.get_by_role("heading", name="Entry")).to_be_focused()
    editor.keys("Escape")
    expect(link).to_be_focused()


def test_the_desk_does_not_change_the_page(open_desk: OpenDesk) -> None:
    editor = open_desk()
    editor.keys("j", "x")
    own = "document.querySelectorAll('main, header, footer').values().map(e => e.outerHTML).toArray().join('')"
    with_desk = editor.page.evaluate(own)
    editor.page.route("**/-/digest/desk/*.js", lambda route: route.abort())
    editor.page.reload()
    assert editor.page.evaluate(own) == with_desk


def test_a_hostile_headline_runs_no_script(open_desk: OpenDesk) -> None:
    editor = open_desk()
    hostile = "<img src=x onerror=window.hurt=1><script>window.hurt=1</script> & more"
    page = editor.desk_site.text(HAND).replace("'Who owns the ferries?'", f"'{hostile}'")
    editor.desk_site.put(HAND, page.replace("Nobody says.", f"{hostile}\n\n[x](javascript:window.hurt=1)"))
    heading = editor.page.locator("main").get_by_role("heading", name="& more").first
    expect(heading).to_be_visible(timeout=TIMEOUT_MS)
    heading.hover()
    editor.keys("e")
    expect(editor.panel.locator(".headline")).to_have_value(hostile)
    editor.keys("a", "q", "e", "w", "m", "Escape", "r")
    expect(editor.panel.locator(".subject")).to_have_text(hostile)
    assert editor.page.evaluate("window.hurt") is None
    editor.page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'window.hurt=1'}))"
    )
    assert editor.page.evaluate("window.hurt") is None, "the policy of the page allows no script in the body"


def test_no_desk_leaves_out_the_desk(browser: Browser, tmp_path: Path) -> None:
    desk_site = DeskSite(tmp_path / "site")
    desk_site.desk.index.close()
    with preview(desk_site.site) as running, browser.new_context() as context:
        page = context.new_page()
        page.goto(running.address)
        page.wait_for_load_state("networkidle")
        assert page.locator("digest-desk").count() == 0
        page.keyboard.press("q")
        assert page.locator(".panel").count() == 0


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_no_violations_at_the_desk(open_desk: OpenDesk, width: int, scheme: Literal["light", "dark"]) -> None:
    editor = open_desk(width, scheme)
    editor.page.evaluate(node_file("axe-core/axe.min.js").read_text("utf-8"))
    assert violations(editor.page) == [], "bar"
    views = {"a": ".rows", "q": ".rows", "?": ".keys", "n": ".task", "e": ".text-fields", "r": ".chips.column"}
    editor.keys("j")
    for key, part in views.items():
        editor.keys(key)
        expect(editor.panel.locator(part).first).to_be_visible(timeout=TIMEOUT_MS)
        assert violations(editor.page) == [], key
    editor.keys("e")
    editor.keys("i", "w", "m")
    expect(editor.panel.locator(".results")).to_be_visible(timeout=TIMEOUT_MS)
    assert violations(editor.page) == [], "entry with all details open"
    editor.keys("Escape", "Escape")
    editor.open("Who owns the ferries?")
    editor.desk_site.put(HAND, editor.desk_site.text(HAND).replace("Nobody says.", "Jo says."))
    editor.control("status hold").click()
    expect(editor.desk.get_by_role("dialog")).to_be_visible(timeout=TIMEOUT_MS)
    assert violations(editor.page) == [], "conflict dialog"
    small = editor.desk.evaluate("""desk => [...desk.shadowRoot.querySelectorAll("button, summary, input")]
        .map(e => [e.textContent || e.ariaLabel, e.getBoundingClientRect()])
        .filter(([, box]) => box.width && Math.min(box.width, box.height) < 18).map(([text]) => text)""")
    assert small == []
