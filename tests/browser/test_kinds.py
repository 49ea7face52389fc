"""Every page kind in every theme: accessible, without layout shift, small, usable without scripts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

import pytest
from playwright.sync_api import Browser

from tests.browser.kinds import every_kind
from tests.browser.measures import ENHANCED, headlines_on, opened, sent_for, violations
from tests.browser.surfing import Visit, served
from tests.sites.built import paper_of, themed
from tests.sites.paper import Paper

pytestmark = pytest.mark.browser
WIDE, NARROW = 1280, 390
HEADLINES = 60


class Site(NamedTuple):
    """A served site, with the path of a page of each kind."""

    paper: Paper
    home: str
    kinds: dict[str, str]


@pytest.fixture(scope="module", params=themed("example"))
def example_site(request: pytest.FixtureRequest, shared: Path) -> Iterator[Site]:
    """The example newspaper in each theme."""
    paper = paper_of(request.param, shared)
    with served(paper) as home:
        yield Site(paper, home, every_kind(paper))


# The example newspaper in all variants; the right-to-left site wide and narrow; the site with every feature once.
LOOKS = [
    *((site, *look) for site in themed("example") for look in ((WIDE, "light"), (NARROW, "light"), (WIDE, "dark"))),
    *((site, width, "light") for site in themed("arabic") for width in (WIDE, NARROW)),
    *((site, WIDE, "light") for site in themed("hostile")),
]


@pytest.mark.parametrize(("name", "width", "scheme"), LOOKS)
def test_axe_finds_no_violations(
    browser: Browser, shared: Path, name: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    paper = paper_of(name, shared)
    with served(paper) as home, opened(browser, width, scheme) as context:
        page = context.new_page()
        for kind, path in every_kind(paper).items():
            page.goto(home + path)
            assert violations(page) == [], f"{kind}: {path}"


def test_axe_detects_a_violation(browser: Browser) -> None:
    with opened(browser, WIDE) as context:
        page = context.new_page()
        page.set_content('<img src="x"><p style="color: #767676; background: #fff">grey</p>')
        assert {v.partition(":")[0] for v in violations(page)} >= {"image-alt", ENHANCED}


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_pages_have_no_layout_shift_and_no_console_messages(browser: Browser, example_site: Site, width: int) -> None:
    with opened(browser, width) as context:
        visit = Visit(context.new_page(), example_site.home)
        for kind, path in example_site.kinds.items():
            visit.go(path)
            assert visit.wrong == [], kind
            assert visit.shifts == 0, kind


def test_pages_work_without_scripts(browser: Browser, example_site: Site) -> None:
    with opened(browser, WIDE) as scripted, opened(browser, WIDE, java_script_enabled=False) as plain:
        first, second = scripted.new_page(), plain.new_page()
        for kind, path in example_site.kinds.items():
            texts = []
            for page in (first, second):
                page.goto(example_site.home + path)
                texts.append(" ".join(page.locator("main").inner_text().split()))
            assert texts[1], kind
            assert texts[0] == texts[1] or kind == "search", kind


def test_pages_are_small(browser: Browser, example_site: Site) -> None:
    with served(example_site.paper, compressed=True) as home, opened(browser, NARROW) as context:
        front = sent_for(context, home)
        article = sent_for(context, home + example_site.kinds["item"])
        assert headlines_on(example_site.paper) >= HEADLINES
        assert 1_000 < front.all <= 35_000
        assert 1_000 < article.all <= 20_000
        assert max(front.scripts, article.scripts) <= 6_000
