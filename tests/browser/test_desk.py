"""The desk in a real browser, by mouse and by keyboard."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.machine import node_file
from tests.preview.desk.room import Room
from tests.preview.running import Running, preview

pytestmark = pytest.mark.browser
HAND = "opinion/ferries.md"
PATIENCE_MS = 20_000
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (1280, 390)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


class Seat:
    """An editor's session on a page with the desk."""

    def __init__(self, page: Page, room: Room, running: Running) -> None:
        self.page, self.room, self.running = page, room, running
        self.desk = page.locator("digest-desk")
        self.panel, self.bar = self.desk.locator(".panel"), self.desk.locator(".bar")

    def keys(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def said(self, words: str) -> None:
        """Wait for a message of the desk."""
        expect(self.desk.locator(".said")).to_contain_text(words, timeout=PATIENCE_MS)

    def named(self, name: str) -> Locator:
        """A control of the panel."""
        return self.panel.locator(f'[data-name="{name}"]')

    def headline(self, words: str) -> Locator:
        """A headline of the page itself."""
        return self.page.locator("main").get_by_role("heading", name=words).first

    def open(self, words: str) -> None:
        """Open an entry by its headline, with the mouse."""
        self.headline(words).hover()
        self.desk.locator(".pencil").click()
        expect(self.panel.locator(".headline")).to_have_value(words)


def violations(page: Page) -> list[str]:
    """Violations that axe finds on the page and in the additions of the preview, one line each."""
    found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
    return [f"{v['id']}: {n['html'][:200]}" for v in found["violations"] for n in v["nodes"]]


Sit = Callable[..., Seat]


@pytest.fixture
def sit(browser: Browser, tmp_path: Path) -> Iterator[Sit]:
    """Open the desk on a new site; no script may fail during the test."""
    wrong: list[str] = []
    with ExitStack() as stack:

        def seated(width: int = 1280, scheme: Literal["light", "dark"] = "light") -> Seat:
            room = Room(tmp_path / "site")
            room.desk.index.close()
            running = stack.enter_context(preview(room.site, with_desk=True))
            viewport: ViewportSize = {"width": width, "height": 820}
            context = stack.enter_context(browser.new_context(viewport=viewport, color_scheme=scheme))
            page = context.new_page()
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.goto(running.address)
            seat = Seat(page, room, running)
            expect(seat.bar).to_contain_text("4 on this page", timeout=PATIENCE_MS)
            return seat

        yield seated
    assert wrong == []


def test_change_a_region_by_click_and_undo(sit: Sit) -> None:
    seat = sit()
    before = seat.room.text(HAND)
    seat.open("Who owns the ferries?")
    expect(seat.named("region europe")).to_have_attribute("aria-pressed", "true")
    seat.named("region africa").click()
    seat.said("Europe → Africa")
    assert seat.room.text(HAND) == before.replace("[europe, world]", "[africa, world]")
    label = seat.page.locator("main").get_by_role("link", name="Africa")
    expect(label.first).to_be_visible(timeout=PATIENCE_MS)
    expect(seat.named("region africa")).to_have_attribute("aria-pressed", "true")
    seat.bar.get_by_role("button", name="Undo").click()
    seat.said("taken back")
    assert seat.room.text(HAND) == before
    expect(seat.named("region europe")).to_have_attribute("aria-pressed", "true")
    expect(label).to_have_count(0, timeout=PATIENCE_MS)


def test_change_a_label_by_keyboard_and_add_a_term(sit: Sit) -> None:
    seat = sit()
    seat.headline("Weaver restores a loom at last").hover()
    seat.keys("r", "1")
    seat.said("Region: Africa")
    assert "regions: [africa]" in seat.room.text("2026/03/10/loom.md")
    seat.panel.locator(".lesson").get_by_role("button").first.click(timeout=PATIENCE_MS)
    seat.said("is a term now")
    settings = (seat.room.site / "digest.toml").read_text()
    assert settings.count("[[terms]]") == 2
    assert "# Who sends it.\n[sources.LP]" in settings
    seat.keys("u")
    seat.said("taken back: term")
    assert (seat.room.site / "digest.toml").read_text().count("[[terms]]") == 1


def test_add_a_summary_by_keyboard(sit: Sit) -> None:
    seat = sit()
    seat.open("Who owns the ferries?")
    seat.keys("s", "Enter")
    seat.said("Summary saved")
    assert "summary: Nobody says.\n" in seat.room.text(HAND)
    expect(seat.panel.get_by_role("textbox", name="Summary")).to_have_value("Nobody says.")


def test_change_a_title_in_place_while_the_panel_is_open(sit: Sit) -> None:
    seat = sit()
    seat.open("Who owns the ferries?")
    seat.keys("t")
    seat.page.keyboard.press("Control+A")
    seat.page.keyboard.type("Nobody owns the ferries")
    seat.keys("Enter")
    expect(seat.headline("Nobody owns the ferries")).to_be_visible(timeout=PATIENCE_MS)
    expect(seat.panel).to_be_visible()
    assert "title:   Nobody owns the ferries  # ask Jo\n" in seat.room.text(HAND)


def test_a_conflict_shows_both_versions_and_keeps_mine(sit: Sit) -> None:
    seat = sit()
    seat.open("Who owns the ferries?")
    theirs = seat.room.text(HAND).replace("Nobody says.", "Jo says.")
    seat.room.put(HAND, theirs)
    seat.named("status hold").click()
    dialog = seat.desk.get_by_role("dialog")
    expect(dialog).to_contain_text("Nobody says.")
    expect(dialog).to_contain_text("Jo says.")
    expect(dialog.locator("ins", has_text="status: hold")).to_be_visible()
    assert seat.room.text(HAND) == theirs, "nothing is written before somebody has chosen"
    dialog.get_by_role("button", name="Keep mine").click()
    seat.said("Hold")
    assert "status: hold" in seat.room.text(HAND)
    assert "Jo says." in seat.room.text(HAND)


def test_a_conflict_can_keep_the_other_version(sit: Sit) -> None:
    seat = sit()
    seat.open("Who owns the ferries?")
    theirs = seat.room.text(HAND).replace("Nobody says.", "Jo says.")
    seat.room.put(HAND, theirs)
    seat.keys("h")
    seat.desk.get_by_role("button", name="Keep theirs").click(timeout=PATIENCE_MS)
    seat.said("Theirs stays")
    assert seat.room.text(HAND) == theirs
    seat.named("status hold").click()
    seat.said("Hold")


def test_work_through_the_queue_by_keyboard(sit: Sit) -> None:
    seat = sit()
    tasks = json.loads(seat.running.get("/-/digest/desk/queue").body)["tasks"]
    assert len(tasks) >= 3
    task, heading = seat.panel.locator(".task"), seat.panel.locator(".headline")
    seat.keys("q")
    expect(seat.panel.locator(".row")).to_have_count(len(tasks))
    seat.keys("n")
    expect(task).to_contain_text(tasks[0]["about"])
    seat.keys("n")
    expect(task).to_contain_text(tasks[1]["about"])
    expect(heading).to_have_value(tasks[1]["title"])
    seat.keys("p")
    expect(task).to_contain_text(tasks[0]["about"])
    expect(heading).to_have_value(tasks[0]["title"])
    seat.keys("y")
    expect(task).to_contain_text(tasks[1]["about"])
    expect(seat.bar).to_contain_text(f"{len(tasks) - 1} wait")
    seat.keys("c", "3")
    seat.said("Category: Business")
    changed = next(state for state in seat.room.site.rglob("*.md") if tasks[1]["title"] in state.read_text())
    assert "categories: [business" in changed.read_text()
    seat.keys("Escape")
    expect(seat.panel).to_be_hidden()


def test_select_rows_and_hold_them_with_one_key(sit: Sit) -> None:
    seat = sit()
    seat.keys("j", "x", "j", "x")
    expect(seat.bar).to_contain_text("2 selected")
    expect(seat.desk.locator(".mark.selected").nth(1)).to_be_visible()
    seat.keys("h")
    seat.said("Held")
    held = [file for file in seat.room.site.rglob("content/**/*.md") if "status: hold" in file.read_text()]
    assert len(held) == 2
    expect(seat.page.locator("main .badge").first).to_be_visible(timeout=PATIENCE_MS)
    seat.keys("Control+z")
    expect(seat.page.locator("main .badge")).to_have_count(0, timeout=PATIENCE_MS)


def test_drag_a_headline_onto_the_lead(sit: Sit) -> None:
    seat = sit()
    lead = seat.page.locator("main h2").first.inner_text()
    words = "Weaver restores a loom at last"
    assert lead != words
    seat.headline(words).hover()
    pencil = seat.desk.locator(".pencil").bounding_box()
    assert pencil is not None
    seat.page.mouse.move(pencil["x"] + 10, pencil["y"] + 10)
    seat.page.mouse.down()
    seat.page.mouse.move(pencil["x"] + 40, pencil["y"] + 40, steps=4)
    place = seat.desk.locator(".place", has_text="Lead").bounding_box()
    assert place is not None
    seat.page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2, steps=4)
    seat.page.mouse.up()
    seat.said("Lead: ")
    assert "lead: 1" in seat.room.text("2026/03/10/loom.md")
    expect(seat.page.locator("main h2").first).to_have_text(words, timeout=PATIENCE_MS)


