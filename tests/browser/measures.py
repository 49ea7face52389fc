"""What a browser can say of a page: what axe finds, what it weighs, whether it moved."""

from typing import Any, Literal, NamedTuple

from playwright.sync_api import Browser, BrowserContext, Page

from tests.machine import node_file
from tests.sites.paper import Paper

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# WCAG 2.2, 1.4.6: 7 : 1 for text, 4.5 : 1 where it is large.
ENHANCED = "color-contrast-enhanced"


def opened(browser: Browser, width: int, scheme: Literal["light", "dark"] = "light", **more: Any) -> BrowserContext:
    """A window in which the pictures of others, which are not there, are not asked for."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **more)
    context.route("https://**", lambda route: route.abort())
    return context


def violations(page: Page) -> list[str]:
    """What axe finds wrong with the page, a line each."""
    page.evaluate(node_file("axe-core/axe.min.js").read_text("utf-8"))
    options = {"runOnly": RULES, "rules": {ENHANCED: {"enabled": True}}, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)
    nodes = [(v["id"], node) for v in found["violations"] for node in v["nodes"]]
    return [f"{name}: {node['html'][:200]} {node['failureSummary'][:300]}" for name, node in nodes]


class Sent(NamedTuple):
    """Bytes that came over the wire for a page, headers and all: of everything, and of its scripts."""

    all: int
    scripts: int


def sent_for(context: BrowserContext, address: str) -> Sent:
    """Loads a page into an empty cache."""
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    kinds: dict[str, str] = {}
    sizes: dict[str, int] = {}
    devtools.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: e["type"]}))
    devtools.on("Network.loadingFinished", lambda e: sizes.update({e["requestId"]: int(e["encodedDataLength"])}))
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.goto(address, wait_until="networkidle")
    page.close()
    return Sent(sum(sizes.values()), sum(size for name, size in sizes.items() if kinds.get(name) == "Script"))


def headlines_on(paper: Paper) -> int:
    """How many entries the front page shows."""
    return len(paper.front.all("main")[0].all("time"))
