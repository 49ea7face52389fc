"""Is a peer's site the same site? Pages counted by kind, a sample of them held against ours."""

import random
import re
from collections import Counter
from html import unescape
from pathlib import Path

from msgspec import Struct

_KINDS = (
    ("article", r"/\d{4}/\d\d/\d\d/[^/]+/"),
    ("edition", r"/\d{4}/\d\d/\d\d/"),
    ("month", r"/\d{4}/\d\d/"),
    ("archive", r"/(?:region|category)/.*/\d{4}/\d\d/"),
    ("list", r"/(?:region|category)/[^.]*/"),
    ("story", r"/story/.*/"),
    ("feed", r"/(?:.*/)?(?:feed\.xml|rss\.xml|feed\.json)"),
    ("sitemap", r"/.*sitemap.*\.xml|/sitemaps/.*\.xml"),
    ("front, notices", r"/|/404\.html|/corrections/"),
    ("robots.txt, web manifest", r"/robots\.txt|/site\.webmanifest"),
)
_ASSET = re.compile(r".*\.(?:css|svg)|/digest-manifest\.json")
_MAIN = re.compile(r"<main.*?</main>", re.DOTALL)
_SUMMARY = re.compile(r'<p class="standfirst">.*?</p>', re.DOTALL)
_HREF = re.compile(r'href="([^"#]*)"')
_TAG = re.compile(r"<[^>]+>")
MACHINES = {"feed", "sitemap", "robots.txt, web manifest"}
"""Kinds whose words are not compared."""
SAMPLE = 60
"""Pages of each kind that are compared."""


class Likeness(Struct, frozen=True, kw_only=True):
    """A sample of a kind's pages: how many lead to the same addresses, how many say the same, our bytes over theirs.

    Words are those of the main part, without summaries: each generator cuts them in its own way. What machines read has
    no main part.
    """

    kind: str
    ours: int
    theirs: int
    compared: int
    same_links: int
    same_text: int
    bytes_ratio: float


def kind_of(url: str) -> str:
    """What kind of page stands at a URL; empty for a file that is no page."""
    if _ASSET.fullmatch(url):
        return ""
    return next((kind for kind, pattern in _KINDS if re.fullmatch(pattern, url)), "other")


def urls_of(output: Path) -> dict[str, Path]:
    """All pages of an output by URL; sitemaps by the name that we give them."""
    found = {}
    for path in output.rglob("*"):
        if path.is_file():
            url = "/" + path.relative_to(output).as_posix().removesuffix("index.html")
            month = re.fullmatch(r"/(\d{4})/(\d\d)/sitemap\.xml", url)
            url = f"/sitemaps/{month[1]}-{month[2]}.xml" if month else url
            found["/sitemaps/lists.xml" if url == "/lists-sitemap.xml" else url] = path
    return {url: path for url, path in found.items() if kind_of(url)}


def likeness(ours: Path, theirs: Path, seed: int = 1) -> list[Likeness]:
    """One line for each kind of page."""
    mine, yours = urls_of(ours), urls_of(theirs)
    here, there = Counter(map(kind_of, mine)), Counter(map(kind_of, yours))
    dice, lines = random.Random(seed), []
    for kind in sorted(here | there):
        both = sorted(url for url in mine.keys() & yours.keys() if kind_of(url) == kind)
        chosen = dice.sample(both, min(SAMPLE, len(both)))
        pairs = [(mine[url].read_text("utf-8"), yours[url].read_text("utf-8")) for url in chosen]
        lines.append(
            Likeness(
                kind=kind,
                ours=here[kind],
                theirs=there[kind],
                compared=len(pairs),
                same_links=sum(links_in(a) == links_in(b) for a, b in pairs),
                same_text=sum(text_in(a) == text_in(b) for a, b in pairs),
                bytes_ratio=sum(len(a.encode()) for a, _ in pairs) / max(1, sum(len(b.encode()) for _, b in pairs)),
            )
        )
    return lines


def links_in(page: str) -> Counter[str]:
    """Where the main part of a page leads to; of a page without one, all addresses that it names."""
    main = _MAIN.search(page)
    if main is None:
        return Counter(re.findall(r"https://corpus\.example[^\s<\"]*", page.replace("\\/", "/")))
    return Counter(unescape(url) for url in _HREF.findall(main[0]))


def text_in(page: str) -> list[str]:
    """The words of a page's main part, without summaries; none of a page without one."""
    main = _MAIN.search(page)
    return unescape(_TAG.sub(" ", _SUMMARY.sub(" ", main[0]))).split() if main else []