def test_a_digit_sets_the_rank(sit: Sit) -> None:
    seat = sit()
    seat.headline("Weaver restores a loom at last").hover()
    seat.page.evaluate("() => { document.addEventListener('digest:refreshed', () => { window.fresh = true }) }")
    seat.keys("2")
    seat.said("Rank 2")
    assert "lead: 2" in seat.room.text("2026/03/10/loom.md")
    seat.page.wait_for_function("window.fresh", timeout=PATIENCE_MS)
    seat.keys("0")
    seat.said("No rank")
    assert "lead" not in seat.room.text("2026/03/10/loom.md")


def test_a_headline_that_moves_under_a_resting_mouse_is_not_selected(sit: Sit) -> None:
    seat = sit()
    seat.page.evaluate("() => document.addEventListener('pointermove', (event) => { window.moved = event })")
    seat.headline("Weaver restores a loom at last").hover()
    came = (
        "(element, by) => element.dispatchEvent(new PointerEvent('pointerover', {bubbles: true, pointerType: 'mouse', "
    )
    came += "screenX: moved.screenX + by, screenY: moved.screenY}))"
    other = seat.headline("Divers reach ferry off Palawan, find 12")
    current = "() => JSON.parse(sessionStorage.getItem('digest-desk')).current"
    other.evaluate(came, 0)
    seat.keys("2")
    seat.said("Rank 2")
    meant = seat.page.evaluate(current)
    assert "lead: 2" in seat.room.text("2026/03/10/loom.md")
    other.evaluate(came, 1)
    seat.keys("3")
    seat.said("Rank 3")
    assert seat.page.evaluate(current) != meant


