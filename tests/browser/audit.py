"""`make audit`: a table of all measurements with a limit, for each theme. Exit code 1 when one misses its limit."""

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Literal, NamedTuple

from playwright.sync_api import Browser, sync_playwright
from rich.console import Console
from rich.table import Table

from digest.check.css.contrast import colour_pairs
from tests.browser.kinds import every_kind
from tests.browser.lighthouse import CATEGORIES, scores
from tests.browser.measures import headlines_on, opened, sent_for, violations
from tests.browser.surfing import Visit, launched, served
from tests.sites.built import paper_of, themed
from tests.sites.paper import Paper
from tests.sites.validators import broken_in, crawled, fed, feeds_of, json_errors, nu_says_of_pages, sitemap_errors

WIDE, NARROW = 1280, 390
LOOKS: tuple[tuple[int, Literal["light", "dark"]], ...] = ((WIDE, "light"), (NARROW, "light"), (WIDE, "dark"))
GOAL = 99
SAID = 20
"""Maximum number of printed lines about the findings of one measurement."""
PAGES = {"front": "front", "region": "section region", "article": "item", "story": "story"}


class Figure(NamedTuple):
    """A measurement with its limit and result, as text, and the findings in `why`."""

    name: str
    goal: str
    found: str
    reached: bool
    why: tuple[str, ...] = ()


class Theme(NamedTuple):
    """The three test sites of a theme: the example newspaper, the site with every feature, the right-to-left site."""

    name: str
    example: Paper
    hostile: Paper
    arabic: Paper

    @property
    def all(self) -> tuple[Paper, ...]:
        """All three sites."""
        return self.example, self.hostile, self.arabic


def most(name: str, limit: float, found: float, unit: str = "") -> Figure:
    """A measurement with a maximum."""
    return Figure(name, f"≤ {limit:,}{unit}" if limit else "0", f"{found:,}{unit}", found <= limit)


def none(name: str, found: Sequence[object]) -> Figure:
    """A measurement that must find nothing."""
    return Figure(name, "0", f"{len(found):,}", not found, tuple(map(str, found)))


def least(name: str, limit: float, found: float) -> Figure:
    """A measurement with a minimum."""
    return Figure(name, f"≥ {limit:,}", f"{found:,}", found >= limit)


def of_checkers(theme: Theme) -> Iterator[Figure]:
    """Results of the checkers that read files."""
    yield none("Nu checker: errors and warnings", nu_says_of_pages(p.output for p in theme.all))
    yield none("linkinator: broken links and fragments", broken_in(crawled(theme.example)))
    yield none("feedparser: feeds with bozo", [f for p in theme.all for f in feeds_of(p) if fed(p, f).bozo])
    found = [error for p in theme.all for error in json_errors("json-feed-1.1", p.read("feed.json"))]
    yield none("JSON Feed: errors by its schema", found)
    yield none("sitemaps: errors by their schemas", [error for p in theme.all for error in sitemap_errors(p)])
    sheets = [f for f in theme.example.files if f.endswith(".css")]
    texts = [p.ratio for f in sheets for p in colour_pairs(theme.example.read(f)) if p.selector == "body"]
    yield least("contrast of body text, light and dark", 7, round(min(texts), 1))


def of_browser(theme: Theme, browser: Browser) -> Iterator[Figure]:
    """Results of every page kind in a browser."""
    for look in LOOKS:
        found = [v for paper in (theme.example, theme.hostile) for v in _violations(paper, browser, *look)]
        yield none(f"axe: violations, {look[0]} px, {look[1]}", found)
    yield none("axe: violations, right to left", list(_violations(theme.arabic, browser, WIDE, "light")))
    shifts, wrong = _troubles(theme.example, browser)
    yield most("CLS", 0, shifts)
    yield none("console errors, lost requests", wrong)
    kinds = every_kind(theme.example)
    with served(theme.example, compressed=True) as home, opened(browser, NARROW) as context:
        front, article = sent_for(context, home), sent_for(context, home + kinds["item"])
    yield most(f"front page of {headlines_on(theme.example)} headlines", 35_000, front.all, " B")
    yield most("article", 20_000, article.all, " B")
    yield most("script", 6_000, max(front.scripts, article.scripts), " B")


def _violations(paper: Paper, browser: Browser, width: int, scheme: Literal["light", "dark"]) -> Iterator[str]:
    with served(paper) as home, opened(browser, width, scheme) as context:
        page = context.new_page()
        for path in every_kind(paper).values():
            page.goto(home + path)
            yield from violations(page)


def _troubles(paper: Paper, browser: Browser) -> tuple[float, list[str]]:
    """The largest layout shift of a page, and the console messages."""
    shifts, wrong = 0.0, list[str]()
    with served(paper) as home:
        for width in (WIDE, NARROW):
            with opened(browser, width) as context:
                visit = Visit(context.new_page(), home)
                for path in every_kind(paper).values():
                    visit.go(path)
                    shifts = max(shifts, visit.shifts)
                wrong += visit.wrong
    return shifts, wrong


def of_lighthouse(theme: Theme, folder: Path) -> Iterator[Figure]:
    """Lighthouse scores of four pages; the reports are written beside the site."""
    kinds = every_kind(theme.example)
    with served(theme.example, compressed=True) as home:
        for name, kind in PAGES.items():
            found = scores(home + kinds[kind], GOAL, folder / f"lighthouse-{theme.name}-{name}.json")
            shown = " ".join(str(found[category]) for category in CATEGORIES)
            yield Figure(f"Lighthouse, {name}", f"4 × {GOAL}", shown, min(found.values()) >= GOAL)


def measured(theme: Theme, folder: Path, tell: Callable[[str], None]) -> Iterator[Figure]:
    """Yield all measurements of a theme, and report each to `tell`."""
    with ExitStack() as stack:
        playwright = stack.enter_context(sync_playwright())
        browser = stack.enter_context(launched(playwright))
        for figures in (of_checkers(theme), of_browser(theme, browser), of_lighthouse(theme, folder)):
            for figure in figures:
                tell("\n  ".join([f"{theme.name}: {figure.name}: {figure.found}", *figure.why[:SAID]]))
                yield figure


def table_of(found: dict[str, list[Figure]]) -> Table:
    """Table with a row for each measurement and a column for each theme."""
    table = Table(caption=f"Lighthouse on a phone: {', '.join(CATEGORIES)}")
    for heading in ("figure", "goal", *found):
        table.add_column(heading)
    for row in zip(*found.values(), strict=True):
        shown = (f.found if f.reached else f"[bold red]{f.found} MISSED" for f in row)
        table.add_row(row[0].name, row[0].goal, *shown)
    return table


def main() -> int:
    """Build the sites in a temporary folder, measure and print; returns 1 when a limit is missed."""
    err = Console(stderr=True)
    with tempfile.TemporaryDirectory(prefix="digest-audit-") as name:
        folder = Path(name)
        found: dict[str, list[Figure]] = {}
        papers = zip(*(themed(site) for site in ("example", "hostile", "arabic")), strict=True)
        for sites in papers:
            theme = Theme(sites[0].partition("@")[2] or "broadsheet", *(paper_of(site, folder) for site in sites))
            found[theme.name] = list(measured(theme, folder, err.print))
    Console(width=140).print(table_of(found))
    return 0 if all(figure.reached for figures in found.values() for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
