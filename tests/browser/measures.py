"""Measurements of a page in a browser: axe violations, transferred bytes, headlines."""

from typing import Any, Literal, NamedTuple

from playwright.sync_api import Browser, BrowserContext, Page

from digest.content.rewrite import raw_fields
from tests.machine import node_file
from tests.sites.paper import Paper

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# WCAG 2.2, 1.4.6: 7 : 1 for text, 4.5 : 1 where it is large.
ENHANCED = "color-contrast-enhanced"


def opened(browser: Browser, width: int, scheme: Literal["light", "dark"] = "light", **more: Any) -> BrowserContext:
    """Open a window that blocks requests for pictures on other sites."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **more)
    context.route("https://**", lambda route: route.abort())
    return context


def violations(page: Page) -> list[str]:
    """Return the violations that axe finds, one line each."""
    page.evaluate(node_file("axe-core/axe.min.js").read_text("utf-8"))
    options = {"runOnly": RULES, "rules": {ENHANCED: {"enabled": True}}, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)
    nodes = [(v["id"], node) for v in found["violations"] for node in v["nodes"]]
    return [f"{name}: {node['html'][:200]} {node['failureSummary'][:300]}" for name, node in nodes]


class Sent(NamedTuple):
    """Bytes transferred for a page, with headers. Bytes of scripts include inline scripts."""

    all: int
    scripts: int


_INLINE = """[...document.scripts].filter(s => !s.src && s.type !== 'application/ld+json')
    .reduce((sum, s) => sum + new Blob([s.textContent]).size, 0)"""


def sent_for(context: BrowserContext, address: str) -> Sent:
    """Load a page with an empty cache."""
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    kinds: dict[str, str] = {}
    sizes: dict[str, int] = {}
    devtools.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: e["type"]}))
    devtools.on("Network.loadingFinished", lambda e: sizes.update({e["requestId"]: int(e["encodedDataLength"])}))
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.goto(address, wait_until="networkidle")
    scripts = sum(size for name, size in sizes.items() if kinds.get(name) == "Script")
    inline = page.evaluate(_INLINE)
    page.close()
    return Sent(sum(sizes.values()), scripts + int(inline))


def headlines_on(paper: Paper) -> int:
    """Count the headlines of the content that are on the front page."""
    shown = paper.front.all("main")[0].text
    pages = (paper.output.parent / "content").rglob("*.md")
    titles = {" ".join(str(raw_fields(page.read_text("utf-8"))["title"]).split()) for page in pages}
    return sum(title in shown for title in titles)