def test_merge_stories_in_the_panel(sit: Sit) -> None:
    seat = sit()
    seat.open("Weaver restores a loom at last")
    seat.keys("m")
    seat.page.keyboard.type("ferry sinks")
    seat.named("into ferry").click(timeout=PATIENCE_MS)
    seat.said("Merged")
    assert "story: ferry" in seat.room.text("2026/03/10/loom.md")


def test_the_panel_shows_dump_lines_and_evidence(sit: Sit) -> None:
    seat = sit()
    seat.open("Weaver restores a loom at last")
    seat.keys("w")
    expect(seat.panel.locator(".lines mark").last).to_have_text("Weaver restores a loom at last", timeout=PATIENCE_MS)
    expect(seat.panel.locator(".lines li")).to_have_count(6)
    seat.keys("Escape")
    seat.open("Divers reach ferry off Palawan, find 12")
    seat.keys("i")
    expect(seat.panel.locator(".why").first).to_contain_text("Palawan +")


def test_focus_moves_into_the_panel_and_back(sit: Sit) -> None:
    seat = sit()
    link = seat.page.locator("main h2 a, main h3 a").first
    link.focus()
    seat.keys("e")
    expect(seat.panel.get_by_role("heading", name="Entry")).to_be_focused()
    seat.keys("Escape")
    expect(link).to_be_focused()


def test_the_desk_does_not_change_the_page_of_the_theme(sit: Sit) -> None:
    seat = sit()
    seat.keys("j", "x")
    own = "document.querySelectorAll('main, header, footer').values().map(e => e.outerHTML).toArray().join('')"
    with_desk = seat.page.evaluate(own)
    seat.page.route("**/-/digest/desk/*.js", lambda route: route.abort())
    seat.page.reload()
    assert seat.page.evaluate(own) == with_desk


def test_a_hostile_headline_runs_no_script_in_the_desk(sit: Sit) -> None:
    seat = sit()
    nasty = "<img src=x onerror=window.hurt=1><script>window.hurt=1</script> & more"
    page = seat.room.text(HAND).replace("'Who owns the ferries?'", f"'{nasty}'")
    seat.room.put(HAND, page.replace("Nobody says.", f"{nasty}\n\n[x](javascript:window.hurt=1)"))
    heading = seat.page.locator("main").get_by_role("heading", name="& more").first
    expect(heading).to_be_visible(timeout=PATIENCE_MS)
    heading.hover()
    seat.keys("e")
    expect(seat.panel.locator(".headline")).to_have_value(nasty)
    seat.keys("a", "q", "e", "w", "m", "Escape", "r")
    expect(seat.panel.locator(".whom")).to_have_text(nasty)
    assert seat.page.evaluate("window.hurt") is None
    seat.page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.hurt=1'}))")
    assert seat.page.evaluate("window.hurt") is None, "the page's policy runs no script in a body"


def test_no_desk_when_it_is_switched_off(browser: Browser, tmp_path: Path) -> None:
    room = Room(tmp_path / "site")
    room.desk.index.close()
    with preview(room.site) as running, browser.new_context() as context:
        page = context.new_page()
        page.goto(running.address)
        page.wait_for_load_state("networkidle")
        assert page.locator("digest-desk").count() == 0
        page.keyboard.press("q")
        assert page.locator(".panel").count() == 0


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_no_violations_in_the_desk(sit: Sit, width: int, scheme: Literal["light", "dark"]) -> None:
    seat = sit(width, scheme)
    seat.page.evaluate(node_file("axe-core/axe.min.js").read_text("utf-8"))
    assert violations(seat.page) == [], "bar"
    views = {"a": ".rows", "q": ".rows", "?": ".keys", "n": ".task", "e": ".words", "r": ".chips.column"}
    seat.keys("j")
    for key, part in views.items():
        seat.keys(key)
        expect(seat.panel.locator(part).first).to_be_visible(timeout=PATIENCE_MS)
        assert violations(seat.page) == [], key
    seat.keys("e")
    seat.keys("i", "w", "m")
    expect(seat.panel.locator(".found")).to_be_visible(timeout=PATIENCE_MS)
    assert violations(seat.page) == [], "all of an entry"
    seat.keys("Escape", "Escape")
    seat.open("Who owns the ferries?")
    seat.room.put(HAND, seat.room.text(HAND).replace("Nobody says.", "Jo says."))
    seat.named("status hold").click()
    expect(seat.desk.get_by_role("dialog")).to_be_visible(timeout=PATIENCE_MS)
    assert violations(seat.page) == [], "both versions"
    small = seat.desk.evaluate("""desk => [...desk.shadowRoot.querySelectorAll("button, summary, input")]
        .map(e => [e.textContent || e.ariaLabel, e.getBoundingClientRect()])
        .filter(([, box]) => box.width && Math.min(box.width, box.height) < 18).map(([text]) => text)""")
    assert small == []
